package main

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"net/url"

	"rollinportal/internal/audit"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/evidence"
	"rollinportal/internal/funding"
	"rollinportal/internal/identity"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/operation"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
	"rollinportal/internal/privacy"
	"rollinportal/internal/profile"
	"rollinportal/internal/reminder"
	"rollinportal/internal/survey"
	"rollinportal/web/metrics"
)

// workerDatabase is the workers' way to the database, for commands that are nothing without it.
type workerDatabase struct {
	WorkerURL string `name:"worker-url" env:"WORKER_DATABASE_URL" secret:"" need:"" help:"The database, as role portal_worker. Without it portal serve does no jobs, and another process must (portal work)."`
}

// workerAccess is what workers need besides the database.
type workerAccess struct {
	mailAccess
	AuditKey string `env:"AUDIT_KEY" secret:"" help:"Private key that signs how far the audit trail reaches, once a day; portal audit key makes one. Without it there are no checkpoints."`
	Typst    string `env:"PORTAL_TYPST" help:"Command of the Typst compiler that makes PDFs of Vermerke, for example typst. Without it the page is the document."`
}

type workCommand struct {
	workerDatabase
	URL string `env:"PORTAL_URL" need:"" help:"The portal's address as browsers see it: links in mails begin with it."`
	workerAccess
	watchAccess
}

// Run works off jobs until the context ends, beside the serving processes.
func (c workCommand) Run(ctx context.Context, s stdio) error {
	base, err := baseURL(c.URL, "")
	if err != nil {
		return err
	}
	watch := newWatch()
	stopWatching, err := c.watch(watch, s.log)
	if err != nil {
		return err
	}
	defer stopWatching()
	return c.work(ctx, c.WorkerURL, base, watch, s.log)
}

// work runs a crew with a door of its own.
func (c workerAccess) work(ctx context.Context, database string, base *url.URL, watch *metrics.Watch, log *slog.Logger) error {
	server, err := c.server()
	if err != nil {
		return err
	}
	db, err := postgres.Open(ctx, database)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := refuseUnsafe(ctx, db, postgres.Working, log); err != nil {
		return err
	}
	watch.Connections("worker", db)
	watch.Workload(operation.NewService(db))
	key, err := c.auditKey()
	if err != nil {
		return err
	}
	crew := newCrew(db, server, paper.NewPress(c.Typst), base, log)
	crew.Daily("checkpoints", audit.NewNotary(db, key).Sign)
	return crew.Run(ctx, database)
}

// auditKey is the key of the checkpoints, or nil.
func (c workerAccess) auditKey() (ed25519.PrivateKey, error) {
	if c.AuditKey == "" {
		return nil, nil
	}
	return audit.ReadKey(c.AuditKey)
}

// newCrew lists everything that happens without anybody's click.
func newCrew(db *postgres.DB, server *notify.SMTP, press *paper.Press, base *url.URL, log *slog.Logger) *jobs.Crew {
	crew := jobs.NewCrew(db, log)
	crew.Daily("profile", profile.NewService(db).Sweep)
	crew.Daily("expired-decisions", onboarding.NewService(db).ExpireDecisions)
	crew.Daily("expired-evidence", onboarding.NewService(db).ReopenExpired)
	crew.Daily("usual-times", onboarding.NewService(db).CountUsualTimes)
	crew.Daily("remind", reminder.NewService(db).Remind)
	crew.Daily("remind-of-surveys", survey.NewService(db).RemindInTime)
	crew.Daily("forget", privacy.NewService(db).Forget)
	crew.Daily("purge-evidence", evidence.NewService(db).Purge)
	jobs.Handle(crew, decision.NewPrinter(db, press).Print)
	notify.NewPost(db, server, base).Enlist(crew)
	identity.NewInviter(db, server, base).Enlist(crew)
	privacy.NewEraser(db, server, base.Hostname()).Enlist(crew)
	crew.Daily("conditions", condition.NewService(db).Sweep)
	crew.Daily("deadlines", funding.NewService(db).Sweep)
	return crew
}
