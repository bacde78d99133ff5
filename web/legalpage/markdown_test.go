package legalpage

import (
	"strings"
	"testing"

	"rollinportal/docs/handbuch"
)

func TestNothingInMarkdownCanRunOrLoad(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://fremd.example/pixel.png)", "<img src=x onerror=alert(1)>",
		"[x](data:text/html;base64,PHNjcmlwdD4=)", "<a href='https://x.example' onclick='y()'>x</a>", "[x](JaVaScRiPt:alert(1))", "<https://x.example\" onmouseover=\"y>",
	} {
		html := rendered(t, body)
		for _, bad := range []string{"<script", "javascript:", "<img", "onerror=", "data:", "onclick=", "onmouseover=\""} {
			if strings.Contains(strings.ToLower(html), bad) {
				t.Errorf("%s became %s", body, html)
			}
		}
	}
}

func TestHeadingsStandBelowThePageAndSkipNoLevel(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"# A\n\n## B":          "<h2>A</h2>\n<h3>B</h3>",
		"## A\n\n#### B":       "<h2>A</h2>\n<h3>B</h3>",
		"### A\n\n# B":         "<h2>A</h2>\n<h2>B</h2>",
		"**fett** [x](/hilfe)": `<p><strong>fett</strong> <a href="/hilfe">x</a></p>`,
	} {
		if got := strings.TrimSpace(rendered(t, body)); got != want {
			t.Errorf("%q: %s, want %s", body, got, want)
		}
	}
}

func rendered(t *testing.T, body string) string {
	t.Helper()
	component, err := render(body)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := component.Render(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEveryChapterOfTheHandbookReadsAsWritten(t *testing.T) {
	t.Parallel()
	for _, c := range handbuch.Chapters() {
		if page := rendered(t, c.Text); !strings.Contains(page, "<h2>") || strings.Contains(page, "**") || strings.Contains(page, "<h1") {
			t.Errorf("%s: its Markdown shows, or it has no headings:\n%s", c.Key, page)
		}
	}
}
