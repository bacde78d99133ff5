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

// shortTrail is how much of the Verlauf stands beside a checklist.
const shortTrail = 8

// Checklist returns the onboarding of a body for a service; NotFound if there is none for this reader.
func (s *Service) Checklist(ctx context.Context, who access.Actor, bodyKey, slug string) (*Checklist, error) {
	var c *Checklist
	err := s.db.Read(ctx, who, access.ChecklistView, func(tx *postgres.Tx) (err error) {
		if c, err = load(ctx, tx, bodyKey, slug); err != nil {
			return err
		}
		c.Trail, err = audit.Trail(ctx, tx, c.ID, shortTrail)
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

// fullTrail is how much of the Verlauf a step shows.
const fullTrail = 50

// Task returns a step of a checklist; NotFound if there is none for this reader.
func (s *Service) Task(ctx context.Context, who access.Actor, bodyKey, slug, key string) (Task, error) {
	var t Task
	err := s.db.Read(ctx, who, access.ChecklistView, func(tx *postgres.Tx) (err error) {
		if t.Checklist, err = load(ctx, tx, bodyKey, slug); err != nil {
			return err
		}
		if t.Step, err = t.Checklist.must(key); err != nil {
			return err
		}
		t.Trail, err = audit.Trail(ctx, tx, t.ID, fullTrail)
		return err
	})
	return t, err
}
