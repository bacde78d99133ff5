package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/hurdle"
)

// Session and ctx.enter are two statements of every page; what a page shows costs it two more, a step update four.
const (
	statementsOfPage   = 4
	statementsOfUpdate = 6
)

func TestPagesCostFewStatements(t *testing.T) {
	t.Parallel()
	c := &counter{}
	p := newPortal(t, c.option())
	id := p.rollinOf(t, "land", "tmdi", "wohngeld").String()
	p.decided(t, "land", "tmsgaf", "elterngeld")
	nr := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	frage := p.questionOf(t, "k16051")
	matter := p.matterOf(t, nr)
	round, date := "/umfragen/"+p.surveyOf(t).String(), "/termine/"+p.eventOf(t).String()
	for _, page := range []struct{ login, path string }{
		{"land", "/"},
		{"land", "/lagebild"},
		{"k16051", "/lagebild"},
		{"tlrz", "/lagebild"},
		{"gremium", "/lagebild?ansicht=praesentation"},
		{"land", "/umfragen"},
		{"land", round},
		{"land", round + "/antworten/16051"},
		{"land", "/umfragen/produkte"},
		{"k16051", round},
		{"k16051", "/termine"},
		{"k16051", date},
		{"land", date + "/bearbeiten"},
		{"land", "/termine/neu"},
		{"land", "/matrix"},
		{"land", "/matrix?leistung=wohngeld&spalten=welle&sammelaenderung=1&ankreuzen=ja"},
		{"land", "/suche?q=wohngeld"},
		{"k16051", "/suche?q=wohngeld"},
		{"land", "/bericht"},
		{"k16051", "/bericht?stichtag=2026-08-31&vergleich=2026-06-11"},
		{"gremium", "/bericht"},
		{"land", "/bericht/liste?kennzahl=bericht-in-arbeit"},
		{"land", "/leistungen/wohngeld/roll-in/prognose"},
		{"k16051", "/matrix"},
		{"land", "/leistungen"},
		{"land", "/leistungen/wohngeld"},
		{"land", "/leistungen/wohngeld/roll-in"},
		{"land", "/leistungen/wohngeld/roll-in/aufgaben"},
		{"land", "/leistungen/wohngeld/roll-in/aufgaben/k_kickoff"},
		{"land", "/leistungen/elterngeld/roll-in/start/umfang"},
		{"land", "/leistungen/elterngeld/roll-in/start/wellen"},
		{"land", "/leistungen/elterngeld/roll-in/start/termine"},
		{"land", "/leistungen/elterngeld/roll-in/start/schreiben"},
		{"land", "/leistungen/elterngeld/roll-in/start/vorschau"},
		{"land", "/leistungen/wohngeld/roll-in/aufnahme"},
		{"land", "/kommunen"},
		{"land", "/kommunen/16051"},
		{"land", "/kommunen/16051/leistungen/wohngeld"},
		{"k16051", "/kommunen/16051/profil"},
		{"k16051", "/kommunen/16051/profil/zertifikat/neu"},
		{"land", "/aufgaben"},
		{"land", "/wartet-auf"},
		{"land", "/roll-in"},
		{"land", "/entscheidungen"},
		{"land", "/entscheidungen?stand=offen&wartet-auf=TMDI"},
		{"tmdi-referat", "/entscheidungen"},
		{"gremium", "/entscheidungen"},
		{"land", "/entscheidungen/grundsatz"},
		{"land", "/entscheidungen/grundsatz/neu"},
		{"land", "/entscheidungen/grundsatz/" + matter},
		{"land", "/entscheidungen/grundsatz/" + matter + "/bearbeiten"},
		{"gremium", "/entscheidungen/grundsatz/" + matter},
		{"land", "/entscheidungen/" + id},
		{"tmdi-referat", "/"},
		{"tmdi-referat", "/entscheidungen/" + id},
		{"k16051", "/aufgaben"},
		{"k16051", "/kommunen/16051/leistungen/wohngeld"},
		{"k16051", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_survey"},
		{"k16051", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff/abgeben"},
		{"tlrz", "/"},
		{"gremium", "/"},
		{"betreiber", "/"},
		{"k16051", "/fragen"},
		{"land", "/fragen"},
		{"k16051", "/leistungen/wohngeld"},
		{"k16051", "/erfahrungen"},
		{"k16051", "/kommunen/16051/leistungen/wohngeld/erfahrung?aufgabe=k_kickoff"},
		{"land", "/fragen/" + frage},
		{"k16051", "/fragen/" + frage},
		{"k16051", "/fragen/stellen?einheit=16051&leistung=wohngeld&aufgabe=k_kickoff"},
		{"tlrz", "/kommunen/16051/leistungen/wohngeld/austausch"},
		{"k16051", "/huerden/" + nr},
		{"land", "/huerden"},
		{"k16051", "/huerden"},
		{"gremium", "/huerden"},
		{"land", "/huerden/" + nr},
		{"k16051", "/huerden/melden?einheit=16051&leistung=wohngeld&aufgabe=k_kickoff"},
	} {
		p.token(t, page.login)
		c.reset()
		w := p.ask(t, page.login, page.path, nil)
		if w.Code != http.StatusOK {
			t.Errorf("%s as %s: %d", page.path, page.login, w.Code)
		}
		if n := len(c.counted()); n > statementsOfPage {
			t.Errorf("%s as %s costs %d statements:\n  %s", page.path, page.login, n, strings.Join(c.counted(), "\n  "))
		}
	}
}

func TestStepUpdateCostsFewStatements(t *testing.T) {
	t.Parallel()
	c := &counter{}
	p := newPortal(t, c.option())
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	path := "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	form := p.ask(t, "k16051", path, nil).Body.String()
	c.reset()
	w := p.ask(t, "k16051", path, url.Values{
		"version": {hidden(t, form, "version")}, "to": {"done"}, "evidence": {"Kontaktliste in der Akte"},
	})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("step update: %d\n%s", w.Code, w.Body)
	}
	if n := len(c.counted()); n > statementsOfUpdate {
		t.Errorf("a step update costs %d statements:\n  %s", n, strings.Join(c.counted(), "\n  "))
	}
}

// TestHandingOverAndCheckingCostNoMore: others hear of these, in the statement that writes the trail.
func TestHandingOverAndCheckingCostNoMore(t *testing.T) {
	t.Parallel()
	c := &counter{}
	p := newPortal(t, c.option())
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	path := "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	form := p.ask(t, "k16051", path+"/abgeben", nil).Body.String()
	for _, act := range []struct {
		path string
		form url.Values
	}{
		{path + "/abgeben", url.Values{"id": {hidden(t, form, "id")}, "version": {hidden(t, form, "version")}, "party": {"TLRZ"}, "since": {time.Now().Format(time.DateOnly)}}},
		{path + "/zurueckholen", url.Values{"version": {"2"}}},
	} {
		c.reset()
		if w := p.ask(t, "k16051", act.path, act.form); w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d\n%s", act.path, w.Code, w.Body)
		}
		if n := len(c.counted()); n > statementsOfUpdate {
			t.Errorf("%s costs %d statements:\n  %s", act.path, n, strings.Join(c.counted(), "\n  "))
		}
	}
	if p.World.As(t, "tlrz").Unread != 2 {
		t.Errorf("TLRZ has %d notices, want 2", p.World.As(t, "tlrz").Unread)
	}
}

// hidden returns the value of a hidden field.
func hidden(t testing.TB, html, name string) string {
	t.Helper()
	found := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(html)
	if found == nil {
		t.Fatalf("no hidden field %s", name)
	}
	return found[1]
}
