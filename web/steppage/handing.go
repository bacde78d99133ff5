package steppage

import (
	"strconv"
	"strings"

	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// handing is with whom a task lies, and the way to change that.
type handing struct {
	With     ui.FactsProps // empty unless the task lies with others
	HandOver ui.Link
	TakeBack string // where to call it back, if the reader may
	Version  string
	Spent    string // own and foreign days apart
}

func newHanding(t onboarding.Task) handing {
	c := t.Checklist
	h := handing{Version: strconv.FormatInt(t.Version, 10)}
	if spent, known := c.Time(t.Step); known {
		h.Spent = apart(spent, t.State == onboarding.Done, c.BodyName)
	}
	if t.CanHandOver() {
		h.HandOver = ui.Link{Text: "Die Aufgabe liegt bei anderen", URL: link.HandOver(c.BodyKey, c.ServiceSlug, t.Key)}
	}
	if t.CanTakeBack() {
		h.TakeBack = link.TakeBack(c.BodyKey, c.ServiceSlug, t.Key)
	}
	if with := t.With(); with != nil {
		h.With = ui.FactsProps{Columns: true, Items: []ui.Fact{
			{Term: "Liegt bei", Value: with.Party},
			{Term: "Seit", Value: ui.Date(with.Since) + ", " + ui.DaysSince(with.Since, c.Today)},
			{Term: "Ticket", Value: with.Ticket},
			{Term: "Notiz", Value: with.Note},
		}}
	}
	return h
}

// apart says how long a task took, or takes until now, and whose days they were: "35 Tage, davon 21 Tage bei Dataport
// und 14 Tage bei Erfurt". They count from the day on which the task became possible.
func apart(spent onboarding.Time, finished bool, body string) string {
	text := ui.Count(spent.Whole(), "Tag", "Tage")
	if !finished {
		text += " bisher"
	}
	if len(spent.With) == 0 {
		return text
	}
	var parts []string
	for _, p := range spent.With {
		where := " bei " + p.Party
		if p.Party == "" {
			where = " in der Prüfung"
		}
		parts = append(parts, ui.Count(p.Days, "Tag", "Tage")+where)
	}
	return text + ", davon " + strings.Join(parts, ", ") + " und " + ui.Count(spent.Own, "Tag", "Tage") + " bei " + body
}
