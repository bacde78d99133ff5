package web_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// newest is the file that was uploaded last.
func (p *portal) newest(t *testing.T) string {
	t.Helper()
	return dbtest.Admin[string](t, p.World, `SELECT evidence_id::text FROM portal.evidence ORDER BY uploaded_at DESC, version DESC LIMIT 1`)
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func TestAPaperOfAReviewStandsInTheVermerkAndLiesInTheZIP(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	id := p.Case(t, "wohngeld")
	review := "/entscheidungen/" + id.String() + "/pruefungen/fachlich"
	first, second := onePDF, onePDF+"\n% zweite Fassung\n"
	for _, content := range []string{first, second} {
		if w := p.send(t, "tmdi-referat", review+"/dateien", aFile("Angebot.pdf", content)); w.Code != http.StatusSeeOther {
			t.Fatalf("upload: %d\n%s", w.Code, w.Body)
		}
	}
	if again := p.send(t, "tmdi-referat", review+"/dateien", aFile("Kopie.pdf", second)); !strings.Contains(again.Header().Get("Location"), "datei-schon-da") {
		t.Errorf("the same bytes again: %d to %s", again.Code, again.Header().Get("Location"))
	}
	if w := p.send(t, "tmdi-referat", review+"/dateien", aFile("a.png", "<script>alert(1)</script>")); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Erlaubt sind PDF") {
		t.Errorf("HTML as PNG: %d", w.Code)
	}
	file := p.newest(t)
	got := p.ask(t, "tmdi-leser", review+"/dateien/"+file, nil)
	if got.Body.String() != second || got.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("download: %d, %v", got.Code, got.Header())
	}
	for _, login := range []string{"land", "k16051", "tmikl-referat"} {
		if w := p.ask(t, login, review+"/dateien/"+file, nil); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "zweite Fassung") {
			t.Errorf("%s downloads a paper: %d", login, w.Code)
		}
	}
	p.decide(t, "tmdi", id, decision.Verdict{Outcome: decision.Approved, Ground: "economic", Reason: "wirtschaftlich"})

	if w := p.send(t, "tmdi-referat", review+"/dateien", aFile("Spät.pdf", onePDF+"spät")); w.Code != http.StatusConflict {
		t.Errorf("a file after the decision: %d", w.Code)
	}
	if w := p.ask(t, "tmdi-referat", review+"/dateien/"+file+"/loeschen", map[string][]string{}); w.Code != http.StatusConflict {
		t.Errorf("deleting from under the Vermerk: %d", w.Code)
	}
	err := p.DB.Write(t.Context(), p.As(t, "tmdi-referat"), access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		tx.Audited()
		_, err := tx.Exec(t.Context(), `UPDATE portal.evidence SET deleted_at = now(), deleted_by = $1 WHERE evidence_id = $2`, tx.Who.Person, file)
		return err
	})
	if err == nil {
		t.Error("deleting from under the Vermerk in SQL: committed")
	}
	for _, path := range []string{"", "/vermerk", "/pruefungen/fachlich"} {
		page := p.ask(t, "tmdi-referat", "/entscheidungen/"+id.String()+path, nil).Body.String()
		if !strings.Contains(page, sumOf(first)) || !strings.Contains(page, sumOf(second)) {
			t.Errorf("/entscheidungen/…%s lacks a hash", path)
		}
	}
	packed := p.ask(t, "tmdi-leser", "/entscheidungen/"+id.String()+"/vorgang.zip", nil).Body.Bytes()
	if twice := p.ask(t, "tmdi-leser", "/entscheidungen/"+id.String()+"/vorgang.zip", nil).Body.Bytes(); !bytes.Equal(packed, twice) {
		t.Error("the ZIP is another the second time")
	}
	wantInZIP(t, packed, "dateien/01-fassung-2-Angebot.pdf", second)
	wantInZIP(t, packed, "dateien/02-fassung-1-Angebot.pdf", first)
	if body := inZIP(t, packed, "vermerk.json"); !strings.Contains(body, sumOf(first)) || !strings.Contains(body, sumOf(second)) {
		t.Error("the JSON lacks a hash")
	}
}

func wantInZIP(t *testing.T, packed []byte, name, want string) {
	t.Helper()
	if got := inZIP(t, packed, name); got != want {
		t.Errorf("%s has %d bytes, want %d", name, len(got), len(want))
	}
	if line := sumOf(want) + "  " + name + "\n"; !strings.Contains(inZIP(t, packed, "sha256sums.txt"), line) {
		t.Errorf("the list of hashes lacks %s", line)
	}
}

