package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
)

// TestASecondProviderByOtherHandsSignsInWithoutAChange: an issuer with a path, EdDSA keys, names and addresses at
// userinfo only, subjects of its own making. People come in by invitation, to which their address is the key, and go
// when the provider says so.
func TestASecondProviderByOtherHandsSignsInWithoutAChange(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	base, provider := p.behind(t, devstack.ProviderConfig{Second: true, Accounts: []devstack.Account{
		{Login: "neu", Name: "Nora Neu", Email: "neu@erfurt.example"},
		{Login: "ungeprüft", Name: "Udo Ungeprüft", Email: "udo@erfurt.example", Unverified: true},
	}})
	invited := map[string]string{"neu": p.invite(t, "neu@erfurt.example"), "ungeprüft": p.invite(t, "udo@erfurt.example")}

	stranger := person{t, base, newClient(t)}
	if status, _ := stranger.tryIn("neu", base.String()+"/login"); status != http.StatusForbidden || stranger.isIn() {
		t.Errorf("without an invitation: %d", status)
	}
	unverified := person{t, base, newClient(t)}
	if status, _ := unverified.accept("ungeprüft", invited["ungeprüft"]); status != http.StatusForbidden || unverified.isIn() {
		t.Errorf("with an address that nobody checked: %d", status)
	}
	chrome := person{t, base, newClient(t)}
	if status, at := chrome.accept("neu", invited["neu"]); status != http.StatusOK || !chrome.isIn() {
		t.Fatalf("the invitation leads to %s with %d", at, status)
	}
	if issuer := dbtest.Admin[string](t, p.World, `SELECT issuer FROM auth.person WHERE email = 'neu@erfurt.example'`); issuer != provider.Issuer() {
		t.Errorf("the person is known from %q", issuer)
	}

	firefox := person{t, base, newClient(t)}
	firefox.signIn("neu", "/leistungen")
	copied := person{t, base, &http.Client{Jar: chrome.client.Jar, CheckRedirect: stay}}
	if status, at := chrome.post("/abmelden"); status != http.StatusOK || at != "/anmelden" || copied.isIn() {
		t.Errorf("signing out leads to %s with %d; the cookie still counts: %v", at, status, copied.isIn())
	}
	if _, at := chrome.get("/login?weiter=/leistungen"); at == "/leistungen" {
		t.Error("after signing out, the provider still knows the person")
	}
	if !firefox.isIn() {
		t.Error("signing out in one browser ends the other's session")
	}

	// At the provider itself, without the portal: the provider tells the portal by the back channel.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, provider.Issuer()+"/sign-out", nil)
	must(t, err)
	origin, err := url.Parse(provider.Issuer())
	must(t, err)
	r.Header.Set("Origin", origin.Scheme+"://"+origin.Host)
	response, err := firefox.client.Do(r)
	must(t, err)
	must(t, response.Body.Close())
	for end := time.Now().Add(10 * time.Second); firefox.isIn(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the session outlives the provider's, which answered %d", response.StatusCode)
		}
	}
}

// invite has Erfurt invite an address and returns the token of the mail.
func (p *portal) invite(t *testing.T, email string) string {
	t.Helper()
	form := url.Values{"id": {uuid.NewString()}, "email": {email}, "role": {"KB"}}
	if w := p.ask(t, "k16051", "/organisationen/16051/einladungen", form); w.Code != http.StatusSeeOther {
		t.Fatalf("invite: %d", w.Code)
	}
	token := identity.NewToken() // as the worker makes it for the mail
	dbtest.Admin[int](t, p.World, `WITH e AS (UPDATE portal.invitation SET token_hash = $1 WHERE email = $2 RETURNING 1) SELECT count(*)::int FROM e`,
		[]byte(identity.Hash(token)), email)
	return token
}

// accept takes an invitation and chooses oneself at the provider.
func (p person) accept(login, token string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base.String()+"/einladung/"+token, nil)
	must(p.t, err)
	r.Header.Set("Origin", p.base.String())
	response, err := p.client.Do(r)
	must(p.t, err)
	must(p.t, response.Body.Close())
	return p.choose(login, response)
}
