package onboarding

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
)

// UndoTime is for how long an act on many steps can be undone.
const UndoTime = 15 * time.Minute

// BatchField names the number of a batch in the trail of a step.
const BatchField = "Sammeländerung"

// Batch is one act of a person on many steps. Its number is unique in the Land and stands in the trail of each step.
type Batch struct {
	ID       uuid.UUID `db:"batch_id"`
	No       int
	Title    string    `db:"batch_title"`
	To       StepState `db:"batch_state"`
	MadeBy   uuid.UUID
	MadeAt   time.Time
	LeftOut  []Left
	UndoneAt *time.Time  `db:"batch_undone_at"`
	Steps    []BatchStep `db:"-"` // in the order in which they changed
	At       time.Time   `db:"-"`
}

// Left is a step that a batch left out, in words.
type Left struct{ Body, Service, Title, Why string }

// BatchStep is a step that a batch changed.
type BatchStep struct {
	Body, BodyName       string
	Service, ServiceName string
	StepID               uuid.UUID
	Key, Title           string
	Before               Prior
	State                StepState // after
	Version              int64     // after
	WaitingID            *uuid.UUID
	UndoneAt             *time.Time
	Kept                 string // why it was not undone
}

// Prior is what a batch found: of the step, and of its onboarding.
type Prior struct {
	State       StepState
	Reason      string
	Given       string
	GivenURL    string
	StateSince  time.Time
	SubmittedBy *uuid.UUID
	ValidUntil  *time.Time
	Onboarding  State
	Since       time.Time
	CommittedAt *time.Time
}

// Address is where the step is shown.
func (s BatchStep) Address() Address { return Address{s.Body, s.Service, s.Key, s.Version} }

// Until is when the batch can be undone no longer.
func (b Batch) Until() time.Time { return b.MadeAt.Add(UndoTime) }

func (b Batch) addresses() []Address {
	found := make([]Address, len(b.Steps))
	for i, s := range b.Steps {
		found[i] = s.Address()
	}
	return found
}

// waitings are the periods that the batch ended, by step.
func (b Batch) waitings() map[uuid.UUID]uuid.UUID {
	found := map[uuid.UUID]uuid.UUID{}
	for _, s := range b.Steps {
		if s.WaitingID != nil {
			found[s.StepID] = *s.WaitingID
		}
	}
	return found
}

// refuses says why a person cannot undo the batch now; nil if they can.
func (b Batch) refuses(who access.Actor, now time.Time) error {
	switch {
	case b.MadeBy != who.Person:
		return fault.New(fault.Forbidden, "Rückgängig machen kann nur, wer die Aufgaben geändert hat.")
	case now.After(b.Until()):
		return fault.New(fault.Conflict, "Rückgängig geht nur 15 Minuten lang. Ändern Sie die Aufgaben einzeln.")
	}
	return nil
}

// CanUndo reports whether a person can undo the batch now.
func (b Batch) CanUndo(who access.Actor) bool {
	return b.UndoneAt == nil && b.refuses(who, b.At) == nil
}

// Undone is how many of the steps are again what they were.
func (b Batch) Undone() int {
	n := 0
	for _, s := range b.Steps {
		if s.UndoneAt != nil {
			n++
		}
	}
	return n
}

// undo makes of each step what it was, in the lists, unless something newer happened to it. Steps are undone in the
// opposite order, so that a step that depends on another goes first.
func (b Batch) undo(lists map[place]*Checklist, who access.Actor, now time.Time) []Outcome {
	found := make([]Outcome, len(b.Steps))
	for i := range b.Steps {
		s := b.Steps[len(b.Steps)-1-i]
		o := &found[i]
		*o = Outcome{Address: s.Address(), BodyName: s.BodyName, ServiceName: s.ServiceName, list: lists[s.Address().place()]}
		if o.LeftOut = s.stays(o.list); o.LeftOut != "" {
			continue
		}
		o.Before, _ = o.list.Find(s.Key)
		o.After = s.restored(o.Before)
		if at := o.list.CommittedAt; at != nil && at.Equal(b.MadeAt) {
			o.list.CommittedAt = s.Before.CommittedAt
		}
		o.take(lists, who, now)
		if o.After.State != o.Before.State {
			o.After.StateSince = s.Before.StateSince
		}
		if o.list.State != o.was.State && o.list.State == s.Before.Onboarding {
			o.list.Since = s.Before.Since
		}
	}
	return found
}

// stays says why a step cannot be undone; "" if it can.
func (s BatchStep) stays(c *Checklist) string {
	if c == nil {
		return "Die Aufgabe ist nicht mehr da."
	}
	switch now, known := c.Find(s.Key); {
	case !known:
		return "Die Aufgabe ist nicht mehr da."
	case now.Version != s.Version:
		return "Inzwischen hat jemand die Aufgabe geändert. Sie steht auf „" + now.State.Word() + "“."
	case c.State.Aside():
		return "Die Anbindung steht inzwischen auf „" + c.State.Word() + "“."
	}
	return ""
}

func (s BatchStep) restored(now Step) Step {
	now.State, now.Reason, now.SubmittedBy = s.Before.State, s.Before.Reason, s.Before.SubmittedBy
	now.Given, now.GivenURL, now.ValidUntil = s.Before.Given, s.Before.GivenURL, s.Before.ValidUntil
	return now
}
