package dashboard

import "rollinportal/internal/onboarding"

// Stage groups the states of an onboarding as the Lagebild shows them: four steps of the way, and what stands aside.
type Stage string

// The stages.
const (
	NotBegun     Stage = "not_begun"
	Preparing    Stage = "preparing"
	Connecting   Stage = "connecting"
	Testing      Stage = "testing"
	GoingLive    Stage = "going_live"
	Live         Stage = "live"
	Resting      Stage = "paused"
	Declined     Stage = "declined"
	Ended        Stage = "ended"
	NotCompetent Stage = "not_competent"
)

// Stages lists the stages in the order of the way.
var Stages = []Stage{NotBegun, Preparing, Connecting, Testing, GoingLive, Live, Resting, Declined, Ended, NotCompetent}

// StageOf returns the stage that a state belongs to.
func StageOf(s onboarding.State) Stage {
	switch s {
	case onboarding.NotStarted, onboarding.Interested:
		return NotBegun
	case onboarding.Committed, onboarding.Preparing:
		return Preparing
	case onboarding.Connecting:
		return Connecting
	case onboarding.Testing:
		return Testing
	case onboarding.Ready:
		return GoingLive
	case onboarding.Live, onboarding.Operating:
		return Live
	case onboarding.Paused:
		return Resting
	case onboarding.Declined:
		return Declined
	case onboarding.Decommissioned:
		return Ended
	}
	return NotCompetent
}

// InWork reports whether a body works on it: begun, and not yet live.
func (s Stage) InWork() bool {
	return s == Preparing || s == Connecting || s == Testing || s == GoingLive
}

// Counts reports whether the onboarding is part of the denominator: whoever is not competent is not.
func (s Stage) Counts() bool { return s != NotCompetent }

// StatesIn returns the states of every stage for which something holds.
func StatesIn(holds func(Stage) bool) []onboarding.State {
	return statesWhere(func(s onboarding.State) bool { return holds(StageOf(s)) })
}

// States returns the states of a stage.
func (s Stage) States() []onboarding.State {
	return StatesIn(func(other Stage) bool { return other == s })
}
