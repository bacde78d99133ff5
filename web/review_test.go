package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
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
	done := func() int { return dbtest.Admin[int](t, p.World, `SELECT sum(done)::int FROM portal.progress WHERE scope = 'kommune'`) }
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
