package web_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
)

// browser is a client with cookies, as far as signing in needs one.
type browser struct {
	p       *portal
	cookies map[string]string
}

func (b *browser) get(path string) *httptest.ResponseRecorder { return b.send(http.MethodGet, path) }

func (b *browser) send(method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://portal.test"+path, nil)
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://portal.test")
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

// signInPortal is a portal whose people are known at a provider that the test controls.
func signInPortal(t *testing.T) (*portal, *issuer) {
	t.Helper()
	p := newPortal(t)
	dbtest.Admin[int](t, p.World, `WITH moved AS (UPDATE auth.person SET issuer = $1 WHERE subject = 'land' RETURNING 1) SELECT count(*) FROM moved`, p.issuer.URL)
	return p, p.issuer
}

// begin starts a sign-in and returns the query of the callback that an honest provider would send.
func begin(t *testing.T, b *browser, i *issuer, next string) url.Values {
	t.Helper()
	w := b.get("/login?weiter=" + url.QueryEscape(next))
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != http.StatusSeeOther || !strings.HasPrefix(to.String(), i.URL) {
		t.Fatalf("/login: %d to %q", w.Code, w.Header().Get("Location"))
	}
	q := to.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("state") == "" || q.Get("nonce") == "" {
		t.Fatalf("the authorization request lacks PKCE, state or nonce: %v", q)
	}
	i.nonce = q.Get("nonce")
	return url.Values{"code": {"code"}, "state": {q.Get("state")}, "iss": {i.URL}}
}

func TestSignInOpensASessionOnce(t *testing.T) {
	t.Parallel()
	p, i := signInPortal(t)
	b := &browser{p, map[string]string{}}
	q := begin(t, b, i, "/leistungen?suche=wohngeld")
	thief := &browser{p, map[string]string{}}
	if w := thief.get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnprocessableEntity || thief.cookies["portal"] != "" {
		t.Errorf("a callback in another browser: %d", w.Code)
	}
	w := b.get("/auth/callback?" + q.Encode())
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/leistungen?suche=wohngeld" || b.cookies["portal"] == "" {
		t.Fatalf("callback: %d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := b.get("/leistungen"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Anna Ahlendorf") {
		t.Errorf("after signing in: %d", w.Code)
	}
	if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("the same callback twice: %d", w.Code)
	}
}

func TestSignInRefusesForgedAnswers(t *testing.T) {
	t.Parallel()
	p, i := signInPortal(t)
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	for name, c := range map[string]struct {
		claims map[string]any
		query  url.Values
		sign   *rsa.PrivateKey
		alg    jose.SignatureAlgorithm
	}{
		"other issuer":         {claims: map[string]any{"iss": "https://evil.test"}},
		"other audience":       {claims: map[string]any{"aud": "somebody"}},
		"no subject":           {claims: map[string]any{"sub": nil}},
		"other nonce":          {claims: map[string]any{"nonce": "x"}},
		"no nonce":             {claims: map[string]any{"nonce": nil}},
		"expired":              {claims: map[string]any{"exp": 1}},
		"other party":          {claims: map[string]any{"azp": "somebody"}},
		"wrong at_hash":        {claims: map[string]any{"at_hash": "x"}},
		"strange key":          {sign: stranger},
		"symmetric signature":  {alg: jose.HS256},
		"wrong state":          {query: url.Values{"state": {"x"}}},
		"no state":             {query: url.Values{"state": {""}}},
		"mixed-up issuer":      {query: url.Values{"iss": {"https://evil.test"}}},
		"error of provider":    {query: url.Values{"error": {"access_denied"}}},
		"wrong code":           {query: url.Values{"code": {"x"}}},
		"unknown person":       {claims: map[string]any{"sub": "nobody"}},
		"import's own subject": {claims: map[string]any{"sub": "import-thueringen"}},
	} {
		i.forge, i.sign, i.alg = c.claims, i.key, jose.RS256
		if c.sign != nil {
			i.sign = c.sign
		}
		if c.alg != "" {
			i.alg = c.alg
		}
		b := &browser{p, map[string]string{}}
		q := begin(t, b, i, "/")
		for key, value := range c.query {
			q[key] = value
		}
		w := b.get("/auth/callback?" + q.Encode())
		if b.cookies["portal"] != "" || w.Code < 400 || w.Code >= 500 {
			t.Errorf("%s: %d, session %v", name, w.Code, b.cookies["portal"] != "")
		}
	}
}

func TestSignInLeadsOnlyToOwnPages(t *testing.T) {
	t.Parallel()
	p, i := signInPortal(t)
	for _, next := range []string{
		"https://evil.test", "//evil.test", "/\\evil.test", "\\\\evil.test", "/%09/evil.test", "javascript:alert(1)", "http:evil.test", "evil.test",
		"/\t/evil.test", "///evil.test", "//evil.test/%2f..", "https:/evil.test", "/login", "", "@evil.test", "data:text/html,x", "/\r\nSet-Cookie:x", "?weiter=x",
	} {
		b := &browser{p, map[string]string{}}
		q := begin(t, b, i, next)
		w := b.get("/auth/callback?" + q.Encode())
		to := w.Header().Get("Location")
		if u, err := url.Parse(to); w.Code != http.StatusSeeOther || err != nil || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
			t.Errorf("weiter=%q leads to %q (%d)", next, to, w.Code)
		}
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	t.Parallel()
	p, i := signInPortal(t)
	b := &browser{p, map[string]string{}}
	b.get("/auth/callback?" + begin(t, b, i, "/").Encode())
	other := &browser{p, map[string]string{}}
	other.get("/auth/callback?" + begin(t, other, i, "/").Encode())
	dbtest.Admin[int](t, p.World, `WITH old AS (UPDATE auth.session SET id_token = $1 WHERE token_hash = $2 RETURNING 1) SELECT count(*)::int FROM old`,
		i.signed(map[string]any{"iss": "https://moved.test", "sub": "land"}), []byte(identity.Hash(other.cookies["portal"])))
	if w := other.send(http.MethodPost, "/abmelden"); strings.Contains(w.Header().Get("Location"), "id_token_hint") {
		t.Errorf("the hint of another issuer goes to the provider: %q", w.Header().Get("Location"))
	}
	copied := &browser{p, map[string]string{"portal": b.cookies["portal"]}}
	w := b.send(http.MethodPost, "/abmelden")
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(to, i.URL+"/end?") || !strings.Contains(to, "id_token_hint=") {
		t.Errorf("sign out: %d to %q", w.Code, to)
	}
	if w := copied.get("/leistungen"); w.Code != http.StatusSeeOther {
		t.Errorf("a copied cookie after sign-out: %d", w.Code)
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
