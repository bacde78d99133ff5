package devstack

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	callbackURL   = "http://localhost:9/anmeldung/fertig"
	afterwardsURL = "http://localhost:9/abgemeldet"
)

func providerConfig(dir string) ProviderConfig {
	return ProviderConfig{
		Dir: dir, Addr: "127.0.0.1:0", ClientID: "portal", ClientSecret: "a secret of this test",
		RedirectURLs: []string{callbackURL}, PostLogoutURLs: []string{afterwardsURL},
		Accounts: []Account{
			{Login: "lena.land", Name: "Lena Land", Email: "lena@example.org", Tenant: "Thüringen", Organisation: "OZG-Landeskoordination", Role: "Koordination"},
			{Login: "kai.kommune", Name: "Kai <Kommune>", Email: "kai@example.org", Tenant: "Thüringen", Organisation: "Stadt Gera", Role: "Umsetzung"},
		},
	}
}

func startTestProvider(t *testing.T, cfg ProviderConfig) *Provider {
	t.Helper()
	cfg.Log = t.Output()
	p, err := StartProvider(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// browser is what a person has in front of them: cookies, and a habit of following redirects up to the portal.
type browser struct {
	t      *testing.T
	client *http.Client
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stopAtPortal := func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host == "localhost:9" {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return browser{t, &http.Client{Jar: jar, CheckRedirect: stopAtPortal}}
}

// page is where a click ended: a page of the provider, or a redirect to the portal.
type page struct {
	status   int
	url      string
	html     string
	toPortal *url.URL // nil on a page of the provider
}

func (b browser) open(url string) page {
	b.t.Helper()
	return b.read(b.client.Get(url))
}

func (b browser) choose(form page, login string) page {
	b.t.Helper()
	return b.read(b.client.PostForm(form.url, url.Values{"login": {login}}))
}

func (b browser) read(response *http.Response, err error) page {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	html, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	to, _ := response.Location()
	return page{status: response.StatusCode, url: response.Request.URL.String(), html: string(html), toPortal: to}
}

// relyingParty is the portal's side of the protocol, as the real one does it.
type relyingParty struct {
	t         *testing.T
	discovery *oidc.Provider
	config    oauth2.Config
	verifier  string
}

func newRelyingParty(t *testing.T, issuer string) relyingParty {
	t.Helper()
	discovery, err := oidc.NewProvider(t.Context(), issuer)
	if err != nil {
		t.Fatal(err)
	}
	return relyingParty{t, discovery, oauth2.Config{
		ClientID: "portal", ClientSecret: "a secret of this test", RedirectURL: callbackURL,
		Endpoint: discovery.Endpoint(), Scopes: []string{"openid", "profile", "email"},
	}, oauth2.GenerateVerifier()}
}

func (rp relyingParty) signInURL() string {
	return rp.config.AuthCodeURL("the state", oauth2.S256ChallengeOption(rp.verifier), oidc.Nonce("the nonce"))
}

// redeem turns the code of a callback into a checked ID token.
func (rp relyingParty) redeem(callback *url.URL) (*oidc.IDToken, string) {
	rp.t.Helper()
	token, err := rp.config.Exchange(rp.t.Context(), callback.Query().Get("code"), oauth2.VerifierOption(rp.verifier))
	if err != nil {
		rp.t.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := rp.verify(rp.t.Context(), raw)
	if err != nil {
		rp.t.Fatal(err)
	}
	return idToken, raw
}

func (rp relyingParty) verify(ctx context.Context, raw string) (*oidc.IDToken, error) {
	return rp.discovery.VerifierContext(ctx, &oidc.Config{ClientID: "portal"}).Verify(ctx, raw)
}

func (rp relyingParty) signOutURL(idToken string) string {
	rp.t.Helper()
	var meta struct {
		EndSession string `json:"end_session_endpoint"`
	}
	if err := rp.discovery.Claims(&meta); err != nil {
		rp.t.Fatal(err)
	}
	return meta.EndSession + "?" + url.Values{
		"id_token_hint": {idToken}, "client_id": {"portal"}, "post_logout_redirect_uri": {afterwardsURL}, "state": {"bye"},
	}.Encode()
}

func TestSignInAndOutAndInAsSomebodyElse(t *testing.T) {
	t.Parallel()
	p := startTestProvider(t, providerConfig(t.TempDir()))
	rp, person := newRelyingParty(t, p.Issuer()), newBrowser(t)

	form := person.open(rp.signInURL())
	for _, want := range []string{"Entwicklungs-Anmeldung", "<h2>Thüringen › OZG-Landeskoordination</h2>", "Kai &lt;Kommune&gt;", `value="lena.land"`} {
		if !strings.Contains(form.html, want) {
			t.Errorf("the sign-in page lacks %q:\n%s", want, form.html)
		}
	}
	idToken, raw := rp.redeem(signedIn(t, p, person.choose(form, "lena.land")))
	wantClaims(t, idToken, "lena.land", "Lena Land", "lena@example.org")

	if again := person.open(rp.signInURL()); again.toPortal == nil {
		t.Errorf("a second sign-in in the same session asks again: %s", again.html)
	}
	out := person.open(rp.signOutURL(raw))
	if out.toPortal == nil || out.toPortal.String() != afterwardsURL+"?state=bye" {
		t.Fatalf("sign-out led to %v with status %d:\n%s", out.toPortal, out.status, out.html)
	}
	if again := person.open(rp.signOutURL(raw)); again.toPortal == nil {
		t.Errorf("a second sign-out stays at the provider with status %d:\n%s", again.status, again.html)
	}
	idToken, _ = rp.redeem(signedIn(t, p, person.choose(person.open(rp.signInURL()), "kai.kommune")))
	wantClaims(t, idToken, "kai.kommune", "Kai <Kommune>", "kai@example.org")
}

// signedIn checks what the portal is told in the address of its callback.
func signedIn(t *testing.T, p *Provider, end page) *url.URL {
	t.Helper()
	if end.toPortal == nil {
		t.Fatalf("sign-in ended at %s with status %d:\n%s", end.url, end.status, end.html)
	}
	query := end.toPortal.Query()
	if query.Get("state") != "the state" || query.Get("iss") != p.Issuer() || query.Get("code") == "" {
		t.Fatalf("the callback is %s", end.toPortal)
	}
	return end.toPortal
}

func wantClaims(t *testing.T, idToken *oidc.IDToken, sub, name, email string) {
	t.Helper()
	var claims struct{ Name, Email string }
	if err := idToken.Claims(&claims); err != nil {
		t.Fatal(err)
	}
	if idToken.Subject != sub || claims.Name != name || claims.Email != email || idToken.Nonce != "the nonce" {
		t.Errorf("got %s, %+v, nonce %q; want %s, %s, %s", idToken.Subject, claims, idToken.Nonce, sub, name, email)
	}
}

func TestUnknownLoginIsRefused(t *testing.T) {
	t.Parallel()
	p := startTestProvider(t, providerConfig(t.TempDir()))
	person := newBrowser(t)
	form := person.open(newRelyingParty(t, p.Issuer()).signInURL())
	if got := person.choose(form, "eve"); got.status != http.StatusBadRequest || got.toPortal != nil {
		t.Errorf("an unknown login got status %d:\n%s", got.status, got.html)
	}
	if got := newBrowser(t).choose(form, "lena.land"); got.status != http.StatusBadRequest {
		t.Errorf("somebody else's sign-in page was taken with status %d", got.status)
	}
}

func TestWrongRequestsAreRefused(t *testing.T) {
	t.Parallel()
	p := startTestProvider(t, providerConfig(t.TempDir()))
	rp := newRelyingParty(t, p.Issuer())
	plain := rp.config.AuthCodeURL("the state")
	if got := newBrowser(t).open(plain); got.toPortal == nil || got.toPortal.Query().Get("error") != "invalid_request" {
		t.Errorf("without PKCE: status %d to %v", got.status, got.toPortal)
	}
	elsewhere := strings.ReplaceAll(rp.signInURL(), url.QueryEscape(callbackURL), url.QueryEscape(callbackURL+"/elsewhere"))
	if got := newBrowser(t).open(elsewhere); got.toPortal != nil || got.status != http.StatusBadRequest {
		t.Errorf("with a foreign callback: status %d to %v", got.status, got.toPortal)
	}
}

func TestSignOutReachesTheBackChannel(t *testing.T) {
	t.Parallel()
	logoutTokens := make(chan string, 1)
	portal := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		logoutTokens <- r.PostFormValue("logout_token")
	}))
	t.Cleanup(portal.Close)
	cfg := providerConfig(t.TempDir())
	cfg.BackchannelURL = portal.URL
	p := startTestProvider(t, cfg)
	rp, person := newRelyingParty(t, p.Issuer()), newBrowser(t)

	_, raw := rp.redeem(signedIn(t, p, person.choose(person.open(rp.signInURL()), "lena.land")))
	person.open(rp.signOutURL(raw))
	logout, err := rp.discovery.VerifierContext(t.Context(), &oidc.Config{ClientID: "portal"}).VerifyLogout(t.Context(), <-logoutTokens)
	if err != nil {
		t.Fatal(err)
	}
	if logout.Subject != "lena.land" || logout.SessionID == "" {
		t.Errorf("the logout token is for %q in session %q", logout.Subject, logout.SessionID)
	}
}

func TestSigningKeySurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	startTestProvider(t, providerConfig(dir))
	first, err := os.ReadFile(filepath.Join(dir, "signing-key.json"))
	if err != nil {
		t.Fatal(err)
	}
	startTestProvider(t, providerConfig(dir))
	second, err := os.ReadFile(filepath.Join(dir, "signing-key.json"))
	if err != nil || string(first) != string(second) {
		t.Errorf("the key changed (%v)", err)
	}
}

