package reportpage

import (
	"rollinportal/internal/history"
	"rollinportal/web/page"
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
			Name: page.MonthName(m.First), Scope: "–", Plan: number(m.Plan), Target: number(m.Target), Live: "–",
			PlannedInAll: number(m.Planned), LiveInAll: "–",
		}
		if m.Past {
			found[i].Scope, found[i].Live, found[i].LiveInAll = number(m.Scope), number(m.Live), number(m.Done)
		}
	}
	return found
}
