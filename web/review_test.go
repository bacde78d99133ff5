package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
)

// TestWhatIsHandedInShowsWhereItLies follows one task: it leaves the town's list, stands on the Land's, comes back on
// top, and is in no figure of what is done until somebody else accepts it.
func TestWhatIsHandedInShowsWhereItLies(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	dbtest.Admin[string](t, p.World, `UPDATE portal.service SET declaration_required = true WHERE slug = 'wohngeld' AND ministry_id IS NOT NULL RETURNING slug`)
	p.rollinOf(t, "land", "tmdi", "wohngeld")
	for _, key := range []string{"l_guide", "l_contract"} {
		p.finishLandStep(t, "wohngeld", key)
	}
	const list = "/kommunen/16051/leistungen/wohngeld"
	p.submit(t, "k16051", list+"/aufgaben/k_kickoff", url.Values{"to": {"done"}, "evidence": {"Kontaktliste"}})
	declaration, review := list+"/aufgaben/k_declaration", list+"/aufgaben/k_declaration/pruefung"
	done := func() int {
		return dbtest.Admin[int](t, p.World, `SELECT sum(done)::int FROM portal.progress WHERE scope = 'kommune'`)
	}
	before := done()

	p.submit(t, "k16051", declaration, url.Values{"to": {"submitted"}, "evidence": {"Erklärung in der Akte"}, "valid_until": {"31.12.2098"}})
	p.wants(t, "land", "/", "1 Aufgabe wartet auf Ihre Prüfung")
	p.wants(t, "land", "/aufgaben?status=pruefen", "1 Aufgabe", "Nutzungserklärung abgeben", "Zur Prüfung")
	p.wants(t, "redaktion", "/aufgaben?status=zur-pruefung", "Nutzungserklärung abgeben")
	if p.has(t, "redaktion", "/", "wartet auf Ihre Prüfung") {
		t.Error("the editors of the Land are asked to check, but may not")
	}
	p.wants(t, "k16051", "/aufgaben", "zur Prüfung bei der Landeskoordination")
	if n := done(); n != before {
		t.Errorf("%d steps are done once one more is submitted, want %d as before", n, before)
	}
	p.sendTo(t, "land", declaration, review, url.Values{"to": {"returned"}, "reason": {"Die Unterschrift fehlt"}}, http.StatusSeeOther)
	p.wants(t, "k16051", "/aufgaben", "Zurückgegeben: Die Unterschrift fehlt")
	p.submit(t, "k16051", declaration, url.Values{"to": {"submitted"}, "evidence": {"Unterschrieben"}, "valid_until": {"31.12.2098"}})
	p.sendTo(t, "land", declaration, review, url.Values{"to": {"done"}}, http.StatusSeeOther)
	p.wants(t, "land", "/aufgaben?status=pruefen", "0 Aufgaben")
	p.wants(t, "k16051", declaration, "Gültig bis", "31.12.2098")
	if n := done(); n != before+1 {
		t.Errorf("%d steps are done once it is accepted, want %d", n, before+1)
	}
}

// submit sends the form of a step as it is now.
func (p *portal) submit(t *testing.T, login, path string, form url.Values) {
	t.Helper()
	p.sendTo(t, login, path, path, form, http.StatusSeeOther)
}

// sendTo sends the form that stands on a page to a route.
func (p *portal) sendTo(t *testing.T, login, page, route string, form url.Values, status int) {
	t.Helper()
	form.Set("version", hidden(t, p.ask(t, login, page, nil).Body.String(), "version"))
	if w := p.ask(t, login, route, form); w.Code != status {
		t.Fatalf("%s sends %s: %d, want %d\n%s", login, route, w.Code, status, w.Body)
	}
}

func (p *portal) has(t *testing.T, login, path, text string) bool {
	t.Helper()
	return strings.Contains(strings.ReplaceAll(p.ask(t, login, path, nil).Body.String(), "\u00ad", ""), text)
}

func (p *portal) wants(t *testing.T, login, path string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !p.has(t, login, path, text) {
			t.Errorf("%s finds no %q on %s", login, text, path)
		}
	}
}

