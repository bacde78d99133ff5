package onboarding

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/template"
)

// StepState is what people said about a step.
type StepState string

// The states of a step.
const (
	Open          StepState = "open"
	InProgress    StepState = "in_progress"
	Submitted     StepState = "submitted"
	Returned      StepState = "returned"
	Done          StepState = "done"
	NotApplicable StepState = "not_applicable"
)

// StepStates lists the states of a step in their order.
var StepStates = []StepState{Open, InProgress, Submitted, Returned, Done, NotApplicable}

var stepWords = map[StepState]string{
	Open: "Offen", InProgress: "In Arbeit", Submitted: "Zur Prüfung", Returned: "Zurückgegeben", Done: "Erledigt", NotApplicable: "Entfällt",
}

// Word is the state as people call it.
func (s StepState) Word() string { return stepWords[s] }

// Finished reports whether a step lets its successors begin.
func (s StepState) Finished() bool { return s == Done || s == NotApplicable }

// Started reports whether somebody has worked on the step.
func (s StepState) Started() bool { return s != Open && s != NotApplicable }

// Step is a step of the template in work.
type Step struct {
	template.Step           // Evidence is what the template asks for
	ID            uuid.UUID `db:"step_id"`
	State         StepState
	Reason        string
	Given         string // the evidence given
	GivenURL      string
	DueOn         time.Time
	StateSince    time.Time
	SubmittedBy   *uuid.UUID
	SubmittedOrg  *uuid.UUID
	ValidUntil    *time.Time // until when the text or the link given holds
	ChangedBy     uuid.UUID
	Version       int64                `db:"step_version"`
	CheckedDays   int                  // that it lay with whoever checks it, in checks that ended
	Periods       []Waiting            // in which it lay with others
	Obstacles     []Obstacle           // that the body meets here
	CrossLand     *bool                `db:"-"` // § 8a OZG: true says that no AVV is needed; nil where the step does not ask, or nobody answered
	Unneeded      bool                 // a basis step that this service does without; others may need it
	Overruled     bool                 // it was the body that said so
	ProofOf       string               // what of the body's profile shows that a basis step is done: "Zertifikat"
	ProofEnds     *time.Time           // from that day on it shows nothing
	Files         []File               `db:"-"` // uploaded as evidence
	Talk          Talk                 `db:"-"` // what people say about it
	Proven        bool                 `db:"-"` // derived: there is a file that still holds
	Number        string               `db:"-"` // derived: "2.3", the third on the second leg; of the Land just "7"
	Gate          []int                `db:"-"` // derived: obstacles anywhere in the onboarding that close the way to going live
	WaitsFor      []Ref                `db:"-"` // derived: what has to be finished before
	Overdue       bool                 `db:"-"` // derived: due and unfinished, whether or not it waits; nothing is while the onboarding rests
	Mine          bool                 `db:"-"` // derived: the reader may work on it
	Checker       template.Responsible `db:"-"` // derived: who checks it, "" if nobody does
	Checks        bool                 `db:"-"` // derived: the reader is to check it now
	May           []StepState          `db:"-"` // derived: what the reader may make of it now
}

// Ref names another step of the same checklist.
type Ref struct {
	Key, Title, Number string
	No                 int
	Scope              template.Scope
	State              StepState
	DueOn              time.Time
	Possible, Overdue  bool // as of that step
}

// Possible reports whether nothing stands before the step.
func (s Step) Possible() bool { return len(s.WaitsFor) == 0 }

// CanEdit reports whether the reader may do anything with the step.
func (s Step) CanEdit() bool { return len(s.May) > 0 }

func (s Step) ref() Ref {
	return Ref{s.Key, s.Title, s.Number, s.No, s.Scope, s.State, s.DueOn, s.Possible(), s.Overdue}
}
