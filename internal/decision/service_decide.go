package decision

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Decide takes the decision: binding, seen by everybody in the Land, and never changed again. An earlier decision
// about the same service is superseded by it.
func (s *Service) Decide(ctx context.Context, who access.Actor, id uuid.UUID, v Verdict) error {
	v = v.fit()
	return s.db.Write(ctx, who, access.DecisionDecide, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.has(v, who.Person) {
			return postgres.ErrRepeated
		}
		was := c.State
		if err := c.decide(v, who.Person, tx.Now, c.Today); err != nil {
			return err
		}
		if err := save(ctx, tx, c.Decision); err != nil {
			return err
		}
		if err := addConditions(ctx, tx, id, v.Conditions); err != nil {
			return err
		}
		older, err := supersede(ctx, tx, c.Decision)
		if err != nil {
			return err
		}
		entries := []audit.Entry{c.entry("decision.decide", audit.Land, moved(was, c.State), v.changes())}
		for _, o := range older {
			entries = append(entries, c.superseded(o))
		}
		return audit.RecordAll(ctx, tx, entries)
	})
}

// changes are the verdict in people's words.
func (v Verdict) changes() []audit.Change {
	found := audit.Diff("Begründung", "", v.Reason)
	if v.DeferredUntil != nil {
		found = append(found, audit.Change{Field: "Wiedervorlage", New: day(*v.DeferredUntil)})
	}
	for i, c := range v.Conditions {
		found = append(found, audit.Change{Field: "Auflage " + strconv.Itoa(i+1), New: c.Text + " (" + c.Owner + ", bis " + day(c.DueOn) + ")"})
	}
	return found
}

// superseded stands in the trail of the ministry that decided anew, also where another ministry had decided before.
func (c locked) superseded(o older) audit.Entry {
	e := c.entry("decision.supersede", audit.Land, moved(o.Outcome, Superseded), audit.Diff("Ersetzt durch Nummer", "", strconv.Itoa(c.No)))
	e.Record = o.ID
	return e
}
