package event

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Service plans events and takes registrations.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// PageSize is how many events a page of the list shows.
const PageSize = 50

// Filter narrows the list of events.
type Filter struct {
	Past    bool // those that ended, the newest first; else those to come, the next first
	Kind    Kind
	Service string // slug
	Own     bool   // the reader's body is registered, or was there
	Page    int    // from 1
}

// Listed is an event as the list shows it.
type Listed struct {
	Event
	Total int // how many the filter finds in all
}

// List returns a page of events, and what to filter by.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (found []Listed, services []Choice, err error) {
	err = s.db.Read(ctx, who, access.EventView, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx, f); err != nil {
			return err
		}
		services, err = listServices(ctx, tx, false)
		return err
	})
	return found, services, err
}

// Choice is a service that an event may be about.
type Choice struct{ Slug, Name string }

// Shown is an event with all that belongs to it. Registrations are all of them for the Land, and none for others.
type Shown struct {
	Event
	Services      []Choice
	Registrations []Registration
	Bodies        []Body `db:"-"` // who may have come without registering; the Land alone asks, once it has begun
}

// Body is a Landkreis or a kreisfreie Stadt.
type Body struct{ Key, Name string }

// Show returns an event; NotFound if there is none.
func (s *Service) Show(ctx context.Context, who access.Actor, id uuid.UUID) (shown Shown, err error) {
	err = s.db.Read(ctx, who, access.EventView, func(tx *postgres.Tx) error {
		if shown, err = read(ctx, tx, id); err != nil {
			return err
		}
		if who.Can(access.EventManage) && shown.Begun() {
			shown.Bodies, err = listBodies(ctx, tx)
		}
		return err
	})
	return shown, err
}

// Choices are what the form of an event offers.
type Choices struct {
	Services []Choice
	Last     int // number of the last Sprechstunde; 0 if there was none
}

// Form returns what the form of a new event offers.
func (s *Service) Form(ctx context.Context, who access.Actor) (c Choices, err error) {
	err = s.db.Read(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		if c.Services, err = listServices(ctx, tx, true); err != nil {
			return err
		}
		c.Last, err = lastNumber(ctx, tx)
		return err
	})
	return c, err
}

// ShowToEdit is Show with what the form offers.
func (s *Service) ShowToEdit(ctx context.Context, who access.Actor, id uuid.UUID) (shown Shown, c Choices, err error) {
	err = s.db.Read(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		if shown, err = read(ctx, tx, id); err != nil {
			return err
		}
		c.Services, err = listServices(ctx, tx, true)
		return err
	})
	return shown, c, err
}
