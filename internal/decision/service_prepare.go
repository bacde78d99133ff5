package decision

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Review enters a review, for the first time or again, while the case is being prepared.
func (s *Service) Review(ctx context.Context, who access.Actor, id uuid.UUID, kind Kind, in ReviewInput) error {
	in = in.tidy(kind)
	return s.db.Write(ctx, who, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(c.Reviews, func(r Review) bool { return r.Kind == kind })
		if i < 0 {
			return fault.Missing()
		}
		if c.Reviews[i].has(in, who.Person) {
			return postgres.ErrRepeated
		}
		before, review := c.Reviews[i], c.Reviews[i]
		was := c.State
		if err := c.move(ToReview, c.Version, InReview, tx.Now); err != nil {
			return err
		}
		if err := review.record(in, who.Person, tx.Now); err != nil {
			return err
		}
		if err := saveReview(ctx, tx, id, review); err != nil {
			return err
		}
		crossed := c.CrossLand
		if kind == Privacy {
			c.CrossLand = in.CrossLand
		}
		if err := save(ctx, tx, c.Decision); err != nil {
			return err
		}
		entry := c.entry("decision.review", audit.Private, moved(was, c.State),
			audit.Diff("Ergebnis", before.Result.Word(), review.Result.Word()), audit.Diff("Vermerk", before.Note, review.Note),
			audit.Diff("Unterlagen", strings.Join(before.Links, "\n"), strings.Join(review.Links, "\n")),
			audit.Diff("Länderübergreifender Onlinedienst (§ 8a OZG)", yesNo(crossed), yesNo(c.CrossLand)))
		entry.Kind, entry.Title = "review", kind.Word()
		return audit.Record(ctx, tx, entry)
	})
}

// Submit puts the case before the person who decides; Invalid with a field for each review that is missing.
func (s *Service) Submit(ctx context.Context, who access.Actor, id uuid.UUID, version int64) error {
	return s.act(ctx, who, access.DecisionInternalEdit, id, func(c *locked, tx *postgres.Tx) (audit.Entry, error) {
		if c.State == Submitted && c.Version == version+1 && *c.SubmittedBy == who.Person {
			return audit.Entry{}, postgres.ErrRepeated
		}
		was := c.State
		err := c.submit(version, c.Reviews, c.assessment(), who.Person, tx.Now)
		if err == nil {
			err = notify.Tell(ctx, tx, c.toldOfSubmission())
		}
		return c.entry("decision.submit", audit.Org, moved(was, c.State)), err
	})
}

// Withdraw ends a case before its decision.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, id uuid.UUID, b Because) error {
	b.Reason = trimmed(b.Reason)
	return s.act(ctx, who, access.DecisionInternalEdit, id, func(c *locked, tx *postgres.Tx) (audit.Entry, error) {
		if c.State == Withdrawn && c.Version == b.Version+1 && c.Reason == b.Reason {
			return audit.Entry{}, postgres.ErrRepeated
		}
		was := c.State
		err := c.withdraw(b, tx.Now)
		if err == nil {
			err = closeOpinions(ctx, tx, id)
		}
		return c.entry("decision.withdraw", audit.Org, moved(was, c.State), audit.Diff("Grund", "", b.Reason)), err
	})
}

// Return sends a submitted case back with a question. Only its ministry reads the question.
func (s *Service) Return(ctx context.Context, who access.Actor, id uuid.UUID, b Because) error {
	b.Reason = trimmed(b.Reason)
	return s.act(ctx, who, access.DecisionDecide, id, func(c *locked, tx *postgres.Tx) (audit.Entry, error) {
		if c.State == InReview && c.Version == b.Version+1 && c.Reason == b.Reason {
			return audit.Entry{}, postgres.ErrRepeated
		}
		was := c.State
		err := c.sendBack(b, tx.Now)
		if err == nil {
			err = notify.Tell(ctx, tx, c.toldOfReturn())
		}
		return c.entry("decision.return", audit.Private, moved(was, c.State), audit.Diff("Rückfrage", "", b.Reason)), err
	})
}

// act locks a case, lets the rule change it, saves it and records the entry.
func (s *Service) act(ctx context.Context, who access.Actor, action access.Action, id uuid.UUID, rule func(*locked, *postgres.Tx) (audit.Entry, error)) error {
	return s.db.Write(ctx, who, action, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		entry, err := rule(&c, tx)
		if err != nil {
			return err
		}
		if err := save(ctx, tx, c.Decision); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry)
	})
}

func yesNo(answer *bool) string {
	if answer == nil {
		return ""
	}
	return audit.YesNo(*answer)
}
