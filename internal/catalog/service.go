package catalog

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/funding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// Catalog keeps the services of a Land.
type Catalog struct{ db *postgres.DB }

// New returns the catalogue over a database.
func New(db *postgres.DB) *Catalog { return &Catalog{db} }

// PageSize is how many services a page of the list shows.
const PageSize = 50

// Filter narrows and orders the list. State is a Land view ("covered"), "rollin" for every service in or through its
// roll-in, "funded" or "complete" for those of them that somebody pays for today or whose Steckbrief is complete, or
// "draft" for what is not published.
type Filter struct {
	Query, Ministry, Topic, State, Sort string
	Concerns                            bool // only services that concern the own body, or those that one works for
	Page                                int  // from 1
}

func (f Filter) offset() int { return (max(f.Page, 1) - 1) * PageSize }

// Listed is a service with what the Land has made of it.
type Listed struct {
	Service
	LandView string          // derived: no_decision, deciding, deferred, not_reused, approved_preparing, rolling_in, covered
	OwnState *string         // state of the own body's onboarding, if there is one
	Funding  []funding.Borne // who pays until when; of a single service only
	Facts    []Fact          // what the sources say; of a single service only
	Total    int             // how many services the filter finds in all
}

// Choices are values to filter by.
type Choices struct{ Ministries, Topics []string }

// List returns a page of services and the values to filter by.
func (c *Catalog) List(ctx context.Context, who access.Actor, f Filter) (found []Listed, ch Choices, err error) {
	err = c.db.Read(ctx, who, access.ServiceView, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx, f); err != nil {
			return err
		}
		ch, err = choices(ctx, tx)
		return err
	})
	return found, ch, err
}

// Shown is a service with its trail.
type Shown struct {
	Listed
	Trail []audit.Event
}

// Show returns a service by its slug; NotFound if it is unknown or not published for this reader.
func (c *Catalog) Show(ctx context.Context, who access.Actor, slug string, trail int) (shown Shown, err error) {
	err = c.db.Read(ctx, who, access.ServiceView, func(tx *postgres.Tx) error {
		if shown.Listed, err = bySlug(ctx, tx, slug); err != nil {
			return err
		}
		shown.Trail, err = audit.Trail(ctx, tx, shown.ID, trail)
		return err
	})
	return shown, err
}

// Find returns a service for the rooms above; NotFound if it is unknown or not published for this reader.
func Find(ctx context.Context, tx *postgres.Tx, slug string) (Listed, error) {
	return bySlug(ctx, tx, slug)
}

// Editable is what the form for a service needs.
type Editable struct {
	Listed
	Chosen     []string // keys of the competent bodies
	Ministries []organisation.Organisation
	Bodies     []organisation.Organisation
}

// Edit returns a service for editing.
func (c *Catalog) Edit(ctx context.Context, who access.Actor, slug string) (e Editable, err error) {
	err = c.db.Read(ctx, who, access.ServiceEdit, func(tx *postgres.Tx) error {
		if e.Listed, err = bySlug(ctx, tx, slug); err != nil {
			return err
		}
		if err = mayEdit(tx, e.Listed); err != nil {
			return err
		}
		if e.Chosen, err = competentKeys(ctx, tx, e.ID); err != nil {
			return err
		}
		return e.fill(ctx, tx)
	})
	return e, err
}

// Blank returns what the form for a new service needs.
func (c *Catalog) Blank(ctx context.Context, who access.Actor) (e Editable, err error) {
	err = c.db.Read(ctx, who, access.ServiceCreate, func(tx *postgres.Tx) error { return e.fill(ctx, tx) })
	return e, err
}

func (e *Editable) fill(ctx context.Context, tx *postgres.Tx) (err error) {
	if e.Ministries, err = organisation.ListMinistries(ctx, tx); err != nil {
		return err
	}
	e.Bodies, err = organisation.ListBodies(ctx, tx)
	return err
}