func TestKilledPortalLeavesNoProvider(t *testing.T) {
	t.Parallel()
	portal, out := startPortal(t, "provider", t.TempDir())
	node := filepath.Join("/proc", readLine(t, out))
	if _, err := os.Stat(node); err != nil {
		t.Fatal(err)
	}
	kill(t, portal)
	eventually(t, "node is gone", func() bool { _, err := os.Stat(node); return os.IsNotExist(err) })
}

func TestProviderThatDiesIsReported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "signing-key.json"), []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := StartProvider(t.Context(), providerConfig(dir))
	if err == nil || !strings.Contains(err.Error(), "signingKey") {
		t.Errorf("got %v, want node's last lines", err)
	}
}

func TestProviderRefusesDangerousPlaces(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:8080"} {
		cfg := providerConfig(t.TempDir())
		cfg.Addr = addr
		if _, err := StartProvider(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "loopback") {
			t.Errorf("%s: got %v", addr, err)
		}
	}
}

func TestProviderRefusesProduction(t *testing.T) {
	t.Setenv("NODE_ENV", "production")
	for _, second := range []bool{false, true} {
		cfg := providerConfig(t.TempDir())
		cfg.Second = second
		if _, err := StartProvider(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "never runs in production") {
			t.Errorf("second %v: got %v", second, err)
		}
	}
}

func TestMissingPackagesAreNamed(t *testing.T) {
	t.Parallel()
	if _, err := findScript(t.TempDir()); err == nil || !strings.Contains(err.Error(), "npm-ci.sh") {
		t.Errorf("got %v", err)
	}
}
