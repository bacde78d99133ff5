package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
)

// deed is a form of a page, filled in so that it holds. The fields that are not named here stay as the page shows them,
// or get what suits their name.
type deed struct {
	login, page, action string // the action may name a parameter of ownParams
	fields              url.Values
}

// deeds are one form for each thing that people change, in an order in which each of them works.
var deeds = []deed{
	{"land", "/barriere-melden", "/barriere-melden", nil},
	{"land", "/leistungen/neu", "/leistungen", url.Values{"name": {"Probeleistung"}, "lifecycle": {"reusable"}, "competence": {"all"}, "execution_level": {"kreis"}, "bodies": nil, "flags": nil}},
	{"land", "/leistungen/{leistung}/bearbeiten", "/leistungen/{leistung}", url.Values{"note": {"Neue Notiz."}, "lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"}, "bodies": nil, "flags": nil}},
	{"land", "/leistungen/{leistung}/angaben", "/leistungen/{leistung}/angaben", url.Values{"value": {"01.01.2027"}, "address": {"https://leistung.example/"}, "checked_on": {"today"}}},
	{"land", "/kommunen/16055/leistungen/{leistung}/termin", "/kommunen/16055/leistungen/{leistung}/termin", nil},
	{"land", "/kommunen/16054/leistungen/{leistung}/stand", "/kommunen/16054/leistungen/{leistung}/stand", url.Values{"act": {"pause"}}},
	{"land", "/fragen/{frage}", "/fragen/{frage}", nil},
	{"land", "/fragen/{frage}", "/fragen/{frage}/beantwortet", nil},
	{"land", "/kommunen/{einheit}/leistungen/{leistung}/austausch", "/kommunen/{einheit}/leistungen/{leistung}/austausch", nil},
	{"land", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/fragen/stellen", nil},
	{"land", "/leistungen/{leistung}/schritte/{schritt}", "/leistungen/{leistung}/schritte/{schritt}", url.Values{"to": {"in_progress"}, "evidence_url": {""}}},
	{"land", "/entscheidungen/neu", "/entscheidungen", nil},
	{"land", "/leistungen/{leistung}/finanzierung/neu", "/leistungen/{leistung}/finanzierung/neu", url.Values{"kind": {"funding"}, "payer": {"land"}, "purpose": {"connection"}}},
	{"land", "/leistungen/{leistung}/finanzierung/{eintrag}", "/leistungen/{leistung}/finanzierung/{eintrag}", url.Values{"kind": {"funding"}, "payer": {"land"}, "purpose": {"connection"}}},
	{"land", "/entscheidungen/grundsatz/neu", "/entscheidungen/grundsatz", url.Values{"obstacles": {"1"}, "decider": {""}}},
	{"land", "/entscheidungen/grundsatz/{grundsatz}/bearbeiten", "/entscheidungen/grundsatz/{grundsatz}", url.Values{"obstacles": {"1"}, "decider": {""}}},
	{"land", "/entscheidungen/grundsatz/{grundsatz}", "/entscheidungen/grundsatz/{grundsatz}/stand", url.Values{"decided_on": {""}, "result": {""}}},
	{"land", "/huerden/{nr}", "/huerden/{nr}/einordnung", nil},
	{"land", "/huerden/{nr}", "/huerden/{nr}", url.Values{"act": {"accept"}, "into": {""}, "agenda": {""}, "decision": {""}, "decided_on": {""}, "on": {""}, "to": {""}}},
	{"land", "/mitteilungen", "/mitteilungen/gelesen", nil},
	{"land", "/mitteilungen/einstellungen", "/mitteilungen/einstellungen", nil},
	{"land", "/organisationen/16051/mitglieder", "/organisationen/16051/einladungen", nil},
	{"land", "/einstellungen", "/einstellungen", url.Values{"fresh_days": {"21"}}},
	{"land", "/einstellungen/anmelderegeln", "/einstellungen/anmelderegeln", url.Values{"claim": {"groups"}, "value": {"rollin"}, "role": {"LR"}}},
	{"land", "/einstellungen/anmelderegeln", "/einstellungen/anmelderegeln/schalter", nil},
	{"land", "/matrix/ansichten", "/matrix/ansichten/{ansicht}", nil},
	{"land", "/matrix/ansichten", "/matrix/ansichten/{ansicht}/loeschen", nil},
	{"land", "/sammelaenderungen/{sammelaenderung}", "/sammelaenderungen/{sammelaenderung}/rueckgaengig", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}", "/kommunen/{einheit}/leistungen/{leistung}/bestaetigen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/erfahrung", "/kommunen/{einheit}/leistungen/{leistung}/erfahrung", url.Values{"files": nil, "freigeben": {"1"}, "aufgabe": {"k_kickoff"}}},
	{"k16052", "/erfahrungen", "/erfahrungen/uebernehmen", nil},
	{"k16051", "/erfahrungen", "/erfahrungen/{erfahrung}/zuruecknehmen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise/{nachweis}/loeschen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", url.Values{"to": {"in_progress"}, "evidence_url": {""}}},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", url.Values{"party": {"TLRZ"}, "party_name": {""}, "ticket": {""}, "since": {"today"}}},
	{"tmdi-referat", "/auflagen/{auflage}", "/auflagen/{auflage}/zustaendig", url.Values{"owner": {"16051"}}},
	{"k16051", "/auflagen/{auflage}", "/auflagen/{auflage}/melden", url.Values{"link": {""}}},
	{"k16051", "/kalender", "/kalender", nil},
	{"k16051", "/kommunen/{einheit}/profil", "/kommunen/{einheit}/profil/bestaetigen", nil},
	{"k16051", "/kommunen/{einheit}/profil/zertifikat/{angabe}", "/kommunen/{einheit}/profil/zertifikat/{angabe}", url.Values{"fingerprint": {strings.Repeat("CD", 32)}, "valid_from": {"30.11.2024"}}},
	{"k16051", "/kommunen/{einheit}/profil/zertifikat/{angabe}", "/kommunen/{einheit}/profil/zertifikat/{angabe}/entfernen", nil},
	{"tmdi-referat", "/auflagen/{auflage}", "/auflagen/{auflage}/pruefung", url.Values{"act": {"waive"}}},
	{"tmdi-referat", "/entscheidungen/vertretung", "/entscheidungen/vertretung/{vertretung}/beenden", nil},
	{"tmdi-referat", "/entscheidungen/vertretung", "/entscheidungen/vertretung", nil},
	{"tlrz", "/stellungnahmen/{stellungnahme}", "/stellungnahmen/{stellungnahme}", url.Values{"result": {"positive"}, "links": {""}, "schritt": nil}},
	{"tmdi-referat", "/entscheidungen/{offen}/stellungnahmen/neu", "/entscheidungen/{offen}/stellungnahmen", nil},
	{"tmdi-referat", "/entscheidungen/{offen}/pruefungen/fachlich", "/entscheidungen/{offen}/pruefungen/fachlich", url.Values{"result": {"waived"}, "links": {""}, "schritt": {"abschluss"}}},
	{"tmdi-referat", "/entscheidungen/{id}/aufheben", "/entscheidungen/{id}/aufheben", nil},
}

