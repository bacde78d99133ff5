package onboarding

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Difference is a kept figure that the steps do not confirm.
type Difference struct {
	Body, Service, What string
	Kept, Counted       string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s, %s, %s: kept %s, counted %s", d.Body, d.Service, d.What, d.Kept, d.Counted)
}

// VerifyProgress recounts everything that is kept of steps and returns what differs, as far as the reader sees it.
// It reads every step: it is for the night and for tests.
func (s *Service) VerifyProgress(ctx context.Context, who access.Actor) ([]Difference, error) {
	var found []Difference
	err := s.db.Read(ctx, who, access.AuditVerify, func(tx *postgres.Tx) error {
		if err := tx.TakeTime(ctx, 5*time.Minute); err != nil {
			return err
		}
		counters, err := compareCounters(ctx, tx)
		if err != nil {
			return err
		}
		progress, err := compareProgress(ctx, tx)
		if err != nil {
			return err
		}
		resting, err := compareResting(ctx, tx)
		if err != nil {
			return err
		}
		history, err := compareHistory(ctx, tx)
		if err != nil {
			return err
		}
		states, err := compareStates(ctx, tx)
		found = slices.Concat(counters, progress, resting, history, states)
		return err
	})
	return found, err
}

// compareStates asks each onboarding's steps for its state.
func compareStates(ctx context.Context, tx *postgres.Tx) ([]Difference, error) {
	lists, err := loadAll(ctx, tx)
	if err != nil {
		return nil, err
	}
	var found []Difference
	for _, c := range lists {
		if c.suggested() != c.State {
			found = append(found, Difference{c.BodyKey, c.ServiceSlug, "state", string(c.State), string(c.suggested())})
		}
	}
	return found, nil
}
