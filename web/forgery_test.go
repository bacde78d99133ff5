package web_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"rollinportal/internal/dbtest"
	"rollinportal/web/signinpage"
)

// signInCase is an answer of a provider, as the conformance tests of the OpenID Foundation know them, and some more.
type signInCase struct {
	name   string
	forge  forgery
	query  url.Values // changed in the callback's address; no value removes
	config func(*signinpage.ProviderConfig)
}

func seconds(s int) int64 { return time.Now().Add(time.Duration(s) * time.Second).Unix() }

func claiming(claim string, value any) forgery { return forgery{claims: map[string]any{claim: value}} }

func signing(f func(i *issuer, claims []byte) string) forgery { return forgery{sign: f} }

func forgeries(t *testing.T) []signInCase {
	stranger := newKey(t, "k1")
	strict := func(c *signinpage.ProviderConfig) { c.ACR, c.MaxAge = "hoch", time.Hour }
	strictly := func(acr, authTime any) forgery {
		return forgery{claims: map[string]any{"acr": acr, "auth_time": authTime}}
	}
	return []signInCase{
		{name: "invalid-iss", forge: claiming("iss", "https://evil.test")},
		{name: "invalid-aud", forge: claiming("aud", "somebody")},
		{name: "missing-aud", forge: claiming("aud", nil)},
		{name: "missing-sub", forge: claiming("sub", nil)},
		{name: "missing-iat", forge: claiming("iat", nil)},
		{name: "iat in the future", forge: claiming("iat", seconds(75))},
		{name: "iat long ago", forge: claiming("iat", seconds(-700))},
		{name: "expired", forge: claiming("exp", seconds(-75))},
		{name: "missing-exp", forge: claiming("exp", nil)},
		{name: "nbf in the future", forge: claiming("nbf", seconds(75))},
		{name: "nonce-invalid", forge: claiming("nonce", "x")},
		{name: "missing nonce", forge: claiming("nonce", nil)},
		{name: "azp of somebody", forge: claiming("azp", "somebody")},
		{name: "several aud without azp", forge: claiming("aud", []string{"portal", "somebody"})},
		{name: "wrong at_hash", forge: claiming("at_hash", "x")},
		{name: "acr too low", config: strict, forge: strictly("niedrig", seconds(-10))},
		{name: "missing acr", config: strict, forge: strictly(nil, seconds(-10))},
		{name: "auth_time too long ago", config: strict, forge: strictly("hoch", seconds(-3700))},
		{name: "missing auth_time", config: strict, forge: strictly("hoch", nil)},
		{name: "auth_time in the future", forge: claiming("auth_time", seconds(600))},
		{name: "kid unknown", forge: signing(func(i *issuer, c []byte) string { return signWith(jose.RS256, i.keys[0].Key, "k2", c) })},
		{name: "invalid-sig-rs256", forge: signing(func(_ *issuer, c []byte) string { return signWith(jose.RS256, stranger.Key, "k1", c) })},
		{name: "invalid-sig-rs256, no kid", forge: signing(func(_ *issuer, c []byte) string { return signWith(jose.RS256, stranger.Key, "", c) })},
		{name: "signature cut off", forge: signing(func(i *issuer, c []byte) string {
			token := signWith(jose.RS256, i.keys[0].Key, "k1", c)
			return token[:strings.LastIndex(token, ".")+1]
		})},
		{name: "claims changed after signing", forge: signing(func(i *issuer, c []byte) string {
			parts := strings.Split(signWith(jose.RS256, i.keys[0].Key, "k1", c), ".")
			parts[1] = base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(c), `"land"`, `"betreiber"`, 1)))
			return strings.Join(parts, ".")
		})},
		{name: "idtoken-sig-none", forge: signing(func(_ *issuer, c []byte) string {
			return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","kid":"k1"}`)) + "." + base64.RawURLEncoding.EncodeToString(c) + "."
		})},
		{name: "sig-hs256 with the client's secret", forge: signing(func(_ *issuer, c []byte) string { return signWith(jose.HS256, []byte(clientSecret), "k1", c) })},
		{name: "sig-hs256 with the public key", forge: signing(func(i *issuer, c []byte) string { return signWith(jose.HS256, publicPEM(i.keys[0]), "k1", c) })},
		{name: "no id token", forge: signing(func(*issuer, []byte) string { return "" })},
		{name: "a zero character", forge: claiming("name", "Anna\x00")},
		{name: "a token of two megabytes", forge: claiming("filler", strings.Repeat("x", 2<<20))},
		{name: "userinfo-invalid-sub", forge: forgery{info: map[string]any{"sub": "betreiber", "email": "x@y.example"}}},
		{name: "state of nobody", query: url.Values{"state": {strings.Repeat("A", 52)}}},
		{name: "no state", query: url.Values{"state": {}}},
		{name: "two states", query: url.Values{"state": {"a", "b"}}},
		{name: "two codes", query: url.Values{"code": {"a", "b"}}},
		{name: "iss of another provider", query: url.Values{"iss": {"https://evil.test"}}},
		{name: "iss missing though announced", forge: forgery{meta: map[string]any{"authorization_response_iss_parameter_supported": true}}, query: url.Values{"iss": {}}},
		{name: "error of the provider", query: url.Values{"error": {"access_denied"}}},
		{name: "wrong code", query: url.Values{"code": {"x"}}},
		{name: "no code", query: url.Values{"code": {}}},
		{name: "unknown person", forge: claiming("sub", "nobody")},
		{name: "the import's own person", forge: claiming("sub", "import-thueringen")},
	}
}