// silent are deeds that leave no line in the trail: nobody's records change, only what a person has read or wants to be
// told of.
var silent = map[string]bool{"/mitteilungen/gelesen": true, "/mitteilungen/einstellungen": true}

// hostile are ways in which another website has a browser send a form.
var hostile = map[string]func(*http.Request){
	"foreign Origin":   func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
	"null Origin":      func(r *http.Request) { r.Header.Set("Origin", "null") },
	"same-site Origin": func(r *http.Request) { r.Header.Set("Origin", "http://other.portal.test") },
	"other port":       func(r *http.Request) { r.Header.Set("Origin", "http://portal.test:8080") },
	"cross-site fetch": func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "cross-site") },
	"same-site fetch":  func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "same-site") },
	"text/plain":       func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") },
	"GET with fields":  func(r *http.Request) { r.Method = http.MethodGet },
	"text/plain and foreign Origin": func(r *http.Request) {
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set("Origin", "https://evil.example")
	},
}

// TestEveryFormKeepsItsPromises takes one form of each kind and sends it first from elsewhere, then as an old page would,
// then for real, and then once more.
func TestEveryFormKeepsItsPromises(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	own["offen"] = p.requested(t, "kfz-zulassung-i-kfz").String()
	crossSite, stale, lines, twice := 0, 0, 0, 0
	for _, d := range deeds {
		action := fill(t, d.action, own)
		form, found := p.formFor(t, d, fill(t, d.page, own), action)
		if !found {
			t.Errorf("%s finds no form for %s on %s", d.login, action, d.page)
			continue
		}
		before := p.digest(t)
		for name, change := range hostile {
			if name == "GET with fields" && p.readsToo(d.action) {
				continue // the page of the same address; it changes nothing, as every GET of the matrix
			}
			crossSite++
			if w := p.sendChanged(t, d.login, action, form, change); w.Code < 400 {
				t.Errorf("%s by %s: %d", action, name, w.Code)
			}
		}
		if form.Has("version") && form.Get("version") != "0" {
			stale++
			old := clone(form)
			old.Set("version", "999999")
			if w := p.ask(t, d.login, action, old); w.Code != http.StatusConflict {
				t.Errorf("%s with another version: %d, want 409: %s", action, w.Code, complaintsIn(w.Body.String()))
			}
		}
		if after := p.digest(t); after != before {
			t.Errorf("%s from elsewhere or from an old page changed %s", action, differing(before, after))
		}
		entries := p.entries(t)
		if w := p.ask(t, d.login, action, form); w.Code >= 400 {
			t.Errorf("%s as %s: %d: %s\n%v", action, d.login, w.Code, complaintsIn(w.Body.String()), form)
			continue
		}
		changed := p.digest(t)
		if changed == before {
			t.Errorf("%s changed nothing", action)
		}
		if left := p.entries(t) - entries; left == 0 != silent[d.action] {
			t.Errorf("%s left %d lines in the trail", action, left)
		} else {
			lines += left
		}
		twice++
		if w := p.ask(t, d.login, action, form); w.Code >= 500 {
			t.Errorf("%s once more: %d", action, w.Code)
		}
		if again := p.digest(t); again != changed && !repeats[d.action] {
			t.Errorf("%s once more had a second effect on %s", action, differing(changed, again))
		}
	}
	t.Logf("P6: %d forms, %d requests from elsewhere, 0 effects; P8: %d stale versions refused, %d double submits; P9: %d lines in the trail", len(deeds), crossSite, stale, twice, lines)
}

