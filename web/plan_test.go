package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
)

const planOfWohngeld = "/leistungen/wohngeld/roll-in/start/"

// formOf is a form with nothing but the version that a page carries.
func formOf(t testing.TB, html string) url.Values {
	t.Helper()
	return url.Values{"version": {hidden(t, html, "version")}}
}

// allIn ticks every body of Thüringen but some.
func (p *portal) allIn(t *testing.T, but ...string) []string {
	t.Helper()
	keys := stringsOf(t, p, `SELECT string_agg(key, ' ' ORDER BY key) FROM portal.organisation WHERE kind IN ('district', 'independent_city') AND key LIKE '16%'`)
	var found []string
	for _, k := range keys {
		if !strings.Contains(strings.Join(but, " "), k) {
			found = append(found, k)
		}
	}
	return found
}

// TestAPlanLosesNothing goes through the parts without script: what is typed stays, an added wave comes back with the
// rest, and two people who save at once meet both states.
func TestAPlanLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.decided(t, "land", "tmdi", "wohngeld")
	scope := p.ask(t, "land", planOfWohngeld+"umfang", nil).Body.String()
	form := formOf(t, scope)
	form["in"] = p.allIn(t, "16054")
	w := p.ask(t, "land", planOfWohngeld+"umfang", form)
	if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusSeeOther {
		t.Fatalf("scope: %d", w.Code)
	}
	form.Set("reason_16054", "")
	if w = p.ask(t, "land", planOfWohngeld+"umfang", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Nennen Sie den Grund.") {
		t.Fatalf("left out without a reason: %d", w.Code)
	}
	form.Set("reason_16054", "Das Fachverfahren wechselt.")
	if w = p.ask(t, "land", planOfWohngeld+"umfang", form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != planOfWohngeld+"wellen" {
		t.Fatalf("scope: %d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}

	waves := url.Values{"version": {hidden(t, p.ask(t, "land", planOfWohngeld+"wellen", nil).Body.String(), "version")}, "name": {"Nord", "Süd"}, "old": {"1", "2"}}
	for i, key := range p.allIn(t, "16054") {
		waves.Set("body_"+key, []string{"1", "2"}[i%2])
	}
	before := p.digest(t)
	waves.Set("act", "neu")
	w = p.ask(t, "land", planOfWohngeld+"wellen", waves)
	if html := w.Body.String(); w.Code != http.StatusOK || strings.Count(html, `name="name"`) != 3 || !strings.Contains(html, `value="Nord"`) || p.digest(t) != before {
		t.Fatalf("one wave more: %d", w.Code)
	}
	waves.Del("act")
	if w = p.ask(t, "land", planOfWohngeld+"wellen", waves); w.Code != http.StatusSeeOther {
		t.Fatalf("waves: %d: %s", w.Code, w.Body)
	}
	waves["name"] = []string{"Ost", "West"}
	w = p.ask(t, "land2", planOfWohngeld+"wellen", waves)
	if html := w.Body.String(); w.Code != http.StatusConflict || !strings.Contains(html, "Ost") || !strings.Contains(html, "Nord") || hidden(t, html, "version") == waves.Get("version") {
		t.Fatalf("a second person: %d, and both states must be shown", w.Code)
	}

	dates := p.ask(t, "land", planOfWohngeld+"termine", nil).Body.String()
	start := time.Now().AddDate(1, 0, 0)
	for start.Weekday() != time.Monday {
		start = start.AddDate(0, 0, 1)
	}
	day := func(weeks int) string { return start.AddDate(0, 0, 7*weeks).Format("02.01.2006") }
	form = formOf(t, dates)
	form["from"], form["until"] = []string{"31.02.2027", day(8)}, []string{day(1), day(20)}
	form.Set("capacity_KIV", "0")
	if w = p.ask(t, "land", planOfWohngeld+"termine", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `value="31.02.2027"`) {
		t.Fatalf("a day that does not exist: %d", w.Code)
	}
	form["from"] = []string{day(0), day(8)}
	if w = p.ask(t, "land", planOfWohngeld+"termine", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "1 bis 100 Anbindungen") {
		t.Fatalf("no capacity: %d", w.Code)
	}
	form.Set("capacity_KIV", "1")
	form.Set("act", "rechnen")
	if w = p.ask(t, "land", planOfWohngeld+"termine", form); w.Code != http.StatusSeeOther {
		t.Fatalf("dates: %d: %s", w.Code, w.Body)
	}
	if html := p.ask(t, "land", planOfWohngeld+"termine", nil).Body.String(); !strings.Contains(html, "länger als geplant") || !strings.Contains(html, "statt 1 Anbindungen je Woche") {
		t.Error("the page does not say that the first wave does not fit, and what would help")
	}

	form = formOf(t, p.ask(t, "land", planOfWohngeld+"schreiben", nil).Body.String())
	form["subject"], form["contact"] = []string{"An {{Einheit}}"}, []string{"OZG-Team"}
	form.Set("text", "Hallo {{Landrat}}")
	if w = p.ask(t, "land", planOfWohngeld+"schreiben", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Das Feld „Landrat“ gibt es nicht.") || !strings.Contains(w.Body.String(), "Hallo {{Landrat}}") {
		t.Fatalf("an unknown field: %d", w.Code)
	}
	form.Set("text", "Termin: {{Termin}} <script>")
	if w = p.ask(t, "land", planOfWohngeld+"schreiben", form); w.Code != http.StatusSeeOther {
		t.Fatalf("letter: %d", w.Code)
	}

	last := p.ask(t, "land", planOfWohngeld+"vorschau", nil).Body.String()
	version := formOf(t, last)
	if w = p.ask(t, "land", "/leistungen/wohngeld/roll-in", version); w.Code != http.StatusSeeOther {
		t.Fatalf("start: %d: %s", w.Code, w.Body)
	}
	if w = p.ask(t, "land", "/leistungen/wohngeld/roll-in", version); w.Code != http.StatusSeeOther {
		t.Errorf("a second click: %d", w.Code)
	}
	if w = p.ask(t, "land2", "/leistungen/wohngeld/roll-in", version); w.Code != http.StatusConflict {
		t.Errorf("a second person starts: %d", w.Code)
	}
	if n := dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.onboarding`); n != 21 {
		t.Errorf("%d onboardings, want 21", n)
	}
	if html := p.ask(t, "k16051", "/kommunen/16051/leistungen/wohngeld/schreiben", nil).Body.String(); !strings.Contains(html, "An Erfurt") || !strings.Contains(html, "&lt;script&gt;") {
		t.Error("the town does not read its letter")
	}
}
