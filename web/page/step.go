package page

import (
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/ui"
)

// StepState is the state of an Aufgabe in words. What is derived outweighs what people entered: one that is late is
// overdue, an open one that waits for others is not possible yet.
func StepState(s onboarding.StepState, possible, overdue bool) ui.StatusProps {
	switch {
	case s == onboarding.Done:
		return ui.StatusProps{Kind: ui.Done, Text: s.Word()}
	case s == onboarding.NotApplicable:
		return ui.StatusProps{Kind: ui.Locked, Text: s.Word()}
	case s == onboarding.Submitted:
		return ui.StatusProps{Kind: ui.Waiting, Text: s.Word()}
	case overdue:
		return ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
	case !possible && s == onboarding.Open:
		return ui.StatusProps{Kind: ui.Locked, Text: "Noch nicht möglich"}
	case !possible:
		return ui.StatusProps{Kind: ui.Blocked, Text: "Blockiert"}
	case s.Started():
		return ui.StatusProps{Kind: ui.InProgress, Text: s.Word()}
	}
	return ui.StatusProps{Kind: ui.Open, Text: s.Word()}
}

// Expiring is the status of an Aufgabe whose Nachweis holds until a day that is near.
func Expiring(until time.Time) ui.StatusProps {
	return ui.StatusProps{Kind: ui.Ending, Text: "Läuft ab am " + ui.Date(until)}
}

// Again is the status of an Aufgabe that was done before and is open once more.
func Again() ui.StatusProps { return ui.StatusProps{Kind: ui.Overdue, Text: "Erneut zu prüfen"} }

// Blocked is the status of an Aufgabe that an obstacle blocks. It outweighs that the Aufgabe is late: the body cannot go on.
func Blocked() ui.StatusProps { return ui.StatusProps{Kind: ui.Blocked, Text: "Blockiert"} }

// CheckedBy says with whom a submitted Aufgabe lies: "bei der Landeskoordination".
func CheckedBy(by template.Responsible) string {
	switch by {
	case template.ByMinistry:
		return "beim Fachressort"
	case template.ByProvider:
		return "beim IT-Dienstleister"
	}
	return "bei der Landeskoordination"
}

// WaitingFor is the status of an Aufgabe that lies with others. It outweighs that the Aufgabe is late: the body is not
// at turn.
func WaitingFor(party string) ui.StatusProps {
	return ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf " + party}
}

// TaskState is the status of an Aufgabe in a list: with whom it lies, or what blocks it, outweighs that it is late.
func TaskState(t dashboard.Task) ui.StatusProps {
	switch {
	case t.WaitsSince != nil:
		return WaitingFor(t.Party)
	case t.Blocked && !t.State.Finished() && t.State != onboarding.Submitted:
		return Blocked()
	}
	return StepState(t.State, true, t.Overdue)
}

// WithOthers says how many of the days that a text names were not the body's: ", davon 21 Tage bei anderen".
func WithOthers(days int) string {
	if days == 0 {
		return ""
	}
	return ", davon " + ui.Count(days, "Tag", "Tage") + " bei anderen"
}

// StaleFilter is the filter of the onboardings of which nobody said for too long how they stand.
const StaleFilter = "nicht-bestaetigt"

// Unconfirmed says that nobody confirmed for long how an Anbindung stands, and when somebody did the last time.
func Unconfirmed(last *time.Time) string {
	if last == nil {
		return "nicht bestätigt"
	}
	return "nicht bestätigt seit " + ui.Date(*last)
}

var pillarTitles = map[int]string{1: "Strukturen und Rollen", 2: "Unterstützung", 3: "Informationen", 4: "Zusammenarbeit"}

// PillarTitle names a pillar, 1 to 4, in short.
func PillarTitle(number int) string { return known(pillarTitles[number]) }

var legTitles = map[int]string{1: "Vorbereiten", 2: "Anbinden", 3: "Testen", 4: "Produktiv gehen"}

// LegTitle names one of the four legs in which people see the phases of the template.
func LegTitle(number int) string { return known(legTitles[number]) }

func known(title string) string {
	if title == "" {
		return ui.NotApplicable
	}
	return title
}

var responsibles = map[template.Responsible]string{
	template.ByLand: "Land", template.ByMinistry: "Fachressort", template.ByProvider: "IT-Dienstleister", template.ByOperator: "EfA-Anbieter",
}

// Responsible says who does a step. What the body does itself carries the body's name.
func Responsible(who template.Responsible, body string) string {
	if name, others := responsibles[who]; others {
		return name
	}
	return body
}

// Deadline says until when a step is due, or when it was done.
func Deadline(today time.Time, s onboarding.Step) ui.Fact {
	switch {
	case s.State == onboarding.Done:
		return ui.Fact{Term: "Erledigt", Value: ui.Date(s.StateSince)}
	case s.State == onboarding.NotApplicable:
		return ui.Fact{Term: "Fällig", Value: ui.NotApplicable}
	case s.DueOn.Before(today):
		return ui.Fact{Term: "Fällig", Value: ui.Date(s.DueOn) + " (Frist überschritten)"}
	}
	return ui.Fact{Term: "Fällig", Value: ui.Date(s.DueOn)}
}
