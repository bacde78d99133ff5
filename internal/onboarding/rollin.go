package onboarding

import (
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/condition"
	"rollinportal/internal/template"
)

// Rollin is the roll-in of one service as a reader sees it.
type Rollin struct {
	header
	Steps  []Step        // of the Land, by number
	Bodies []Listed      // those the reader may see, kreisfreie Städte first
	States map[State]int // how many of the bodies the reader may count stand where
	Trail  []audit.Event // of one step, where one was asked for
	Today  time.Time
}

// Listed is an onboarding in the list of its service.
type Listed struct {
	Onboarding
	Ends   string     // what of its profile it leans on ends soon, or has ended: "Zertifikat"
	EndsOn *time.Time // nil if nothing does
}

// Ending is what ends of what the onboarding leans on.
func (l Listed) Ending() Ending {
	if l.EndsOn == nil {
		return Ending{}
	}
	return Ending{l.Ends, *l.EndsOn}
}

// header is what is known of a roll-in besides its steps.
type header struct {
	ServiceID    uuid.UUID
	ServiceSlug  string
	ServiceName  string
	StartedAt    *time.Time // nil before the start
	DecisionID   *uuid.UUID
	TemplateID   uuid.UUID
	TemplateName string
	TemplateNo   int
	Waves        []Wave                // none where everybody began at once
	Evaluations  []Evaluation          // of the pilots, the newest last
	Conditions   []condition.Condition `db:"unfinished"` // unfinished Auflagen of its decision, as far as the reader follows them
	Outside      []Outside             // competent bodies that the roll-in goes without, for the Land
}

// newRollin derives what depends on the day and on who reads.
func newRollin(h header, steps []Step, today time.Time, who access.Actor) *Rollin {
	r := &Rollin{header: h, Steps: steps, States: map[State]int{}, Today: today}
	number(r.Steps, func(Step) string { return "" })
	deriveSteps(r.Steps, template.OrderFor(templatesIn(steps), true), r.step, today)
	hand := landHandOf(who, today)
	for i := range r.Steps {
		r.Steps[i].May = r.Steps[i].open(hand)
	}
	return r
}

func (r *Rollin) step(key string) *Step {
	for i := range r.Steps {
		if r.Steps[i].Key == key {
			return &r.Steps[i]
		}
	}
	return nil
}

// Find returns the Land's step with a key.
func (r *Rollin) Find(key string) (Step, bool) {
	if s := r.step(key); s != nil {
		return *s, true
	}
	return Step{}, false
}

// Next returns the Land's step that is most urgent among those that can be worked on now, or nil.
func (r *Rollin) Next() *Step {
	var next *Step
	for i := range r.Steps {
		s := &r.Steps[i]
		if !s.State.Finished() && s.Possible() && (next == nil || s.DueOn.Before(next.DueOn)) {
			next = s
		}
	}
	return next
}

// count takes in the bodies. Whoever may only see aggregates gets the counts and no names.
func (r *Rollin) count(bodies []Listed, reach access.Reach) {
	for _, o := range bodies {
		r.States[o.State]++
	}
	if reach != access.Aggregates {
		r.Bodies = bodies
	}
}

// Competent is how many of the counted bodies are competent: the denominator.
func (r *Rollin) Competent() int {
	n := 0
	for state, count := range r.States {
		if state != NotCompetent {
			n += count
		}
	}
	return n
}

// Productive is how many of the counted bodies are live.
func (r *Rollin) Productive() int { return r.States[Live] + r.States[Operating] }
