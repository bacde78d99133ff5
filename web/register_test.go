package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/hurdle"
	"rollinportal/internal/register"
)

const registerPath = "/entscheidungen/grundsatz"

// matterOf enters a question about an obstacle and returns its number.
func (p *portal) matterOf(t *testing.T, obstacle string) string {
	t.Helper()
	nr, err := strconv.Atoi(obstacle)
	must(t, err)
	due := time.Now().AddDate(0, 1, 0)
	no, err := register.NewService(p.DB).Enter(t.Context(), p.As(t, "land"), register.Input{
		ID: uuid.New(), Question: "Wer trägt die Kosten?", DeciderKey: "BEIRAT", DueOn: &due, Services: []string{"wohngeld"}, Obstacles: []int{nr},
	})
	must(t, err)
	return strconv.Itoa(no)
}

func TestRegisterKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := url.Values{"id": {uuid.NewString()}, "question": {"Wer trägt <b>die</b> Kosten?"}, "decider_key": {"BEIRAT"}, "due_on": {"31.02.2027"}, "services": {"wohngeld"}, "obstacles": {"zwölf"}}
	w := p.ask(t, "land", registerPath, form)
	body := w.Body.String()
	for _, want := range []string{"&lt;b&gt;die&lt;/b&gt;", `value="31.02.2027"`, `value="zwölf"`, "nur die Nummern der Hürden", "(1 gewählt)"} {
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, want) {
			t.Errorf("%d, the form has lost %q", w.Code, want)
		}
	}
	form.Set("obstacles", "")
	form.Set("due_on", time.Now().AddDate(0, 1, 0).Format("02.01.2006"))
	for range 2 {
		if w := p.ask(t, "land", registerPath, form); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), registerPath+"/1?") {
			t.Errorf("entering: %d to %s", w.Code, w.Header().Get("Location"))
		}
	}
	for _, path := range []string{registerPath + "/0", registerPath + "/2", registerPath + "/eins", registerPath + "/99999999999"} {
		if w := p.ask(t, "gremium", path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// TestTwoPeopleInTheRegisterSeeEachOther: both states side by side while the entry is open; afterwards what was typed, and
// how it ended.
func TestTwoPeopleInTheRegisterSeeEachOther(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	no := p.matterOf(t, p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"}))
	form := url.Values{"id": {uuid.NewString()}, "version": {"1"}, "question": {"Erste Fassung"}, "decider_key": {"BEIRAT"}, "due_on": {time.Now().AddDate(0, 1, 0).Format("02.01.2006")}}
	if w := p.ask(t, "land", registerPath+"/"+no, form); w.Code != http.StatusSeeOther {
		t.Fatalf("saving: %d %s", w.Code, w.Body)
	}
	form.Set("question", "Zweite Fassung")
	w := p.ask(t, "land", registerPath+"/"+no, form)
	if body := w.Body.String(); w.Code != http.StatusConflict || !strings.Contains(body, "Erste Fassung") || !strings.Contains(body, "Zweite Fassung") || !strings.Contains(body, `name="version" value="2"`) {
		t.Errorf("an old version: %d", w.Code)
	}
	drop := url.Values{"version": {"2"}, "to": {"dropped"}}
	if w := p.ask(t, "land", registerPath+"/"+no+"/stand", drop); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Begründen Sie") {
		t.Errorf("dropped without a reason: %d", w.Code)
	}
	drop.Set("reason", "Der Bund regelt es.")
	if w := p.ask(t, "land", registerPath+"/"+no+"/stand", drop); w.Code != http.StatusSeeOther {
		t.Errorf("dropped: %d", w.Code)
	}
	w = p.ask(t, "land", registerPath+"/"+no, form)
	if body := w.Body.String(); w.Code != http.StatusConflict || !strings.Contains(body, "Zweite Fassung") || !strings.Contains(body, "Der Bund regelt es.") {
		t.Errorf("saving what has ended: %d", w.Code)
	}
}

// TestResultIsOfferedToTheObstacle: what was decided in principle stands in the form of the obstacle that was escalated.
func TestResultIsOfferedToTheObstacle(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	nr := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	no := p.matterOf(t, nr)
	number, _ := strconv.Atoi(nr)
	yesterday := time.Now().AddDate(0, 0, -1)
	hurdles, land := hurdle.NewService(p.DB), p.As(t, "land")
	must(t, hurdles.Act(t.Context(), land, number, hurdle.ActInput{Version: 1, Act: hurdle.Escalate, Forum: "TLKT", On: yesterday}))
	must(t, register.NewService(p.DB).Turn(t.Context(), land, 1, register.Turn{Version: 1, To: register.Decided, Result: "Das Land trägt sie bis 2028.", DecidedOn: &yesterday}))
	if body := p.ask(t, "land", registerPath+"/"+no, nil).Body.String(); !strings.Contains(body, "In Hürde Nr. "+nr+" eintragen") {
		t.Error("the entry does not lead to the obstacle")
	}
	body := p.ask(t, "land", "/huerden/"+nr, nil).Body.String()
	if !strings.Contains(body, ">\nDas Land trägt sie bis 2028.</textarea>") || !strings.Contains(body, "Grundsatzentscheidung Nr. "+no) {
		t.Error("the obstacle does not offer the result")
	}
	if body := p.ask(t, "k16051", "/huerden/"+nr, nil).Body.String(); strings.Contains(body, "Grundsatzentscheidung") {
		t.Error("a town reads the register")
	}
	committee := p.ask(t, "gremium", registerPath+"/"+no, nil).Body.String()
	if !strings.Contains(committee, "Das Land trägt sie bis 2028.") || !strings.Contains(committee, "1 Hürde liegt außerhalb Ihres Bereichs.") || strings.Contains(committee, "Erfurt") || strings.Contains(committee, "/huerden/"+nr) {
		t.Error("the committee reads too much or too little")
	}
	must(t, hurdles.Act(t.Context(), land, number, hurdle.ActInput{Version: 2, Act: hurdle.Decide, Text: "So gilt es.", On: yesterday}))
	if body := p.ask(t, "land", registerPath+"/"+no, nil).Body.String(); strings.Contains(body, "Ergebnis weitergeben") {
		t.Error("what the obstacle has already is offered again")
	}
}