// TestSignInRefusesForgedAnswers: none of them opens a session, and none is a fault of ours.
func TestSignInRefusesForgedAnswers(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	cases, before := forgeries(t), p.sessions(t)
	for _, c := range cases {
		b := p.forging(t, c).browser()
		q := b.begin(t, "/")
		for key, values := range c.query {
			q[key] = values
		}
		w := b.get("/auth/callback?" + q.Encode())
		if n := p.sessions(t); n != before || b.session() != "" || w.Code < 400 || w.Code >= 500 {
			t.Errorf("%s: %d with %d new sessions, cookie %v", c.name, w.Code, n-before, b.session() != "")
		}
	}
	if len(cases) < 25 {
		t.Errorf("only %d cases", len(cases))
	}
	t.Logf("%d forged answers refused", len(cases))
}

// TestAStateIsComparedToItsEnd: the cookie of a sign-in is found by the first letters of its state.
func TestAStateIsComparedToItsEnd(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	before := p.sessions(t)
	b := p.forging(t, signInCase{}).browser()
	q := b.begin(t, "/")
	q.Set("state", q.Get("state")[:8]+strings.Repeat("A", 44))
	if w := b.get("/auth/callback?" + q.Encode()); p.sessions(t) != before || b.session() != "" || w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d with %d new sessions", w.Code, p.sessions(t)-before)
	}
}

// TestSignInTakesWhatTheStandardAllows holds the refusals above against answers that differ as little as possible.
func TestSignInTakesWhatTheStandardAllows(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	announced := forgery{meta: map[string]any{"authorization_response_iss_parameter_supported": true}}
	for _, c := range []signInCase{
		{name: "honest"},
		{name: "a clock 50 seconds ahead", forge: forgery{claims: map[string]any{"iat": seconds(50), "nbf": seconds(50), "auth_time": seconds(50)}}},
		{name: "a clock 50 seconds behind", forge: claiming("exp", seconds(-50))},
		{name: "several aud with azp", forge: forgery{claims: map[string]any{"aud": []string{"portal", "somebody"}, "azp": "portal"}}},
		{name: "kid-absent-single-jwks", forge: signing(func(i *issuer, c []byte) string { return signWith(jose.RS256, i.keys[0].Key, "", c) })},
		{name: "RSA with probabilistic padding", forge: signing(func(i *issuer, c []byte) string { return signWith(jose.PS256, i.keys[0].Key, "", c) })},
		{name: "iss missing and not announced", query: url.Values{"iss": {}}},
		{name: "iss announced and there", forge: announced},
		{name: "what a provider adds", query: url.Values{"session_state": {"x"}}},
		{name: "acr and auth_time as asked", config: func(c *signinpage.ProviderConfig) { c.ACR, c.MaxAge = "hoch", time.Hour }, forge: forgery{claims: map[string]any{"acr": "hoch", "auth_time": seconds(-3000)}}},
		{name: "name and address from userinfo", forge: forgery{claims: map[string]any{"name": nil}, info: map[string]any{"sub": "land", "name": "Anna Neu", "email": "neu@tmdi.example"}}},
	} {
		b := p.forging(t, c).browser()
		q := b.begin(t, "/leistungen")
		for key, values := range c.query {
			q[key] = values
		}
		if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusSeeOther || b.session() == "" {
			t.Errorf("%s: %d", c.name, w.Code)
		}
	}
	if got := dbtest.Admin[string](t, p.World, `SELECT name || ' ' || email FROM auth.person WHERE subject = 'land'`); got != "Anna Neu neu@tmdi.example" {
		t.Errorf("after the sign-in with userinfo, the person is %q", got)
	}
}

// TestACodeOfAnotherSignInIsRefused: with PKCE and nonce, a stolen code is worth nothing in another browser's sign-in.
func TestACodeOfAnotherSignInIsRefused(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	victim, thief := p.browser(), p.browser()
	stolen := victim.begin(t, "/")
	own := thief.begin(t, "/")
	own.Set("code", stolen.Get("code"))
	if w := thief.get("/auth/callback?" + own.Encode()); w.Code != http.StatusUnprocessableEntity || thief.session() != "" {
		t.Errorf("a stolen code: %d", w.Code)
	}
}

func TestADiscoveryThatNamesAnotherIssuerIsRefused(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for name, f := range map[string]forgery{
		"discovery-issuer-mismatch": {meta: map[string]any{"issuer": "https://evil.test"}},
		"no PKCE with S256":         {meta: map[string]any{"code_challenge_methods_supported": []string{"plain"}}},
	} {
		b := p.forging(t, signInCase{forge: f}).browser()
		if w := b.get("/login"); w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: %d to %q", name, w.Code, w.Header().Get("Location"))
		}
	}
}
