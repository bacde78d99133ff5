package web_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/web"
	"rollinportal/web/signinpage"
)

// TestTheDevelopmentProviderSignsInAndEndsSessions goes the whole way with a certified provider (oidc-provider) over
// real connections: sign-in in two browsers, sign-out in one, and the provider's word that ends the other.
func TestTheDevelopmentProviderSignsInAndEndsSessions(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	server := httptest.NewUnstartedServer(nil)
	base, err := url.Parse("http://localhost:" + port(server.Listener.Addr().String())) // cookies are not kept apart by port
	must(t, err)
	provider, err := devstack.StartProvider(t.Context(), devstack.ProviderConfig{
		Dir: t.TempDir(), Addr: "127.0.0.1:0", ClientID: "portal", ClientSecret: clientSecret,
		RedirectURLs: []string{base.JoinPath("/auth/callback").String()}, PostLogoutURLs: []string{base.JoinPath("/anmelden").String()},
		BackchannelURL: base.JoinPath("/auth/backchannel-logout").String(), Log: t.Output(),
		Accounts: []devstack.Account{{Login: "land", Name: "Anna Ahlendorf", Email: "anna@tmdi.example", Organisation: "OZG", Tenant: "Thüringen", Role: "LK"}},
	})
	must(t, err)
	t.Cleanup(func() { must(t, provider.Stop()) })
	server.Config.Handler = p.again(t, func(c *web.Config) {
		c.BaseURL, c.Provider = base, signinpage.ProviderConfig{Issuer: provider.Issuer(), ClientID: "portal", ClientSecret: clientSecret}
	}).server
	server.Start()
	t.Cleanup(server.Close)
	dbtest.Admin[int](t, p.World, `WITH moved AS (UPDATE auth.person SET issuer = $1 WHERE subject = 'land' RETURNING 1) SELECT count(*) FROM moved`, provider.Issuer())

	chrome := person{t, base, newClient(t)}
	chrome.signIn("/leistungen?suche=wohngeld")
	firefox := person{t, base, newClient(t)}
	firefox.signIn("/leistungen")
	copied := person{t, base, &http.Client{Jar: chrome.client.Jar, CheckRedirect: stay}}
	if status, at := chrome.post("/abmelden"); status != http.StatusOK || at != "/anmelden" {
		t.Fatalf("signing out leads to %s with %d", at, status)
	}
	if copied.isIn() || !firefox.isIn() {
		t.Errorf("after signing out, the cookie counts %v, the other browser %v", copied.isIn(), firefox.isIn())
	}
	if status, at := chrome.get("/login"); status != http.StatusOK || !strings.HasPrefix(at, "/anmeldung/") {
		t.Errorf("after signing out, the provider still knows the person: %s with %d", at, status)
	}

	// At the provider itself, without the portal: the provider tells the portal by the back channel.
	response, err := firefox.client.Get(provider.Issuer() + "/session/end?client_id=portal")
	must(t, err)
	must(t, response.Body.Close())
	for end := time.Now().Add(10 * time.Second); firefox.isIn(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the session outlives the provider's")
		}
	}
}

func port(addr string) string { return addr[strings.LastIndex(addr, ":")+1:] }

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func newClient(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &http.Client{Jar: jar}
}

// person is somebody with a browser of their own, over real connections.
type person struct {
	t      *testing.T
	base   *url.URL
	client *http.Client
}

// get opens a page and returns where it ended.
func (p person) get(path string) (int, string) {
	p.t.Helper()
	return p.ended(p.client.Get(p.base.String() + path))
}

func (p person) post(path string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base.String()+path, nil)
	must(p.t, err)
	r.Header.Set("Origin", p.base.String())
	return p.ended(p.client.Do(r))
}

func (p person) ended(response *http.Response, err error) (int, string) {
	p.t.Helper()
	must(p.t, err)
	must(p.t, response.Body.Close())
	return response.StatusCode, response.Request.URL.RequestURI()
}

// signIn chooses oneself at the provider and ends on the page one wanted.
func (p person) signIn(next string) {
	p.t.Helper()
	response, err := p.client.Get(p.base.String() + "/login?weiter=" + url.QueryEscape(next))
	must(p.t, err)
	must(p.t, response.Body.Close())
	status, at := p.ended(p.client.PostForm(response.Request.URL.String(), url.Values{"login": {"land"}}))
	if status != http.StatusOK || at != next {
		p.t.Fatalf("the sign-in ends at %s with %d", at, status)
	}
}

func (p person) isIn() bool {
	p.t.Helper()
	client := *p.client
	client.CheckRedirect = stay
	response, err := client.Get(p.base.String() + "/leistungen")
	must(p.t, err)
	must(p.t, response.Body.Close())
	return response.StatusCode == http.StatusOK
}
