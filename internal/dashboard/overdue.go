package dashboard

import (
	"rollinportal/internal/onboarding"
)

// OverdueMeans says in words what overdue says in SQL. Every page that shows the figure prints it.
const OverdueMeans = "Überfällig ist eine Aufgabe, deren Frist vor heute liegt, die weder erledigt ist noch entfällt und deren Anbindung läuft, " +
	"also nicht pausiert, abgelehnt, außer Betrieb oder nicht zuständig ist. Sie zählt auch, wenn sie noch auf eine andere wartet. " +
	"Eine Basisaufgabe zählt einmal je Einheit, solange eine laufende Anbindung sie braucht, eine Aufgabe des Landes einmal je Leistung."

// overdue is the one definition of a step s that is late.
const overdue = `s.state NOT IN ('done', 'not_applicable') AND s.due_on < @today AND ` + running

// running holds for a step s whose onboarding is under way; a basis step needs one that leans on it, the Land's steps
// run since the roll-in began.
const running = `CASE s.scope
		WHEN 'land' THEN true
		WHEN 'kommune' THEN EXISTS (
			SELECT FROM portal.onboarding o
			WHERE o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id AND o.state <> ALL (@aside))
		ELSE EXISTS (
			SELECT FROM portal.onboarding_basis l
			JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = l.org_id AND o.onboarding_id = l.onboarding_id
			WHERE l.land_id = @land AND l.step_id = s.step_id AND l.reason = '' AND o.state <> ALL (@aside))
	END`

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
