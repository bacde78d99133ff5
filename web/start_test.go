package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/jobs"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// startPage is what a person reads on the start page, as HTML.
func (p *portal) startPage(t *testing.T, login string) string {
	t.Helper()
	path := "/"
	if strings.HasPrefix(login, "k") {
		path = "/aufgaben"
	}
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("start page of %s: %d", login, w.Code)
	}
	return w.Body.String()
}

func TestATownStartsWithItsTasks(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	for path, want := range map[string]string{"/": "/aufgaben", "/?meldung=bestaetigt": "/aufgaben?meldung=bestaetigt"} {
		if w := p.ask(t, "k16051-b", path, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %s, want %s", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	const list = `id="ergebnis"`
	for path, whole := range map[string]bool{"/aufgaben": false, "/aufgaben?meldung=bestaetigt": false, "/aufgaben?alle=ja": true, "/aufgaben?status=ueberfaellig": true, "/aufgaben?sortierung=frist": true} {
		w := p.ask(t, "k16051", path, nil)
		if got := strings.Contains(w.Body.String(), list); w.Code != http.StatusOK || got != whole {
			t.Errorf("%s: %d, the whole list %v, want %v", path, w.Code, got, whole)
		}
		if whole && !strings.Contains(w.Body.String(), `name="alle" value="ja"`) {
			t.Errorf("%s: the filter would lead back to the handful", path)
		}
	}
	if w := p.ask(t, "land", "/aufgaben", nil); !strings.Contains(w.Body.String(), list) {
		t.Error("the Land has no list of tasks")
	}
}

// TestATownAnswersOnItsStartPage follows the forms of the start page: each act is one request and leads back.
func TestATownAnswersOnItsStartPage(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	const step = "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	html := p.startPage(t, "k16051")
	for _, want := range []string{`action="` + step + `"`, `action="` + step + `/abgeben"`, ">Erledigt<", ">Liegt bei anderen<", ">Trifft nicht zu<", `action="/kommunen/16051/bestaetigen"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the start page lacks %s", want)
		}
	}
	back := func(path string, form url.Values) {
		t.Helper()
		form.Set("version", hidden(t, html, "version"))
		form.Set("zurueck", hidden(t, html, "zurueck"))
		w := p.ask(t, "k16051", path, form)
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/aufgaben?meldung=") {
			t.Fatalf("%s: %d to %q: %s", path, w.Code, to, w.Body)
		}
		html = p.startPage(t, "k16051")
	}
	back(step+"/abgeben", url.Values{"id": {hidden(t, html, "id")}, "since": {hidden(t, html, "since")}, "party": {"TLRZ"}, "party_name": {""}, "ticket": {"4711"}})
	if !strings.Contains(html, "Wartet auf Thüringer Landesrechenzentrum") || !strings.Contains(html, "Ticket 4711") || !strings.Contains(html, "Zurzeit sind andere am Zug.") {
		t.Error("the start page does not say with whom the task lies")
	}
	list := p.ask(t, "k16051", step, nil).Body.String()
	html = strings.Replace(list, "</main>", `<input type="hidden" name="zurueck" value="start"></main>`, 1)
	back(step+"/zurueckholen", url.Values{})
	back(step, url.Values{"to": {"done"}, "evidence": {"Kontaktliste in der Akte"}})
	if strings.Contains(html, `action="`+step+`"`) {
		t.Error("the finished task is still there")
	}
	w := p.ask(t, "k16051", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_survey", url.Values{"version": {"1"}, "to": {"not_applicable"}, "reason": {""}, "zurueck": {"start"}})
	if w.Code != http.StatusUnprocessableEntity || hidden(t, w.Body.String(), "zurueck") != "start" {
		t.Errorf("without a reason: %d, and the way back must be kept", w.Code)
	}
}

// TestUsualDurationKeepsOthersApart: fourteen days with a vendor are no days of the towns, and the next town reads both.
func TestUsualDurationKeepsOthersApart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // a Monday
	p := newPortal(t, postgres.WithClock(func() time.Time { return now }))
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	p.finishLandStep(t, "wohngeld", "l_guide")
	s := onboarding.NewService(p.DB)
	bodies := []string{"16052", "16053", "16054", "16055", "16061"}
	now = now.AddDate(0, 0, 7)
	for _, body := range bodies {
		must(t, s.HandOver(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", onboarding.HandOverInput{ID: uuid.New(), Version: 1, Party: "Hersteller A", Since: workday.Day(now)}))
	}
	now = now.AddDate(0, 0, 14)
	for _, body := range bodies {
		task, err := s.Task(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", 0)
		must(t, err)
		must(t, s.ChangeStep(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: task.Version, To: onboarding.Done, Evidence: "Akte"}))
	}
	must(t, s.CountUsualTimes(t.Context(), p.As(t, "land")))
	html := strings.ReplaceAll(p.startPage(t, "k16051"), "\u00a0", " ")
	if want := "Andere brauchten 5 Arbeitstage, dazu 10 Arbeitstage bei anderen Stellen"; !strings.Contains(html, want) {
		t.Errorf("the page does not say %q", want)
	}
}

func TestUsualDurationNeedsFiveBodies(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	s := onboarding.NewService(p.DB)
	worker, err := jobs.Actor(t.Context(), p.Work, p.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	count := func() { must(t, onboarding.NewService(p.Work).CountUsualTimes(t.Context(), worker)) }
	for i, body := range []string{"16052", "16053", "16054", "16055", "16061"} {
		if html := p.startPage(t, "k16051"); strings.Contains(html, "Andere brauchten") {
			t.Fatalf("after %d bodies the page says how long others needed", i)
		}
		task, err := s.Task(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", 0)
		must(t, err)
		must(t, s.ChangeStep(t.Context(), p.As(t, "k"+body), body, "wohngeld", "k_kickoff", onboarding.StepInput{Version: task.Version, To: onboarding.Done, Evidence: "Akte"}))
		count()
	}
	count() // a round may come twice
	if n := dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'usual_time.count'`); n != 1 {
		t.Errorf("%d entries in the trail, but the times changed once", n)
	}
	if html := p.startPage(t, "k16051"); !strings.Contains(html, "Andere brauchten weniger als einen Arbeitstag") {
		t.Error("after five bodies the page does not say how long others needed")
	}
}

// TestATaskThatAColleagueFinishedMeanwhileLosesNoWord: whoever comes second from the card reads what is saved now beside what
// they typed, and changes nothing.
func TestATaskThatAColleagueFinishedMeanwhileLosesNoWord(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	const step = "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	mine := url.Values{"version": {hidden(t, p.startPage(t, "k16051"), "version")}, "to": {"done"}, "evidence": {"Protokoll von mir"}, "zurueck": {"start"}}
	theirs := url.Values{"version": mine["version"], "to": {"done"}, "evidence": {"Protokoll der Kollegin"}, "zurueck": {"start"}}
	if w := p.ask(t, "k16051-b", step, theirs); w.Code != http.StatusSeeOther {
		t.Fatalf("the colleague finishes it: %d", w.Code)
	}
	before := p.digest(t)
	w := p.ask(t, "k16051", step, mine)
	html := w.Body.String()
	for _, want := range []string{"Protokoll von mir", "Protokoll der Kollegin"} {
		if !strings.Contains(html, want) {
			t.Errorf("the answer lacks %q", want)
		}
	}
	if w.Code != http.StatusConflict || p.digest(t) != before {
		t.Errorf("%d, changed: %v", w.Code, p.digest(t) != before)
	}
}
