package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/web"
)

// browser is a client with cookies, as far as signing in needs one.
type browser struct {
	p       *portal
	cookies map[string]string
}

func (p *portal) browser() *browser { return &browser{p, map[string]string{}} }

func (b *browser) get(path string) *httptest.ResponseRecorder { return b.send(http.MethodGet, path) }

func (b *browser) send(method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, b.p.base+path, nil)
	if method == http.MethodPost {
		r.Header.Set("Origin", b.p.base)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.p.server.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

// session is the token of the browser's session, "" if it has none.
func (b *browser) session() string { return b.cookies["portal"] + b.cookies["__Host-portal"] }

// signIn goes the whole way of an honest sign-in.
func (b *browser) signIn(t *testing.T, next string) *httptest.ResponseRecorder {
	t.Helper()
	return b.get("/auth/callback?" + b.begin(t, next).Encode())
}

// begin starts a sign-in and returns the query of the callback that an honest provider would send.
func (b *browser) begin(t *testing.T, next string) url.Values {
	t.Helper()
	w := b.get("/login?weiter=" + url.QueryEscape(next))
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != http.StatusSeeOther || !strings.HasPrefix(to.String(), b.p.issuer.URL) {
		t.Errorf("/login: %d to %q", w.Code, w.Header().Get("Location"))
		return url.Values{}
	}
	q := to.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("state") == "" || q.Get("nonce") == "" {
		t.Errorf("the authorization request lacks PKCE, state or nonce: %v", q)
	}
	return b.p.issuer.authorize(q)
}

// signInPortal is a portal whose people are known at a provider that the test controls.
func signInPortal(t *testing.T) *portal {
	t.Helper()
	p := newPortal(t)
	dbtest.Admin[int](t, p.World, `WITH moved AS (UPDATE auth.person SET issuer = $1 WHERE subject = 'land' RETURNING 1) SELECT count(*) FROM moved`, p.issuer.URL)
	return p
}

// forging is the same portal anew, with a provider that forges something and settings of a case.
func (p *portal) forging(t *testing.T, c signInCase) *portal {
	t.Helper()
	p.issuer.does(c.forge)
	return p.again(t, func(config *web.Config) {
		if c.config != nil {
			c.config(&config.Provider)
		}
	})
}

// sessions counts those of the person whom the provider vouches for.
func (p *portal) sessions(t *testing.T) int {
	t.Helper()
	return dbtest.Admin[int](t, p.World, `SELECT count(*) FROM auth.session JOIN auth.membership USING (membership_id) JOIN auth.person USING (person_id) WHERE issuer = $1`, p.issuer.URL)
}

func TestSignInOpensASessionOnce(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b, thief := p.browser(), p.browser()
	q := b.begin(t, "/leistungen?suche=wohngeld")
	if w := thief.get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnprocessableEntity || thief.session() != "" {
		t.Errorf("a callback in another browser: %d", w.Code)
	}
	w := b.get("/auth/callback?" + q.Encode())
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/leistungen?suche=wohngeld" || b.session() == "" {
		t.Fatalf("callback: %d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := b.get("/leistungen"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Anna Ahlendorf") {
		t.Errorf("after signing in: %d", w.Code)
	}
	if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("the same callback twice: %d", w.Code)
	}
}

