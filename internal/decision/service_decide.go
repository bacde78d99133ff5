package decision

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
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
		if v.Seen != c.Seen {
			return ErrMoved
		}
		inPlaceOf, err := c.represented(ctx, tx, v)
		if err != nil {
			return err
		}
		if err := closeOpinions(ctx, tx, id); err != nil {
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
		kept, err := keepRecord(ctx, tx, id)
		if err != nil {
			return err
		}
		entries := []audit.Entry{
			c.entry("decision.decide", audit.Land, moved(was, c.State), v.changes(), audit.Diff(fieldPublic, "", kept.public)),
			c.entry("decision.record", audit.Private, audit.Diff(fieldWhole, "", kept.whole)),
		}
		if inPlaceOf != "" {
			stand := c.entry("decision.stand-in", audit.Private, audit.Diff("In Vertretung von", "", inPlaceOf))
			entries = append(entries, stand)
		}
		for _, o := range older {
			entries = append(entries, c.superseded(o))
		}
		if err := notify.Tell(ctx, tx, c.toldOfDecision()...); err != nil {
			return err
		}
		return audit.RecordAll(ctx, tx, entries)
	})
}

// ErrMoved is the Conflict of a decision that leans on facts which changed while they were read.
var ErrMoved = fault.New(fault.Conflict, "Seit Sie die Unterlagen geöffnet haben, hat sich etwas geändert: die Angaben zur Leistung oder eine Stellungnahme. Prüfen Sie sie noch einmal.")

// represented is the name of whom the person stands in for, "" for nobody.
func (c locked) represented(ctx context.Context, tx *postgres.Tx, v Verdict) (string, error) {
	if v.DelegationID == nil {
		return "", nil
	}
	g, err := oneDelegation(ctx, tx, *v.DelegationID)
	if err != nil {
		return "", err
	}
	return g.FromName, c.standIn(g, tx.Who.Person, c.Today)
}

// changes are the verdict in people's words.
func (v Verdict) changes() []audit.Change {
	found := append(audit.Diff("Grund", "", v.Ground.Word()), audit.Diff("Begründung", "", v.Reason)...)
	if v.DeferredUntil != nil {
		found = append(found, audit.Change{Field: "Wiedervorlage", New: workday.Written(*v.DeferredUntil)})
	}
	if v.ValidUntil != nil {
		found = append(found, audit.Change{Field: "Gilt bis", New: workday.Written(*v.ValidUntil)})
	}
	for i, c := range v.Conditions {
		found = append(found, audit.Change{Field: "Auflage " + strconv.Itoa(i+1), New: c.Text + " (" + c.Owner + ", bis " + workday.Written(c.DueOn) + ")"})
	}
	return found
}

// superseded stands in the trail of the ministry that decided anew, also where another ministry had decided before.
func (c locked) superseded(o older) audit.Entry {
	e := c.entry("decision.supersede", audit.Land, moved(o.Outcome, Superseded), audit.Diff("Ersetzt durch Nummer", "", strconv.Itoa(c.No)))
	e.Record = o.ID
	return e
}
