package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestFiguresThatAreNotFinishedComeBackAsTheyWereTyped goes through the pages: what autosave.js sends, and two people in one
// section.
func TestFiguresThatAreNotFinishedComeBackAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	frame := "/entscheidungen/" + p.Case(t, "wohngeld").String() + "/wirtschaftlichkeit/grundlagen"
	draft := url.Values{"version": {"1"}, "rate": {"zwei Komma"}, "cases": {"etwa 4000"}, "schritt": {"entwurf"}}
	if w := p.ask(t, "tmdi-referat", frame, draft); w.Code != http.StatusSeeOther {
		t.Fatalf("draft: %d\n%s", w.Code, w.Body)
	}
	page := p.ask(t, "tmdi-leitung", frame, nil).Body.String()
	for _, want := range []string{`value="zwei Komma"`, `value="etwa 4000"`, "Das ist der Entwurf von", "Entwurf verwerfen", `data-autosave="schritt=entwurf"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the colleague's form lacks %q", want)
		}
	}
	theirs := url.Values{"version": {"1"}, "rate": {"3"}, "schritt": {"entwurf"}}
	if w := p.ask(t, "tmdi-leitung", frame, theirs); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "zwei Komma") {
		t.Errorf("a draft on an older one: %d, want 409 with both states", w.Code)
	}
	if w := p.ask(t, "tmdi-leitung", frame, url.Values{"version": {"2"}, "schritt": {"verwerfen"}}); w.Code != http.StatusSeeOther {
		t.Errorf("drop: %d", w.Code)
	}
	if page := p.ask(t, "tmdi-referat", frame, nil).Body.String(); strings.Contains(page, "zwei Komma") {
		t.Error("the dropped draft is still there")
	}
}
