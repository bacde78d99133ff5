package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// TestPeopleTakeTheirDataAlong reads what is in the ZIP of a person's own data, and of one that the Land made.
func TestPeopleTakeTheirDataAlong(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	who := p.As(t, "k16051")
	for name, w := range map[string]*bytes.Buffer{
		"own":  p.ask(t, "k16051", "/profil/auskunft.zip", nil).Body,
		"Land": p.askPost(t, "land", "/einstellungen/personen/"+who.Person.String()+"/auskunft").Body,
	} {
		files, err := zip.NewReader(bytes.NewReader(w.Bytes()), int64(w.Len()))
		must(t, err)
		text := map[string]string{}
		for _, f := range files.File {
			in, err := f.Open()
			must(t, err)
			all, err := io.ReadAll(in)
			must(t, err)
			text[f.Name] = string(all)
		}
		if !json.Valid([]byte(text["auskunft.json"])) || !strings.Contains(text["auskunft.json"], who.Name) {
			t.Errorf("%s: the JSON does not tell of %s", name, who.Name)
		}
		if !strings.Contains(text["auskunft.html"], who.Name) || !strings.Contains(text["auskunft.html"], "Sitzungen") {
			t.Errorf("%s: the page does not tell of %s", name, who.Name)
		}
	}
}

func TestAStrangerReportsABarrier(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := url.Values{"id": {uuid.NewString()}, "message": {"Die Tabelle liest sich nicht vor."}, "email": {"kein Postfach"}}
	form.Set("land", p.As(t, "land").Land.Key)
	if w := p.ask(t, "", "/barriere-melden", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Die Tabelle liest sich nicht vor.") {
		t.Errorf("a wrong address: %d; what was typed must still be there", w.Code)
	}
	form.Set("email", "")
	if w := p.ask(t, "", "/barriere-melden", form); w.Code != http.StatusSeeOther {
		t.Fatalf("a report: %d", w.Code)
	}
	if w := p.ask(t, "land", "/einstellungen/barrieren", nil); !strings.Contains(w.Body.String(), "Die Tabelle liest sich nicht vor.") {
		t.Error("the Land does not read the report")
	}
	form.Set("land", "kein-land")
	if w := p.ask(t, "", "/barriere-melden", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Die Tabelle liest sich nicht vor.") {
		t.Errorf("an unknown Land: %d; what was typed must still be there", w.Code)
	}
}

// TestABarrierReachesTheLandWhosePagesAStrangerReads: from the declaration of a Land both ways to the form lead to its own, and
// nobody is asked again which Land is meant.
func TestABarrierReachesTheLandWhosePagesAStrangerReads(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	land := p.As(t, "d-land").Land.Key
	text := p.ask(t, "", "/barrierefreiheit?land="+land, nil).Body.String()
	if n := strings.Count(text, `href="/barriere-melden?land=`+land+`"`); n != 2 {
		t.Errorf("%d of two links to the form know the Land", n)
	}
	if !strings.Contains(text, `href="/impressum?land=`+land+`"`) {
		t.Error("the footer forgets whose pages these are")
	}
	if form := p.ask(t, "", "/barriere-melden?land="+land, nil).Body.String(); !strings.Contains(form, `name="land" value="`+land+`"`) {
		t.Error("the form asks again")
	}
}

// TestTheOperatorReportsABarrierToTheLandTheyChose: the operator's own organisation coordinates nothing and takes none in.
func TestTheOperatorReportsABarrierToTheLandTheyChose(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := url.Values{"id": {uuid.NewString()}, "land": {p.As(t, "d-land").Land.Key}, "message": {"Die Liste der Länder liest sich nicht vor."}}
	if w := p.ask(t, "betreiber", "/barriere-melden", form); w.Code != http.StatusSeeOther {
		t.Fatalf("a report of the operator: %d", w.Code)
	}
	for login, want := range map[string]bool{"d-land": true, "land": false} {
		if got := strings.Contains(p.ask(t, login, "/einstellungen/barrieren", nil).Body.String(), "Die Liste der Länder"); got != want {
			t.Errorf("%s reads the report: %v, want %v", login, got, want)
		}
	}
}

func TestMandatoryPagesSayWhatTheLandPublished(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	land := p.As(t, "land").Land.Key
	body := "## Anschrift\n\n<script>alert(1)</script>\n\nBeispielweg 1"
	if w := p.ask(t, "land", "/einstellungen/seiten/impressum", url.Values{"seen": {"0"}, "body": {body}, "vorschau": {"ja"}}); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<h2>Anschrift</h2>") {
		t.Errorf("preview: %d", w.Code)
	}
	if w := p.ask(t, "", "/impressum?land="+land, nil); strings.Contains(w.Body.String(), "Beispielweg") {
		t.Error("a preview is read by strangers")
	}
	if w := p.ask(t, "land", "/einstellungen/seiten/impressum", url.Values{"seen": {"0"}, "body": {body}}); w.Code != http.StatusSeeOther {
		t.Fatalf("publish: %d", w.Code)
	}
	text := p.ask(t, "", "/impressum?land="+land, nil).Body.String()
	if !strings.Contains(text, "Beispielweg 1") || !strings.Contains(text, "Fassung 1 vom") || strings.Contains(text, "<script>alert") {
		t.Error("strangers do not read the published text, or its script runs")
	}
	if w := p.ask(t, "redaktion", "/einstellungen/seiten/impressum", url.Values{"seen": {"0"}, "body": {"Anderes"}}); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Beispielweg") || !strings.Contains(w.Body.String(), "Anderes") {
		t.Errorf("the second of two: %d, want both texts side by side", w.Code)
	}
}
