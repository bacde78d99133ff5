package page

import (
	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

// onboardingKinds say how the states of an Anbindung look; what they are called is the onboarding's own word.
var onboardingKinds = map[onboarding.State]ui.Kind{
	onboarding.NotStarted: ui.Open, onboarding.Interested: ui.Open,
	onboarding.Committed: ui.InProgress, onboarding.Preparing: ui.InProgress, onboarding.Connecting: ui.InProgress,
	onboarding.Testing: ui.InProgress, onboarding.Ready: ui.InProgress,
	onboarding.Live: ui.Done, onboarding.Operating: ui.Done, onboarding.Paused: ui.Waiting,
	onboarding.Declined: ui.Locked, onboarding.NotCompetent: ui.Locked, onboarding.Decommissioned: ui.Locked,
}

// OnboardingState is the state of an Anbindung as every page shows it.
func OnboardingState(s onboarding.State) ui.StatusProps {
	return ui.StatusProps{Kind: onboardingKinds[s], Text: s.Word()}
}

// OnboardingStanding is how an Anbindung stands: its state, unless its wave waits.
func OnboardingStanding(o onboarding.Onboarding) ui.StatusProps {
	if o.Held && !o.State.Aside() {
		return ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf Auswertung der Pilotierung"}
	}
	return OnboardingState(o.State)
}
