// Package pagetest lets a test of a page room look at its pages as a browser would: a site of a few routes, answers with their
// elements. The whole portal with its guards is tried in package web.
package pagetest

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/go-chi/chi/v5"
	"golang.org/x/net/html"

	"rollinportal/internal/access"
	"rollinportal/web/page"
)

// Site is some pages, behind the same desk as in the portal.
type Site struct {
	router *chi.Mux
	desk   page.Desk
}

// NewSite returns a site without pages.
func NewSite() Site { return Site{chi.NewRouter(), page.Desk{Log: slog.New(slog.DiscardHandler)}} }

// Shows adds a page.
func (s Site) Shows(pattern string, a access.Action, h page.Handler) {
	s.router.Get(pattern, s.desk.Handle(a, h))
}

// Takes adds what answers a form.
func (s Site) Takes(pattern string, a access.Action, h page.Handler) {
	s.router.Post(pattern, s.desk.Handle(a, h))
}

// Answer is a page as a test looks at it.
type Answer struct {
	t        *testing.T
	Status   int
	Location string
	doc      *html.Node
}

// Get opens a page as a person.
func (s Site) Get(t *testing.T, who access.Actor, path string) Answer {
	t.Helper()
	return s.send(t, who, httptest.NewRequest(http.MethodGet, path, nil))
}

// Post sends a form, given as name and value in turn.
func (s Site) Post(t *testing.T, who access.Actor, path string, pairs ...string) Answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(t, who, r)
}

func (s Site) send(t *testing.T, who access.Actor, r *http.Request) Answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.router.ServeHTTP(w, page.WithVisit(r, &page.Visit{Who: who}))
	doc, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Answer{t, w.Code, w.Header().Get("Location"), doc}
}

// WantStatus complains about another status, with what the page says.
func (a Answer) WantStatus(want int) Answer {
	a.t.Helper()
	if a.Status != want {
		a.t.Errorf("status %d, want %d: %s", a.Status, want, a.Text("main"))
	}
	return a
}

// WantRedirect complains unless the answer leads to a path; what stands behind the ? is a message.
func (a Answer) WantRedirect(path string) {
	a.t.Helper()
	if to, _, _ := strings.Cut(a.Location, "?"); a.Status != http.StatusSeeOther || to != path {
		a.t.Errorf("status %d to %q, want 303 to %q: %s", a.Status, a.Location, path, a.Text("main"))
	}
}

// All are the elements of a selector.
func (a Answer) All(selector string) []*html.Node {
	return cascadia.QueryAll(a.doc, cascadia.MustCompile(selector))
}

// Text is what the elements of a selector say, with single spaces.
func (a Answer) Text(selector string) string {
	var words []string
	for _, n := range a.All(selector) {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				words = append(words, strings.Fields(d.Data)...)
			}
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "\u00ad", "")
}

// Value is an attribute of the first element of a selector.
func (a Answer) Value(selector, name string) string {
	for _, n := range a.All(selector) {
		for _, attr := range n.Attr {
			if attr.Key == name {
				return attr.Val
			}
		}
	}
	return ""
}

// WantText complains unless the elements of a selector say all parts.
func (a Answer) WantText(selector string, parts ...string) Answer {
	a.t.Helper()
	text := a.Text(selector)
	for _, p := range parts {
		if !strings.Contains(text, p) {
			a.t.Errorf("%s says %q, want %q in it", selector, text, p)
		}
	}
	return a
}

// WantNo complains if there is an element of a selector.
func (a Answer) WantNo(selector string) Answer {
	a.t.Helper()
	if text := a.Text(selector); len(a.All(selector)) > 0 {
		a.t.Errorf("%s is there and says %q, want none", selector, text)
	}
	return a
}

// WantErrors compares the links of the error summary, and that each leads to an element of the page.
func (a Answer) WantErrors(fields ...string) Answer {
	a.t.Helper()
	var got []string
	for _, n := range a.All("[role=alert] a") {
		for _, attr := range n.Attr {
			if attr.Key == "href" {
				got = append(got, strings.TrimPrefix(attr.Val, "#"))
			}
		}
	}
	if !slices.Equal(got, fields) {
		a.t.Errorf("the summary leads to %v, want %v", got, fields)
	}
	for _, f := range got {
		if len(a.All("[id='"+f+"']")) != 1 {
			a.t.Errorf("the summary leads to %q, which is %d times on the page", f, len(a.All("[id='"+f+"']")))
		}
	}
	return a
}
