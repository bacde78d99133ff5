package lagebildpage

import (
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// pastView is how it came to the figures of today.
type pastView struct {
	Report ui.Link // since the day compared with
	Chart  ui.ChartProps
	Gap    string
	Months []page.BurnUpMonth
}

// newPast leads from each value to what it counts; whoever reads counts alone has no lists.
func newPast(r history.Course, counts bool) pastView {
	lists := page.ReportLists{Day: r.Day, Since: r.Since, None: counts}
	return pastView{
		Report: ui.Link{Text: "Bericht seit dem " + ui.Date(r.Since), URL: link.Report},
		Chart:  page.BurnUp("burnup", r), Gap: page.Gap(r), Months: page.BurnUpTable(r.Months, lists),
	}
}
