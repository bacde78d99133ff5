package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// Delay narrows bodies by whether they have steps that are late.
type Delay string

// The delays.
const (
	AnyDelay Delay = ""
	Delayed  Delay = "yes"
	OnTime   Delay = "no"
)

// Saying narrows bodies by what they say for others to know.
type Saying string

// The sayings.
const (
	Anything         Saying = ""
	NamesRoles       Saying = "roles"
	SharesExperience Saying = "experience"
	WasAsked         Saying = "asked"      // in a round of the survey
	HasAnswered      Saying = "current"    // and its answer is not too old
	TakesPart        Saying = "attendance" // in events
)

// BodyFilter narrows and orders the list of bodies.
type BodyFilter struct {
	Delay    Delay
	Says     Saying
	WaitsFor string // key of the party that a step of theirs lies with
	Deals    string // slug of a service that they are competent for
	Sort     string // a key of bodySorts; a leading minus turns the order
}

// BodyRow is a body as the list shows it.
type BodyRow struct {
	Key          string
	Name         string
	Kind         organisation.Kind
	Live         int
	Whole        int // onboardings that count
	InWork       int
	Overdue      int
	NextTarget   *time.Time // of the onboardings that run and are not live
	TargetMissed bool       // that day is over
	Deals        string     // name of the service that the filter names
}

// Share returns how many of its services are live in the body.
func (b BodyRow) Share() Share { return Share{Part: b.Live, Whole: b.Whole} }

// Bodies returns the bodies of the reader's circle.
func (s *Service) Bodies(ctx context.Context, who access.Actor, f BodyFilter) (found []BodyRow, err error) {
	err = s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		found, err = listBodies(ctx, tx, f)
		return err
	})
	return found, err
}

// Profile is one body: who it is and how far it is.
type Profile struct {
	organisation.Organisation
	Onboardings []Onboarding // by service
	Basis       []Task       // by number
	Overdue     []Task       // kommune and basis, by due date
}

// Share returns how many of its services are live in the body.
func (p *Profile) Share() Share {
	var sum Share
	for _, o := range p.Onboardings {
		sum = sum.Plus(shareOf(StageOf(o.State)))
	}
	return sum
}

// Unconfirmed returns of how many of its onboardings nobody said for too long how they stand.
func (p *Profile) Unconfirmed() int {
	n := 0
	for _, o := range p.Onboardings {
		if o.Unconfirmed {
			n++
		}
	}
	return n
}

// InWork returns how many of its onboardings are under way.
func (p *Profile) InWork() int {
	n := 0
	for _, o := range p.Onboardings {
		if StageOf(o.State).InWork() {
			n++
		}
	}
	return n
}

// Profile returns a body with its onboardings; NotFound if it is unknown or none of the reader's business.
func (s *Service) Profile(ctx context.Context, who access.Actor, key string) (p Profile, err error) {
	err = s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		if circleOf(who) == nobody {
			return fault.Missing()
		}
		if p, err = readProfile(ctx, tx, key); err != nil {
			return err
		}
		tasks, err := listTasks(ctx, tx, TaskFilter{Status: notable, Body: key, Limit: 1000})
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if t.Scope == template.Basis {
				p.Basis = append(p.Basis, t)
			}
			if t.Overdue {
				p.Overdue = append(p.Overdue, t)
			}
		}
		return nil
	})
	return p, err
}
