package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rollinportal/internal/hurdle"
)

// TestReportingAnObstacle walks from the checklist over the form and the offer of what is known to the obstacle's page.
func TestReportingAnObstacle(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	known := p.hurdleOf(t, "k16052", hurdle.Where{Body: "16052", Service: "wohngeld", Step: "k_kickoff"})
	path := "/huerden/melden?aufgabe=k_kickoff&einheit=16051&leistung=wohngeld"
	if list := p.ask(t, "k16051-b", "/kommunen/16051/leistungen/wohngeld", nil); !strings.Contains(list.Body.String(), strings.ReplaceAll(path, "&", "&amp;")) {
		t.Error("the checklist does not lead to the form")
	}
	if step := p.ask(t, "land", "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff", nil); strings.Contains(step.Body.String(), "Hürde melden") {
		t.Error("the Land is offered to report")
	}
	form := url.Values{
		"id": {hidden(t, p.ask(t, "k16051-b", path, nil).Body.String(), "id")}, "einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"},
	}
	w := p.ask(t, "k16051-b", "/huerden/melden", form)
	says(t, w, http.StatusUnprocessableEntity, "Bitte prüfen Sie 3 Angaben", `href="#dimension"`, "Beschreiben Sie, was Sie an der Aufgabe hindert.")

	form.Set("text", "Die Zuständigkeit ist ungeklärt <b>")
	form.Set("dimension", "legal")
	form.Set("blocking", "nein")
	w = p.ask(t, "k16051-b", "/huerden/melden", form)
	says(t, w, http.StatusOK, "Ist Ihre Hürde schon bekannt?", "Zuständigkeit ungeklärt", "betrifft 1 Einheit", "Trotzdem neu melden", "ungeklärt &lt;b&gt;")
	if strings.Contains(w.Body.String(), "16052") || strings.Contains(w.Body.String(), "Jena") {
		t.Error("the offer says who reported")
	}
	join := url.Values{"betrifft": {known}}
	for name, values := range form {
		join[name] = values
	}
	for range 2 {
		w = p.ask(t, "k16051-b", "/huerden/melden", join)
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/huerden/"+known+"?") {
			t.Fatalf("join: %d, %s", w.Code, w.Header().Get("Location"))
		}
	}
	form.Set("neu", "1")
	w = p.ask(t, "k16051-b", "/huerden/melden", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("report anew: %d\n%s", w.Code, w.Body)
	}
	says(t, p.ask(t, "k16051-b", w.Header().Get("Location"), nil), http.StatusOK, "Hürde Nr. 2", "Ihre Hürde ist gemeldet.", "Betrifft uns nicht mehr")
}

// TestNothingIsReportedWhereNothingIsOpen: the page says why, and keeps what was typed.
func TestNothingIsReportedWhereNothingIsOpen(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	form := url.Values{
		"id": {"5f7d0c36-0a0e-4c7e-9a6b-0f2f4f6d9d11"}, "einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"},
		"text": {"Kein Zugang zum Register"}, "dimension": {"technical"}, "blocking": {"ja"},
	}
	p.finishLandStep(t, "wohngeld", "l_guide")
	path := "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	step := p.ask(t, "k16051", path, nil).Body.String()
	w := p.ask(t, "k16051", path, url.Values{"version": {hidden(t, step, "version")}, "to": {"done"}, "evidence": {"Vermerk"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("finish the step: %d", w.Code)
	}
	says(t, p.ask(t, "k16051", "/huerden/melden", form), http.StatusConflict, "Das ist nicht gespeichert", "steht auf „Erledigt“", "Kein Zugang zum Register")
}

// says checks the status of an answer and what can be read there.
func says(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d, want %d", w.Code, status)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the page does not say %q:\n%s", text, w.Body)
		}
	}
}

