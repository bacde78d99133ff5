package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/uuid"
)

// tells sends a logout token as a provider does: no browser, no Origin.
func (p *portal) tells(token string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, p.base+"/auth/backchannel-logout", strings.NewReader(url.Values{"logout_token": {token}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return w
}

// logoutToken makes an honest logout token, with some claims changed.
func (i *issuer) logoutToken(more map[string]any) string {
	claims := map[string]any{
		"jti": uuid.NewString(), "sub": "land", "events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}
	for k, v := range more {
		claims[k] = v
	}
	return i.signed(claims)
}

// inSession is a browser signed in within a session of the provider.
func (p *portal) inSession(t *testing.T, sid string) *browser {
	t.Helper()
	p.issuer.does(claiming("sid", sid))
	b := p.browser()
	if w := b.signIn(t, "/"); w.Code != http.StatusSeeOther {
		t.Fatalf("sign in: %d", w.Code)
	}
	return b
}

func TestTheProviderEndsSessions(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for name, c := range map[string]struct {
		claims    map[string]any
		one, both bool // whether the session named, and whether the person's other one ends
	}{
		"by session":            {map[string]any{"sid": "s1", "sub": nil}, true, false},
		"by session and person": {map[string]any{"sid": "s1"}, true, false},
		"by person":             {map[string]any{}, true, true},
		"of somebody else":      {map[string]any{"sub": "k16051"}, false, false},
		"of another session":    {map[string]any{"sid": "s3"}, false, false},
	} {
		one, two := p.inSession(t, "s1"), p.inSession(t, "s2")
		// the tombstones of cases before must not hit these sign-ins: they are of an earlier second
		w := p.tells(p.issuer.logoutToken(c.claims))
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %q", name, w.Code, w.Header().Get("Cache-Control"))
		}
		if one.isIn() == c.one || two.isIn() == c.both {
			t.Errorf("%s: the first session lives %v, the second %v", name, one.isIn(), two.isIn())
		}
		time.Sleep(1100 * time.Millisecond)
	}
}

func TestForgedLogoutsEndNothing(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b := p.inSession(t, "s1")
	stranger := newKey(t, "k1")
	used := p.issuer.logoutToken(map[string]any{"sid": "other"})
	if w := p.tells(used); w.Code != http.StatusOK {
		t.Fatalf("an honest logout: %d", w.Code)
	}
	p.issuer.does(forgery{})
	forged := map[string]string{
		"nothing":        "",
		"no token":       "x.y.z",
		"replayed":       used,
		"an id token":    p.issuer.signed(map[string]any{"sub": "land"}),
		"with a nonce":   p.issuer.logoutToken(map[string]any{"nonce": "n"}),
		"without jti":    p.issuer.logoutToken(map[string]any{"jti": nil}),
		"without events": p.issuer.logoutToken(map[string]any{"events": nil}),
		"of nobody":      p.issuer.logoutToken(map[string]any{"sub": nil}),
		"other issuer":   p.issuer.logoutToken(map[string]any{"iss": "https://evil.test"}),
		"other audience": p.issuer.logoutToken(map[string]any{"aud": "somebody"}),
		"expired":        p.issuer.logoutToken(map[string]any{"exp": seconds(-75)}),
		"without exp":    p.issuer.logoutToken(map[string]any{"exp": nil}),
		"of tomorrow":    p.issuer.logoutToken(map[string]any{"iat": seconds(75), "exp": seconds(90)}),
		"without iat":    p.issuer.logoutToken(map[string]any{"iat": nil}),
		"two megabytes":  p.issuer.logoutToken(map[string]any{"filler": strings.Repeat("x", 2<<20)}),
	}
	for name, sign := range map[string]func(*issuer, []byte) string{
		"strange key": func(_ *issuer, c []byte) string { return signWith(jose.RS256, stranger.Key, "k1", c) },
		"symmetric":   func(_ *issuer, c []byte) string { return signWith(jose.HS256, []byte(clientSecret), "k1", c) },
	} {
		p.issuer.does(signing(sign))
		forged[name] = p.issuer.logoutToken(nil)
	}
	p.issuer.does(forgery{})
	for name, token := range forged {
		if w := p.tells(token); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "invalid_request") || !b.isIn() {
			t.Errorf("%s: %d, the session lives %v", name, w.Code, b.isIn())
		}
	}
}

// TestALogoutOvertakesASignInUnderWay: the provider ends its session while the browser is on its way back.
func TestALogoutOvertakesASignInUnderWay(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	p.issuer.does(forgery{claims: map[string]any{"sid": "s1", "iat": seconds(-5)}})
	b := p.browser()
	q := b.begin(t, "/")
	if w := p.tells(p.issuer.logoutToken(map[string]any{"sid": "s1"})); w.Code != http.StatusOK {
		t.Fatalf("logout: %d", w.Code)
	}
	if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnauthorized || b.session() != "" {
		t.Errorf("a sign-in that the provider has ended: %d", w.Code)
	}
	if w := p.inSession(t, "s2"); !w.isIn() {
		t.Error("the next sign-in does not work")
	}
}

// TestALogoutIsNotRevivedByARequestInFlight: requests that began before it do not bring the session back.
func TestALogoutIsNotRevivedByARequestInFlight(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b := p.inSession(t, "s1")
	b.older(t, "seen_at", "5 minutes") // so that every request wants to note that the session is in use
	copied := map[string]string{"portal": b.session()}
	done := make(chan struct{})
	for range 8 {
		go func() {
			for range 20 {
				(&browser{p, map[string]string{"portal": copied["portal"]}}).get("/leistungen")
			}
			done <- struct{}{}
		}()
	}
	w := p.tells(p.issuer.logoutToken(map[string]any{"sid": "s1"}))
	for range 8 {
		<-done
	}
	if w.Code != http.StatusOK || b.isIn() {
		t.Errorf("logout: %d, the session lives %v", w.Code, b.isIn())
	}
}
