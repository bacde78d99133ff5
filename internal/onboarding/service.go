package onboarding

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/kept"
	"rollinportal/internal/postgres"
)

// Service rolls services in and keeps the checklists.
type Service struct {
	db    *postgres.DB
	lists *kept.Shelf[place, *Checklist]
}

// The checklists that are kept take about that much memory for each step, and no more than that in all.
const (
	sizeOfStep = 2048
	mostLists  = 16 << 20
)

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service {
	return &Service{db, kept.NewShelf[place](mostLists, (*Checklist).size)}
}

// Checklist returns the onboarding of a body for a service with the newest entries of its trail (none if trail is 0);
// NotFound if there is none for this reader. Readers share what is in it and change nothing.
func (s *Service) Checklist(ctx context.Context, who access.Actor, bodyKey, slug string, trail int) (*Checklist, error) {
	var c Checklist
	err := s.db.ReadMoment(ctx, who, access.ChecklistView, func(tx *postgres.Tx, at postgres.Moment) error {
		kept, err := s.list(ctx, tx, at, bodyKey, slug)
		if err != nil {
			return err
		}
		if c = *kept; trail > 0 {
			c.Trail, err = audit.Trail(ctx, tx, c.ID, trail)
		}
		return err
	})
	return &c, err
}

func (c *Checklist) size() int { return sizeOfStep * (1 + len(c.Steps) + len(c.Land)) }

// list returns a checklist as it is kept. The trail is not: names change without an entry.
func (s *Service) list(ctx context.Context, tx *postgres.Tx, at postgres.Moment, bodyKey, slug string) (*Checklist, error) {
	return s.lists.Read(tx, at, place{bodyKey, slug}, func() (*Checklist, error) { return load(ctx, tx, bodyKey, slug) })
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
	err := s.db.ReadMoment(ctx, who, access.ChecklistView, func(tx *postgres.Tx, at postgres.Moment) (err error) {
		if t.Checklist, err = s.list(ctx, tx, at, bodyKey, slug); err != nil {
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
