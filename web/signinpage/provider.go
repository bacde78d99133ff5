package signinpage

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/oauth2"

	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

// ProviderConfig says which OpenID provider vouches for people.
type ProviderConfig struct{ Issuer, ClientID, ClientSecret string }

// keysLive is how long the provider's keys are trusted without asking again: go-oidc would keep a withdrawn key
// until an unknown one turns up.
const keysLive = time.Hour

// provider talks to the OpenID provider. It discovers lazily, so that the portal starts while the provider is away.
type provider struct {
	config   ProviderConfig
	redirect string
	client   *http.Client

	mu         sync.Mutex
	discovered *discovered
}

type discovered struct {
	at         time.Time
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	endSession string
}

func newProvider(config ProviderConfig, redirect string) *provider {
	return &provider{config: config, redirect: redirect, client: &http.Client{Timeout: 5 * time.Second}}
}

// discover returns what the provider says of itself, at most an hour old.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.discovered != nil && time.Since(p.discovered.at) < keysLive {
		return p.discovered, nil
	}
	// The key set outlives this request, so it must not hang on its context.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.config.Issuer)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "Der Anmeldedienst antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal.", err)
	}
	var meta struct {
		EndSession string `json:"end_session_endpoint"`
	}
	if err := found.Claims(&meta); err != nil {
		return nil, fmt.Errorf("read the provider's metadata: %w", err)
	}
	p.discovered = &discovered{
		at: time.Now(),
		oauth: oauth2.Config{
			ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, Endpoint: found.Endpoint(),
			RedirectURL: p.redirect, Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
		},
		verifier:   found.Verifier(&oidc.Config{ClientID: p.config.ClientID}),
		endSession: meta.EndSession,
	}
	return p.discovered, nil
}

// authorizeURL is where the browser goes to sign in.
func (p *provider) authorizeURL(ctx context.Context, a identity.Attempt) (string, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	return d.oauth.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), nil
}

var errUnproven = errors.New("the provider's answer does not prove who signed in")

// exchange turns the code of a callback into a person. go-oidc checks signature, issuer, audience and expiry; nonce,
// azp and at_hash are our duty.
func (p *provider) exchange(ctx context.Context, code string, a identity.Attempt) (identity.Person, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return identity.Person{}, err
	}
	token, err := d.oauth.Exchange(oidc.ClientContext(ctx, p.client), code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return identity.Person{}, fmt.Errorf("exchange the code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := d.verifier.Verify(oidc.ClientContext(ctx, p.client), raw)
	if err != nil {
		return identity.Person{}, fmt.Errorf("verify the id token: %w", err)
	}
	var claims struct {
		AuthorizedParty string `json:"azp"`
		Name            string `json:"name"`
		Email           string `json:"email"`
	}
	if err := idToken.Claims(&claims); err != nil {
		return identity.Person{}, fmt.Errorf("read the id token: %w", err)
	}
	switch {
	case idToken.Nonce != a.Nonce, idToken.Subject == "":
		return identity.Person{}, errUnproven
	case claims.AuthorizedParty != "" && claims.AuthorizedParty != p.config.ClientID:
		return identity.Person{}, errUnproven
	case idToken.AccessTokenHash != "" && idToken.VerifyAccessToken(token.AccessToken) != nil:
		return identity.Person{}, errUnproven
	}
	return identity.Person{Issuer: idToken.Issuer, Subject: idToken.Subject, Name: claims.Name, Email: claims.Email, IDToken: raw}, nil
}

// issued reports whether a token names the provider of today. A session may be older than the provider's address, and
// no provider takes another one's token as a hint.
func (p *provider) issued(token string) bool {
	parsed, err := jwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA})
	if err != nil {
		return false
	}
	var claims jwt.Claims
	return parsed.UnsafeClaimsWithoutVerification(&claims) == nil && claims.Issuer == p.config.Issuer
}

// endSessionURL is where the provider's own session ends; "" if it offers no such place or is away.
func (p *provider) endSessionURL(ctx context.Context, hint, back string) string {
	d, err := p.discover(ctx)
	if err != nil || d.endSession == "" {
		return ""
	}
	u, err := url.Parse(d.endSession)
	if err != nil {
		return ""
	}
	query := u.Query()
	query.Set("client_id", p.config.ClientID)
	query.Set("post_logout_redirect_uri", back)
	if p.issued(hint) {
		query.Set("id_token_hint", hint)
	}
	u.RawQuery = query.Encode()
	return u.String()
}
