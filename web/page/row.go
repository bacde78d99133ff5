package page

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/web/ui"
)

// OnboardingRow is how an Anbindung stands, as every list shows it.
type OnboardingRow struct {
	State, Late         ui.StatusProps
	Blocked             ui.StatusProps
	Expiry              ui.StatusProps // of what it leans on
	Since, Note, Target string
	Unconfirmed         string // for the Land
}

// NewOnboardingRow says how an Anbindung stands.
func NewOnboardingRow(o dashboard.Onboarding, who access.Actor) OnboardingRow {
	v := OnboardingRow{Expiry: ExpiryOf(o), State: OnboardingState(o.State), Since: "seit " + ui.Date(o.StateSince), Target: ui.Date(o.TargetOn)}
	if o.Unconfirmed && who.Reach(access.RolloutView) == access.WholeLand {
		v.Unconfirmed = Unconfirmed(o.ConfirmedAt)
	}
	switch {
	case o.State == onboarding.NotCompetent || o.State == onboarding.Declined || o.State == onboarding.Decommissioned:
		v.Note, v.Target = o.StateReason, ui.NotApplicable
	case o.State == onboarding.Paused && o.ResumeOn != nil:
		v.Note = "weiter ab " + ui.Date(*o.ResumeOn) + ": " + o.StateReason
	case o.LiveOn != nil:
		v.Since = "produktiv seit " + ui.Date(*o.LiveOn)
	case o.Blocked:
		v.Blocked = ui.StatusProps{Kind: ui.Blocked, Text: "Blockiert"}
	case o.Late:
		v.Late = ui.StatusProps{Kind: ui.Overdue, Text: "Ziel überschritten"}
	}
	return v
}
