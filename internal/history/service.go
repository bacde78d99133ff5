package history

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service answers what stood where, and when.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Report answers a question for the reader's part of the Land, with the obstacles that were reported since.
func (s *Service) Report(ctx context.Context, who access.Actor, q Question) (r *Report, found []Obstacle, err error) {
	err = s.db.ReadSteady(ctx, who, access.ReportView, func(tx *postgres.Tx) error {
		if err := q.check(tx.Today()); err != nil {
			return err
		}
		if r, err = read(ctx, tx, q); err != nil {
			return err
		}
		found, err = listObstacles(ctx, tx, r)
		return err
	})
	return r, found, err
}

// check refuses days that have no past between them.
func (q Question) check(today time.Time) error {
	day := q.Day
	if day.IsZero() {
		day = today
	}
	var wrong fault.Wrong
	wrong.If(day.After(today), "stichtag", "Der Stichtag liegt in der Zukunft. Geben Sie einen Tag bis heute ein.")
	wrong.If(!q.Since.IsZero() && !q.Since.Before(day), "vergleich", "Der Vergleichstag liegt nicht vor dem Stichtag. Geben Sie einen früheren Tag ein.")
	return wrong.Err()
}
