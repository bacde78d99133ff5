package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// foreignForms are forms that hold, one for each route whose form is read before anybody looks for the record: without
// one, trying foreign ids there ends at the form. Each is sent by somebody to whom the record does not belong.
var foreignForms = []struct {
	login, path string
	params      map[string]string // other than those of ownParams
	form        url.Values
}{
	{"k16051", "/kommunen/{einheit}/bestaetigen", ofGera, url.Values{}},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/bestaetigen", ofGera, url.Values{}},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", ofGera, handOverForm},
	{"kiv", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", nil, handOverForm},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/austausch", ofGera, url.Values{"id": {newID}, "text": {"Notiz"}}},
	{"d-k1", "/kommunen/{einheit}/leistungen/{leistung}/austausch", nil, url.Values{"id": {newID}, "text": {"Notiz"}}},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/erfahrung", ofGera, url.Values{"id": {newID}, "aufgabe": {"k_kickoff"}, "note": {"So"}, "freigeben": {"1"}}},
	{"k16051", "/fragen/stellen", nil, url.Values{"id": {newID}, "einheit": {"16052"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Wer?"}}},
	{"k16051", "/huerden/melden", nil, url.Values{
		"id": {newID}, "einheit": {"16052"}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Kein Zugang"}, "dimension": {"legal"}, "blocking": {"ja"}, "neu": {"1"},
	}},
	{"k16052", "/erfahrungen/{erfahrung}/zuruecknehmen", nil, url.Values{}},
	{"d-k1", "/erfahrungen/{erfahrung}/zuruecknehmen", nil, url.Values{}},
	{"d-k1", "/erfahrungen/uebernehmen", nil, url.Values{"leistung": {"wohngeld"}, "einheit": {"16051"}}},
	{"k16052", "/fragen/{frage}", nil, postForm},
	{"tlrz", "/fragen/{frage}", nil, postForm},
	{"tmdi-referat", "/fragen/{frage}", nil, postForm},
	{"d-land", "/fragen/{frage}", nil, postForm},
	{"d-land", "/fragen/{frage}/hilfe", nil, url.Values{"id": {newID}, "question": {"Wer?"}, "answer": {"Alle."}}},
	{"k16052", "/huerden/{nr}/betrifft-uns-nicht", nil, url.Values{}},
	{"d-land", "/entscheidungen/grundsatz/{grundsatz}", nil, url.Values{
		"id": {newID}, "version": {"1"}, "question": {"Wer zahlt?"}, "decider": {"Kabinett"}, "due_on": {inAMonth()},
	}},
	{"d-land", "/leistungen/{leistung}/pilotaufruf", elsewhere, url.Values{"id": {newID}, "text": {"Wer macht mit?"}, "closes_on": {inAMonth()}, "places": {"2"}}},
	{"d-k1", "/leistungen/{leistung}/pilotaufruf/bewerbung", elsewhere, url.Values{"id": {newID}, "sentence": {"Wir."}}},
	{"d-k1", "/leistungen/{leistung}/pilotaufruf/bewerbung/zurueckziehen", elsewhere, url.Values{}},
	{"d-land", "/leistungen/{leistung}/roll-in/aufnahme", elsewhere, url.Values{"body": {"99001"}, "wave": {"1"}, "on": {inAMonth()}}},
	{"d-land", "/leistungen/{leistung}/roll-in/auswertung", elsewhere, url.Values{"no": {"1"}, "outcome": {"go"}, "reason": {"gut"}}},
	{"d-land", "/sammelaenderungen/{sammelaenderung}/rueckgaengig", nil, url.Values{}},
	{"tmikl-referat", "/entscheidungen/vertretung/{vertretung}/beenden", nil, url.Values{}},
	{"tmikl-referat", "/entscheidungen/{id}/stellungnahmen", nil, url.Values{"id": {newID}, "kind": {"technical"}, "party": {"TLRZ"}, "question": {"Geht das?"}, "due_on": {inAMonth()}}},
}

var (
	ofGera       = map[string]string{"einheit": "16052"}
	elsewhere    = map[string]string{"leistung": "einbuergerung"}
	newID        = uuid.NewString()
	postForm     = url.Values{"id": {newID}, "version": {"1"}, "text": {"Antwort"}}
	handOverForm = url.Values{"id": {newID}, "version": {"1"}, "party": {"TLKT"}, "since": {time.Now().Format("02.01.2006")}}
)

func inAMonth() string { return time.Now().AddDate(0, 1, 0).Format("02.01.2006") }

// TestForeignRecordsDoNotExistForWholeForms: with nothing wrong in the form, the answer is that there is no such record,
// and nothing stays behind.
func TestForeignRecordsDoNotExistForWholeForms(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	own := ownParams(t, p)
	before := p.digest(t)
	for _, c := range foreignForms {
		params := maps.Clone(own)
		maps.Copy(params, c.params)
		path := fill(t, c.path, params)
		if w := p.ask(t, c.login, path, c.form); w.Code != http.StatusNotFound {
			t.Errorf("%s posts to %s: %d, want 404\n%s", c.login, path, w.Code, complaintsIn(w.Body.String()))
		}
	}
	for _, path := range []string{
		"/huerden/melden?einheit=16052&leistung=wohngeld&aufgabe=k_kickoff", "/huerden/aehnliche?einheit=16052&leistung=wohngeld&aufgabe=k_kickoff&text=Zuständigkeit",
		"/fragen/stellen?einheit=16052&leistung=wohngeld&aufgabe=k_kickoff",
	} {
		if w := p.ask(t, "k16051", path, nil); w.Code != http.StatusNotFound {
			t.Errorf("k16051 gets %s: %d, want 404", path, w.Code)
		}
	}
	if after := p.digest(t); after != before {
		t.Error("trying foreign records changed the database")
	}
}

var (
	complaint = regexp.MustCompile(`(?s)<p class="kern-error".*?</p>|<h1.*?</h1>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// complaintsIn finds what a page says is wrong.
func complaintsIn(page string) string {
	var found []string
	for _, m := range complaint.FindAllString(page, -1) {
		found = append(found, strings.TrimSpace(tag.ReplaceAllString(m, "")))
	}
	return strings.Join(found, " / ")
}
