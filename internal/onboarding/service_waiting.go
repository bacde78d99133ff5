package onboarding

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Party is an organisation of the Land that steps may lie with.
type Party struct{ Key, Kind, Name string }

// TaskToHandOver returns a step with the organisations that it can be handed to; NotFound if there is none for this
// reader, Forbidden or Conflict if it is not theirs to hand over now.
func (s *Service) TaskToHandOver(ctx context.Context, who access.Actor, bodyKey, slug, key string) (Task, []Party, error) {
	var t Task
	var parties []Party
	err := s.db.Read(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) (err error) {
		if t.Checklist, err = load(ctx, tx, bodyKey, slug); err != nil {
			return err
		}
		if t.Step, err = t.Checklist.must(key); err != nil {
			return err
		}
		parties, err = listParties(ctx, tx)
		return err
	})
	return t, parties, err
}

// HandOver notes that a step lies with others. It keeps its state; a change of state, or TakeBack, ends the period.
func (s *Service) HandOver(ctx context.Context, who access.Actor, bodyKey, slug, key string, in HandOverInput) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		c, step, err := lockStep(ctx, tx, bodyKey, slug, key)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(step.Periods, func(w Waiting) bool { return w.ID == in.ID }) {
			return postgres.ErrRepeated
		}
		if err := c.passes(step, in.Version); err != nil {
			return err
		}
		if with := step.With(); with != nil {
			return fault.New(fault.Conflict, "Die Aufgabe liegt schon bei "+with.Party+". Holen Sie sie zuerst zurück.")
		}
		if err := step.passable(); err != nil {
			return err
		}
		if err := in.wrong(step, tx.Today()).Err(); err != nil {
			return err
		}
		party, err := insertWaiting(ctx, tx, c, step, in)
		if err != nil {
			return err
		}
		changes := slices.Concat(
			audit.Diff("Liegt bei", "", party), audit.Diff("Ticket", "", in.Ticket), audit.Diff("Notiz", "", in.Note),
			audit.Diff("Seit", "", workday.Written(in.Since)))
		return notify.Record(ctx, tx, []audit.Entry{waitingEntry(c, step, "step.handed_over", changes)}, c.handedOver(step, in)...)
	})
}

// TakeBack ends the period in which a step lies with others.
func (s *Service) TakeBack(ctx context.Context, who access.Actor, bodyKey, slug, key string, version int64) error {
	return s.db.Write(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		c, step, err := lockStep(ctx, tx, bodyKey, slug, key)
		if err != nil {
			return err
		}
		with := step.With()
		if with == nil && step.Version == version+1 && step.ChangedBy == who.Person {
			return postgres.ErrRepeated
		}
		if err := c.passes(step, version); err != nil {
			return err
		}
		if with == nil {
			return fault.New(fault.Conflict, "Die Aufgabe liegt bei niemand anderem.")
		}
		if err := endWaiting(ctx, tx, c, step); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{waitingEntry(c, step, "step.taken_back", audit.Diff("Liegt bei", with.Party, ""))}, c.takenBack(step, with)...)
	})
}

// passes says why a step is not the reader's to hand over or to take back; nil if it is.
func (c *Checklist) passes(s Step, version int64) error {
	switch {
	case !s.Mine && c.State.Aside():
		return fault.New(fault.Conflict, "Die Anbindung steht auf „"+c.State.Word()+"“. Solange ruht die Checkliste.")
	case !s.Mine:
		return fault.New(fault.Forbidden, "Diese Aufgabe liegt bei einer anderen Stelle.")
	case s.Version != version:
		return fault.New(fault.Conflict, "Jemand hat „"+s.Title+"“ inzwischen geändert.")
	}
	return nil
}

func waitingEntry(c *Checklist, s Step, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{
		Org: c.BodyID, Action: action, Kind: "step", Record: s.ID, Parent: c.ID,
		Title: s.Title, Visibility: audit.Org, Changes: changes,
	}
}

// doubleClick is how soon after a confirmation another one is the same one.
const doubleClick = time.Minute

// Confirm says that the onboarding of a body for a service, or all of the body's if slug is "", stands as it is noted.
func (s *Service) Confirm(ctx context.Context, who access.Actor, bodyKey, slug string) error {
	return s.db.Write(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		if who.Org.Key != bodyKey {
			return fault.Missing()
		}
		confirmed, err := confirm(ctx, tx, slug)
		if err != nil {
			return err
		}
		if len(confirmed) == 0 {
			return fault.Missing()
		}
		if !slices.ContainsFunc(confirmed, func(o confirmation) bool { return o.Before == nil || tx.Now.Sub(*o.Before) > doubleClick }) {
			return postgres.ErrRepeated
		}
		entries := make([]audit.Entry, len(confirmed))
		for i, o := range confirmed {
			entries[i] = audit.Entry{
				Org: tx.Org(), Action: "onboarding.confirmed", Kind: "onboarding", Record: o.ID, Parent: uuid.Nil,
				Title: o.Service, Visibility: audit.Org, Changes: audit.Diff("Stand bestätigt am", workday.WrittenIf(o.Before), workday.Written(tx.Now)),
			}
		}
		return audit.RecordAll(ctx, tx, entries)
	})
}