// TestSeveralTabsSignInAtOnce: a browser that opens its tabs in the morning begins a sign-in in each.
func TestSeveralTabsSignInAtOnce(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b, idle := p.browser(), p.browser()
	first, second := b.begin(t, "/leistungen"), b.begin(t, "/kommunen")
	for path, q := range map[string]url.Values{"/leistungen": first, "/kommunen": second} {
		if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
			t.Errorf("the tab that wanted %s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	for range 30 {
		idle.begin(t, "/")
	}
	if len(idle.cookies) > 10 {
		t.Errorf("a browser that never finishes a sign-in carries %d cookies", len(idle.cookies))
	}
}

func TestSignInLeadsOnlyToOwnPages(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	spellings := []string{
		"https://evil.test", "//evil.test", "/\\evil.test", "\\\\evil.test", "/%09/evil.test", "javascript:alert(1)", "http:evil.test", "evil.test",
		"/\t/evil.test", "///evil.test", "//evil.test/%2f..", "https:/evil.test", "/login", "", "@evil.test", "data:text/html,x", "/\r\nSet-Cookie:x", "?weiter=x",
		"HTTPS://EVIL.TEST", "/%5cevil.test", "/%2f%2fevil.test", "//portal.test@evil.test", "/;@evil.test", "/.//evil.test", "/..//evil.test", "/\u2044/evil.test",
	}
	for _, next := range spellings {
		w := p.browser().signIn(t, next)
		to := w.Header().Get("Location")
		base, _ := url.Parse("http://portal.test/auth/callback")
		u, err := base.Parse(to)
		if w.Code != http.StatusSeeOther || err != nil || u.Host != "portal.test" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(u.Path, "//") || strings.Contains(to, "\\") {
			t.Errorf("weiter=%q leads to %q (%d)", next, to, w.Code)
		}
	}
	long := "/leistungen?q=" + strings.Repeat("x", 3000)
	if to := p.browser().signIn(t, long).Header().Get("Location"); to != "/" {
		t.Errorf("%d characters of what a stranger sent are kept", len(to))
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b, other := p.browser(), p.browser()
	b.signIn(t, "/")
	other.signIn(t, "/")
	dbtest.Admin[int](t, p.World, `WITH old AS (UPDATE auth.session SET id_token = $1 WHERE token_hash = $2 RETURNING 1) SELECT count(*)::int FROM old`,
		p.issuer.signed(map[string]any{"iss": "https://moved.test", "sub": "land"}), []byte(identity.Hash(other.session())))
	if w := other.send(http.MethodPost, "/abmelden"); strings.Contains(w.Header().Get("Location"), "id_token_hint") {
		t.Errorf("the hint of another issuer goes to the provider: %q", w.Header().Get("Location"))
	}
	copied := &browser{p, map[string]string{"portal": b.session()}}
	w := b.send(http.MethodPost, "/abmelden")
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(to, p.issuer.URL+"/end?") || !strings.Contains(to, "id_token_hint=") {
		t.Errorf("sign out: %d to %q", w.Code, to)
	}
	if w := copied.get("/leistungen"); w.Code != http.StatusSeeOther {
		t.Errorf("a copied cookie after sign-out: %d", w.Code)
	}
}

func TestTheProviderMayEndSessionsOnAnotherHost(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	p.issuer.does(forgery{meta: map[string]any{"end_session_endpoint": "https://abmelden.test/ende"}})
	b := p.browser()
	b.signIn(t, "/")
	w := b.send(http.MethodPost, "/abmelden")
	if to := w.Header().Get("Refresh"); w.Code != http.StatusOK || !strings.HasPrefix(to, "0; url=https://abmelden.test/ende?") || w.Header().Get("Location") != "" {
		t.Errorf("sign out: %d to %q", w.Code, to)
	}
	if !strings.Contains(w.Body.String(), `href="https://abmelden.test/ende?`) {
		t.Error("without Refresh there is no way on")
	}
}

func TestCrossSiteFormsChangeNothing(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for name, header := range map[string][2]string{
		"foreign origin": {"Origin", "https://evil.test"}, "null origin": {"Origin", "null"}, "cross-site fetch": {"Sec-Fetch-Site", "cross-site"},
		"sibling site": {"Sec-Fetch-Site", "same-site"},
	} {
		for _, route := range p.server.Routes() {
			if route.Method != http.MethodPost {
				continue
			}
			r := httptest.NewRequest(http.MethodPost, "http://portal.test"+route.Pattern, strings.NewReader("version=1"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			r.AddCookie(&http.Cookie{Name: "portal", Value: p.token(t, "land")})
			w := httptest.NewRecorder()
			p.server.ServeHTTP(w, r)
			if w.Code != http.StatusForbidden {
				t.Errorf("%s, POST %s: %d, want 403", name, route.Pattern, w.Code)
			}
		}
	}
}
