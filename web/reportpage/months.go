package reportpage

import (
	"rollinportal/internal/history"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// monthView is a month of the pipeline.
type monthView struct {
	Name                      string
	Scope, Plan, Target, Live string
	PlannedInAll, LiveInAll   string
}

func newMonths(months []history.Month) []monthView {
	found := make([]monthView, len(months))
	for i, m := range months {
		found[i] = monthView{
			Name: page.MonthName(m.First), Scope: ui.NotApplicable, Plan: number(m.Plan), Target: number(m.Target), Live: ui.NotApplicable,
			PlannedInAll: number(m.Planned), LiveInAll: ui.NotApplicable,
		}
		if m.Past {
			found[i].Scope, found[i].Live, found[i].LiveInAll = number(m.Scope), number(m.Live), number(m.Done)
		}
	}
	return found
}
