package onboarding

import (
	"context"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// PreviewMany says what ChangeMany would do.
func (s *Service) PreviewMany(ctx context.Context, who access.Actor, in ManyInput) (found []Outcome, err error) {
	in = in.tidy()
	err = s.db.Read(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		if err := in.wrong(tx.Today()); err != nil {
			return err
		}
		lists, err := loadMany(ctx, tx, in.Steps)
		in.date(lists)
		found = in.judge(lists, who, tx.Now)
		return err
	})
	return found, err
}

// ChangeMany moves many steps in one transaction, by the rules for one, and returns the number of the batch. What cannot
// move is left out with the reason; if nothing can, nothing happens and the number is 0. However many steps there are,
// the statements are the same few.
func (s *Service) ChangeMany(ctx context.Context, who access.Actor, in ManyInput) (no int, found []Outcome, err error) {
	in = in.tidy()
	err = s.db.Write(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		if err := in.wrong(tx.Today()); err != nil {
			return err
		}
		if err := lockMany(ctx, tx, in.Steps); err != nil {
			return err
		}
		lists, err := loadMany(ctx, tx, in.Steps)
		if err != nil {
			return err
		}
		found = in.judge(lists, who, tx.Now)
		changed := changedOf(found)
		if len(changed) == 0 { // a second click finds everything done
			if no, err = numberOf(ctx, tx, in.ID); err != nil {
				return err
			}
			return postgres.ErrRepeated
		}
		if err := saveMany(ctx, tx, changed, nil); err != nil {
			return err
		}
		if no, err = insertBatch(ctx, tx, in, found); err != nil {
			return err
		}
		return notify.Record(ctx, tx, manyEntries(changed, "", no), manyStepped(changed, who, no, false)...)
	})
	return no, found, err
}

// Batch returns an act on many steps of the acting person's organisation; NotFound if there is none with this number.
func (s *Service) Batch(ctx context.Context, who access.Actor, no int) (b Batch, err error) {
	err = s.db.Read(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		b, err = readBatch(ctx, tx, no, reading)
		return err
	})
	return b, err
}

// UndoMany makes the steps of a batch again what they were, but for those to which something newer happened. Only the
// person who made the batch can do that, once, for 15 minutes.
func (s *Service) UndoMany(ctx context.Context, who access.Actor, no int) error {
	return s.db.Write(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		b, err := readBatch(ctx, tx, no, lockedBatch)
		if err != nil {
			return err
		}
		if b.UndoneAt != nil && b.MadeBy == who.Person {
			return postgres.ErrRepeated
		}
		if err := b.refuses(who, tx.Now); err != nil {
			return err
		}
		if err := lockMany(ctx, tx, b.addresses()); err != nil {
			return err
		}
		lists, err := loadMany(ctx, tx, b.addresses())
		if err != nil {
			return err
		}
		found := b.undo(lists, who, tx.Now)
		changed := changedOf(found)
		if len(changed) == 0 {
			return fault.New(fault.Conflict, "Nichts ist zurückgesetzt: Zu jeder Aufgabe gibt es eine neuere Änderung.")
		}
		if err := saveMany(ctx, tx, changed, b.waitings()); err != nil {
			return err
		}
		if err := markUndone(ctx, tx, b, found); err != nil {
			return err
		}
		return notify.Record(ctx, tx, manyEntries(changed, "step.undone", no), manyStepped(changed, who, no, true)...)
	})
}

func changedOf(found []Outcome) []Outcome {
	var changed []Outcome
	for _, o := range found {
		if o.LeftOut == "" {
			changed = append(changed, o)
		}
	}
	return changed
}

// manyEntries are what the trail of each body says. Every entry names the batch.
func manyEntries(changed []Outcome, action string, no int) []audit.Entry {
	entries := make([]audit.Entry, len(changed))
	for i, o := range changed {
		more := audit.Diff("Stand der Anbindung", o.was.State.Word(), o.became.Word())
		entries[i] = stepEntry(o.list, o.Before, o.After, append(more, audit.Diff(BatchField, "", "Nr. "+strconv.Itoa(no))...))
		if action != "" {
			entries[i].Action = action
		}
	}
	return entries
}

// StepsOfBodies returns the steps that the bodies of a service have, with how many of them stand where, as far as the
// reader may set them; NotFound if there are none.
func (s *Service) StepsOfBodies(ctx context.Context, who access.Actor, slug string) (found Everywhere, err error) {
	err = s.db.Read(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		if found, err = countSteps(ctx, tx, slug); err != nil {
			return err
		}
		found.Fresh, err = freshBatches(ctx, tx)
		return err
	})
	return found, err
}

// StepOfBodies returns one step in every checklist of a service that the reader may set it in; NotFound if there is none.
func (s *Service) StepOfBodies(ctx context.Context, who access.Actor, slug, key string) (found []Task, err error) {
	err = s.db.Read(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		lists, err := loadService(ctx, tx, slug)
		if err != nil {
			return err
		}
		for _, c := range lists {
			step, known := c.Find(key)
			if known && c.State != NotCompetent && step.Key != template.Live && c.manyHandOf(who).works(step) {
				found = append(found, Task{Step: step, Checklist: c})
			}
		}
		if len(found) == 0 {
			return fault.Missing()
		}
		return nil
	})
	return found, err
}

// StepsIn returns the steps that the checklists of some cells have, with how many of them stand where, as far as the
// reader may set them. Cells that do not exist for the reader have none.
func (s *Service) StepsIn(ctx context.Context, who access.Actor, cells []Address) (found []StepCount, err error) {
	if len(cells) > maxMany {
		return nil, fault.InField("steps", tooMany)
	}
	err = s.db.Read(ctx, who, access.ChecklistItemMany, func(tx *postgres.Tx) error {
		lists, err := loadMany(ctx, tx, cells)
		found = countIn(lists, who)
		return err
	})
	return found, err
}
