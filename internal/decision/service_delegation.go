package decision

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Delegations are the delegations of a ministry, those that end last first, and to whom one may delegate.
type Delegations struct {
	All        []Delegation
	Colleagues []Colleague
	Today      time.Time
}

// Delegations returns who stands in for whom in the acting person's ministry.
func (s *Service) Delegations(ctx context.Context, who access.Actor) (found Delegations, err error) {
	err = s.db.Read(ctx, who, access.DecisionDecide, func(tx *postgres.Tx) error {
		found.Today = tx.Today()
		if found.All, err = listDelegations(ctx, tx); err != nil {
			return err
		}
		found.Colleagues, err = listColleagues(ctx, tx)
		return err
	})
	return found, err
}

// Delegate lets a colleague decide in the acting person's place for some days.
func (s *Service) Delegate(ctx context.Context, who access.Actor, in DelegateInput) error {
	in.Reason = trimmed(in.Reason)
	return s.db.Write(ctx, who, access.DecisionDecide, func(tx *postgres.Tx) error {
		if err := in.check(tx.Today()); err != nil {
			return err
		}
		people, err := listColleagues(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(people, func(c Colleague) bool { return c.ID == in.To })
		if i < 0 {
			return fault.InField("to", "Wählen Sie eine Person Ihres Ressorts, die entscheiden darf.")
		}
		made, err := insertDelegation(ctx, tx, in)
		if err != nil {
			return err
		}
		if !made {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, delegationEntry(who, in.ID, "delegation.make",
			audit.Diff("Vertretung", "", "eingerichtet"), audit.Diff("Von", "", workday.WrittenIf(in.Begins)), audit.Diff("Bis", "", workday.WrittenIf(in.Ends)), audit.Diff("Anlass", "", in.Reason)))
	})
}

// EndDelegation ends a delegation of the acting person before its last day.
func (s *Service) EndDelegation(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.DecisionDecide, func(tx *postgres.Tx) error {
		g, err := oneDelegation(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case g.From != who.Person:
			return fault.New(fault.Forbidden, "Diese Vertretung beendet nur, wer sie eingerichtet hat.")
		case g.EndedAt != nil:
			return postgres.ErrRepeated
		}
		if err := endDelegation(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, delegationEntry(who, id, "delegation.end", audit.Diff("Vertretung", "eingerichtet", "beendet")))
	})
}

// delegationEntry names nobody: the trail says who acted by number, and the delegation says for whom (ADR 0030).
func delegationEntry(who access.Actor, id uuid.UUID, action string, changes ...[]audit.Change) audit.Entry {
	return audit.Entry{
		Org: who.Org.ID, Action: action, Kind: "delegation", Record: id, Title: "Vertretung", Visibility: audit.Private,
		Changes: slices.Concat(changes...),
	}
}
