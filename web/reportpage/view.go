package reportpage

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Meta    string
	Form    formView
	AsOf    ui.SwitchProps
	Known   string // what the figures know
	KPIs    ui.KPIProps
	Since   string // heading of the changes
	Summary string
	Changes []changeView
	Chart   ui.ChartProps
	Gap     string
	Months  []monthView
	Lines   []lineView
}

// changeView is a list of what became of some ways.
type changeView struct {
	ID, Heading string
	Rows        []ui.Row
	More        string // how many do not stand here
}

type lineView struct {
	Name, URL    string
	Live         ui.Link
	Share, Since string // " von 22 (95 %)"
	Status       ui.StatusProps
	Forecast     ui.Link // where the whole of a service is still open
}

// scope says how much of the Land a reader sees: towns and providers do not see every body of a service.
type scope struct {
	counts bool // no names, and no groups of fewer than three
	whole  bool // every body of each service that is shown
}

func scopeOf(who access.Actor) scope {
	reach := who.Reach(access.ReportView)
	return scope{counts: reach == access.Aggregates, whole: reach == access.WholeLand || reach == access.Aggregates || reach == access.Responsible && who.Role != access.Provider}
}

func newView(r *history.Report, hurdles []history.Obstacle, who access.Actor) view {
	s := scopeOf(who)
	now, before, c := r.Figures(), r.Earlier(), r.Changes()
	v := view{
		Meta: "Verglichen mit dem " + ui.LongDate(r.Since) + " · " + ui.Count(now.Services, "Leistung", "Leistungen") + " im Roll-in",
		Form: newFormView(form{Day: ui.Date(r.Day), Since: ui.Date(r.Since), Corrected: r.Corrected}, nil),
		AsOf: ui.SwitchProps{Label: "Wissensstand", Items: []ui.NavItem{
			{Text: "Wie am Stichtag bekannt", URL: url(r.Day, r.Since, false), Current: !r.Corrected},
			{Text: "Stand heute für diesen Tag", URL: url(r.Day, r.Since, true), Current: r.Corrected},
		}},
		Known: known(r), KPIs: strip(r, now, before, s), Since: "Seit dem " + ui.LongDate(r.Since), Summary: summary(c, len(hurdles), s),
		Gap: page.Gap(r), Lines: lines(r, s),
	}
	if who.Org.Short != "" && !s.whole {
		v.Meta += " · " + who.Org.Name
	}
	months := r.Months()
	v.Chart, v.Months = page.BurnUp("verlauf", r, months), newMonths(months, listsOf(r, s))
	if !s.counts {
		v.Changes = append(changes(c, who), newHurdles(hurdles)...)
	}
	return v
}

// known says what the figures know, and whether they stay.
func known(r *history.Report) string {
	switch {
	case r.Corrected:
		return "Die Zahlen sagen, was heute über diesen Tag bekannt ist: Nachgemeldetes und Berichtigtes zählt von dem Tag an, von dem an es gilt."
	case r.Final():
		return "Die Zahlen sagen, was am Ende dieses Tages bekannt war. Sie ändern sich nicht mehr: Was später gemeldet oder berichtigt wird, zählt von da an."
	}
	return "Der Tag läuft noch. Was heute gemeldet wird, zählt mit."
}

func strip(r *history.Report, now, before history.Figures, s scope) ui.KPIProps {
	at := listsOf(r, s)
	trend := func(a, b int) (string, string) { return page.Trend(a, b, r.Since) }
	item := func(label, id string, n, was int, unit string) ui.KPI {
		text, icon := trend(n, was)
		return ui.KPI{Label: label, URL: id, Value: number(n), Unit: unit, Trend: text, TrendIcon: icon}
	}
	items := []ui.KPI{item("Produktive Anbindungen", at.of(now.Live, history.Live.Key), now.Live, before.Live, "von "+number(now.Whole)+share(now.Live, now.Whole))}
	if s.whole {
		items = append(items, item("Leistungen in der Fläche", at.of(now.Covered, history.Covered.Key), now.Covered, before.Covered, "von "+number(now.Services)))
	}
	if s.counts && (few(now.InWork) || few(now.Paused)) { // a group of one or two would point at somebody
		return ui.KPIProps{Heading: "Kennzahlen", Items: items}
	}
	return ui.KPIProps{Heading: "Kennzahlen", Items: append(items,
		item("In Arbeit", at.of(now.InWork, history.InWork.Key), now.InWork, before.InWork, ""), item("Pausiert", at.of(now.Paused, history.Paused.Key), now.Paused, before.Paused, ""))}
}

func share(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return " (" + ui.Percent(part, whole) + ")"
}

// smallest is how many members a group needs to be told to those who see counts only.
const smallest = 3

func few(n int) bool { return n > 0 && n < smallest }

// lines are the services. For whoever sees counts only, those with fewer than three bodies stand together.
func lines(r *history.Report, s scope) []lineView {
	var found []lineView
	var rest history.Line
	for _, l := range r.Lines() {
		if s.counts && l.Whole < smallest {
			rest.Live, rest.Whole, rest.Before = rest.Live+l.Live, rest.Whole+l.Whole, rest.Before+l.Before
			continue
		}
		found = append(found, newLine(l, s, listsOf(r, s)))
	}
	if rest.Whole > 0 {
		rest.Name, rest.Pending = "Leistungen in weniger als drei Einheiten", 1 // together they are no area
		found = append(found, newLine(rest, s, listsOf(r, s)))
	}
	return found
}

func newLine(l history.Line, s scope, at lists) lineView {
	v := lineView{
		Name: l.Name, Live: ui.Link{Text: number(l.Live), URL: at.of(l.Live, history.Live.Key, serviceParam, l.Slug)},
		Share: " von " + number(l.Whole) + share(l.Live, l.Whole), Since: signed(l.Live - l.Before),
	}
	if l.Slug != "" {
		v.URL = link.Rollin(l.Slug)
	}
	switch {
	case s.whole && l.Covered():
		v.Status = ui.StatusProps{Kind: ui.Done, Text: "Flächendeckend"}
	case s.whole && l.Slug != "":
		v.Forecast = ui.Link{Text: "Prognose", URL: link.Forecast(l.Slug)}
	}
	return v
}

func signed(n int) string {
	if n > 0 {
		return "+" + number(n)
	}
	return strings.Replace(number(n), "-", "−", 1)
}

func number(n int) string { return ui.Number(int64(n)) }
