package operation

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// State is what is wrong with a job.
type State string

// The states of jobs in trouble.
const (
	Retryable State = "retryable" // failed, and is tried again by itself
	Discarded State = "discarded" // failed as often as it may
	Hanging   State = "hanging"   // began more than ten minutes ago and did not end
)

// Job is work that did not get done. Kind names a round as "round.remind".
type Job struct {
	ID            int64
	Kind          string
	State         State
	Attempt, Most int
	TriedAt       *time.Time
	NextAt        *time.Time // when it is tried again by itself
}

// Service shows and retries jobs.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Troubled returns the jobs that did not get done, those given up first; at most 200.
func (s *Service) Troubled(ctx context.Context, who access.Actor) (found []Job, at time.Time, err error) {
	err = s.db.Read(ctx, who, access.PlatformJobs, func(tx *postgres.Tx) (err error) {
		at = tx.Now
		rows, _ := tx.Query(ctx, `SELECT id, kind, state, attempt, most, tried_at, next_at FROM ctx.troubled_jobs()`)
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[Job])
		return err
	})
	if err != nil {
		return nil, at, fmt.Errorf("list jobs in trouble: %w", err)
	}
	return found, at, nil
}

// Retry has a failed job tried again at once; Conflict if it is done, at work or ordered anew meanwhile.
func (s *Service) Retry(ctx context.Context, who access.Actor, id int64) error {
	return s.db.Write(ctx, who, access.PlatformJobs, func(tx *postgres.Tx) error {
		var kind *string
		if err := tx.QueryRow(ctx, `SELECT ctx.retry_job($1)`, id).Scan(&kind); err != nil {
			return fmt.Errorf("retry job %d: %w", id, err)
		}
		if kind == nil {
			return fault.New(fault.Conflict, "Dieser Auftrag ist inzwischen erledigt oder läuft schon wieder.")
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "job.retry", Kind: "job", Record: uuid.NewSHA1(uuid.NameSpaceOID, []byte("job/"+strconv.FormatInt(id, 10))),
			Title: *kind, Visibility: audit.Private,
		})
	})
}