// TestSimilarObstaclesAreOfferedWhileTyping asks as the script does: it gets the offers and nothing else, and no town
// learns by it what a step of others is.
func TestSimilarObstaclesAreOfferedWhileTyping(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	nr := p.hurdleOf(t, "k16052", hurdle.Where{Body: "16052", Service: "wohngeld", Step: "k_kickoff"})
	form := p.ask(t, "k16051", "/huerden/melden?einheit=16051&leistung=wohngeld&aufgabe=k_kickoff", nil)
	says(t, form, http.StatusOK, `data-similar="/huerden/aehnliche?`, `<script type="module" src="/static/similar.`)
	if policy := form.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'; connect-src 'self'") {
		t.Errorf("policy %q lets the script do nothing, or more than that", policy)
	}
	const ask = "/huerden/aehnliche?einheit=16051&leistung=wohngeld&aufgabe=k_kickoff&text="
	offer := p.ask(t, "k16051", ask+url.QueryEscape("zustaendigkeit"), nil)
	says(t, offer, http.StatusOK, "Zuständigkeit ungeklärt", `name="betrifft"`)
	if strings.Contains(offer.Body.String(), "<html") {
		t.Error("the offer is a whole page")
	}
	join := url.Values{
		"id": {uuid.NewString()}, "einheit": {"16051"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Zust"}, "betrifft": {nr},
	}
	says(t, p.ask(t, "k16051", "/huerden/melden", join), http.StatusUnprocessableEntity, "ob Sie an der Aufgabe weiterarbeiten können")
	join.Set("blocking", "nein")
	if w := p.ask(t, "k16051", "/huerden/melden", join); w.Code != http.StatusSeeOther {
		t.Errorf("joining asks for more than whether the obstacle blocks: %d", w.Code)
	}
	for _, text := range []string{"", "%00%ff", strings.Repeat("x", 5000)} {
		says(t, p.ask(t, "k16051", ask+text, nil), http.StatusOK)
	}
	if w := p.ask(t, "k16052", ask+"zustaendigkeit", nil); w.Code != http.StatusNotFound {
		t.Errorf("another town asks at a step of Erfurt: %d", w.Code)
	}
}

// TestAnAffectedTownSaysThatAnObstaclePersists goes by the forms.
func TestAnAffectedTownSaysThatAnObstaclePersists(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	nr := "/huerden/" + p.hurdleOf(t, "k16051", hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"})
	p.sendTo(t, "land", nr, nr, url.Values{"act": {"escalate"}, "forum": {"BEIRAT"}, "on": {"1.11.2026"}, "agenda": {"1.2.2020"}}, http.StatusUnprocessableEntity)
	p.sendTo(t, "land", nr, nr, url.Values{"act": {"escalate"}, "forum": {"BEIRAT"}, "on": {"1.11.2026"}, "agenda": {"1.2.2099"}}, http.StatusSeeOther)
	p.wants(t, "gremium", "/huerden", "Auf Ihrer Tagesordnung", "Zuständigkeit ungeklärt", "01.02.2099")
	if p.has(t, "gremium", nr, "Erfurt") {
		t.Error("the committee reads whom it affects")
	}
	p.sendTo(t, "land", nr, nr, url.Values{"act": {"decide"}, "decision": {""}, "decided_on": {"morgen"}}, http.StatusUnprocessableEntity)
	p.sendTo(t, "land", nr, nr, url.Values{"act": {"decide"}, "decision": {"Zuständig ist das Fachamt"}, "decided_on": {"2.11.2026"}}, http.StatusSeeOther)
	p.wants(t, "k16051", nr, "Entscheidung des Gremiums vom 02.11.2026", "Zuständig ist das Fachamt")
	p.sendTo(t, "land", nr, nr, url.Values{"act": {"resolve"}, "text": {"So geht es"}}, http.StatusSeeOther)
	p.wants(t, "k16051", nr, "Besteht die Hürde noch?")
	p.sendTo(t, "k16051", nr, nr+"/besteht-noch", url.Values{"reason": {""}}, http.StatusUnprocessableEntity)
	p.sendTo(t, "k16051", nr, nr+"/besteht-noch", url.Values{"reason": {strings.Repeat("ä", 1001)}}, http.StatusUnprocessableEntity)
	p.sendTo(t, "k16051", nr, nr+"/besteht-noch", url.Values{"reason": {"Geht immer noch nicht"}}, http.StatusSeeOther)
	p.wants(t, "land", nr, "In Klärung", "Geht immer noch nicht")
	if w := p.ask(t, "k16051", nr+"/besteht-noch", url.Values{"version": {"1"}, "reason": {"Doch"}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Doch") {
		t.Errorf("an old page: %d, and what was typed is gone", w.Code)
	}
}
