package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
)

// TestAnInvitationLeadsThroughTheSignInIntoThePortal: a body invites by its page, the person takes it with the
// provider's account, and whoever has the wrong account gets nowhere.
func TestAnInvitationLeadsThroughTheSignInIntoThePortal(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := url.Values{"id": {uuid.NewString()}, "email": {"neu@erfurt.example"}, "role": {"KB"}}
	for range 2 { // a double click
		if w := p.ask(t, "k16051", "/organisationen/16051/einladungen", form); w.Code != http.StatusSeeOther {
			t.Fatalf("invite: %d", w.Code)
		}
	}
	if w := p.ask(t, "k16051", "/organisationen/16051/mitglieder", nil); strings.Count(w.Body.String(), "neu@erfurt.example") < 1 || w.Code != http.StatusOK {
		t.Errorf("the page of the people: %d", w.Code)
	}
	if n := dbtest.Admin[int](t, p.World, `SELECT count(*)::int FROM river.river_job WHERE kind = 'identity.invite'`); n != 1 {
		t.Errorf("%d mails are ordered, want one", n)
	}
	wrong := p.ask(t, "k16051", "/organisationen/16051/einladungen", url.Values{"id": {uuid.NewString()}, "email": {"ohne"}, "role": {"KB"}})
	if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), `value="ohne"`) {
		t.Errorf("a wrong address: %d", wrong.Code)
	}

	token := identity.NewToken() // as the worker makes it for the mail
	dbtest.Admin[int](t, p.World, `WITH e AS (UPDATE portal.invitation SET token_hash = $1 RETURNING 1) SELECT count(*)::int FROM e`, []byte(identity.Hash(token)))
	if w := p.browser().get("/einladung/" + token); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Erfurt") || !strings.Contains(w.Body.String(), "neu@erfurt.example") {
		t.Errorf("the page of the invitation: %d", w.Code)
	}
	take := func(subject, email string) (*browser, int) {
		b := p.browser()
		w := b.send(http.MethodPost, "/einladung/"+token)
		to, err := url.Parse(w.Header().Get("Location"))
		if err != nil || !strings.HasPrefix(to.String(), p.issuer.URL) {
			t.Fatalf("taking the invitation leads to %q with %d", w.Header().Get("Location"), w.Code)
		}
		p.issuer.does(forgery{claims: map[string]any{"sub": subject, "email": email, "name": "Nora Neu"}})
		return b, b.get("/auth/callback?" + p.issuer.authorize(to.Query()).Encode()).Code
	}
	if b, status := take("dieb", "dieb@erfurt.example"); status != http.StatusForbidden || b.session() != "" {
		t.Errorf("with another account: %d", status)
	}
	b, status := take("neu", "Neu@erfurt.example")
	if status != http.StatusSeeOther || !b.isIn() {
		t.Errorf("with the invited account: %d", status)
	}
	if b.cookies["portal-einladung"] != "" {
		t.Error("the browser keeps the token of the invitation")
	}
	if w := b.send(http.MethodPost, "/einladung/"+token); w.Code != http.StatusNotFound {
		t.Errorf("a second time: %d", w.Code)
	}
}

// TestTheOperatorEndsACoordinationButNotTheLast: by the page that lists who coordinates a Land, without their addresses.
func TestTheOperatorEndsACoordinationButNotTheLast(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const coordination = "/plattform/laender/thueringen/koordination"
	if w := p.ask(t, "betreiber", "/", nil); !strings.Contains(w.Body.String(), `href="`+coordination+`"`) {
		t.Error("the administration's page does not lead there")
	}
	page := p.ask(t, "betreiber", coordination, nil).Body.String()
	if !strings.Contains(page, p.As(t, "land2").Name) || strings.Contains(page, "land2@") {
		t.Error("the page does not name who coordinates, or it tells an address")
	}
	end := func(login string) int {
		return p.ask(t, "betreiber", coordination+"/mitglieder/"+p.As(t, login).Membership.String()+"/beenden", url.Values{}).Code
	}
	if status := end("land2"); status != http.StatusSeeOther {
		t.Errorf("ending one of two: %d", status)
	}
	if status := end("land"); status != http.StatusConflict {
		t.Errorf("ending the last: %d", status)
	}
	if status := end("k16051"); status != http.StatusNotFound {
		t.Errorf("ending somebody who coordinates a town: %d", status)
	}
}
