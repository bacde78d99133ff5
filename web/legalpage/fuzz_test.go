package legalpage

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzNothingInMarkdownCanRunOrLoad reads what came of a text as a browser does: only elements of text, and links alone
// have an attribute.
func FuzzNothingInMarkdownCanRunOrLoad(f *testing.F) {
	for _, seed := range []string{
		"# Titel\n\nText mit **fett** und [Link](https://land.example/a?b=c&d)", "<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](JaVa\tScRiPt:alert(1))",
		"![x](https://fremd.example/pixel.png)", "<svg/onload=alert(1)>", "[x]: data:text/html,x\n\n[x]", "<https://x.example\" onmouseover=\"y>", "- a\n  - b\n\n1. c", "`<b>`", "&#x3c;script&#x3e;", "www.x.example/\"onclick=\"a",
	} {
		f.Add(seed)
	}
	allowed := []string{"h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a"}
	f.Fuzz(func(t *testing.T, body string) {
		tokens := html.NewTokenizer(strings.NewReader(rendered(t, body)))
		for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
			token := tokens.Token()
			if kind == html.CommentToken || kind == html.DoctypeToken || token.DataAtom != 0 && kind != html.TextToken && !slices.Contains(allowed, token.Data) {
				t.Errorf("%q holds %s", body, token)
			}
			for _, a := range token.Attr {
				target, err := url.Parse(a.Val)
				if a.Key != "href" || err != nil || !slices.Contains([]string{"", "http", "https", "mailto"}, strings.ToLower(target.Scheme)) {
					t.Errorf("%q holds %s", body, token)
				}
			}
		}
	})
}
