package signinpage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/oauth2"

	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

// skew is how far the provider's clock may be from ours.
const skew = time.Minute

// longest is how long a sign-in may take: then its attempt is forgotten, too.
const longest = 10 * time.Minute

// signatures are the kinds of signature we take, whatever the provider offers: none that we could make ourselves from
// the client's secret, and never none.
var signatures = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}

// claims are what the provider says of a person, as far as the protocol knows it.
type claims struct {
	AuthorizedParty string `json:"azp"`
	Session         string `json:"sid"`
	ACR             string `json:"acr"`
	AuthTime        int64  `json:"auth_time"`
	NotBefore       int64  `json:"nbf"`
	Name            string `json:"name"`
	Email           string `json:"email"`
	Verified        *bool  `json:"email_verified"`
}

// exchange turns the code of a callback into a person.
func (p *provider) exchange(ctx context.Context, code string, a identity.Attempt) (identity.Person, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return identity.Person{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := d.redeem(ctx, code, a.Verifier, p.config.NextSecret)
	if err != nil {
		return identity.Person{}, p.unanswered(fmt.Errorf("exchange the code: %w", err))
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := d.verifier.Verify(ctx, raw)
	if expired, yes := errors.AsType[*oidc.TokenExpiredError](err); yes {
		return identity.Person{}, p.apart("exp", expired.Expiry)
	}
	if err != nil {
		return identity.Person{}, p.unanswered(fmt.Errorf("verify the id token: %w", err))
	}
	var c claims
	if err := idToken.Claims(&c); err != nil {
		return identity.Person{}, fmt.Errorf("read the id token: %w", err)
	}
	if err := p.doubt(idToken, c, a, token.AccessToken); err != nil {
		return identity.Person{}, err
	}
	said := map[string]any{}
	if err := idToken.Claims(&said); err != nil {
		return identity.Person{}, fmt.Errorf("read the id token: %w", err)
	}
	if err := d.complete(ctx, token, idToken.Subject, &c, said); err != nil {
		return identity.Person{}, p.unanswered(err)
	}
	all, err := json.Marshal(said)
	if err != nil {
		return identity.Person{}, fmt.Errorf("encode the claims: %w", err)
	}
	if bytes.Contains(all, []byte(`\u0000`)) {
		return identity.Person{}, fmt.Errorf("%w: a zero character", errUnproven) // the database cannot hold it
	}
	return identity.Person{
		Issuer: idToken.Issuer, Subject: idToken.Subject, Name: c.Name, Email: c.Email, IDToken: raw,
		Session: c.Session, IssuedAt: idToken.IssuedAt, Claims: all, Unverified: c.Verified != nil && !*c.Verified,
	}, nil
}

// redeem shows the provider the code. Where it does not take the client's secret any more, the next one is shown: so a secret is
// changed at the provider while people sign in.
func (d *discovered) redeem(ctx context.Context, code, verifier, next string) (*oauth2.Token, error) {
	token, err := d.oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	refusal, refused := errors.AsType[*oauth2.RetrieveError](err)
	if next == "" || !refused || refusal.ErrorCode != "invalid_client" && refusal.Response.StatusCode != http.StatusUnauthorized {
		return token, err
	}
	then := oauth2.Config{ClientID: d.oauth.ClientID, ClientSecret: next, Endpoint: d.oauth.Endpoint, RedirectURL: d.oauth.RedirectURL}
	return then.Exchange(ctx, code, oauth2.VerifierOption(verifier))
}

// unanswered tells a provider that is away or fails from an answer that does not prove anything.
func (p *provider) unanswered(err error) error {
	_, lost := errors.AsType[*url.Error](err)
	refusal, refused := errors.AsType[*oauth2.RetrieveError](err)
	if lost || refused && refusal.Response.StatusCode >= 500 {
		return away(err)
	}
	return err
}

// complete asks the provider for name and address if the id token does not carry them: many providers say them only
// there. It must speak of the same person.
func (d *discovered) complete(ctx context.Context, token *oauth2.Token, subject string, c *claims, said map[string]any) error {
	if c.Name != "" && c.Email != "" || d.meta.UserInfo == "" {
		return nil
	}
	info, err := d.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return fmt.Errorf("ask for name and address: %w", err)
	}
	if info.Subject != subject {
		return fmt.Errorf("%w: userinfo speaks of somebody else", errUnproven)
	}
	more := map[string]any{}
	if err := errors.Join(info.Claims(c), info.Claims(&more)); err != nil {
		return fmt.Errorf("read name and address: %w", err)
	}
	maps.Copy(more, said) // what is signed counts
	maps.Copy(said, more)
	return nil
}

// ErrApart is the answer of a provider whose clock is far from ours, or that took very long. An operator has to hear of it.
var ErrApart = errors.New("the provider's clock and this machine's are apart")

func (p *provider) apart(claim string, at time.Time) error {
	return fmt.Errorf("%w: %s is %s from now", ErrApart, claim, at.Sub(p.now()).Round(time.Second))
}

var errUnproven = errors.New("the provider's answer does not prove who signed in")

// doubt holds a token against what OpenID Connect Core 3.1.3.7 asks. go-oidc checks signature, issuer, audience and
// expiry; the rest is our duty.
func (p *provider) doubt(token *oidc.IDToken, c claims, a identity.Attempt, access string) error {
	now := p.now()
	reason := ""
	switch {
	case token.Subject == "" || len(token.Subject) > 255:
		reason = "sub"
	case token.Nonce == "" || token.Nonce != a.Nonce:
		reason = "nonce"
	case c.AuthorizedParty == "" && len(token.Audience) > 1, c.AuthorizedParty != "" && c.AuthorizedParty != p.config.ClientID:
		reason = "azp"
	case token.IssuedAt.IsZero():
		reason = "iat"
	case token.IssuedAt.After(now.Add(skew)), token.IssuedAt.Before(now.Add(-longest - skew)):
		return p.apart("iat", token.IssuedAt)
	case time.Unix(c.NotBefore, 0).After(now.Add(skew)):
		reason = "nbf"
	case p.config.ACR != "" && c.ACR != p.config.ACR:
		reason = "acr"
	case time.Unix(c.AuthTime, 0).After(now.Add(skew)), p.config.MaxAge > 0 && time.Unix(c.AuthTime, 0).Before(now.Add(-p.config.MaxAge-skew)):
		reason = "auth_time"
	case token.AccessTokenHash != "" && token.VerifyAccessToken(access) != nil:
		reason = "at_hash"
	default:
		return nil
	}
	return fmt.Errorf("%w: %s", errUnproven, reason)
}

// issued reports whether a token names the provider of today. A session may be older than the provider's address, and
// no provider takes another one's token as a hint.
func (p *provider) issued(token string) bool {
	kinds := make([]jose.SignatureAlgorithm, len(signatures))
	for i, s := range signatures {
		kinds[i] = jose.SignatureAlgorithm(s)
	}
	parsed, err := jwt.ParseSigned(token, kinds)
	if err != nil {
		return false
	}
	var c jwt.Claims
	return parsed.UnsafeClaimsWithoutVerification(&c) == nil && c.Issuer == p.config.Issuer
}

// unproven is what people read when an answer does not prove who they are. The reason stands in the log.
func unproven(err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	if errors.Is(err, ErrApart) {
		return fault.Wrap(fault.Invalid, "Die Uhren von Portal und Anmeldedienst gehen verschieden, oder die Anmeldung hat sehr lange gedauert. Melden Sie sich noch einmal an. Hilft das nicht, sagen Sie es Ihrer Administration.", err)
	}
	return fault.Wrap(fault.Invalid, "Die Antwort des Anmeldedienstes ließ sich nicht prüfen. Melden Sie sich noch einmal an.", err)
}
