package decision

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// RevokeInput ends a decision that is in force, on the version that was seen.
type RevokeInput struct {
	Version int64
	Ground  Ground
	Reason  string
}

func (in RevokeInput) check() error {
	var wrong fault.Wrong
	wrong.If(!in.Ground.fits(Revoked), "ground", "Wählen Sie, warum der Beschluss aufgehoben wird.")
	switch {
	case in.Reason == "":
		wrong.Add("reason", "Begründen Sie, warum der Beschluss aufgehoben wird.")
	case len([]rune(in.Reason)) > maxText:
		wrong.Add("reason", tooLong)
	}
	return wrong.Err()
}

// mayRevoke is a fault unless the decision is in force and the person is another than the one who took it.
func (d Decision) mayRevoke(person uuid.UUID) error {
	if err := d.State.allow(ToRevoke); err != nil {
		return err
	}
	if d.DecidedBy != nil && *d.DecidedBy == person {
		return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Sie haben diesen Beschluss gefasst. Aufheben muss ihn eine andere Person Ihres Ressorts.")
	}
	return nil
}

func (d *Decision) revoke(in RevokeInput, person uuid.UUID, now time.Time) error {
	if err := d.mayRevoke(person); err != nil {
		return err
	}
	if err := d.move(ToRevoke, in.Version, Revoked, now); err != nil {
		return err
	}
	d.RevokedBy, d.RevokedAt, d.RevokedGround, d.RevokedReason = &person, &now, in.Ground, in.Reason
	return in.check()
}

// Revoke ends a decision in the transaction of a use case that halts what runs on it; package onboarding has it.
func Revoke(ctx context.Context, tx *postgres.Tx, id uuid.UUID, in RevokeInput) (Decision, error) {
	in.Reason = trimmed(in.Reason)
	c, err := lock(ctx, tx, id)
	if err != nil {
		return c.Decision, err
	}
	if c.State == Revoked && c.Version == in.Version+1 && c.RevokedReason == in.Reason && *c.RevokedBy == tx.Who.Person {
		return c.Decision, postgres.ErrRepeated
	}
	was := c.State
	if err := c.revoke(in, tx.Who.Person, tx.Now); err != nil {
		return c.Decision, err
	}
	if err := save(ctx, tx, c.Decision); err != nil {
		return c.Decision, err
	}
	if err := notify.Tell(ctx, tx, c.toldOfRevocation()...); err != nil {
		return c.Decision, err
	}
	return c.Decision, audit.Record(ctx, tx, c.entry("decision.revoke", audit.Land, moved(was, c.State),
		audit.Diff("Grund", "", in.Ground.Word()), audit.Diff("Begründung", "", in.Reason)))
}

// ToBeRevoked returns a decision for the person who is about to revoke it; Conflict if it is not in force, Forbidden
// for whoever took it.
func ToBeRevoked(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Details, error) {
	d, err := details(ctx, tx, id)
	switch {
	case err != nil:
		return d, err
	case d.Ministry != tx.Org() || tx.Who.Reach(access.DecisionReopen) == access.None:
		return d, fault.Missing()
	}
	return d, d.mayRevoke(tx.Who.Person)
}
