package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

const profilePath = "/kommunen/16051/profil"

func certificateForm(custodian string) url.Values {
	return url.Values{
		"id": {uuid.NewString()}, "version": {"0"}, "purpose": {"OSCI-Empfang"}, "subject": {"CN=Test"}, "issuer": {"CN=Test-CA"},
		"fingerprint": {strings.Repeat("ab", 32)}, "valid_from": {"1.12.2024"}, "valid_to": {"01.12.2099"}, "custodian": {custodian},
	}
}

func TestKeyIsRefusedAndNotShownAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const key = "-----BEGIN PRIVATE KEY----- MIGHAgEAMBMGByqGSM49"
	w := p.ask(t, "k16051", profilePath+"/zertifikat/neu", certificateForm(key))
	page := w.Body.String()
	if w.Code != http.StatusUnprocessableEntity || strings.Contains(page, "MIGHAgEA") || !strings.Contains(page, "nicht gespeichert") {
		t.Errorf("a key among the fields: %d, shown again: %v", w.Code, strings.Contains(page, "MIGHAgEA"))
	}
	if !strings.Contains(page, `value="CN=Test"`) {
		t.Error("what else was typed is lost")
	}
	w = p.ask(t, "k16051", profilePath+"/zertifikat/neu/einlesen", url.Values{"pem": {key}})
	if w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "MIGHAgEA") {
		t.Errorf("a key to be read: %d", w.Code)
	}
}

func TestFactIsSavedShownAndClashes(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	if w := p.ask(t, "k16051", profilePath+"/zertifikat/neu", certificateForm("IT-Abteilung")); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", w.Code, w.Body)
	}
	shown := p.ask(t, "land", profilePath, nil).Body.String()
	for _, want := range []string{"OSCI-Empfang", "01.12.2099", "AB:AB:AB", "IT-Abteilung"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the Land's view of the profile lacks %q", want)
		}
	}
	post := profilePath + "/dms/neu"
	first := url.Values{"id": {uuid.NewString()}, "version": {"0"}, "product": {"Docuware", "Enaio (Optimal Systems)"}}
	if w := p.ask(t, "k16051", post, first); w.Code != http.StatusSeeOther {
		t.Fatalf("save the DMS: %d", w.Code)
	}
	second := url.Values{"id": {uuid.NewString()}, "version": {"0"}, "product": {"kein DMS"}}
	w := p.ask(t, "k16051-b", post, second)
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "kein DMS") || !strings.Contains(w.Body.String(), "Docuware, Enaio") {
		t.Errorf("a colleague who was slower: %d, want both states side by side", w.Code)
	}
	provider := p.ask(t, "tlrz", profilePath, nil).Body.String()
	if !strings.Contains(provider, "OSCI-Empfang") || strings.Contains(provider, "Docuware") || strings.Contains(provider, "Ansprechperson") {
		t.Error("the provider sees too much or too little")
	}
	if w := p.ask(t, "k16052", profilePath, nil); w.Code != http.StatusNotFound {
		t.Errorf("another town: %d", w.Code)
	}
}

// TestAllThatIsWrongWithAFactIsSaidAtOnce: a day that is none hides no other sentence, and stays as it was typed.
func TestAllThatIsWrongWithAFactIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := url.Values{"id": {"7c1f7f5e-51a5-4a2e-9d4a-3d1f4f1b7a55"}, "valid_from": {"bald"}, "valid_to": {"31.12.2027"}, "subject": {strings.Repeat("ü", 10_000)}}
	w := p.ask(t, "k16051", "/kommunen/16051/profil/zertifikat/neu", form)
	says(t, w, http.StatusUnprocessableEntity, `value="bald"`, "Geben Sie ein Datum ein", "Füllen Sie „Aussteller“ aus.", "Kürzen Sie den Text auf höchstens", strings.Repeat("ü", 10_000))
}
