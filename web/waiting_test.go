package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// handOver has a town hand its kickoff to a party, some days ago.
func (p *portal) handOver(t *testing.T, body, slug string, in onboarding.HandOverInput, days int) {
	t.Helper()
	who, s := p.As(t, "k"+body), onboarding.NewService(p.DB)
	task, err := s.Task(t.Context(), who, body, slug, "k_kickoff", 0)
	must(t, err)
	in.ID, in.Version, in.Since = uuid.New(), task.Version, workday.Day(time.Now()).AddDate(0, 0, -days)
	must(t, s.HandOver(t.Context(), who, body, slug, "k_kickoff", in))
}

func TestTheLandSeesWhoHasTheBall(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	p.handOver(t, "16051", "wohngeld", onboarding.HandOverInput{Party: "Hersteller A", Ticket: "4711"}, 21)
	p.handOver(t, "16052", "wohngeld", onboarding.HandOverInput{Party: "hersteller a"}, 7)
	p.handOver(t, "16053", "wohngeld", onboarding.HandOverInput{Party: "Hersteller  A"}, 3)
	p.handOver(t, "16054", "wohngeld", onboarding.HandOverInput{PartyKey: "TLRZ"}, 40)
	says := func(login, path string) string {
		t.Helper()
		w := p.ask(t, login, path, nil)
		if w.Code != http.StatusOK {
			t.Fatalf("%s as %s: %d", path, login, w.Code)
		}
		_, main, _ := strings.Cut(w.Body.String(), "<main")
		text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(main, " ")
		return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "&shy;", "")
	}
	if got := says("land", "/wartet-auf"); !regexp.MustCompile(`(?i)2 Stellen .*hersteller a weitere Stelle .* 3 .* 3 .* 7.Tage .* 21.Tage .*Thüringer Landesrechenzentrum`).MatchString(got) {
		t.Errorf("the ranking says %s", got)
	}
	for party, want := range map[string]string{"~hersteller-a": "3 Aufgaben", "TLRZ": "1 Aufgabe", "NIEMAND": "0 Aufgaben"} {
		if got := says("land", "/aufgaben?wartet-auf="+party); !strings.Contains(got, want) {
			t.Errorf("the list of %s has not %s: %s", party, want, got)
		}
	}
	if got := says("land", "/aufgaben?wartet-auf=~hersteller-a"); !regexp.MustCompile(`(?i)Wartet auf hersteller a .*seit 21.Tagen, Ticket 4711`).MatchString(got) {
		t.Errorf("the list says %s", got)
	}
	if got := says("redaktion", "/wartet-auf/~hersteller-a"); !regexp.MustCompile(`3 Punkte aus 3 Einheiten bei Ihnen.*Erfurt .*4711 .* 21.Tage`).MatchString(got) {
		t.Errorf("the letter says %s", got)
	}
	sheet := p.ask(t, "land", "/wartet-auf/~hersteller-a/liste.xlsx", nil)
	file, err := excelize.OpenReader(sheet.Body)
	must(t, err)
	rows, err := file.GetRows("Offene Punkte")
	must(t, err)
	if len(rows) < 2 || !slices.Equal(rows[0], []string{"Einheit", "Leistung", "Aufgabe", "Ticket", "Seit", "Tage"}) || rows[1][3] != "4711" || rows[1][5] != "21" {
		t.Errorf("the sheet says %q", rows)
	}
	if h := sheet.Header(); !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the sheet comes with %v", h)
	}
	if exports := stringsOf(t, p, `SELECT string_agg(action, ' ') FROM portal.audit_event WHERE action = 'waiting.export'`); len(exports) != 1 {
		t.Errorf("%d exports stand in the trail", len(exports))
	}
	if w := p.ask(t, "redaktion", "/wartet-auf/~hersteller-a/liste.xlsx", nil); w.Code != http.StatusForbidden {
		t.Errorf("who may only read exports: %d", w.Code)
	}
	if got := says("k16051", "/aufgaben?wartet-auf=~hersteller-a"); !strings.Contains(got, "1 Aufgabe") {
		t.Errorf("a town's own list says %s", got)
	}
	for login, path := range map[string]string{"land": "/wartet-auf/NIEMAND", "d-land": "/wartet-auf/~hersteller-a"} {
		if w := p.ask(t, login, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s as %s: %d", path, login, w.Code)
		}
	}
}

func TestTheLandSeesWhatNobodyConfirmed(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	const mark = "nicht bestätigt"
	pages := []string{"/roll-in?einheit=16051", "/kommunen/16051", "/leistungen/wohngeld/roll-in"}
	count := func(login, path string) int {
		w := p.ask(t, login, path, nil)
		if w.Code != http.StatusOK {
			t.Fatalf("%s as %s: %d", path, login, w.Code)
		}
		return strings.Count(w.Body.String(), mark)
	}
	for _, path := range pages {
		if n := count("land", path); n != 0 {
			t.Errorf("%s marks %d onboardings that have just begun", path, n)
		}
	}
	dbtest.Admin[int](t, p.World, `
		WITH aged AS (UPDATE portal.onboarding SET state_since = now() - interval '31 days' RETURNING 1) SELECT count(*) FROM aged`)
	for path, want := range map[string]int{pages[0]: 1, pages[1]: 1, pages[2]: 22} {
		if n := count("land", path); n != want {
			t.Errorf("%s marks %d onboardings, want %d", path, n, want)
		}
		if n := count("k16051", path); n != 0 {
			t.Errorf("%s tells a town that it did not confirm", path)
		}
	}
	for _, path := range []string{"/lagebild", "/matrix"} {
		const cellsAndLegend = 22 + 1
		if n := count("land", path); n != cellsAndLegend {
			t.Errorf("%s marks %d cells, want %d and the legend", path, n-1, cellsAndLegend-1)
		}
		if n := count("tmdi-referat", path); n != 0 {
			t.Errorf("%s tells a ministry which town did not confirm", path)
		}
	}
	if w := p.ask(t, "k16051", "/kommunen/16051/bestaetigen", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("confirm: %d", w.Code)
	}
	for path, want := range map[string]int{pages[0]: 0, pages[1]: 0, pages[2]: 21} {
		if n := count("land", path); n != want {
			t.Errorf("after the town confirmed, %s marks %d onboardings, want %d", path, n, want)
		}
	}
}
