package page

import (
	"rollinportal/internal/decision"
	"rollinportal/web/ui"
)

// OpinionState says where an opinion stands that a ministry asked for.
func OpinionState(o decision.Asked) ui.StatusProps {
	switch {
	case o.Answered():
		return ui.StatusProps{Kind: ui.Done, Text: "Beantwortet: " + o.Result.Word()}
	case o.ClosedAt != nil:
		return ui.StatusProps{Kind: ui.Locked, Text: "Nicht mehr nötig"}
	case o.DueOn.Before(o.Today):
		return ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Offen"}
}
