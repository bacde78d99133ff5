package signinpage

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

// TestATokenIsDoubtedBeyondItsLimitsOnly holds each limit from both sides: a minute between the clocks, ten minutes for a
// sign-in, and what the portal asks of the provider.
func TestATokenIsDoubtedBeyondItsLimitsOnly(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	config := ProviderConfig{ClientID: "portal", ACR: "hoch", MaxAge: time.Hour}
	for name, c := range map[string]struct {
		change func(token *oidc.IDToken, c *claims)
		doubt  string // "" for none
	}{
		"as it should be":        {func(*oidc.IDToken, *claims) {}, ""},
		"longest subject":        {func(k *oidc.IDToken, _ *claims) { k.Subject = strings.Repeat("x", 255) }, ""},
		"longer subject":         {func(k *oidc.IDToken, _ *claims) { k.Subject = strings.Repeat("x", 256) }, "sub"},
		"no subject":             {func(k *oidc.IDToken, _ *claims) { k.Subject = "" }, "sub"},
		"no nonce":               {func(k *oidc.IDToken, _ *claims) { k.Nonce = "" }, "nonce"},
		"another nonce":          {func(k *oidc.IDToken, _ *claims) { k.Nonce = "andere" }, "nonce"},
		"two audiences":          {func(k *oidc.IDToken, _ *claims) { k.Audience = []string{"portal", "b"} }, "azp"},
		"two audiences, for us":  {func(k *oidc.IDToken, c *claims) { k.Audience, c.AuthorizedParty = []string{"portal", "b"}, "portal" }, ""},
		"for somebody else":      {func(_ *oidc.IDToken, c *claims) { c.AuthorizedParty = "b" }, "azp"},
		"no time":                {func(k *oidc.IDToken, _ *claims) { k.IssuedAt = time.Time{} }, "iat"},
		"issued in a minute":     {func(k *oidc.IDToken, _ *claims) { k.IssuedAt = now.Add(time.Minute) }, ""},
		"issued later":           {func(k *oidc.IDToken, _ *claims) { k.IssuedAt = now.Add(61 * time.Second) }, "iat"},
		"issued 11 minutes ago":  {func(k *oidc.IDToken, _ *claims) { k.IssuedAt = now.Add(-11 * time.Minute) }, ""},
		"issued before":          {func(k *oidc.IDToken, _ *claims) { k.IssuedAt = now.Add(-11*time.Minute - time.Second) }, "iat"},
		"valid in a minute":      {func(_ *oidc.IDToken, c *claims) { c.NotBefore = now.Add(time.Minute).Unix() }, ""},
		"valid later":            {func(_ *oidc.IDToken, c *claims) { c.NotBefore = now.Add(61 * time.Second).Unix() }, "nbf"},
		"weaker proof":           {func(_ *oidc.IDToken, c *claims) { c.ACR = "niedrig" }, "acr"},
		"proven an hour ago":     {func(_ *oidc.IDToken, c *claims) { c.AuthTime = now.Add(-61 * time.Minute).Unix() }, ""},
		"proven long ago":        {func(_ *oidc.IDToken, c *claims) { c.AuthTime = now.Add(-61*time.Minute - time.Second).Unix() }, "auth_time"},
		"proven in a minute":     {func(_ *oidc.IDToken, c *claims) { c.AuthTime = now.Add(time.Minute).Unix() }, ""},
		"proven later":           {func(_ *oidc.IDToken, c *claims) { c.AuthTime = now.Add(61 * time.Second).Unix() }, "auth_time"},
		"another's access token": {func(k *oidc.IDToken, _ *claims) { k.AccessTokenHash = "x" }, "at_hash"},
	} {
		token := &oidc.IDToken{Subject: "anna", Nonce: "nonce", Audience: []string{"portal"}, IssuedAt: now}
		said := claims{ACR: "hoch", AuthTime: now.Unix()}
		c.change(token, &said)
		p := newProvider(config, "")
		p.now = func() time.Time { return now }
		err := p.doubt(token, said, identity.Attempt{Nonce: "nonce"}, "access")
		if c.doubt == "" && err != nil || c.doubt != "" && (err == nil || !strings.Contains(err.Error(), ": "+c.doubt)) {
			t.Errorf("%s: doubt is %v, want %q", name, err, c.doubt)
		}
	}
	anyTime := newProvider(ProviderConfig{ClientID: "portal"}, "")
	anyTime.now = func() time.Time { return now }
	if err := anyTime.doubt(&oidc.IDToken{Subject: "anna", Nonce: "n", Audience: []string{"portal"}, IssuedAt: now}, claims{}, identity.Attempt{Nonce: "n"}, ""); err != nil {
		t.Errorf("a portal that asks for nothing beyond the protocol: %v", err)
	}
}

// TestAProviderThatFailsIsAwayAndARefusalIsNone: people read "in a minute" only where waiting helps.
func TestAProviderThatFailsIsAwayAndARefusalIsNone(t *testing.T) {
	t.Parallel()
	answered := func(status int) error {
		return fmt.Errorf("exchange the code: %w", &oauth2.RetrieveError{Response: &http.Response{StatusCode: status}})
	}
	for name, c := range map[string]struct {
		err  error
		away bool
	}{
		"no line": {&url.Error{Op: "Post", URL: "https://idp.example", Err: errors.New("refused")}, true},
		"500":     {answered(500), true}, "503": {answered(503), true}, "499": {answered(499), false}, "400": {answered(400), false},
		"nonsense": {errors.New("no signature"), false},
	} {
		if got := fault.KindOf(newProvider(ProviderConfig{}, "").unanswered(c.err)) == fault.Unavailable; got != c.away {
			t.Errorf("%s: away is %t, want %t", name, got, c.away)
		}
	}
}

// TestWhoIsKnownByNameAndAddressIsNotAskedFor: the second question to the provider is asked only where the token leaves
// something open, and the provider answers it.
func TestWhoIsKnownByNameAndAddressIsNotAskedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said  claims
		place string
		asks  bool
	}{
		"both":            {claims{Name: "Anna", Email: "anna@kreis.example"}, "https://idp.example/me", false},
		"no address":      {claims{Name: "Anna"}, "https://idp.example/me", true},
		"no name":         {claims{Email: "anna@kreis.example"}, "https://idp.example/me", true},
		"nowhere to ask":  {claims{}, "", false},
		"all, and no one": {claims{Name: "Anna", Email: "anna@kreis.example"}, "", false},
	} {
		d := &discovered{provider: &oidc.Provider{}, meta: metadata{UserInfo: c.place}} // a provider without a place to ask at says so
		if err := d.complete(context.Background(), &oauth2.Token{}, "anna", &c.said, map[string]any{}); (err != nil) != c.asks {
			t.Errorf("%s: %v, want to be asked: %t", name, err, c.asks)
		}
	}
}
