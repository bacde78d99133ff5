package decisionpage

import (
	"slices"

	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// anchor is the field on the page of a case that the room's complaint is about: a missing review leads to its row.
func anchor(field string) string {
	if art := page.ArtOf(decision.Kind(field)); art != "" {
		return "pruefung-" + art
	}
	if slices.Contains(assessed, field) {
		return "wibe-" + field
	}
	return field
}

// assessed are the sections of the Wirtschaftlichkeitsbetrachtung that the room names when they are missing.
var assessed = []string{"frame", string(economics.Reuse), string(economics.AsIs)}

// lookAt says what a review has to answer.
func lookAt(k decision.Kind) string {
	switch k {
	case decision.Professional:
		return "Passt der Dienst zum Landesrecht und zu den Abläufen der zuständigen Stellen? Welche Nachweise und Formerfordernisse gelten?"
	case decision.Technical:
		return "Passen Transportweg, Fachverfahren und Rückkanal? Welche Basisdienste des Landes sind nötig?"
	case decision.Privacy:
		return "Wer verantwortet die Verarbeitung (§ 8a OZG)? Liegen Folgenabschätzung und Sicherheitskonzept vor? Ist ein Vertrag zur Auftragsverarbeitung nötig?"
	case decision.Economic:
		return "Was kostet die Nachnutzung gegenüber heute und gegenüber einer eigenen Lösung des Landes? Bewerten Sie, was die Berechnung ergibt und wie sicher es ist."
	}
	return ""
}

// notStarted is the filter for what is approved and not rolled in yet.
const notStarted = "nicht-gestartet"

// withDate and inTime are filters across the states: which cases had a date, and which of them kept it.
const (
	withDate = "mit-termin"
	inTime   = "im-termin"
)

// stateFilters are the states as the URL names them, and as the filter offers them.
var stateFilters = []struct {
	key, text string
	states    []decision.State
}{
	{"offen", "Alle offenen", []decision.State{decision.Draft, decision.InReview, decision.Submitted}},
	{"entwurf", "Entwurf", []decision.State{decision.Draft}},
	{"in-pruefung", "In Prüfung", []decision.State{decision.InReview}},
	{"eingereicht", "Wartet auf Entscheidung", []decision.State{decision.Submitted}},
	{"nachgenutzt", "Beschlossen, mit oder ohne Auflagen", []decision.State{decision.Approved, decision.ApprovedWithConditions}},
	{notStarted, "Beschlossen, nicht gestartet", []decision.State{decision.Approved, decision.ApprovedWithConditions}},
	{withDate, "Mit Termin: entschieden oder Termin vorbei", nil},
	{inTime, "Im erbetenen Termin entschieden", nil},
	{"mit-auflagen", "Mit Auflagen beschlossen", []decision.State{decision.ApprovedWithConditions}},
	{"zurueckgestellt", "Zurückgestellt", []decision.State{decision.Deferred}},
	{"abgelehnt", "Abgelehnt", []decision.State{decision.Rejected}},
	{"beendet", "Aufgehoben, abgelaufen, ersetzt oder zurückgezogen", []decision.State{decision.Revoked, decision.Expired, decision.Superseded, decision.Withdrawn}},
	{"aufgehoben", "Aufgehoben", []decision.State{decision.Revoked}},
	{"abgelaufen", "Abgelaufen", []decision.State{decision.Expired}},
	{"ersetzt", "Ersetzt", []decision.State{decision.Superseded}},
	{"zurueckgezogen", "Zurückgezogen", []decision.State{decision.Withdrawn}},
}

// statesOf returns the states of a filter; none, and so all, for a key nobody knows.
func statesOf(key string) []decision.State {
	for _, f := range stateFilters {
		if f.key == key {
			return f.states
		}
	}
	return nil
}

// stateOf is a state as a badge; mine says that this very person decides now.
func stateOf(s decision.State, mine bool) ui.StatusProps {
	if mine {
		return ui.StatusProps{Kind: ui.InProgress, Text: "Wartet auf Ihre Entscheidung"}
	}
	return ui.StatusProps{Kind: stateKinds[s], Text: s.Word()}
}

var stateKinds = map[decision.State]ui.Kind{
	decision.Draft: ui.Open, decision.InReview: ui.InProgress, decision.Submitted: ui.Waiting, decision.Approved: ui.Done,
	decision.ApprovedWithConditions: ui.Conditional, decision.Deferred: ui.Waiting, decision.Rejected: ui.Locked,
	decision.Withdrawn: ui.Locked, decision.Superseded: ui.Locked, decision.Revoked: ui.Blocked,
	decision.Expired: ui.Blocked,
}

func resultOf(r decision.Result) ui.StatusProps {
	return ui.StatusProps{Kind: resultKinds[r], Text: r.Word()}
}

var resultKinds = map[decision.Result]ui.Kind{
	decision.Open: ui.Open, decision.Positive: ui.Done, decision.PositiveWithConditions: ui.Conditional, decision.Negative: ui.Blocked,
	decision.Waived: ui.Locked,
}

// outcomeTexts are the decisions as the form offers them.
var outcomeTexts = map[decision.State]string{
	decision.Approved: "Nachnutzung beschließen", decision.ApprovedWithConditions: "Nachnutzung mit Auflagen beschließen",
	decision.Deferred: "Zurückstellen", decision.Rejected: "Nachnutzung ablehnen",
}

// effect says what follows from a decision.
func effect(s decision.State, bodies int) string {
	everywhere := ui.Count(bodies, "Einheit", "Einheiten")
	switch s {
	case decision.Approved:
		return "Das Land kann den Roll-in in " + everywhere + " starten."
	case decision.ApprovedWithConditions:
		return "Das Land kann den Roll-in in " + everywhere + " starten. Die Auflagen stehen mit Frist im Beschluss."
	case decision.Deferred:
		return "Sie nennen einen Termin zur Wiedervorlage. Der Roll-in beginnt nicht."
	case decision.Rejected:
		return "Die Leistung wird als nicht nachgenutzt geführt."
	}
	return ""
}
