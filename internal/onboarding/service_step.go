package onboarding

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// ChangeStep moves a step of a body's checklist. A basis step moves in every checklist of the body.
func (s *Service) ChangeStep(ctx context.Context, who access.Actor, bodyKey, slug, key string, in StepInput) error {
	return s.changeStep(ctx, who, access.ChecklistItemEdit, bodyKey, slug, key, in)
}

// ReviewStep accepts a step that others have submitted, or returns it with a reason.
func (s *Service) ReviewStep(ctx context.Context, who access.Actor, bodyKey, slug, key string, in StepInput) error {
	if in.To != Done && in.To != Returned {
		return fault.InField("to", "Wählen Sie, ob Sie die Aufgabe annehmen oder zurückgeben.")
	}
	return s.changeStep(ctx, who, access.ChecklistConfirm, bodyKey, slug, key, in)
}

func (s *Service) changeStep(ctx context.Context, who access.Actor, action access.Action, bodyKey, slug, key string, in StepInput) error {
	in = in.tidy()
	return s.db.WriteSteady(ctx, who, action, func(tx *postgres.Tx) error {
		c, before, err := lockStep(ctx, tx, bodyKey, slug, key)
		if err != nil {
			return err
		}
		after, err := c.change(before, in, who)
		if err != nil {
			return err
		}
		was := c.put(after, tx.Now)
		entry := stepEntry(c, before, after, audit.Diff("Stand der Anbindung", was.Word(), c.State.Word()))
		return c.saveStep(ctx, tx, was, false, before, after, entry, c.stepped(before, after, who)...)
	})
}

// must returns the body's step with a key, or NotFound.
func (c *Checklist) must(key string) (Step, error) {
	s, known := c.Find(key)
	if !known {
		return s, fault.Missing()
	}
	return s, nil
}

// change judges what somebody wants of a step of the checklist.
func (c *Checklist) change(s Step, in StepInput, who access.Actor) (Step, error) {
	return c.changeBy(c.handOf(who), s, in)
}

func (c *Checklist) changeBy(h hand, s Step, in StepInput) (Step, error) {
	switch {
	case s.repeats(in, h):
		return s, postgres.ErrRepeated
	case c.State.Aside():
		return s, fault.New(fault.Conflict, "Die Anbindung steht auf „"+c.State.Word()+"“. Solange ruht die Checkliste.")
	case s.Key == template.Live:
		return s, fault.New(fault.Conflict, "Den Produktivstart melden Sie auf seiner eigenen Seite.")
	}
	return s.moved(in, h)
}

// put replaces a step and brings the onboarding's state up to date. It returns the state before.
func (c *Checklist) put(s Step, now time.Time) State {
	*c.step(s.Key) = s
	if s.Key == template.Kickoff && s.State == Done && c.CommittedAt == nil {
		c.CommittedAt = &now
	}
	was := c.State
	c.State = c.suggested()
	return was
}

// stepEntry is what the trail says about a changed step.
func stepEntry(c *Checklist, before, after Step, more []audit.Change) audit.Entry {
	return audit.Entry{
		Org: c.BodyID, Action: "step." + string(after.State), Kind: "step", Record: after.ID, Parent: c.ID,
		Title: after.Title, Visibility: audit.Org, Changes: append(stepChanges(before, after), more...),
	}
}

func stepChanges(before, after Step) []audit.Change {
	var with []audit.Change
	if before.State != after.State {
		with = audit.Diff("Liegt bei", before.withParty(), "")
	}
	return slices.Concat(
		audit.Diff("Status", before.State.Word(), after.State.Word()), with,
		audit.Diff("Grund", before.Reason, after.Reason),
		audit.Diff("Nachweis", before.Given, after.Given),
		audit.Diff("Gültig bis", workday.WrittenIf(before.ValidUntil), workday.WrittenIf(after.ValidUntil)),
		audit.Diff("Link zum Nachweis", before.GivenURL, after.GivenURL))
}

// onboardingEntry is what the trail says about an onboarding.
func onboardingEntry(o Onboarding, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{
		Org: o.BodyID, Action: action, Kind: "onboarding", Record: o.ID, Parent: uuid.Nil,
		Title: o.ServiceName, Visibility: audit.Org, Changes: changes,
	}
}
