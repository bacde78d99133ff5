package onboarding

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// LandSteps returns the roll-in of a service: the Land's steps and the bodies that the reader may see. Before the
// start there are neither. NotFound if the service is none of the reader's business.
func (s *Service) LandSteps(ctx context.Context, who access.Actor, slug string) (*Rollin, error) {
	var r *Rollin
	err := s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) (err error) {
		if r, err = loadLand(ctx, tx, slug, reading); err != nil {
			return err
		}
		if r == nil {
			r, err = loadHeader(ctx, tx, slug)
			return err
		}
		bodies, err := listBodies(ctx, tx, slug)
		if err != nil {
			return err
		}
		r.count(bodies, tx.Reach)
		return nil
	})
	return r, err
}

// LandStep returns one of the Land's steps with the newest entries of its trail (none if trail is 0); NotFound if there
// is none for this reader.
func (s *Service) LandStep(ctx context.Context, who access.Actor, slug, key string, trail int) (*Rollin, Step, error) {
	var r *Rollin
	var step Step
	err := s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) (err error) {
		if r, step, err = mustLand(ctx, tx, slug, key, reading); err != nil || trail == 0 {
			return err
		}
		r.Trail, err = audit.Trail(ctx, tx, step.ID, trail)
		return err
	})
	return r, step, err
}

func mustLand(ctx context.Context, tx *postgres.Tx, slug, key string, how locking) (*Rollin, Step, error) {
	r, err := loadLand(ctx, tx, slug, how)
	if err != nil {
		return nil, Step{}, err
	}
	if r == nil {
		return nil, Step{}, fault.Missing()
	}
	step, known := r.Find(key)
	if !known {
		return nil, Step{}, fault.Missing()
	}
	return r, step, nil
}

// ChangeLandStep moves one of the Land's steps, by the same rules as a body's.
func (s *Service) ChangeLandStep(ctx context.Context, who access.Actor, slug, key string, in StepInput) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		r, before, err := mustLand(ctx, tx, slug, key, locked)
		if err != nil {
			return err
		}
		if key == template.PilotEval && r.Waits() {
			return fault.New(fault.Conflict, "Wie es nach der Pilotierung weitergeht, halten Sie auf der Seite „Pilotierung auswerten“ fest.")
		}
		h := landHandOf(who, tx.Today())
		if before.repeats(in, h) {
			return postgres.ErrRepeated
		}
		after, err := before.moved(in, h)
		if err != nil {
			return err
		}
		if err := saveLand(ctx, tx, r, after); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "step." + string(after.State), Kind: "step", Record: after.ID, Parent: r.ServiceID,
			Title: after.Title, Visibility: audit.Land, Changes: stepChanges(before, after),
		})
	})
}
