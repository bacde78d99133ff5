package page

import (
	"strconv"
	"time"

	"rollinportal/internal/history"
	"rollinportal/web/ui"
)

var monthNames = []string{"Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"}

// MonthName is a month in a table or below an axis: "Nov 26".
func MonthName(t time.Time) string {
	return monthNames[t.Month()-1] + " " + strconv.Itoa(t.Year())[2:]
}

// BurnUp draws a pipeline: scope and actual up to the Stichtag, the first plan to its end.
func BurnUp(id string, r history.Course) ui.ChartProps {
	months, c := r.Months, ui.ChartProps{ID: id, Title: "Verlauf: Umfang, Plan und Ist der Anbindungen am Monatsende"}
	if len(months) == 0 {
		return c
	}
	planned := 0 // by the Stichtag
	for _, m := range months {
		c.Marks = append(c.Marks, MonthName(m.First))
		c.Plan = append(c.Plan, m.Planned)
		if m.Past {
			c.Scope, c.Done, planned = append(c.Scope, m.Scope), append(c.Done, m.Done), m.Planned
		}
	}
	last := months[len(months)-1]
	c.ScopeLabel, c.PlanLabel, c.DoneLabel = "Umfang "+ui.Number(int64(r.Whole)), "Plan "+ui.Number(int64(last.Planned)), "Ist "+ui.Number(int64(r.Live))
	c.Desc = "Am " + ui.LongDate(r.Day) + " sind " + ui.Number(int64(r.Live)) + " von " + ui.Count(r.Whole, "Anbindung", "Anbindungen") + " produktiv. " +
		"Der erste Plan sah bis zum Ende dieses Monats " + ui.Number(int64(planned)) + " vor und endet im " + MonthName(last.First) + ". Alle Werte stehen in der Tabelle."
	return c
}

// BurnUpMonth is a row of the table below the chart.
type BurnUpMonth struct {
	Name              string
	Scope, Plan, Done ui.Link
}

// BurnUpTable has the values of the chart, each with the onboardings it counts.
func BurnUpTable(months []history.Month, at ReportLists) []BurnUpMonth {
	found := make([]BurnUpMonth, len(months))
	for i, m := range months {
		found[i] = BurnUpMonth{MonthName(m.First), at.OfMonth(history.Scope, m), at.OfMonth(history.PlanInAll, m), at.OfMonth(history.LiveInAll, m)}
	}
	return found
}

// Gap says in a sentence how plan and actual differ.
func Gap(r history.Course) string {
	switch n := r.Behind; {
	case n > 0:
		return "Am " + ui.Date(r.Day) + " fehlen " + ui.Count(n, "Anbindung", "Anbindungen") + " zum ersten Plan."
	case n < 0:
		return "Am " + ui.Date(r.Day) + " sind " + ui.Count(-n, "Anbindung", "Anbindungen") + " mehr produktiv, als der erste Plan vorsah."
	}
	return "Am " + ui.Date(r.Day) + " entspricht das Ist dem ersten Plan."
}

// TrendOf is Trend for a figure that nobody may have written down on that day.
func TrendOf(now int, before *int, since time.Time) (text, icon string) {
	if before == nil {
		return "am " + ui.Date(since) + " nicht erfasst", ""
	}
	return Trend(now, *before, since)
}

// Trend says how a figure changed since a day, with the icon for it.
func Trend(now, before int, since time.Time) (text, icon string) {
	switch n := now - before; {
	case n > 0:
		return ui.Number(int64(n)) + " mehr als am " + ui.Date(since), ui.IconUp
	case n < 0:
		return ui.Number(int64(-n)) + " weniger als am " + ui.Date(since), ui.IconDown
	}
	return "wie am " + ui.Date(since), ui.IconSame
}
