package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

var tickable = regexp.MustCompile(`name="steps" value="([^"]*)"`)

// ticks returns the boxes of a page, at most n.
func ticks(t *testing.T, html string, n int) []string {
	t.Helper()
	var found []string
	for _, match := range tickable.FindAllStringSubmatch(html, n) {
		found = append(found, match[1])
	}
	if len(found) == 0 {
		t.Fatal("nothing to tick")
	}
	return found
}

// TestTheLandSetsOneStepForManyBodiesAndTakesItBack follows the forms from the service to the undo.
func TestTheLandSetsOneStepForManyBodiesAndTakesItBack(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	const rollin, step = "/leistungen/wohngeld/roll-in", "/leistungen/wohngeld/roll-in/aufgaben/k_kickoff"
	get := func(login, path string) string {
		t.Helper()
		w := p.ask(t, login, path, nil)
		if w.Code != http.StatusOK {
			t.Fatalf("%s as %s: %d", path, login, w.Code)
		}
		return w.Body.String()
	}
	for path, leads := range map[string]string{rollin: rollin + "/aufgaben", rollin + "/aufgaben": step} {
		if !strings.Contains(get("land", path), `href="`+leads+`"`) {
			t.Errorf("%s does not lead to %s", path, leads)
		}
	}
	if strings.Contains(get("redaktion", rollin), rollin+"/aufgaben") {
		t.Error("who may not is led there")
	}
	ticked := ticks(t, get("land", step), -1)
	if len(ticked) != 22 {
		t.Fatalf("%d bodies", len(ticked))
	}
	const handed = "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff/abgeben"
	form := get("k16051", handed)
	p.ask(t, "k16051", handed, url.Values{"id": {hidden(t, form, "id")}, "version": {"1"}, "since": {ui.Date(time.Now())}, "party": {""}, "party_name": {"Hersteller A"}, "ticket": {""}, "note": {""}})

	before, on := p.digest(t), ui.Date(time.Now().AddDate(0, 0, -3))
	sent := url.Values{"steps": ticked, "to": {"done"}, "evidence": {"Auftaktrunde"}, "on": {on}}
	w := p.ask(t, "land", "/sammelaenderungen/vorschau", sent)
	preview := w.Body.String()
	if w.Code != http.StatusOK || p.digest(t) != before || !strings.Contains(preview, ">21 ändern<") || !strings.Contains(preview, "inzwischen geändert") {
		t.Fatalf("preview: %d, %s", w.Code, preview)
	}
	sent.Set("id", hidden(t, preview, "id"))
	sent["steps"] = ticks(t, preview, -1)
	for range 2 { // a double click
		w = p.ask(t, "land", "/sammelaenderungen", sent)
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != "/sammelaenderungen/1?meldung=mehrere-gespeichert" {
			t.Fatalf("change: %d to %s", w.Code, to)
		}
	}
	page := get("land", "/sammelaenderungen/1")
	if !strings.Contains(page, "21 Aufgaben geändert") || !strings.Contains(page, ">Rückgängig machen<") {
		t.Error("the page of the batch does not offer to undo it")
	}
	if mine, others := get("land", rollin+"/aufgaben"), get("land2", rollin+"/aufgaben"); !strings.Contains(mine, "Das haben Sie gerade geändert") ||
		!strings.Contains(mine, `href="/sammelaenderungen/1"`) || strings.Contains(others, "/sammelaenderungen/1") {
		t.Error("who made the batch, and nobody else, finds back to it while it can be undone")
	}
	own := "/kommunen/16052/leistungen/wohngeld/aufgaben/k_kickoff"
	if html := get("land", own); !strings.Contains(html, `<a href="/sammelaenderungen/1">Nr. 1</a>`) {
		t.Error("the trail of a step does not lead the Land to the batch")
	}
	if html := get("k16052", own); !strings.Contains(html, "Nr. 1") || strings.Contains(html, "/sammelaenderungen/") || !strings.Contains(html, "Am "+on+": Auftaktrunde") {
		t.Error("the town does not read who set its task")
	}
	for range 2 {
		w = p.ask(t, "land", "/sammelaenderungen/1/rueckgaengig", url.Values{})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("undo: %d", w.Code)
		}
	}
	if page = get("land", "/sammelaenderungen/1"); !strings.Contains(page, "21 Aufgaben zurückgesetzt") || strings.Contains(page, ">Rückgängig machen<") {
		t.Error("the page does not say that it was undone")
	}
	if strings.Contains(get("land", rollin+"/aufgaben"), "/sammelaenderungen/1") {
		t.Error("what was undone is still offered")
	}
	if html := get("k16052", own); strings.Count(html, "Nr. 1<") != 2 || !strings.Contains(html, "Sammeländerung rückgängig gemacht") {
		t.Error("the town does not read both acts under one number")
	}
}

