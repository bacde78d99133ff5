package signinpage

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"rollinportal/internal/identity"
)

// saying is a provider that says of itself what a test wants, and counts how often it is asked.
func saying(t *testing.T, more map[string]any) (issuer string, asked *atomic.Int64) {
	t.Helper()
	asked = &atomic.Int64{}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		said := map[string]any{"issuer": server.URL, "authorization_endpoint": server.URL + "/a", "token_endpoint": server.URL + "/t", "jwks_uri": server.URL + "/k"}
		for name, value := range more {
			said[name] = value
		}
		_ = json.NewEncoder(w).Encode(said)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

// TestWhoSaysNothingOfPKCEMayKnowIt: only a provider that names its methods, and S256 is not among them, is refused.
func TestWhoSaysNothingOfPKCEMayKnowIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		methods any
		fits    bool
	}{"nothing": {nil, true}, "none": {[]string{}, true}, "plain": {[]string{"plain"}, false}, "both": {[]string{"plain", "S256"}, true}} {
		issuer, _ := saying(t, map[string]any{"code_challenge_methods_supported": c.methods})
		if _, err := newProvider(ProviderConfig{Issuer: issuer}, "").discover(t.Context()); (err == nil) != c.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheProviderIsAskedAgainAfterAnHour(t *testing.T) {
	t.Parallel()
	issuer, asked := saying(t, nil)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	p := newProvider(ProviderConfig{Issuer: issuer, Now: func() time.Time { return now }}, "")
	for _, c := range []struct {
		after time.Duration
		want  int64
	}{{0, 1}, {time.Hour - time.Second, 1}, {time.Second, 2}, {0, 2}} {
		now = now.Add(c.after)
		if _, err := p.discover(t.Context()); err != nil || asked.Load() != c.want {
			t.Errorf("at %s: asked %d times, want %d (%v)", now.Format(time.TimeOnly), asked.Load(), c.want, err)
		}
	}
}

// TestTheBrowserCarriesWhatIsAskedBeyondTheProtocol: and nothing of it where nothing is asked.
func TestTheBrowserCarriesWhatIsAskedBeyondTheProtocol(t *testing.T) {
	t.Parallel()
	issuer, _ := saying(t, nil)
	for name, c := range map[string]struct {
		config      ProviderConfig
		acr, maxAge string
	}{
		"nothing":  {ProviderConfig{}, "", ""},
		"a level":  {ProviderConfig{ACR: "hoch"}, "hoch", ""},
		"a second": {ProviderConfig{MaxAge: time.Second}, "", "1"},
	} {
		c.config.Issuer = issuer
		target, err := newProvider(c.config, "https://portal.example/auth/callback").authorizeURL(t.Context(), identity.Attempt{State: "s", Nonce: "n", Verifier: "v"})
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(target)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if q.Get("acr_values") != c.acr || q.Get("max_age") != c.maxAge || q.Has("max_age") != (c.maxAge != "") || q.Get("nonce") != "n" || q.Get("state") != "s" || q.Get("code_challenge_method") != "S256" || q.Get("scope") != "openid profile email" {
			t.Errorf("%s: %s", name, target)
		}
	}
}

// TestSigningOutThereIsOfferedWhereItIsKnown: without a place, or with a provider that is away, the portal's own session ends alone.
func TestSigningOutThereIsOfferedWhereItIsKnown(t *testing.T) {
	t.Parallel()
	with, _ := saying(t, map[string]any{"end_session_endpoint": "https://idp.example/aus?x=1"})
	without, _ := saying(t, nil)
	for name, c := range map[string]struct{ issuer, want string }{
		"a place":  {with, "https://idp.example/aus?client_id=portal&post_logout_redirect_uri=https%3A%2F%2Fportal.example%2Faus&x=1"},
		"no place": {without, ""},
		"away":     {"http://127.0.0.1:1", ""},
	} {
		if got := newProvider(ProviderConfig{Issuer: c.issuer, ClientID: "portal"}, "").endSessionURL(t.Context(), "no token", "https://portal.example/aus"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
