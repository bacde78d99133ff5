package experience

import (
	"context"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// Service keeps what bodies released.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Place returns where the acting person's body may release something; NotFound if it is none of theirs.
func (s *Service) Place(ctx context.Context, who access.Actor, at Where) (p Place, err error) {
	err = s.db.Read(ctx, who, access.PeerShare, func(tx *postgres.Tx) error {
		if p, err = place(ctx, tx, at); err != nil {
			return err
		}
		p.Released, err = listAt(ctx, tx, p)
		return err
	})
	return p, err
}

func place(ctx context.Context, tx *postgres.Tx, at Where) (Place, error) {
	c, err := onboarding.Of(ctx, tx, at.Body, at.Service)
	if err != nil {
		return Place{}, err
	}
	if c.BodyID != tx.Org() {
		return Place{}, fault.Missing()
	}
	return placeOf(c, at.Step)
}

// Release lets the other bodies of the Land read a note and files. Sent again, it changes nothing.
func (s *Service) Release(ctx context.Context, who access.Actor, at Where, d Draft) error {
	return s.db.Write(ctx, who, access.PeerShare, func(tx *postgres.Tx) error {
		p, err := place(ctx, tx, at)
		if err != nil {
			return err
		}
		if err := d.Check(p); err != nil {
			return err
		}
		added, err := insert(ctx, tx, p, d)
		if err != nil {
			return err
		}
		if !added {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "experience.release", Kind: "experience", Record: d.ID, Parent: p.StepID, Title: p.title(), Visibility: audit.Org,
			Changes: audit.Diff("Notiz", "", d.Note),
		})
	})
}

func (p Place) title() string {
	if p.StepTitle == "" {
		return p.Checklist.ServiceName
	}
	return p.StepTitle + " · " + p.Checklist.ServiceName
}

// Withdraw takes an experience of the own body back: from now on nobody else sees it, taken over or not. Said again, it
// changes nothing.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.PeerShare, func(tx *postgres.Tx) error {
		title, withdrawn, err := withdraw(ctx, tx, id)
		if err != nil {
			return err
		}
		if !withdrawn {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "experience.withdraw", Kind: "experience", Record: id, Title: title, Visibility: audit.Org,
		})
	})
}

// List returns what bodies released and the reader's body itself, by service, body and step.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (found []Experience, err error) {
	err = s.db.Read(ctx, who, access.PeerView, func(tx *postgres.Tx) error {
		found, err = list(ctx, tx, f)
		return err
	})
	return found, err
}

// Take takes over all that a body released of a service, as hints to the own steps. What is there already stays as it
// is. NotFound if there is nothing to take, Conflict if the own body does not connect to the service.
func (s *Service) Take(ctx context.Context, who access.Actor, slug, body string) error {
	return s.db.Write(ctx, who, access.PeerTake, func(tx *postgres.Tx) error {
		found, err := list(ctx, tx, Filter{Service: slug, Body: body})
		if err != nil {
			return err
		}
		if len(found) == 0 || found[0].Own {
			return fault.Missing()
		}
		at, err := ownOnboarding(ctx, tx, slug)
		if postgres.IsNoRow(err) {
			return fault.New(fault.Conflict, "Ihre Einheit bindet diese Leistung nicht an. Hinweise übernehmen Sie in eine laufende Checkliste.")
		}
		if err != nil {
			return err
		}
		taken, err := take(ctx, tx, found)
		if err != nil {
			return err
		}
		if taken == 0 {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "hint.take", Kind: "onboarding", Record: at, Title: found[0].ServiceName, Visibility: audit.Org,
			Changes: audit.Diff("Hinweise von", "", found[0].BodyName),
		})
	})
}