func TestManyTasksNeedAWholeForm(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.finishLandStep(t, "wohngeld", "l_guide")
	ticked := ticks(t, p.ask(t, "land", "/leistungen/wohngeld/roll-in/aufgaben/k_kickoff", nil).Body.String(), 3)
	before := p.digest(t)
	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"nothing ticked": {url.Values{"to": {"done"}, "evidence": {"Akte"}}, "mindestens eine Aufgabe"},
		"no state":       {url.Values{"steps": ticked, "evidence": {"Akte 7"}}, "Akte 7"},
		"no day":         {url.Values{"steps": ticked, "to": {"done"}, "on": {"morgen"}}, `value="morgen"`},
		"a day to come":  {url.Values{"steps": ticked, "to": {"done"}, "on": {"01.01.2090"}}, "nicht in der Zukunft"},
		"forged step":    {url.Values{"steps": {"x"}, "to": {"done"}}, "beschädigt"},
		"forged id":      {url.Values{"steps": ticked, "to": {"done"}, "id": {"x"}}, "beschädigt"},
		"unknown field":  {url.Values{"steps": ticked, "to": {"done"}, "land_id": {"x"}}, "unbekanntes Feld"},
	} {
		for _, path := range []string{"/sammelaenderungen/vorschau", "/sammelaenderungen"} {
			w := p.ask(t, "land", path, c.form)
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%s to %s: %d", name, path, w.Code)
			}
			if len(c.form["steps"]) == 3 && name != "unknown field" && len(ticks(t, w.Body.String(), -1)) != 3 {
				t.Errorf("%s: what was ticked is lost", name)
			}
		}
	}
	foreign := url.Values{"steps": {"99001/wohngeld/k_kickoff/1"}, "to": {"done"}, "evidence": {"Akte"}}
	if w := p.ask(t, "land", "/sammelaenderungen", foreign); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Unbekannte Aufgabe") {
		t.Errorf("a body of another Land: %d", w.Code)
	}
	if p.digest(t) != before {
		t.Error("something changed")
	}
}

// TestAProviderChangesSeveralTasksAfterAPreview ticks what stands in the queue of the provider: what is possible.
func TestAProviderChangesSeveralTasksAfterAPreview(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	if tickable.MatchString(p.startPage(t, "tlrz")) {
		t.Fatal("the queue offers what is not possible yet")
	}
	p.finishLandStep(t, "wohngeld", "l_guide")
	for _, body := range []string{"16051", "16052", "16053"} {
		p.finishSteps(t, body, "wohngeld", "k_kickoff", "k_survey")
	}
	form := url.Values{"steps": ticks(t, p.startPage(t, "tlrz"), 3), "to": {"in_progress"}, "evidence": {"Auftrag 17"}}
	before := p.digest(t)
	w := p.ask(t, "tlrz", "/sammelaenderungen/vorschau", form)
	if w.Code != http.StatusOK || p.digest(t) != before {
		t.Fatalf("preview: %d, and it must change nothing", w.Code)
	}
	if w = p.ask(t, "tlrz", "/sammelaenderungen", form); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d: %s", w.Code, complaintsIn(w.Body.String()))
	}
	working := dbtest.Admin[int](t, p.World, `SELECT count(*)::int FROM portal.step WHERE key = 'k_variant' AND state = 'in_progress'`)
	if working != len(form["steps"]) {
		t.Errorf("%d steps are in progress, want %d", working, len(form["steps"]))
	}
	if w = p.ask(t, "tlrz", "/sammelaenderungen/vorschau", form); !strings.Contains(w.Body.String(), strconv.Itoa(working)+" ausgelassen") {
		t.Errorf("what has changed meanwhile is not left out: %d", w.Code)
	}
}

// finishSteps has a body finish steps, one after the other.
func (p *portal) finishSteps(t *testing.T, body, slug string, keys ...string) {
	t.Helper()
	s, who := onboarding.NewService(p.DB), p.As(t, "k"+body)
	for _, key := range keys {
		list, err := s.Checklist(t.Context(), who, body, slug, 1)
		must(t, err)
		step, _ := list.Find(key)
		must(t, s.ChangeStep(t.Context(), who, body, slug, key, dbtest.Wish(step, onboarding.Done)))
	}
}
