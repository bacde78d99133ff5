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

// newMonths leaves out what has not happened yet.
func newMonths(months []history.Month, at lists) []monthView {
	found := make([]monthView, len(months))
	for i, m := range months {
		found[i].Name = page.MonthName(m.First)
		for _, c := range history.Columns {
			cell := at.ofMonth(c, m)
			if !m.Past && c.Happens() {
				cell = ui.Link{Text: ui.NotApplicable}
			}
			found[i].Columns = append(found[i].Columns, cell)
		}
	}
	return found
}
