package devstack

import (
	"context"
	"fmt"
	"io"
	"syscall"
	"time"
)

// Account is an invented person who may sign in. The provider shows all of it on its sign-in page, and puts Login
// (as sub), Name and Email into the token.
type Account struct {
	Login        string `json:"login"`
	Name         string `json:"name"`
	Email        string `json:"email"`
	Organisation string `json:"organisation"`
	Tenant       string `json:"tenant"`
	Role         string `json:"role"`
	Unverified   bool   `json:"unverified,omitempty"` // nobody checked that Email is theirs; the second provider says so
}

// ProviderConfig describes a development OpenID provider and the portal as its only client.
type ProviderConfig struct {
	Dir            string // keeps the signing key over restarts; made if missing
	Second         bool   // the provider by other hands, whose issuer has a path; for tests
	Addr           string // loopback address; port 0 takes a free one
	ClientID       string
	ClientSecret   string
	RedirectURLs   []string
	PostLogoutURLs []string
	BackchannelURL string // where the portal takes logout tokens; empty: none are sent
	Accounts       []Account
	Log            io.Writer // what the provider says; nil: nowhere
}

// providerNudges: the provider keeps nothing that a hard end could harm.
var providerNudges = []nudge{{syscall.SIGTERM, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}}

// Provider is a running OpenID provider.
type Provider struct {
	issuer string
	server *child
}

// StartProvider starts a provider and returns once it answers. Its ctx bounds the start, not the life of the
// provider: call Stop.
func StartProvider(ctx context.Context, cfg ProviderConfig) (*Provider, error) {
	p, err := startProvider(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("start OpenID provider: %w", err)
	}
	return p, nil
}

// Issuer is the provider's URL, without a slash at the end.
func (p *Provider) Issuer() string {
	return p.issuer
}

// Done is closed when the provider has ended, by Stop or by itself.
func (p *Provider) Done() <-chan struct{} {
	return p.server.done
}

// Err tells why the provider ended by itself, with its last log lines; nil while it runs and after Stop.
func (p *Provider) Err() error {
	return p.server.failure()
}

// Stop ends the provider and all its sessions. It returns Err if the provider had ended before.
func (p *Provider) Stop() error {
	return p.server.stop(providerNudges...)
}
