package onboarding

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Address is where a step is shown, with the version the person saw.
type Address struct {
	Body, Service, Key string
	Version            int64
}

// ManyInput is what many steps shall become at once.
type ManyInput struct {
	Steps       []Address
	To          StepState
	Evidence    string // the same for all
	EvidenceURL string
}

// maxMany is how many steps change at once.
const maxMany = 50

// tidy puts the steps in the order in which their checklists are locked, each once.
func (in ManyInput) tidy() ManyInput {
	in.Steps = slices.Clone(in.Steps)
	slices.SortFunc(in.Steps, func(a, b Address) int {
		return cmp.Or(cmp.Compare(a.Body, b.Body), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Key, b.Key))
	})
	in.Steps = slices.CompactFunc(in.Steps, func(a, b Address) bool { return a.Body == b.Body && a.Service == b.Service && a.Key == b.Key })
	return in
}

func (in ManyInput) wrong() error {
	var wrong []fault.Field
	switch {
	case len(in.Steps) == 0:
		wrong = append(wrong, fault.Field{Name: "steps", Text: "Wählen Sie mindestens eine Aufgabe."})
	case len(in.Steps) > maxMany:
		wrong = append(wrong, fault.Field{Name: "steps", Text: "Wählen Sie höchstens 50 Aufgaben auf einmal."})
	}
	if in.To != InProgress && in.To != Done {
		wrong = append(wrong, fault.Field{Name: "to", Text: "Wählen Sie, wie der Stand ist."})
	}
	step := StepInput{Evidence: in.Evidence, EvidenceURL: in.EvidenceURL}.tidy()
	return fault.Fields(append(wrong, step.wrong(move{}, Step{})...)...)
}

func (in ManyInput) input(a Address) StepInput {
	return StepInput{Version: a.Version, To: in.To, Evidence: in.Evidence, EvidenceURL: in.EvidenceURL}.tidy()
}

// Outcome is what becomes of one of many steps, or why it is left out.
type Outcome struct {
	Address
	BodyName, ServiceName string
	Before, After         Step
	LeftOut               string // the reason, as a sentence; nothing changes then
}

// PreviewMany says what ChangeMany would do.
func (s *Service) PreviewMany(ctx context.Context, who access.Actor, in ManyInput) ([]Outcome, error) {
	if in = in.tidy(); in.wrong() != nil {
		return nil, in.wrong()
	}
	found := make([]Outcome, len(in.Steps))
	err := s.db.Read(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) (err error) {
		for i, a := range in.Steps {
			if found[i], _, err = judgeOne(ctx, tx, a, in.input(a), false); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

// ChangeMany moves many steps in one transaction, by the rules for one. What cannot move is left out with the reason;
// if nothing can, nothing happens.
func (s *Service) ChangeMany(ctx context.Context, who access.Actor, in ManyInput) (found []Outcome, err error) {
	if in = in.tidy(); in.wrong() != nil {
		return nil, in.wrong()
	}
	err = s.db.Write(ctx, who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		found = nil
		var entries []audit.Entry
		for _, a := range in.Steps {
			o, entry, err := judgeOne(ctx, tx, a, in.input(a), true)
			if err != nil {
				return err
			}
			if found = append(found, o); o.LeftOut == "" {
				entries = append(entries, entry)
			}
		}
		if len(entries) == 0 {
			return postgres.ErrRepeated // nothing to do; the outcomes say why
		}
		return audit.RecordAll(ctx, tx, entries)
	})
	return found, err
}

// judgeOne says what becomes of one of many steps and, if asked to, makes it so. A fault leaves the step out.
func judgeOne(ctx context.Context, tx *postgres.Tx, a Address, in StepInput, saving bool) (Outcome, audit.Entry, error) {
	o := Outcome{Address: a}
	leave := func(err error) (Outcome, audit.Entry, error) {
		why, known := errors.AsType[*fault.Fault](err)
		if !known {
			return o, audit.Entry{}, err
		}
		if o.LeftOut = why.Text; len(why.Fields) > 0 {
			o.LeftOut = why.Fields[0].Text
		}
		return o, audit.Entry{}, nil
	}
	if saving {
		if err := lock(ctx, tx, a.Body, a.Service, a.Key); err != nil {
			return o, audit.Entry{}, err
		}
	}
	c, err := load(ctx, tx, a.Body, a.Service)
	if err != nil {
		return leave(err)
	}
	o.BodyName, o.ServiceName = c.BodyName, c.ServiceName
	if o.Before, err = c.must(a.Key); err != nil {
		return leave(err)
	}
	switch o.After, err = c.change(o.Before, in, tx.Who); {
	case errors.Is(err, postgres.ErrRepeated):
		return leave(fault.New(fault.Conflict, "Das ist schon so gespeichert."))
	case err != nil:
		return leave(err)
	case !saving:
		return o, audit.Entry{}, nil
	}
	was := c.put(o.After, tx.Now)
	if err := save(ctx, tx, c.Onboarding, false, &o.After); err != nil {
		return o, audit.Entry{}, err
	}
	return o, stepEntry(c, o.Before, o.After, audit.Diff("Stand der Anbindung", was.Word(), c.State.Word())), nil
}
