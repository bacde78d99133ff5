package ui

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements answers every element of a fragment with its attributes.
func elements(t *testing.T, markup string) []html.Token {
	t.Helper()
	var found []html.Token
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			found = append(found, z.Token())
		}
	}
}

func attribute(e html.Token, name string) string {
	for _, a := range e.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// The security policy of the portal forbids inline style and script; a
// component that needed them would be broken without a message.
func TestMarkupPassesTheSecurityPolicy(t *testing.T) {
	t.Parallel()
	for name, component := range samples() {
		for _, e := range elements(t, render(t, component)) {
			if e.Data == "script" || e.Data == "style" {
				t.Errorf("%s has a %s element", name, e.Data)
			}
			for _, a := range e.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has the attribute %s", name, e.Data, a.Key)
				}
			}
		}
	}
}

// A label or description that points nowhere is silent for screen readers.
func TestReferencesLeadSomewhere(t *testing.T) {
	t.Parallel()
	for name, component := range samples() {
		found := elements(t, render(t, component))
		var ids []string
		for _, e := range found {
			if id := attribute(e, "id"); id != "" {
				if slices.Contains(ids, id) {
					t.Errorf("%s: id %q occurs twice", name, id)
				}
				ids = append(ids, id)
			}
		}
		for _, e := range found {
			for _, attr := range []string{"for", "aria-describedby", "aria-labelledby", "popovertarget"} {
				for id := range strings.FieldsSeq(attribute(e, attr)) {
					if !slices.Contains(ids, id) {
						t.Errorf("%s: <%s %s=%q> names no element", name, e.Data, attr, id)
					}
				}
			}
		}
	}
}

func TestEveryKindHasAnIcon(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Done, InProgress, Open, Waiting, Overdue, Blocked, Locked, Conditional} {
		icon := StatusProps{Kind: kind, Text: "x"}.icon()
		if iconPaths[icon] == "" {
			t.Errorf("kind %q has the icon %q, which has no drawing", kind, icon)
		}
	}
}

func TestStatusNeedsText(t *testing.T) {
	t.Parallel()
	if got := render(t, Status(StatusProps{Kind: Done})); got != "" {
		t.Errorf("Status without text = %q, want nothing", got)
	}
}

func TestErrorSummaryNeedsErrors(t *testing.T) {
	t.Parallel()
	if got := render(t, ErrorSummary(nil)); got != "" {
		t.Errorf("ErrorSummary(nil) = %q, want nothing", got)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page Page
		want string
	}{
		{Page{Heading: "Hürden", Product: "Portal"}, "Hürden – Portal"},
		{Page{Heading: "Hürden", Title: "Hürden in Gotha", Product: "Portal"}, "Hürden in Gotha – Portal"},
		{Page{Heading: "Hürde melden", ErrorPrefix: true, Product: "Portal"}, "Fehler: Hürde melden – Portal"},
	} {
		if got := c.page.title(); got != c.want {
			t.Errorf("title(%+v) = %q, want %q", c.page, got, c.want)
		}
	}
}

// The error summary links to the first option of a group.
func TestErrorLinkReachesTheFirstOption(t *testing.T) {
	t.Parallel()
	f := Field{Name: "art", Label: "Art", Options: []Option{{Value: "org"}, {Value: "tec"}}}
	for _, e := range elements(t, render(t, RadioGroup(f))) {
		if e.Data == "input" {
			if got := attribute(e, "id"); got != "art" {
				t.Errorf("first option has the id %q, want %q", got, "art")
			}
			return
		}
	}
	t.Error("no option rendered")
}
