package dashboard

import (
	"rollinportal/internal/onboarding"
)

// OverdueMeans says in words what overdue says in SQL. Every page that shows the figure prints it.
const OverdueMeans = "Überfällig ist eine Aufgabe, deren Frist vor heute liegt, die weder erledigt ist noch entfällt und deren Anbindung läuft, " +
	"also nicht pausiert, abgelehnt, außer Betrieb oder nicht zuständig ist und auch nicht auf die Auswertung der Pilotierung wartet. Sie zählt auch, wenn sie noch auf eine andere wartet. " +
	"Eine Basisaufgabe zählt einmal je Einheit, solange eine laufende Anbindung sie braucht, eine Aufgabe des Landes einmal je Leistung."

// overdue is the one definition of a step s that is late. Statements that use it begin with moving.
const overdue = `s.state NOT IN ('done', 'not_applicable') AND s.due_on < @today AND ` + running

// running holds for a step s whose onboarding is under way; a basis step needs one that leans on it, the Land's steps
// run since the roll-in began. Statements that use it begin with moving.
const running = `(s.scope = 'land' OR s.onboarding_id IN (SELECT ways.onboarding_id FROM ways) OR s.step_id IN (SELECT leant.step_id FROM leant))`

// moving finds once for a statement which onboardings are under way, and which basis steps one of them leans on.
const moving = `
	WITH ways AS MATERIALIZED (
		SELECT o.onboarding_id
		FROM portal.onboarding o
		WHERE o.land_id = @land AND o.state <> ALL (@aside) AND NOT o.held
	), leant AS MATERIALIZED (
		SELECT DISTINCT l.step_id
		FROM portal.onboarding_basis l
		JOIN ways ON ways.onboarding_id = l.onboarding_id
		WHERE l.land_id = @land AND l.reason = ''
	)`

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