func inZIP(t *testing.T, packed []byte, name string) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	must(t, err)
	file, err := in.Open(name)
	must(t, err)
	body, err := io.ReadAll(file)
	must(t, err)
	return string(body)
}

func TestAPaperGoesWhileItsCaseIsPrepared(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	review := "/entscheidungen/" + p.Case(t, "wohngeld").String() + "/pruefungen/datenschutz"
	p.send(t, "tmdi-referat", review+"/dateien", aFile("Entwurf.pdf", onePDF))
	file := p.newest(t)
	if w := p.ask(t, "tmdi-referat", review+"/dateien/"+file+"/loeschen", map[string][]string{}); w.Code != http.StatusSeeOther {
		t.Fatalf("delete: %d\n%s", w.Code, w.Body)
	}
	if page := p.ask(t, "tmdi-referat", review, nil).Body.String(); strings.Contains(page, "/dateien/"+file) {
		t.Error("the deleted file is still there")
	}
	if trail := p.ask(t, "tmdi-referat", strings.TrimSuffix(review, "/pruefungen/datenschutz"), nil).Body.String(); !strings.Contains(trail, sumOf(onePDF)) {
		t.Error("the trail forgot the deleted file")
	}
	if w := p.ask(t, "tmdi-referat", review+"/dateien/"+file, nil); w.Code != http.StatusNotFound {
		t.Errorf("download of a deleted file: %d", w.Code)
	}
}

func TestTheOwnerShowsAFileForAnAuflage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	at := "/auflagen/" + p.conditionOf(t, "tmdi", "wohngeld")
	if w := p.send(t, "k16051", at+"/dateien", aFile("Benennung.pdf", onePDF)); w.Code != http.StatusSeeOther {
		t.Fatalf("upload: %d\n%s", w.Code, w.Body)
	}
	file := at + "/dateien/" + p.newest(t)
	for login, want := range map[string]int{"k16051": 200, "tmdi-referat": 200, "land": 200, "k16055": 404, "tmikl-referat": 404} {
		if w := p.ask(t, login, file, nil); w.Code != want || want == 200 && w.Body.String() != onePDF {
			t.Errorf("%s: %d, want %d", login, w.Code, want)
		}
	}
	if w := p.send(t, "tmdi-referat", at+"/dateien", aFile("Fremd.pdf", onePDF+"x")); w.Code != http.StatusForbidden {
		t.Errorf("a file of another house: %d", w.Code)
	}
	if w := p.ask(t, "k16051", at+"/melden", map[string][]string{"version": {"1"}, "evidence": {"benannt"}, "link": {""}}); w.Code != http.StatusSeeOther {
		t.Fatalf("report: %d", w.Code)
	}
	if w := p.ask(t, "k16051", file+"/loeschen", map[string][]string{}); w.Code != http.StatusConflict {
		t.Errorf("deleting what was reported: %d", w.Code)
	}
	if page := p.ask(t, "tmdi-leitung", at, nil).Body.String(); !strings.Contains(page, "Benennung.pdf") || !strings.Contains(page, sumOf(onePDF)) {
		t.Error("the ministry does not see the file it is to check")
	}
}

