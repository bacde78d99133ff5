package privacy

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service tells people what the portal holds on them, and forgets in time.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Own returns what the Land holds on the person who asks.
func (s *Service) Own(ctx context.Context, who access.Actor) (d Disclosure, err error) {
	err = s.db.Read(ctx, who, access.PrivacySelfExport, func(tx *postgres.Tx) error {
		d, err = disclose(ctx, tx, who.Person)
		return err
	})
	return d, err
}

// People lists everybody the Land answers for, those with a role first.
func (s *Service) People(ctx context.Context, who access.Actor) (found []Person, err error) {
	err = s.db.Read(ctx, who, access.PrivacyPerson, func(tx *postgres.Tx) error {
		found, err = people(ctx, tx)
		return err
	})
	return found, err
}

// Person returns one of them; NotFound for anybody else.
func (s *Service) Person(ctx context.Context, who access.Actor, id uuid.UUID) (found Person, err error) {
	err = s.db.Read(ctx, who, access.PrivacyPerson, func(tx *postgres.Tx) error {
		found, err = person(ctx, tx, id)
		return err
	})
	return found, err
}

// Disclose returns what the Land holds on a person who asked for it, without private texts of ministries and bodies. The
// trail says that it happened.
func (s *Service) Disclose(ctx context.Context, who access.Actor, id uuid.UUID) (d Disclosure, err error) {
	err = s.db.Write(ctx, who, access.PrivacyPerson, func(tx *postgres.Tx) error {
		if _, err := person(ctx, tx, id); err != nil {
			return err
		}
		if d, err = disclose(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, id, "person.disclose", audit.Diff("Einträge der Auskunft", "", strconv.Itoa(d.Entries()))))
	})
	return d, err
}

// Correct sets right the name and address of a person; Conflict if they changed meanwhile. The provider's word counts
// again when the person signs in next.
func (s *Service) Correct(ctx context.Context, who access.Actor, id uuid.UUID, c Correction) error {
	if err := c.wrong(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.PrivacyPerson, func(tx *postgres.Tx) error {
		now, err := person(ctx, tx, id)
		if err != nil {
			return err
		}
		if now.Name == c.Name && now.Email == c.Email {
			return postgres.ErrRepeated
		}
		done, err := correct(ctx, tx, id, c)
		if err != nil {
			return err
		}
		if !done {
			return fault.New(fault.Conflict, "Name oder Adresse haben sich inzwischen geändert.")
		}
		return audit.Record(ctx, tx, entry(tx, id, "person.correct", nil))
	})
}

// entry is what the trail keeps: that it happened, and to whom by number. It names nobody, so that it may stay.
func entry(tx *postgres.Tx, id uuid.UUID, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "person", Record: id, Title: "Person", Visibility: audit.Private, Changes: changes}
}