// TestTheLandWorksOffAnObstacle: the form asks for what an act needs, late acts are laid beside what is saved, and the
// body reads the solution.
func TestTheLandWorksOffAnObstacle(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	path := "/huerden/" + p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	says(t, p.ask(t, "land", "/huerden?art=organisatorisch", nil), http.StatusOK, "1 Hürde", "Zuständigkeit ungeklärt", "1 Einheit, 1 Leistung")
	says(t, p.ask(t, "land", "/huerden?art=rechtlich", nil), http.StatusOK, "Keine Hürde passt")
	form := url.Values{"version": {"1"}, "act": {"resolve"}}
	says(t, p.ask(t, "land", path, form), http.StatusUnprocessableEntity, "Beschreiben Sie die Lösung.", `href="#text"`)
	assess := url.Values{"version": {"1"}, "severity": {"2"}, "solvable_by": {"land"}, "scope": {"land"}, "due_on": {"31.02.2027"}}
	says(t, p.ask(t, "land", path+"/einordnung", assess), http.StatusUnprocessableEntity, `href="#due_on"`, "31.02.2027")
	assess.Set("due_on", "")
	if w := p.ask(t, "land", path+"/einordnung", assess); w.Code != http.StatusSeeOther {
		t.Fatalf("assess: %d\n%s", w.Code, w.Body)
	}
	form.Set("text", "Das Fachamt ist zuständig")
	says(t, p.ask(t, "land", path, form), http.StatusConflict, "Diese Angaben wurden inzwischen geändert", "Das Fachamt ist zuständig", `name="version" value="2"`)
	form.Set("version", "2")
	if w := p.ask(t, "land", path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("resolve: %d\n%s", w.Code, w.Body)
	}
	says(t, p.ask(t, "k16051", path, nil), http.StatusOK, "So ist die Hürde gelöst", "Das Fachamt ist zuständig")
	form.Set("version", "1")
	says(t, p.ask(t, "land", path, form), http.StatusConflict, "Das ist nicht gespeichert")
}

// TestTheLandMergesWhatItIsOffered: the page names what may be the same, and another number can be typed instead.
func TestTheLandMergesWhatItIsOffered(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	first := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	second := p.hurdleOf(t, "k16052", hurdle.Where{Body: "16052", Service: "wohngeld", Step: "k_kickoff"})
	third := p.hurdleOf(t, "k16053", hurdle.Where{Body: "16053", Service: "wohngeld", Step: "k_kickoff"})
	page := p.ask(t, "land", "/huerden/"+first, nil)
	says(t, page, http.StatusOK, "Welche andere Hürde ist dieselbe?", `name="into" value="`+second+`"`, `name="into" value="`+third+`"`, "betrifft 1 Einheit")
	if town := p.ask(t, "k16051", "/huerden/"+first, nil); strings.Contains(town.Body.String(), "dieselbe") {
		t.Error("a town is offered to merge")
	}
	merge := func(no string, form url.Values) *httptest.ResponseRecorder {
		form.Set("act", "merge")
		form.Set("version", hidden(t, p.ask(t, "land", "/huerden/"+no, nil).Body.String(), "version"))
		return p.ask(t, "land", "/huerden/"+no, form)
	}
	says(t, merge(second, url.Values{"into": {""}, "other": {""}}), http.StatusUnprocessableEntity, "Wählen Sie eine andere, offene Hürde", `href="#into"`)
	for no, form := range map[string]url.Values{second: {"into": {first}}, third: {"into": {""}, "other": {first}}} {
		if w := merge(no, form); w.Code != http.StatusSeeOther {
			t.Fatalf("merge %s: %d\n%s", no, w.Code, w.Body)
		}
		says(t, p.ask(t, "land", "/huerden/"+no, nil), http.StatusOK, "gemeinsam mit einer anderen gelöst", `href="/huerden/`+first+`"`)
	}
	says(t, p.ask(t, "land", "/huerden/"+first, nil), http.StatusOK, "3 Einheiten", `href="/huerden/`+second+`"`, `href="/huerden/`+third+`"`)
}

// TestTheLagebildNamesObstaclesOnlyToWhomTheyConcern: on the page and on the screen for the beamer it says what is in the
// way, to the Land, the body, its ministry and its provider; to nobody else, and no longer when it is solved.
func TestTheLagebildNamesObstaclesOnlyToWhomTheyConcern(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.rollinOf(t, "land", "tmsgaf", "elterngeld")
	p.rollinOf(t, "d-land", "d-min", "wohngeld")
	at := p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	const text, screen = "Zuständigkeit ungeklärt", "/lagebild?ansicht=praesentation&seite=3"
	for login, want := range map[string]bool{
		"land": true, "redaktion": true, "tmdi-referat": true, "tmdi-leser": true, "tmsgaf-leser": false, "k16051": true, "k16051-b": true, "k16052": false,
		"tlrz": true, "gremium": false, "d-land": false, "d-k1": false,
	} {
		for _, path := range []string{"/lagebild", screen} {
			if got := p.has(t, login, path, text); got != want {
				t.Errorf("%s reads the obstacle on %s: %v", login, path, got)
			}
		}
	}
	p.wants(t, "land", "/lagebild", "betrifft 1 Einheit")
	if p.has(t, "tlrz", "/lagebild", "betrifft 1") {
		t.Error("a provider is told a number that its list would not show")
	}
	must(t, hurdle.NewService(p.DB).Act(t.Context(), p.As(t, "land"), 1, hurdle.ActInput{Version: 1, Act: hurdle.Resolve, Text: "Die Stadt ist zuständig."}))
	if p.has(t, "land", "/lagebild", text) {
		t.Errorf("what is solved still stands there: %s", at)
	}
}
