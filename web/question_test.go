package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/web"
)

const askPath = "/fragen/stellen"

func askForm(text string) url.Values {
	return url.Values{
		"id": {uuid.NewString()}, "einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {text}, "zurueck": {"start"},
	}
}

// TestAskingFromTheCardIsOneRequest: the fourth act of a task stands on the start page and leads back there; twice
// pressed, it asks once.
func TestAskingFromTheCardIsOneRequest(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	card := p.ask(t, "k16051", "/aufgaben", nil).Body.String()
	if !strings.Contains(card, `action="/fragen/stellen"`) || !strings.Contains(card, "Frage stellen") {
		t.Error("the card of a task does not ask")
	}
	form := askForm("Wer benennt die Ansprechperson?")
	for range 2 {
		w := p.ask(t, "k16051", askPath, form)
		if w.Code != http.StatusSeeOther || strings.HasPrefix(w.Header().Get("Location"), "/fragen") {
			t.Errorf("asking from the card: %d to %s", w.Code, w.Header().Get("Location"))
		}
	}
	if got := strings.Count(p.ask(t, "land", "/fragen", nil).Body.String(), "Wer benennt die Ansprechperson?"); got != 1 {
		t.Errorf("the Land sees the question %d times", got)
	}
	if body := p.ask(t, "k16052", "/fragen", nil).Body.String(); strings.Contains(body, "Ansprechperson?") {
		t.Error("another town sees the question")
	}
}

// TestWhoIsAskedReadsSoOnTheStartPage: a question that waits is no matter of finding it in a menu.
func TestWhoIsAskedReadsSoOnTheStartPage(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	const waits = "Frage wartet auf Ihre Antwort"
	for login, id := range map[string]string{"land": p.questionOf(t, "k16051"), "tmdi-referat": ""} {
		if asked := strings.Contains(p.startPage(t, login), waits); asked != (id != "") {
			t.Errorf("%s reads that a question waits: %v", login, asked)
		}
	}
	dbtest.Admin[int](t, p.World, `WITH moved AS (UPDATE portal.question q SET side_id = o.org_id
		FROM portal.organisation o WHERE o.land_id = q.land_id AND o.key = 'TMDI' RETURNING 1) SELECT count(*)::int FROM moved`)
	p = p.again(t, func(*web.Config) {}) // one that keeps no picture: this change left no entry
	for login, want := range map[string]bool{"land": false, "tmdi-referat": true} {
		if asked := strings.Contains(p.startPage(t, login), waits); asked != want {
			t.Errorf("asked is the ministry: %s reads that a question waits: %v", login, asked)
		}
	}
}

func TestAskingKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	long := strings.Repeat("Wort ", 1000)
	w := p.ask(t, "k16051", askPath, askForm(long))
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), strings.TrimSpace(long)) || !strings.Contains(w.Body.String(), "höchstens 4.000") {
		t.Errorf("too long a question: %d", w.Code)
	}
	if w := p.ask(t, "k16051", askPath, askForm(strings.Repeat("x", 50<<20))); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("50 MB of question: %d", w.Code)
	}
	if w := p.ask(t, "k16051", askPath, askForm(" ")); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no question: %d", w.Code)
	}
	p.finishLandStep(t, "wohngeld", "l_guide")
	step := "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	version := hidden(t, p.ask(t, "k16051", step, nil).Body.String(), "version")
	wantStatus(t, p.ask(t, "k16051", step, url.Values{"version": {version}, "to": {"done"}, "evidence": {"Akte"}}).Code, http.StatusSeeOther)
	late := p.ask(t, "k16051", askPath, askForm("Zu spät gefragt?"))
	if late.Code != http.StatusConflict || !strings.Contains(late.Body.String(), "Zu spät gefragt?") {
		t.Errorf("a question at a finished step: %d", late.Code)
	}
	if strings.Contains(late.Body.String(), `name="aufgabe"`) {
		t.Error("the form still asks at the finished step")
	}
}

func wantStatus(t *testing.T, got, want int) {
	t.Helper()
	if got != want {
		t.Fatalf("status %d, want %d", got, want)
	}
}
