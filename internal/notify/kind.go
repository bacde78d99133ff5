package notify

// Kind is a sort of thing that happens. People turn its mails off, not its notices.
type Kind string

// The kinds, in the order in which the settings list them.
const (
	HandedOver          Kind = "step.handed_over"
	TakenBack           Kind = "step.taken_back"
	OthersDid           Kind = "step.provider_done"
	StepReturned        Kind = "step.returned"
	StepAccepted        Kind = "step.accepted"
	DueSoon             Kind = "due.soon"
	Overdue             Kind = "due.over"
	QuestionAsked       Kind = "question.asked"
	QuestionAnswered    Kind = "question.answered"
	ObstacleReported    Kind = "obstacle.reported"
	ObstacleEscalated   Kind = "obstacle.escalated"
	ObstacleDecided     Kind = "obstacle.decided"
	ObstacleClosed      Kind = "obstacle.closed"
	DecisionWaits       Kind = "decision.waits"
	DecisionReturned    Kind = "decision.returned"
	DecisionMade        Kind = "decision.made"
	DecisionEnded       Kind = "decision.revoked"
	OpinionAsked        Kind = "opinion.asked"
	OpinionAnswered     Kind = "opinion.answered"
	RollinStarted       Kind = "rollin.started"
	OnboardingPaused    Kind = "onboarding.paused"
	OnboardingResumed   Kind = "onboarding.resumed"
	TargetMoved         Kind = "onboarding.moved"
	WentLive            Kind = "onboarding.live"
	CertificateExpiring Kind = "certificate.expiring"
	WaveJudged          Kind = "wave.judged"
	PilotsCalled        Kind = "pilot.called"
	PilotApplied        Kind = "pilot.applied"
	PilotsChosen        Kind = "pilot.chosen"
	ConditionSet        Kind = "condition.set"
	ConditionReported   Kind = "condition.reported"
	ConditionSettled    Kind = "condition.settled"
	ConditionDue        Kind = "condition.due"
	FundingEnds         Kind = "funding.ends"
	EventPlanned        Kind = "event.planned"
	EventChanged        Kind = "event.changed"
	SurveyOpened        Kind = "survey.opened"
	SurveyDue           Kind = "survey.due"
	SurveyAnswered      Kind = "survey.answered"
	SurveySettled       Kind = "survey.settled"
	BarrierReported     Kind = "barrier.reported" // told by ctx.report_barrier
	ErasureWaits        Kind = "erasure.waits"
	ErasureSettled      Kind = "erasure.settled"
	OwnErasure          Kind = "erasure.own"
	CoordinationChanged Kind = "member.coordination" // told by ctx.invite_coordination and ctx.end_coordination
)

// Kinds lists all kinds with what people read. Required are those that bind a body or a ministry: a decision, the start
// of a roll-in with its dates, an Auflage, the end of money, and a certificate without which applications no longer
// arrive. Nobody's data go unheard either. Their mails stay.
var Kinds = []struct {
	Kind     Kind
	Label    string
	Required bool
}{
	{HandedOver, "Eine Aufgabe liegt jetzt bei uns", false},
	{TakenBack, "Eine Aufgabe liegt nicht mehr bei uns", false},
	{OthersDid, "Eine andere Stelle hat eine Aufgabe von uns bearbeitet", false},
	{StepReturned, "Ein Nachweis ist geprüft und zurückgegeben", false},
	{StepAccepted, "Ein Nachweis ist geprüft und angenommen", false},
	{DueSoon, "Eine Frist rückt näher", false},
	{Overdue, "Eine Frist ist überschritten", false},
	{QuestionAsked, "Jemand hat eine Frage gestellt", false},
	{QuestionAnswered, "Eine Frage ist beantwortet", false},
	{ObstacleReported, "Eine Hürde ist gemeldet", false},
	{ObstacleEscalated, "Eine Hürde ist eskaliert", false},
	{ObstacleDecided, "Zu einer Hürde gibt es einen Beschluss oder eine Lösung im Test", false},
	{ObstacleClosed, "Eine Hürde ist abgeschlossen", false},
	{DecisionWaits, "Eine Nachnutzungsentscheidung wartet", false},
	{DecisionReturned, "Eine Nachnutzungsentscheidung ist mit Rückfrage zurück", false},
	{DecisionMade, "Eine Nachnutzungsentscheidung ist getroffen", true},
	{DecisionEnded, "Ein Beschluss zur Nachnutzung ist aufgehoben oder abgelaufen", true},
	{OpinionAsked, "Jemand bittet uns um Stellungnahme", false},
	{OpinionAnswered, "Eine Stellungnahme liegt vor", false},
	{RollinStarted, "Ein Roll-in hat begonnen", true},
	{OnboardingPaused, "Eine Anbindung ruht", false},
	{OnboardingResumed, "Eine Anbindung geht weiter", false},
	{TargetMoved, "Ein Produktivstart ist auf einen anderen Tag geplant", false},
	{WentLive, "Eine Leistung ist produktiv", false},
	{CertificateExpiring, "Ein Zertifikat läuft ab", true},
	{WaveJudged, "Die Pilotierung ist ausgewertet", true},
	{PilotsCalled, "Das Land sucht Pilotkommunen", false},
	{PilotApplied, "Eine Einheit bewirbt sich als Pilotkommune", false},
	{PilotsChosen, "Die Pilotkommunen sind ausgewählt", true},
	{ConditionSet, "Eine Auflage liegt bei uns", true},
	{ConditionReported, "Eine Auflage ist als erfüllt gemeldet", false},
	{ConditionSettled, "Eine Meldung zu unserer Auflage ist geprüft", false},
	{ConditionDue, "Eine Auflage ist fällig oder überfällig", true},
	{FundingEnds, "Ein Beschluss, eine Preisbindung, ein Vertrag oder eine Förderung endet", true},
	{EventPlanned, "Ein Termin ist angesetzt", false},
	{EventChanged, "Ein Termin, zu dem wir angemeldet sind, ist verlegt oder fällt aus", false},
	{SurveyOpened, "Eine Umfrage des Landes ist eröffnet", false},
	{SurveyDue, "Unsere Antwort auf eine Umfrage fehlt noch", false},
	{SurveyAnswered, "Eine Antwort auf eine Umfrage ist zu prüfen", false},
	{SurveySettled, "Unsere Antwort auf eine Umfrage ist geprüft", false},
	{BarrierReported, "Jemand meldet eine Barriere im Portal", false},
	{ErasureWaits, "Die Löschung einer Person wartet auf Freigabe", false},
	{ErasureSettled, "Über unseren Löschantrag ist entschieden", false},
	{OwnErasure, "Die Löschung meiner Daten ist beantragt", true},
	{CoordinationChanged, "Der Plattformbetrieb ändert, wer das Land koordiniert", true},
}

// Label is what people read of a kind.
func (k Kind) Label() string {
	for _, known := range Kinds {
		if known.Kind == k {
			return known.Label
		}
	}
	return string(k)
}

// Required reports whether mails of a kind cannot be turned off.
func (k Kind) Required() bool {
	for _, known := range Kinds {
		if known.Kind == k {
			return known.Required
		}
	}
	return false
}
