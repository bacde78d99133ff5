package signinpage

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

// ProviderConfig says which OpenID provider vouches for people, and what we ask of it beyond the protocol.
type ProviderConfig struct {
	Issuer, ClientID, ClientSecret string
	NextSecret                     string           // shown where the provider refuses ClientSecret; "": none
	Scopes                         []string         // besides openid; none: profile and email
	ACR                            string           // the level of assurance that every sign-in must have; "": any
	MaxAge                         time.Duration    // how long ago people may have proven themselves to the provider; 0: any time
	Now                            func() time.Time // the clock; nil: the machine's
}

// keysLive is how long the provider's keys and addresses are trusted without asking again: go-oidc would keep a
// withdrawn key until an unknown one turns up.
const keysLive = time.Hour

// patience is how long the provider may take for an answer.
const patience = 5 * time.Second

// provider talks to the OpenID provider. It discovers lazily, so that the portal starts while the provider is away.
type provider struct {
	config   ProviderConfig
	redirect string
	client   *http.Client
	now      func() time.Time

	asking singleflight.Group // however many wait, one asks: nobody waits longer than patience
	known  atomic.Pointer[discovered]
}

// discovered is what the provider says of itself.
type discovered struct {
	at       time.Time
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	provider *oidc.Provider
	meta     metadata
}

type metadata struct {
	Keys       string   `json:"jwks_uri"`
	EndSession string   `json:"end_session_endpoint"`
	UserInfo   string   `json:"userinfo_endpoint"`
	Challenges []string `json:"code_challenge_methods_supported"`
	SendsIss   bool     `json:"authorization_response_iss_parameter_supported"`
}

func newProvider(config ProviderConfig, redirect string) *provider {
	if len(config.Scopes) == 0 {
		config.Scopes = []string{"profile", "email"}
	}
	p := &provider{config: config, redirect: redirect, now: config.Now}
	if p.now == nil {
		p.now = time.Now
	}
	p.client = &http.Client{Timeout: patience, Transport: frugal{http.DefaultTransport}}
	return p
}

// away is what people read when the provider does not answer. Sessions live on meanwhile.
func away(err error) error {
	return fault.Wrap(fault.Unavailable, "Der Anmeldedienst antwortet gerade nicht. Versuchen Sie es in einer Minute noch einmal.", err)
}

// discover returns what the provider says of itself, at most an hour old.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	if d := p.known.Load(); d != nil && p.now().Sub(d.at) < keysLive {
		return d, nil
	}
	select {
	case answer := <-p.asking.DoChan("discover", func() (any, error) { return p.ask(context.WithoutCancel(ctx)) }):
		if answer.Err != nil {
			return nil, away(answer.Err)
		}
		return answer.Val.(*discovered), nil
	case <-ctx.Done():
		return nil, away(ctx.Err())
	}
}

func (p *provider) ask(ctx context.Context) (*discovered, error) {
	ctx = oidc.ClientContext(ctx, p.client)
	found, err := oidc.NewProvider(ctx, p.config.Issuer)
	if err != nil {
		return nil, err
	}
	d := &discovered{at: p.now(), provider: found}
	if err := found.Claims(&d.meta); err != nil {
		return nil, err
	}
	if len(d.meta.Challenges) > 0 && !slices.Contains(d.meta.Challenges, "S256") {
		return nil, errors.New("the provider does not support PKCE with S256")
	}
	d.oauth = oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: p.redirect, Scopes: append([]string{oidc.ScopeOpenID}, p.config.Scopes...),
	}
	d.verifier = oidc.NewVerifier(p.config.Issuer, newKeySet(ctx, d.meta.Keys), &oidc.Config{
		ClientID: p.config.ClientID, SupportedSigningAlgs: signatures, Now: func() time.Time { return p.now().Add(-skew) },
	})
	p.known.Store(d)
	return d, nil
}

// authorizeURL is where the browser goes to sign in.
func (p *provider) authorizeURL(ctx context.Context, a identity.Attempt) (string, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)}
	if p.config.ACR != "" {
		options = append(options, oauth2.SetAuthURLParam("acr_values", p.config.ACR))
	}
	if p.config.MaxAge > 0 {
		options = append(options, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(p.config.MaxAge.Seconds()))))
	}
	return d.oauth.AuthCodeURL(a.State, options...), nil
}

// endSessionURL is where the provider's own session ends; "" if it offers no such place or is away.
func (p *provider) endSessionURL(ctx context.Context, hint, back string) string {
	d, err := p.discover(ctx)
	if err != nil || d.meta.EndSession == "" {
		return ""
	}
	u, err := url.Parse(d.meta.EndSession)
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
