package web_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

var (
	// linkedFigure is a number that is a link, in a table or a tile.
	linkedFigure = regexp.MustCompile(`<a (?:class="app-nowrap" )?href="([^"]+)">([0-9.]+)(?:<span|</a>| <span| Leistung| Einheit| Anbindung)`)
	kpiFigure    = regexp.MustCompile(`app-kpi__label"><a href="([^"]+)">[^<]*</a></h3><p class="app-kpi__value">([0-9.]+)`)
	wholeList    = regexp.MustCompile(`href="([^"]+)">Alle (?:ansehen \()?([0-9.]+)`)
	bodyPage     = regexp.MustCompile(`^/kommunen/\d{5}(/profil)?$`)
	sumOfTable   = regexp.MustCompile(`(?s)<tfoot>.*?<td class="num">([0-9.]+|unter 3)`)
	listTotal    = regexp.MustCompile(`id="ergebnis">([0-9.]+)`)
)

// TestEveryLinkedFigureCountsItsList follows every number that is a link, as everybody who sees one, and compares it
// with the total of the list it leads to.
func TestEveryLinkedFigureCountsItsList(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	s := onboarding.NewService(p.DB)
	for _, body := range []string{"16051", "16077"} {
		who := p.As(t, "k"+body)
		must(t, s.ChangeStep(t.Context(), who, body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: 1, To: onboarding.Done, Evidence: "Akte"}))
	}
	must(t, s.HandOver(t.Context(), p.As(t, "k16054"), "16054", "wohngeld", "k_kickoff", onboarding.HandOverInput{ID: uuid.New(), Version: 1, Party: "Hersteller A", Since: workday.Day(now)}))
	later := now.AddDate(2, 0, 0)
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16052", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Personal fehlt", ResumeOn: &later}))
	must(t, s.ChangeState(t.Context(), p.As(t, "land"), "16053", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Exclude, Reason: "nicht zuständig"}))
	p.blockedBy(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_survey"})
	p.blockedBy(t, "k16077", hurdle.Where{Body: "16077", Service: "elterngeld", Step: "k_kickoff"})
	now = now.AddDate(0, 2, 0)

	checked, above := 0, 0
	for _, start := range []struct {
		login string
		paths []string
	}{
		{"land", []string{"/", "/lagebild?ansicht=praesentation", "/lagebild?ansicht=praesentation&seite=2", "/lagebild?ansicht=praesentation&seite=3", "/kommunen", "/kommunen/16051", "/huerden", "/entscheidungen", "/bericht", "/wartet-auf", "/leistungen/wohngeld/roll-in"}},
		{"redaktion", []string{"/lagebild", "/kommunen/16077"}},
		{"tmdi-referat", []string{"/", "/lagebild", "/kommunen", "/bericht"}},
		{"tmsgaf-leser", []string{"/", "/lagebild"}},
		{"tlrz", []string{"/", "/lagebild", "/kommunen", "/bericht"}},
		{"k16051", []string{"/aufgaben", "/lagebild", "/lagebild?ansicht=praesentation", "/lagebild?ansicht=praesentation&seite=2", "/kommunen/16051", "/huerden", "/bericht"}},
		{"gremium", []string{"/"}},
	} {
		for _, path := range start.paths {
			for url, figure := range p.figures(t, start.login, path) {
				checked++
				if got := p.totalFrom(t, start.login, path, url); got != figure {
					t.Errorf("%s reads %s on %s, but %s lists %s", start.login, figure, path, url, got)
				}
				if figure != "0" {
					above++
				}
			}
		}
	}
	t.Logf("%d figures followed, %d of them above zero", checked, above)
	if above < 150 {
		t.Errorf("only %d figures above zero: the pages no longer link them", above)
	}
}

// figures returns the numbers that are links, by address.
func (p *portal) figures(t *testing.T, login, path string) map[string]string {
	t.Helper()
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", path, login, w.Code)
	}
	found := map[string]string{}
	for _, pattern := range []*regexp.Regexp{linkedFigure, kpiFigure, wholeList} {
		for _, match := range pattern.FindAllStringSubmatch(w.Body.String(), -1) {
			if url := html.UnescapeString(match[1]); !strings.Contains(url, "/schritte/") { // that is the number of a step
				found[url] = match[2]
			}
		}
	}
	if len(found) == 0 {
		t.Errorf("%s as %s has no figure", path, login)
	}
	return found
}

// totalFrom is what a list says about its length; an empty one says nothing else than its empty state. A table on the same
// page says it in its last line, and the page of a body is the record itself.
func (p *portal) totalFrom(t *testing.T, login, path, url string) string {
	t.Helper()
	if id, here := strings.CutPrefix(url, "#"); here {
		_, after, found := strings.Cut(p.ask(t, login, path, nil).Body.String(), `id="`+id+`"`)
		if match := sumOfTable.FindStringSubmatch(after); found && match != nil {
			return match[1]
		}
		return "no table"
	}
	return p.total(t, login, url)
}

// total is the same for a page of its own.
func (p *portal) total(t *testing.T, login, url string) string {
	t.Helper()
	w := p.ask(t, login, url, nil)
	if bodyPage.MatchString(url) && w.Code == http.StatusOK {
		return "1"
	}
	match := listTotal.FindStringSubmatch(w.Body.String())
	if w.Code != http.StatusOK || match == nil {
		return strings.TrimSpace(http.StatusText(w.Code)) + " without a total"
	}
	return match[1]
}
