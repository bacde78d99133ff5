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
	base, provider := p.behind(t, devstack.ProviderConfig{Accounts: []devstack.Account{
		{Login: "land", Name: "Anna Ahlendorf", Email: "anna@tmdi.example", Organisation: "OZG", Tenant: "Thüringen", Role: "LK"},
	}})
	dbtest.Admin[int](t, p.World, `WITH moved AS (UPDATE auth.person SET issuer = $1 WHERE subject = 'land' RETURNING 1) SELECT count(*) FROM moved`, provider.Issuer())

	chrome := person{t, base, newClient(t)}
	chrome.signIn("land", "/leistungen?suche=wohngeld")
	firefox := person{t, base, newClient(t)}
	firefox.signIn("land", "/leistungen")
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

// behind serves the portal on a socket of its own behind a provider of the development stack.
func (p *portal) behind(t *testing.T, config devstack.ProviderConfig) (*url.URL, *devstack.Provider) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base, err := url.Parse("http://localhost:" + port(server.Listener.Addr().String())) // cookies are not kept apart by port
	must(t, err)
	config.Dir, config.Addr, config.Log = t.TempDir(), "127.0.0.1:0", t.Output()
	config.ClientID, config.ClientSecret = "portal", clientSecret
	config.RedirectURLs = []string{base.JoinPath("/auth/callback").String()}
	config.PostLogoutURLs = []string{base.JoinPath("/anmelden").String()}
	config.BackchannelURL = base.JoinPath("/auth/backchannel-logout").String()
	provider, err := devstack.StartProvider(t.Context(), config)
	must(t, err)
	t.Cleanup(func() { must(t, provider.Stop()) })
	server.Config.Handler = p.again(t, func(c *web.Config) {
		c.BaseURL, c.Provider = base, signinpage.ProviderConfig{Issuer: provider.Issuer(), ClientID: "portal", ClientSecret: clientSecret}
	}).server
	server.Start()
	t.Cleanup(server.Close)
	return base, provider
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
func (p person) signIn(login, next string) {
	p.t.Helper()
	if status, at := p.tryIn(login, p.base.String()+"/login?weiter="+url.QueryEscape(next)); status != http.StatusOK || at != next {
		p.t.Fatalf("the sign-in ends at %s with %d", at, status)
	}
}

// tryIn goes to a page that leads to the provider, chooses oneself there, and returns where that ended.
func (p person) tryIn(login, page string) (int, string) {
	p.t.Helper()
	response, err := p.client.Get(page)
	must(p.t, err)
	must(p.t, response.Body.Close())
	return p.choose(login, response)
}

// choose says who one is on the provider's page.
func (p person) choose(login string, page *http.Response) (int, string) {
	p.t.Helper()
	return p.ended(p.client.PostForm(page.Request.URL.String(), url.Values{"login": {login}}))
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
