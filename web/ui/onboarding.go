package ui

// onboardingStates are the words for the states of an Anbindung (domain.md 6.2 c). They stand here because every
// page that names one must use the same word.
var onboardingStates = map[string]StatusProps{
	"not_started":    {Open, "Noch nicht begonnen"},
	"interested":     {Open, "Interesse bekundet"},
	"committed":      {InProgress, "Teilnahme zugesagt"},
	"preparing":      {InProgress, "In Vorbereitung"},
	"connecting":     {InProgress, "In Anbindung"},
	"testing":        {InProgress, "Im Test"},
	"ready":          {InProgress, "Bereit für Go-live"},
	"live":           {Done, "Produktiv"},
	"operating":      {Done, "Regelbetrieb"},
	"paused":         {Waiting, "Pausiert"},
	"declined":       {Locked, "Abgelehnt"},
	"not_applicable": {Locked, "Nicht zuständig"},
	"decommissioned": {Locked, "Außer Betrieb"},
}

// OnboardingState is the state of an Anbindung in words.
func OnboardingState(key string) StatusProps { return onboardingStates[key] }
