package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/devstack"
	"rollinportal/internal/jobs"
	"rollinportal/internal/paper"
)

func TestAVermerkIsReadPrintedAndTakenAway(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	id := p.decided(t, "land", "tmdi", "wohngeld")
	at := "/entscheidungen/" + id.String()
	get := func(login, path string) (string, http.Header) {
		t.Helper()
		w := p.ask(t, login, path, nil)
		if w.Code != http.StatusOK {
			t.Fatalf("%s as %s: %d", path, login, w.Code)
		}
		return w.Body.String(), w.Header()
	}
	for login, whole := range map[string]bool{"tmdi-referat": true, "land": false, "k16051": false} {
		page, _ := get(login, at)
		if !strings.Contains(page, `href="`+at+`/vermerk"`) {
			t.Errorf("%s finds no way to the Vermerk", login)
		}
		page, _ = get(login, at+"/vermerk")
		if strings.Contains(page, "Fachliche Prüfung") != whole || strings.Contains(page, "vorgang.zip") != whole || !strings.Contains(page, "wirtschaftlich") {
			t.Errorf("%s reads the whole: want %v", login, whole)
		}
		if !regexp.MustCompile(`[0-9a-f]{64}`).MatchString(page) {
			t.Errorf("%s sees no hash", login)
		}
	}
	p.print(t, id)
	pdf, head := get("tmdi-leitung", at+"/vermerk.pdf")
	again, _ := get("tmdi-referat", at+"/vermerk.pdf")
	if pdf != again || !strings.HasPrefix(pdf, "%PDF-") || head.Get("Content-Type") != "application/pdf" {
		t.Errorf("the PDF: %d bytes, then %d, %v", len(pdf), len(again), head)
	}
	packed, _ := get("tmdi-leser", at+"/vorgang.zip")
	if twice, _ := get("tmdi-referat", at+"/vorgang.zip"); twice != packed {
		t.Error("the ZIP is another the second time")
	}
	in, err := zip.NewReader(bytes.NewReader([]byte(packed)), int64(len(packed)))
	must(t, err)
	file, err := in.Open("vermerk.pdf")
	must(t, err)
	if inside, err := io.ReadAll(file); err != nil || string(inside) != pdf {
		t.Errorf("the PDF in the ZIP: %d bytes, %v", len(inside), err)
	}
	if n := dbtest.Admin[int](t, p.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'decision.file'`); n != 2 {
		t.Errorf("%d exports in the trail, want 2", n)
	}
}

// print does what the workers do after a decision.
func (p *portal) print(t *testing.T, id uuid.UUID) {
	t.Helper()
	who, err := jobs.Actor(t.Context(), p.Work, p.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	command, err := devstack.Typst()
	must(t, err)
	must(t, decision.NewPrinter(p.Work, paper.NewPress(command)).Print(t.Context(), who, decision.PrintJob{Decision: id}))
}
