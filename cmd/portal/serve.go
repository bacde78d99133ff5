package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"rollinportal/internal/postgres"
	"rollinportal/web"
	"rollinportal/web/signinpage"
)

// serveCommand names its settings in the order in which one sets them (docs/runbooks/install.md).
type serveCommand struct {
	DatabaseURL string `env:"DATABASE_URL" secret:"" need:"" help:"The database, as role portal_app. A role that row-level security would not bind is refused."`
	providerAccess
	Addr      string        `env:"PORTAL_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	URL       string        `env:"PORTAL_URL" help:"The portal's address as browsers see it; by default http:// and the listening address."`
	Announce  time.Duration `env:"PORTAL_SHUTDOWN_DELAY" default:"5s" help:"How long /readyz says no before the portal stops to listen: as long as the load balancer takes to notice."`
	WorkerURL string        `name:"worker-url" env:"WORKER_DATABASE_URL" secret:"" help:"The database, as role portal_worker. Without it portal serve does no jobs, and another process must (portal work)."`
	workerAccess
	watchAccess
	traceAccess
	limits
}

// limits keep one browser from using up the portal.
type limits struct {
	Rate    int `env:"PORTAL_RATE" default:"1200" help:"How many requests a session may send in a minute; ten times as many an address, if PORTAL_PROXIES is set. 0 sets no limit."`
	Proxies int `env:"PORTAL_PROXIES" help:"How many reverse proxies stand in front and add to X-Forwarded-For. Without it nobody is believed and addresses are not counted, but for reports of barriers by whoever opened the connection."`
}

// providerAccess is how the portal knows its OpenID provider, and what it asks of it.
type providerAccess struct {
	Issuer       string        `env:"OIDC_ISSUER" need:"" help:"Issuer of the OpenID provider."`
	ClientID     string        `env:"OIDC_CLIENT_ID" need:"" help:"The portal's client id at the provider."`
	ClientSecret string        `env:"OIDC_CLIENT_SECRET" secret:"" need:"" help:"The portal's client secret at the provider."`
	NextSecret   string        `env:"OIDC_CLIENT_SECRET_NEXT" secret:"" help:"The client secret that the provider will know next, while it is changed: shown where the provider refuses OIDC_CLIENT_SECRET (docs/runbooks/keys.md)."`
	Scopes       []string      `env:"OIDC_SCOPES" sep:" " default:"profile email" help:"Scopes to ask for besides openid, apart by spaces."`
	ACR          string        `name:"acr" env:"OIDC_ACR" help:"Level of assurance (acr) that every sign-in must have. Without it any will do."`
	MaxAge       time.Duration `env:"OIDC_MAX_AGE" help:"How long ago people may have proven themselves to the provider, for example 12h. Without it any time."`
}

func (c providerAccess) config() signinpage.ProviderConfig {
	return signinpage.ProviderConfig{
		Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: c.ClientSecret, NextSecret: c.NextSecret, Scopes: c.Scopes, ACR: c.ACR, MaxAge: c.MaxAge,
	}
}

// Run serves until the context ends. It starts while the database or the provider is away, but never as a role that
// row security would not bind.
func (c serveCommand) Run(ctx context.Context, s stdio) error {
	base, err := baseURL(c.URL, c.Addr)
	if err != nil {
		return err
	}
	if err := safeLines(base, c.Issuer); err != nil {
		return err
	}
	if _, err := c.server(); err != nil {
		return err
	}
	if base.Scheme == "http" && !isLocal(base.Hostname()) {
		s.log.WarnContext(ctx, "PORTAL_URL is plain http: cookies and contents can be read on the line; put TLS in front and say https")
	}
	traces, err := c.tracing(ctx, s.log)
	if err != nil {
		return err
	}
	defer traces.stop()
	db, err := postgres.Open(ctx, c.DatabaseURL, traces.statements()...)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := refuseUnsafe(ctx, db, postgres.Serving, s.log); err != nil {
		return err
	}
	watch := newWatch()
	watch.Connections("app", db)
	stopWatching, err := c.watch(watch, s.log)
	if err != nil {
		return err
	}
	defer stopWatching()
	config := web.Config{BaseURL: base, Prints: c.Typst != "", Provider: c.config(), Log: s.log, Watch: watch, Rate: c.Rate, Proxies: c.Proxies}
	if traces.provider != nil {
		config.Traces = traces.provider
	}
	return beside(ctx, func(ctx context.Context) error {
		return serve(ctx, c.Addr, config, db, c.Announce, nil)
	}, func(ctx context.Context) error {
		if c.WorkerURL == "" {
			return nil
		}
		return c.work(ctx, c.WorkerURL, base, watch, s.log)
	})
}

// beside runs the workers next to the server. When the server ends, they finish what they hold; when they fail, it
// ends too.
func beside(ctx context.Context, serve, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	worked := make(chan error, 1)
	go func() {
		err := work(ctx)
		if err != nil {
			cancel()
		}
		worked <- err
	}()
	err := serve(ctx)
	cancel()
	return errors.Join(err, <-worked)
}

func refuseUnsafe(ctx context.Context, db *postgres.DB, duty postgres.Duty, log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	err := db.CheckRole(ctx, duty)
	if errors.Is(err, postgres.ErrUnsafe) {
		return err
	}
	if err == nil {
		err = db.Ready(ctx)
	}
	switch {
	case errors.Is(err, postgres.ErrSchema):
		log.WarnContext(ctx, err.Error()+"; until then nothing works")
	case err != nil:
		log.WarnContext(ctx, "the database is away; until it is back nothing works", "error", err)
	}
	return nil
}

func baseURL(given, addr string) (*url.URL, error) {
	if given == "" {
		given = "http://" + addr
	}
	u, err := url.Parse(given)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("PORTAL_URL %q is no address like https://portal.example", given)
	}
	u.Path = ""
	return u, nil
}

// drainTime is how long running requests may take to end.
const drainTime = 25 * time.Second

// serve listens and tells ready. When the context ends, it first announces that, still answering, so that load balancers
// turn elsewhere; then it stops to listen and lets running requests end.
func serve(ctx context.Context, addr string, config web.Config, db *postgres.DB, announce time.Duration, ready func()) error {
	handler, err := web.New(config, db)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	server := web.Listen(addr, handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if ready != nil {
		ready()
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	handler.Drain()
	time.Sleep(announce)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(drain); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
