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

func newPast(r *history.Report) pastView {
	months := r.Months()
	return pastView{
		Report: ui.Link{Text: "Bericht seit dem " + ui.Date(r.Since), URL: link.Report},
		Chart:  page.BurnUp("burnup", r, months), Gap: page.Gap(r), Months: page.BurnUpTable(months, page.ListsOf(r)),
	}
}