// TestAFileOfAStellungnahmeStandsInTheVermerk takes a file from TLRZ to the PDF, and reads the PDF as an archive would.
func TestAFileOfAStellungnahmeStandsInTheVermerk(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	cases, id, opinion := decision.NewService(p.DB), p.Case(t, "wohngeld"), uuid.New()
	due := workday.Day(time.Now()).AddDate(0, 0, 14)
	must(t, cases.Ask(t.Context(), p.As(t, "tmdi-referat"), id, decision.AskInput{ID: opinion, Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "Passt OSCI?", DueOn: &due}))
	mine, theirs := "/stellungnahmen/"+opinion.String(), "/entscheidungen/"+id.String()+"/stellungnahmen/"+opinion.String()
	for _, name := range []string{"Netzplan ÄÖ.pdf", "Weg.pdf"} {
		if w := p.send(t, "tlrz", mine+"/dateien", aFile(name, onePDF+name)); w.Code != http.StatusSeeOther {
			t.Fatalf("upload: %d\n%s", w.Code, w.Body)
		}
	}
	gone := p.newest(t)
	if w := p.askPost(t, "tlrz", mine+"/dateien/"+gone+"/loeschen"); w.Code != http.StatusSeeOther {
		t.Fatalf("delete: %d", w.Code)
	}
	file := dbtest.Admin[string](t, p.World, `SELECT evidence_id::text FROM portal.evidence WHERE deleted_at IS NULL`)
	if w := p.ask(t, "tmdi-referat", theirs+"/dateien/"+file, nil); w.Code != http.StatusNotFound {
		t.Errorf("the ministry reads what is not yet given: %d", w.Code)
	}
	must(t, cases.AnswerOpinion(t.Context(), p.As(t, "tlrz"), opinion, decision.Answer{Version: 1, Result: decision.Positive, Note: "passt"}))
	for _, login := range []string{"kiv", "land", "k16051", "tmikl-referat", "d-min-referat"} {
		for _, at := range []string{mine, theirs} {
			if w := p.ask(t, login, at+"/dateien/"+file, nil); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s downloads %s: %d", login, at, w.Code)
			}
		}
		if w := p.send(t, login, mine+"/dateien", aFile("Fremd.pdf", onePDF)); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s encloses a file: %d", login, w.Code)
		}
	}
	if w := p.ask(t, "tmdi-leser", theirs+"/dateien/"+file, nil); w.Body.String() != onePDF+"Netzplan ÄÖ.pdf" {
		t.Errorf("the ministry downloads %d with %d bytes", w.Code, w.Body.Len())
	}
	p.decide(t, "tmdi", id, decision.Verdict{Outcome: decision.Approved, Ground: "economic", Reason: "wirtschaftlich"})
	if w := p.send(t, "tlrz", mine+"/dateien", aFile("Spät.pdf", onePDF+"spät")); w.Code != http.StatusConflict {
		t.Errorf("a file after the decision: %d", w.Code)
	}
	if w := p.askPost(t, "tlrz", mine+"/dateien/"+file+"/loeschen"); w.Code != http.StatusConflict {
		t.Errorf("deleting from under the Vermerk: %d", w.Code)
	}
	if err := p.DB.Write(t.Context(), p.As(t, "tlrz"), access.OpinionAnswer, func(tx *postgres.Tx) error {
		tx.Audited()
		_, err := tx.Exec(t.Context(), `UPDATE portal.evidence SET deleted_at = now(), deleted_by = $1 WHERE evidence_id = $2`, tx.Who.Person, file)
		return err
	}); err == nil {
		t.Error("deleting from under the Vermerk in SQL: committed")
	}
	p.print(t, id)
	sum := sumOf(onePDF + "Netzplan ÄÖ.pdf")
	pdf := p.open(t, "tmdi-leser", "/entscheidungen/"+id.String()+"/vermerk.pdf")
	for _, want := range []string{"Netzplan ÄÖ.pdf", sum[:32], sum[32:], "Stellungnahme", "Unterlagen", "Prüfsumme"} {
		if !strings.Contains(pdf.text, want) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
	if strings.Contains(pdf.text, "Weg.pdf") {
		t.Error("the PDF names a file that was taken away")
	}
	for _, want := range []string{"Nachnutzungsentscheidung „Wohngeld“, Nr. 1", "Tagged:          yes"} {
		if !strings.Contains(pdf.info, want) {
			t.Errorf("the PDF does not say %q of itself:\n%s", want, pdf.info)
		}
	}
	for _, heading := range []string{"Entscheidung", "Dienst und Angebot", "Prüfungen", "Technische Stellungnahmen", "Unterlagen", "Prüfsumme"} {
		if !strings.Contains(pdf.outline, ">"+heading+"</item>") {
			t.Errorf("the outline lacks %q:\n%s", heading, pdf.outline)
		}
	}
	for _, want := range []string{"Document", "H1", "H2", "Table", "TH"} {
		if !strings.Contains(pdf.structure, want) {
			t.Errorf("the structure lacks %s", want)
		}
	}
	packed := p.ask(t, "tmdi-leser", "/entscheidungen/"+id.String()+"/vorgang.zip", nil).Body.Bytes()
	wantInZIP(t, packed, "dateien/01-fassung-1-Netzplan ÄÖ.pdf", onePDF+"Netzplan ÄÖ.pdf")
	if body := inZIP(t, packed, "vermerk.json"); !strings.Contains(body, sum) {
		t.Error("the JSON lacks the hash")
	}
}
