package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
)

// TestTwoHaveAPersonErased: a town asks from the page of its people, the Land approves; whoever may not decide is shown no
// button and refused, and the person's session is over.
func TestTwoHaveAPersonErased(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	gone := p.As(t, "k16051-b")
	if w := p.ask(t, "k16051", "/organisationen/16051/mitglieder", nil); !strings.Contains(w.Body.String(), `href="/loeschantraege/neu/`+gone.Person.String()+`"`) {
		t.Error("the page of the people does not lead to erasing one")
	}
	if w := p.ask(t, "k16051-b", "/organisationen/16051/mitglieder", nil); strings.Contains(w.Body.String(), "/loeschantraege") {
		t.Error("who may not erase is led there")
	}
	ask := func() string {
		t.Helper()
		id := uuid.NewString()
		form := url.Values{"id": {id}, "person": {gone.Person.String()}, "ground": {"wish"}}
		if w := p.ask(t, "k16051", "/loeschantraege", form); w.Code != http.StatusSeeOther {
			t.Fatalf("ask: %d %s", w.Code, complaintsIn(w.Body.String()))
		}
		return "/loeschantraege/" + id
	}
	settle := func(login, path string, want int) {
		t.Helper()
		if w := p.ask(t, login, path, url.Values{}); w.Code != want {
			t.Errorf("%s sends %s: %d, want %d", login, path, w.Code, want)
		}
	}
	wrong := p.ask(t, "k16051", "/loeschantraege", url.Values{"id": {uuid.NewString()}, "person": {gone.Person.String()}})
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "Wählen Sie aus, warum") {
		t.Errorf("without a ground: %d", wrong.Code)
	}

	first := ask()
	settle("land", first+"/zurueckziehen", http.StatusForbidden)
	settle("k16051", first+"/zurueckziehen", http.StatusSeeOther)
	second := ask()
	settle("land", second+"/ablehnen", http.StatusSeeOther)
	third := ask()
	settle("k16051", third+"/freigabe", http.StatusForbidden)
	if w := p.ask(t, "k16051", third, nil); strings.Contains(w.Body.String(), third+"/freigabe") {
		t.Error("who asked is shown the button to approve")
	}
	if w := p.ask(t, "land", third, nil); !strings.Contains(w.Body.String(), third+"/freigabe") || !strings.Contains(w.Body.String(), "nicht rückgängig machen") {
		t.Error("the Land is not shown the button, or not what it does")
	}
	settle("land", third+"/freigabe", http.StatusSeeOther)
	settle("land", third+"/freigabe", http.StatusSeeOther) // a double click
	if n := dbtest.Admin[int](t, p.World, `SELECT count(*)::int FROM river.river_job WHERE kind = 'privacy.erase'`); n != 1 {
		t.Errorf("%d jobs erase, want one", n)
	}
	settle("land", second+"/freigabe", http.StatusConflict)
	if w := p.ask(t, "k16051-b", "/aufgaben", nil); w.Code != http.StatusSeeOther {
		t.Errorf("who is to be erased is still in: %d", w.Code)
	}
	list := p.ask(t, "k16051", "/loeschantraege", nil).Body.String()
	if !strings.Contains(list, "Freigegeben, wird gelöscht") || !strings.Contains(list, "Zurückgezogen") || !strings.Contains(list, "Abgelehnt") {
		t.Error("the list does not say what became of the three requests")
	}
}
