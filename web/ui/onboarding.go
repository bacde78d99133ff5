package ui

import "time"

// StepState is the state of an Aufgabe in words. What is derived outweighs what people entered: one that is late is
// overdue, an open one that waits for others is not possible yet.
func StepState(key string, possible, overdue bool) StatusProps {
	switch {
	case key == "done":
		return StatusProps{Done, "Erledigt"}
	case key == "not_applicable":
		return StatusProps{Locked, "Entfällt"}
	case key == "submitted":
		return StatusProps{Waiting, "Zur Prüfung"}
	case overdue:
		return StatusProps{Overdue, "Überfällig"}
	case !possible && key == "open":
		return StatusProps{Locked, "Noch nicht möglich"}
	case !possible:
		return StatusProps{Blocked, "Blockiert"}
	case key == "returned":
		return StatusProps{InProgress, "Zurückgegeben"}
	case key == "in_progress":
		return StatusProps{InProgress, "In Arbeit"}
	}
	return StatusProps{Open, "Offen"}
}

// WaitingFor is the status of an Aufgabe that lies with others. It outweighs that the Aufgabe is late: the body is not
// at turn.
func WaitingFor(party string) StatusProps { return StatusProps{Waiting, "Wartet auf " + party} }

// Unconfirmed says that nobody confirmed for long how an Anbindung stands, and when somebody did the last time.
func Unconfirmed(last *time.Time) string {
	if last == nil {
		return "nicht bestätigt"
	}
	return "nicht bestätigt seit " + Date(*last)
}

// PillarTitle names a pillar, 1 to 4, in short.
func PillarTitle(number int) string {
	switch number {
	case 1:
		return "Strukturen und Rollen"
	case 2:
		return "Unterstützung"
	case 3:
		return "Informationen"
	case 4:
		return "Zusammenarbeit"
	}
	return NotApplicable
}

// LegTitle names one of the four legs in which people see the phases of the template.
func LegTitle(number int) string {
	switch number {
	case 1:
		return "Vorbereiten"
	case 2:
		return "Anbinden"
	case 3:
		return "Testen"
	case 4:
		return "Produktiv gehen"
	}
	return NotApplicable
}

// Responsible says who does a step. What the body does itself carries the body's name.
func Responsible(key, body string) string {
	switch key {
	case "land":
		return "Land"
	case "fachressort":
		return "Fachressort"
	case "it_dienstleister":
		return "IT-Dienstleister"
	case "efa_anbieter":
		return "EfA-Anbieter"
	}
	return body
}
