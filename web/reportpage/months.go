package reportpage

import (
	"rollinportal/internal/history"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// monthView is a month of the pipeline: its columns, as those of history stand.
type monthView struct {
	Name    string
	Columns []ui.Link
}

func newMonths(months []history.Month, at page.ReportLists) []monthView {
	found := make([]monthView, len(months))
	for i, m := range months {
		found[i].Name = page.MonthName(m.First)
		for _, c := range history.Columns {
			found[i].Columns = append(found[i].Columns, at.OfMonth(c, m))
		}
	}
	return found
}
