package legalpage

import (
	"bytes"
	"fmt"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads what Länder write. Raw HTML stays out: goldmark leaves it out, and the policy would not let it pass.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Linkify),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(levels{}, 100))),
)

// policy lets text, lists and links to http, https and mailto pass. A page of a public body loads no pictures from
// elsewhere.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}()

// render makes HTML of Markdown. Nothing in it can run or load anything.
func render(body string) (templ.Component, error) {
	var out bytes.Buffer
	if err := markdown.Convert([]byte(body), &out); err != nil {
		return nil, fmt.Errorf("render markdown: %w", err)
	}
	return templ.Raw(policy.Sanitize(out.String())), nil
}

// levels moves headings below the h1 of the page: the highest that is used becomes h2, and none is left out.
type levels struct{}

// Transform makes levels an ASTTransformer of goldmark.
func (levels) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	highest, last := 6, 1
	headings(doc, func(h *ast.Heading) { highest = min(highest, h.Level) })
	headings(doc, func(h *ast.Heading) {
		h.Level = min(h.Level-highest+2, last+1, 4)
		last = h.Level
	})
}

func headings(doc ast.Node, visit func(*ast.Heading)) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the visitor returns no error
		if h, ok := n.(*ast.Heading); ok && entering {
			visit(h)
		}
		return ast.WalkContinue, nil
	})
}
