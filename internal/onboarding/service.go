package onboarding

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service rolls services in and keeps the checklists.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Checklist returns the onboarding of a body for a service with the newest entries of its trail (none if trail is 0);
// NotFound if there is none for this reader.
func (s *Service) Checklist(ctx context.Context, who access.Actor, bodyKey, slug string, trail int) (*Checklist, error) {
	var c *Checklist
	err := s.db.ReadSteady(ctx, who, access.ChecklistView, func(tx *postgres.Tx) (err error) {
		if c, err = load(ctx, tx, bodyKey, slug); err != nil || trail == 0 {
			return err
		}
		c.Trail, err = audit.Trail(ctx, tx, c.ID, trail)
		return err
	})
	return c, err
}

// Task is one step of a checklist with its own trail.
type Task struct {
	Step
	Checklist *Checklist
	Trail     []audit.Event
}

// Task returns a step of a checklist with the newest entries of its trail; NotFound if there is none for this reader.
func (s *Service) Task(ctx context.Context, who access.Actor, bodyKey, slug, key string, trail int) (Task, error) {
	var t Task
	err := s.db.ReadSteady(ctx, who, access.ChecklistView, func(tx *postgres.Tx) (err error) {
		if t.Checklist, err = load(ctx, tx, bodyKey, slug); err != nil {
			return err
		}
		if t.Step, err = t.Checklist.must(key); err != nil {
			return err
		}
		t.Trail, err = audit.Trail(ctx, tx, t.ID, trail)
		return err
	})
	return t, err
}
