package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Crew is the workers of one process: what they can do, and the rounds they make.
type Crew struct {
	db      *postgres.DB
	log     *slog.Logger
	workers *river.Workers
	rounds  []round
	hands   int
	pace    time.Duration
}

// NewCrew returns a crew that works through db, opened as portal_worker. It can do nothing yet.
func NewCrew(db *postgres.DB, log *slog.Logger) *Crew {
	c := &Crew{db: db, log: log, workers: river.NewWorkers(), hands: 4, pace: time.Second}
	river.AddWorker(c.workers, river.WorkFunc(c.tick))
	river.AddWorker(c.workers, river.WorkFunc(c.makeRound))
	return c
}

// Hurry lets the crew look for work and for due rounds at a pace that fits a test.
func (c *Crew) Hurry(pace time.Duration) { c.pace = pace }

// Handle says who does the jobs of a kind: do, in the name of the coordination of the Land whose act promised the job.
func Handle[J Job](c *Crew, do func(ctx context.Context, who access.Actor, job J) error) {
	river.AddWorker(c.workers, river.WorkFunc(func(ctx context.Context, job *river.Job[J]) error {
		var origin struct{ Land uuid.UUID }
		if err := json.Unmarshal(job.Metadata, &origin); err != nil {
			return fmt.Errorf("read where the job comes from: %w", err)
		}
		who, err := Actor(ctx, c.db, origin.Land, uuid.Nil)
		if err == nil {
			err = do(ctx, who, job.Args)
		}
		return c.answer(ctx, job.JobRow, err)
	}))
}

// answer is what River hears of a job. Who waits for the database or for somebody else uses up no tries: a bad hour would put
// the job off for hours.
func (c *Crew) answer(ctx context.Context, job *rivertype.JobRow, err error) error {
	if fault.KindOf(err) == fault.Unavailable {
		err = Later(10*c.pace, err)
	}
	if wait, asked := errors.AsType[*waiting](err); asked {
		c.log.WarnContext(ctx, "job waits", "kind", job.Kind, "job", job.ID, "for", wait.pause.String(), "error", wait.why)
		return river.JobSnooze(wait.pause)
	}
	return err
}

// Later is the error of a job that cannot be done now because of why, and is tried again after a pause. It uses up no tries, so the job itself has to know its end.
func Later(pause time.Duration, why error) error { return &waiting{pause, why} }

type waiting struct {
	pause time.Duration
	why   error
}

func (w *waiting) Error() string { return w.why.Error() }
func (w *waiting) Unwrap() error { return w.why }

// Run works until the context ends, and then lets running jobs finish for a while. While the database is away it tries
// again every five seconds.
func (c *Crew) Run(ctx context.Context, url string) error {
	pool, err := openPool(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	client, err := river.NewClient(riverpgxv5.New(pool), c.config())
	if err != nil {
		return fmt.Errorf("set up the workers: %w", err)
	}
	for {
		err := client.Start(ctx)
		if err == nil {
			break
		}
		c.log.WarnContext(ctx, "the workers cannot begin; trying again", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(5 * time.Second):
		}
	}
	<-client.Stopped()
	return nil
}

func (c *Crew) config() *river.Config {
	return &river.Config{
		Schema:                      "river",
		Workers:                     c.workers,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.hands}},
		PeriodicJobs:                []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(c.tickEvery()), tickNow, &river.PeriodicJobOpts{RunOnStart: true})},
		PollOnly:                    true, // polls once a second; needs no LISTEN, which poolers and fail-overs break
		FetchPollInterval:           c.pace,
		FetchCooldown:               min(c.pace, 100*time.Millisecond),
		JobTimeout:                  2 * time.Minute,
		RescueStuckJobsAfter:        150 * time.Second, // what a killed worker held is taken up by another
		SoftStopTimeout:             20 * time.Second,
		CompletedJobRetentionPeriod: 48 * time.Hour, // longer than a day: a round of today is not made twice
		ReindexerIndexNames:         []string{},     // reindexing is the owner's
		ErrorHandler:                complaint{c.log},
		Logger:                      slog.New(quiet{c.log.Handler()}),
	}
}

// tickEvery is how often the crew looks whether a round is due.
func (c *Crew) tickEvery() time.Duration { return 60 * c.pace }

func openPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the workers' database address: %w", err)
	}
	config.MaxConns = 4
	config.ConnConfig.RuntimeParams["application_name"] = "portal-workers"
	config.ConnConfig.RuntimeParams["statement_timeout"] = "30s"
	config.PingTimeout = time.Second
	postgres.GiveUpAfter(config.ConnConfig, 35*time.Second)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the workers' database: %w", err)
	}
	return pool, nil
}

// client is what a running job inserts further jobs with.
func client(ctx context.Context) *river.Client[pgx.Tx] { return river.ClientFromContext[pgx.Tx](ctx) }

// complaint logs what went wrong, with ids only.
type complaint struct{ log *slog.Logger }

func (c complaint) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	c.log.ErrorContext(ctx, "job failed", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "of", job.MaxAttempts, "error", err)
	return nil
}

func (c complaint) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	c.log.ErrorContext(ctx, "job panicked", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "panic", value, "trace", trace)
	return nil
}

// quiet keeps River's own log to what is wrong; complaint says which job failed.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelError && q.Handler.Enabled(ctx, level)
}
