package page

import (
	"rollinportal/internal/condition"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// ConditionState says where an Auflage stands.
func ConditionState(c condition.Condition) ui.StatusProps {
	switch {
	case c.Late:
		return ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
	case c.State == condition.Reported:
		return ui.StatusProps{Kind: ui.Waiting, Text: "Wird geprüft"}
	case c.State == condition.Open:
		return ui.StatusProps{Kind: ui.Open, Text: c.State.Word()}
	}
	return ui.StatusProps{Kind: ui.Done, Text: c.State.Word()}
}

// LifeState is the same on the page of the decision.
func LifeState(l condition.Life) ui.StatusProps {
	return ConditionState(condition.Condition{State: l.State, Late: l.Late})
}

// ConditionRows list Auflagen; each says what is due when, and with whom it lies.
func ConditionRows(found []condition.Condition) []ui.Row {
	rows := make([]ui.Row, len(found))
	for i, c := range found {
		rows[i] = ui.Row{
			Title: c.Text, URL: link.Condition(c.ID), Tag: c.ServiceName, Status: ConditionState(c),
			Meta: "fällig am " + ui.Date(c.DueOn) + " · " + ConditionOwner(c),
		}
	}
	return rows
}

// ConditionOwner names who sees to an Auflage.
func ConditionOwner(c condition.Condition) string {
	if c.Function == "" {
		return c.OwnerName
	}
	return c.OwnerName + ", " + c.Function
}
