package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"rollinportal/internal/audit"
	"rollinportal/internal/demo"
	"rollinportal/internal/devstack"
	"rollinportal/internal/postgres"
	"rollinportal/web"
	"rollinportal/web/signinpage"
)

type demoCommand struct {
	limits
	Addr string `env:"PORTAL_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	Dir  string `env:"PORTAL_DEMO_DIR" default:".demo" type:"path" help:"Folder of the demo's data."`
}

const (
	demoDatabase = "portal"
	demoClient   = "portal"
	demoSecret   = "only-for-demonstrations" //nolint:gosec // a development provider on loopback
)

// Run starts Postgres and the provider, loads what is missing and serves. Whatever ends by itself ends the whole.
func (c demoCommand) Run(ctx context.Context, s stdio) (err error) {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	logs, err := os.OpenFile(filepath.Join(c.Dir, "demo.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer logs.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	fmt.Fprintln(s.out, "starte PostgreSQL …")
	pg, err := devstack.StartPostgres(ctx, devstack.PostgresConfig{Dir: filepath.Join(c.Dir, "postgres"), Log: logs})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pg.Stop()) }()
	provider, base, err := c.startProvider(ctx, logs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, provider.Stop()) }()
	mailbox, err := devstack.StartMailbox("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, mailbox.Stop()) }()
	go endWith(cancel, pg.Done(), pg.Err)
	go endWith(cancel, provider.Done(), provider.Err)

	if err := c.load(ctx, s.out, pg, provider.Issuer()); err != nil {
		return errors.Join(err, context.Cause(ctx))
	}
	db, err := postgres.Open(ctx, pg.URL("portal_app", demoDatabase))
	if err != nil {
		return err
	}
	defer db.Close()
	typst, err := devstack.Typst()
	if err != nil {
		fmt.Fprintln(s.out, "ohne PDF-Dateien:", err)
	}
	config := web.Config{BaseURL: base, Log: s.log, Demo: true, Rate: c.Rate, Proxies: c.Proxies, Prints: typst != "", Mailbox: mailbox, Provider: signinpage.ProviderConfig{Issuer: provider.Issuer(), ClientID: demoClient, ClientSecret: demoSecret}}
	err = beside(ctx, func(ctx context.Context) error {
		return serve(ctx, c.Addr, config, db, 0, func() { fmt.Fprintln(s.out, "bereit: "+base.String()) })
	}, func(ctx context.Context) error {
		worker := pg.URL("portal_worker", demoDatabase)
		mailbox.ReturnTo(func(report []byte) {
			if err := (bounceCommand{workerDatabase{worker}}).Run(ctx, stdio{in: bytes.NewReader(report), out: logs}); err != nil {
				s.log.ErrorContext(ctx, "a mail came back and was not noted", "error", err)
			}
		})
		mail := mailAccess{SMTPAddr: mailbox.Addr(), SMTPTLS: "none", SMTPFrom: "portal@thueringen.example"}
		key, _, err := audit.NewKey() // the checkpoints of a demonstration need not outlive it
		if err != nil {
			return err
		}
		return workerAccess{mailAccess: mail, AuditKey: key, Typst: typst}.work(ctx, worker, base, newWatch(), s.log)
	})
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return errors.Join(err, cause)
	}
	return err
}

// endWith ends the demo when a part of it ends by itself.
func endWith(cancel context.CancelCauseFunc, done <-chan struct{}, why func() error) {
	<-done
	if err := why(); err != nil {
		cancel(err)
	}
}

// startProvider runs the development provider on a free port: its people are known by login, whatever its address.
func (c demoCommand) startProvider(ctx context.Context, logs io.Writer) (*devstack.Provider, *url.URL, error) {
	base, err := baseURL("", c.Addr)
	if err != nil {
		return nil, nil, err
	}
	provider, err := devstack.StartProvider(ctx, devstack.ProviderConfig{
		Dir: filepath.Join(c.Dir, "provider"), Addr: "127.0.0.1:0", ClientID: demoClient, ClientSecret: demoSecret,
		RedirectURLs: []string{base.JoinPath("/auth/callback").String()}, PostLogoutURLs: []string{base.JoinPath("/anmelden").String()},
		BackchannelURL: base.JoinPath("/auth/backchannel-logout").String(), Accounts: accounts(), Log: logs,
	})
	return provider, base, err
}

func accounts() []devstack.Account {
	var found []devstack.Account
	for _, p := range demo.People() {
		found = append(found, devstack.Account{
			Login: p.Login, Name: p.Name, Email: p.Email(), Organisation: p.OrgName, Tenant: demo.LandName(p.LandKey), Role: p.Role,
		})
	}
	return found
}

// load migrates and fills the database. What was cut off half-way is made anew.
func (c demoCommand) load(ctx context.Context, out io.Writer, pg *devstack.Postgres, issuer string) error {
	admin := pg.AdminURL(demoDatabase)
	if err := devstack.EnsureDatabase(ctx, pg.AdminURL("postgres"), demoDatabase); err != nil {
		return err
	}
	if err := postgres.Migrate(admin); err != nil {
		return err
	}
	return demo.Load(ctx, demo.Site{AdminURL: admin, AppURL: pg.URL("portal_app", demoDatabase), Issuer: issuer, Out: out})
}
