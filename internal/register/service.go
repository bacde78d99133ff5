package register

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service keeps the register of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// PageSize is how many entries a page of the register shows.
const PageSize = 50

// Filter narrows the register.
type Filter struct {
	State   State // "": every state
	Overdue bool
	Query   string // in the question, or who decides
	Sort    string // "frage", "stelle", "stand", "frist", with a minus in front to turn it round; "" puts what is open first
	Page    int    // from 1
}

func (f Filter) offset() int { return (max(f.Page, 1) - 1) * PageSize }

// List returns a page of the register: what is open first, by its date.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (found []Listed, err error) {
	err = s.db.Read(ctx, who, access.RegisterView, func(tx *postgres.Tx) error {
		found, err = list(ctx, tx, f)
		return err
	})
	return found, err
}

// Shown is a matter with the newest entries of its trail.
type Shown struct {
	Details
	Trail []audit.Event
}

// Show returns an entry by its number; NotFound if there is none.
func (s *Service) Show(ctx context.Context, who access.Actor, no, trail int) (shown Shown, err error) {
	err = s.db.Read(ctx, who, access.RegisterView, func(tx *postgres.Tx) error {
		if shown.Details, err = read(ctx, tx, no); err != nil {
			return err
		}
		shown.Trail, err = audit.Trail(ctx, tx, shown.ID, trail)
		return err
	})
	return shown, err
}

// Form returns what the form of a new entry offers.
func (s *Service) Form(ctx context.Context, who access.Actor) (c Choices, err error) {
	err = s.db.Read(ctx, who, access.RegisterEdit, func(tx *postgres.Tx) error {
		c, err = choices(ctx, tx)
		return err
	})
	return c, err
}

// ShowToEdit is Show with what the form offers; Conflict if the entry is not open any more.
func (s *Service) ShowToEdit(ctx context.Context, who access.Actor, no int) (d Details, c Choices, err error) {
	err = s.db.Read(ctx, who, access.RegisterEdit, func(tx *postgres.Tx) error {
		if d, err = read(ctx, tx, no); err != nil {
			return err
		}
		if d.State != Open {
			return errEnded
		}
		c, err = choices(ctx, tx)
		return err
	})
	return d, c, err
}
