package dashboard

import (
	"rollinportal/internal/onboarding"
)

// OverdueMeans says in words what overdue says in SQL. Every page that shows the figure prints it.
const OverdueMeans = "Überfällig ist eine Aufgabe, deren Frist vor heute liegt, die weder erledigt ist noch entfällt und deren Anbindung läuft, " +
	"also nicht pausiert, abgelehnt, außer Betrieb oder nicht zuständig ist und auch nicht auf die Auswertung der Pilotierung wartet. Sie zählt auch, wenn sie noch auf eine andere wartet. " +
	"Eine Basisaufgabe zählt einmal je Einheit, solange eine laufende Anbindung sie braucht, eine Aufgabe des Landes einmal je Leistung."

// overdue is the one definition of a step s that is late.
const overdue = toDo + ` AND s.due_on < @today`

// toDo holds for a step s that somebody has to do: it is not finished, and it does not rest. Whether it rests is kept
// with it (migration 30). The index step_to_do has these words.
const toDo = `s.state NOT IN ('done', 'not_applicable') AND NOT s.resting`

// asideStates are the states in which an onboarding rests.
func asideStates() []onboarding.State { return statesWhere(onboarding.State.Aside) }

func statesWhere(holds func(onboarding.State) bool) []onboarding.State {
	var found []onboarding.State
	for _, s := range onboarding.States {
		if holds(s) {
			found = append(found, s)
		}
	}
	return found
}