// repeats are deeds that do something new each time: a new secret address takes the place of the one before.
var repeats = map[string]bool{"/kalender": true}

// formFor finds the form of a page and fills it in.
func (p *portal) formFor(t *testing.T, d deed, page, action string) (url.Values, bool) {
	t.Helper()
	for _, f := range p.formsOf(t, d.login, page) {
		if f.action != action {
			continue
		}
		for _, name := range f.typed {
			f.values.Set(name, suits(name))
		}
		for name, values := range d.fields {
			switch {
			case values == nil:
				f.values.Del(name)
			case values[0] == "today":
				f.values.Set(name, time.Now().Format("02.01.2006"))
			default:
				f.values[name] = values
			}
		}
		return f.values, true
	}
	return nil, false
}

// suits is what somebody would type into a field of that name.
func suits(name string) string {
	switch name {
	case "due_on", "on", "resume_on", "closes_on", "ends", "begins":
		return inAMonth()
	case "from":
		return time.Now().Format("02.01.2006")
	case "to", "valid_to":
		return time.Now().AddDate(1, 0, 0).Format("02.01.2006")
	case "since", "decided_on", "checked_on", "valid_from":
		return time.Now().Format("02.01.2006")
	case "available_from", "price_until", "price_once", "price_yearly", "ozg_ids", "leika_keys", "services":
		return ""
	case "amount":
		return "100"
	case "email":
		return "probe@kommune.example"
	}
	return "Ein Satz."
}

func (p *portal) readsToo(pattern string) bool {
	for _, r := range p.server.Routes() {
		if r.Method == http.MethodGet && sameShape(r.Pattern, pattern) {
			return true
		}
	}
	return false
}

// sameShape compares patterns whatever stands for their parameters.
func sameShape(route, pattern string) bool {
	a, b := strings.Split(route, "/"), strings.Split(pattern, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !strings.HasPrefix(a[i], "{") && a[i] != b[i] {
			return false
		}
	}
	return true
}

func (p *portal) sendChanged(t *testing.T, login, path string, form url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := p.request(t, login, "http://portal.test", path+"?"+form.Encode(), strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
	change(r)
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return w
}

func (p *portal) entries(t *testing.T) int {
	t.Helper()
	return dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.audit_event`)
}

func clone(v url.Values) url.Values {
	c := url.Values{}
	for name, values := range v {
		c[name] = append([]string{}, values...)
	}
	return c
}
