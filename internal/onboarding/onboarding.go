package onboarding

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/organisation"
	"rollinportal/internal/template"
)

// State is how far a body has come with a service.
type State string

// The states of an onboarding.
const (
	NotStarted     State = "not_started"
	Interested     State = "interested"
	Committed      State = "committed"
	Preparing      State = "preparing"
	Connecting     State = "connecting"
	Testing        State = "testing"
	Ready          State = "ready"
	Live           State = "live"
	Operating      State = "operating"
	Paused         State = "paused"
	Declined       State = "declined"
	NotCompetent   State = "not_applicable"
	Decommissioned State = "decommissioned"
)

// States lists the states in the order of the way, the side states last.
var States = []State{
	NotStarted, Interested, Committed, Preparing, Connecting, Testing, Ready, Live, Operating,
	Paused, Declined, NotCompetent, Decommissioned,
}

var stateWords = map[State]string{
	NotStarted: "Noch nicht begonnen", Interested: "Interesse bekundet", Committed: "Teilnahme zugesagt",
	Preparing: "In Vorbereitung", Connecting: "In Anbindung", Testing: "Im Test", Ready: "Bereit für Go-live",
	Live: "Produktiv", Operating: "Regelbetrieb", Paused: "Pausiert", Declined: "Abgelehnt",
	NotCompetent: "Nicht zuständig", Decommissioned: "Außer Betrieb",
}

// Word is the state as people call it.
func (s State) Word() string { return stateWords[s] }

// Aside reports whether the onboarding rests: its steps do not change.
func (s State) Aside() bool {
	return s == Paused || s == Declined || s == NotCompetent || s == Decommissioned
}

// IsLive reports whether citizens can use the service.
func (s State) IsLive() bool { return s == Live || s == Operating }

// Onboarding is one body's way to one service.
type Onboarding struct {
	ID          uuid.UUID `db:"onboarding_id"`
	BodyID      uuid.UUID
	BodyKey     string
	BodyName    string
	BodyKind    organisation.Kind
	Providers   []string // IT-Dienstleister that work for the body
	Assigned    bool     // there is one
	ServiceID   uuid.UUID
	ServiceSlug string
	ServiceName string
	State       State     `db:"onboarding_state"`
	Since       time.Time `db:"onboarding_since"`
	StateReason string
	ResumeOn    *time.Time
	TargetOn    time.Time
	CommittedAt *time.Time
	LiveOn      *time.Time
	ConfirmedAt *time.Time // when the body last said how this stands
	StartedAt   time.Time  // of the roll-in
	Pilot       bool
	WaveNo      *int // nil where the roll-in has no waves
	WaveName    string
	Held        bool  // the wave waits for the evaluation of the pilots
	Letter      bool  // the body got an Informationsschreiben, and the reader may read it
	Relevant    int   `db:"steps_relevant"`
	Done        int   `db:"steps_done"`
	Version     int64 `db:"onboarding_version"`
}

// suggested is the state that the onboarding's own steps speak for. Side states stay what a person made of them.
func (c *Checklist) suggested() State {
	if c.State.Aside() {
		return c.State
	}
	return c.awake()
}

// awake is the state of an onboarding that rests no longer.
func (c *Checklist) awake() State {
	if c.LiveOn != nil {
		if s := c.step(template.Hypercare); s != nil && s.State.Finished() {
			return Operating
		}
		return Live
	}
	switch {
	case c.ownFinished(c.order.Before(template.Live)):
		return Ready
	case c.testing():
		return Testing
	case c.started(template.Technology):
		return Connecting
	case c.started(template.Decision, template.Organisation) || c.prepared():
		return Preparing
	case c.CommittedAt != nil || c.kickoff().Finished():
		return Committed
	case c.kickoff().Started():
		return Interested
	}
	return NotStarted
}

// started reports whether work on a step of these phases has begun for this service.
func (c *Checklist) started(phases ...template.Phase) bool {
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Scope == template.Kommune && s.State.Started() && slices.Contains(phases, s.Phase) {
			return true
		}
	}
	return false
}

// prepared reports whether there is more to the preparation than the kickoff, and it has begun.
func (c *Checklist) prepared() bool {
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Scope == template.Kommune && s.Phase == template.Preparation && s.Key != template.Kickoff && s.State.Started() {
			return true
		}
	}
	return false
}

// testing reports whether something connected is being tested. Steps of the test phase that need no technology, such
// as building up support, begin early and test nothing.
func (c *Checklist) testing() bool {
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Scope != template.Kommune || s.Phase != template.Test || !s.State.Started() {
			continue
		}
		for key := range c.order.Before(s.Key) {
			if before := c.step(key); before != nil && before.Phase == template.Technology {
				return true
			}
		}
	}
	return false
}

// ownFinished reports whether the onboarding's own steps among these keys are finished; false if there is none.
func (c *Checklist) ownFinished(keys map[string]bool) bool {
	some := false
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Scope != template.Kommune || !keys[s.Key] {
			continue
		}
		if some = true; !s.State.Finished() {
			return false
		}
	}
	return some
}

func (c *Checklist) kickoff() StepState {
	if s := c.step(template.Kickoff); s != nil {
		return s.State
	}
	return Open
}
