package page

import (
	"time"

	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// ReportLists are the addresses of what a report counts. Whoever reads counts alone has none.
type ReportLists struct {
	Day, Since time.Time
	Corrected  bool
	None       bool
}

// ListsOf returns the addresses for a report.
func ListsOf(r *history.Report) ReportLists {
	return ReportLists{Day: r.Day, Since: r.Since, Corrected: r.Corrected}
}

// Asked are the parameters that say which report is meant.
func (l ReportLists) Asked() []string {
	asOf, since := "", ""
	if l.Corrected {
		asOf = "heute"
	}
	if !l.Since.IsZero() {
		since = l.Since.Format(time.DateOnly)
	}
	return []string{"stichtag", l.Day.Format(time.DateOnly), "vergleich", since, "stand", asOf}
}

// Of leads to what a figure counts; nothing leads nowhere.
func (l ReportLists) Of(n int, key string, more ...string) string {
	if n == 0 || l.None {
		return ""
	}
	return link.With(link.ReportList, append([]string{"kennzahl", key}, append(more, l.Asked()...)...)...)
}

// OfMonth is a column of a month of the pipeline with what it counts. What has not happened yet has a dash.
func (l ReportLists) OfMonth(column history.Monthly, m history.Month) ui.Link {
	if !m.Past && column.Happens() {
		return ui.Link{Text: ui.NotApplicable}
	}
	n := column.Of(m)
	return ui.Link{Text: ui.Number(int64(n)), URL: l.Of(n, column.Key, "monat", m.First.Format(time.DateOnly))}
}

// What whoever reads counts alone is told where others have a list, and the ID of that sentence.
const (
	SumsID   = "ohne-liste"
	SumsOnly = "Ihr Gremium liest Summen. Die einzelnen Einheiten und Aufgaben sehen Land und Fachressorts."
)
