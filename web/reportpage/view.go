package reportpage

import (
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
	Why     string // ID of the sentence that says why there are no lists
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
	Name, URL string
	Live      ui.FractionProps
	Since     []ui.Link // "+2" and "−1": what went live since, and what no longer is
	Status    ui.StatusProps
	Forecast  ui.Link // where the whole of a service is still open
}

// scope says how much of the Land a reader sees: towns and providers do not see every body of a service.
type scope struct {
	counts bool // no names, and no groups of fewer than three
	whole  bool // every body of each service that is shown
}

// lists are the addresses of what the reader may see one by one.
func (s scope) lists(r *history.Report) page.ReportLists {
	at := page.ListsOf(r)
	at.None = s.counts
	return at
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
		Lines: lines(r, s),
	}
	if who.Org.Short != "" && !s.whole {
		v.Meta += " · " + who.Org.Name
	}
	course := r.Course()
	v.Gap, v.Chart, v.Months = page.Gap(course), page.BurnUp("verlauf", course), newMonths(course.Months, s.lists(r))
	if s.counts {
		v.Why = page.SumsID
		for i := range v.KPIs.Items {
			v.KPIs.Items[i].Unlisted = v.Why
		}
	} else {
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
	at := s.lists(r)
	trend := func(a, b int) (string, string) { return page.Trend(a, b, r.Since) }
	was := page.ReportLists{Day: r.Since, Corrected: r.Corrected, None: s.counts}
	item := func(label, key string, n, earlier int) ui.KPI {
		text, icon := trend(n, earlier)
		return ui.KPI{Label: label, URL: at.Of(n, key), Value: number(n), Trend: text, TrendIcon: icon, TrendURL: was.Of(earlier, key)}
	}
	live := item("Produktive Anbindungen", history.Live.Key, now.Live, before.Live)
	live.Whole, live.Unit = ui.OutOf(now.Live, now.Whole, at.Of(now.Whole, history.Counting.Key))
	items := []ui.KPI{live}
	if s.whole {
		covered := item("Leistungen in der Fläche", history.Covered.Key, now.Covered, before.Covered)
		covered.Whole = ui.Counted(now.Services, at.Of(now.Services, history.Begun.Key))
		items = append(items, covered)
	}
	if s.counts && (few(now.InWork) || few(now.Paused)) { // a group of one or two would point at somebody
		return ui.KPIProps{Heading: "Kennzahlen", Items: items}
	}
	return ui.KPIProps{Heading: "Kennzahlen", Items: append(items,
		item("In Arbeit", history.InWork.Key, now.InWork, before.InWork), item("Pausiert", history.Paused.Key, now.Paused, before.Paused))}
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
		found = append(found, newLine(l, s, s.lists(r)))
	}
	if rest.Whole > 0 {
		rest.Name, rest.Pending = "Leistungen in weniger als drei Einheiten", 1 // together they are no area
		found = append(found, newLine(rest, s, s.lists(r)))
	}
	return found
}

func newLine(l history.Line, s scope, at page.ReportLists) lineView {
	v := lineView{
		Name: l.Name, Since: since(l, at),
		Live: ui.NewFraction(l.Live, l.Whole, at.Of(l.Live, history.Live.Key, serviceParam, l.Slug), at.Of(l.Whole, history.Counting.Key, serviceParam, l.Slug), "produktiv, "+l.Name),
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

// since says what went live and what no longer is; whoever reads counts alone is told what that comes to.
func since(l history.Line, at page.ReportLists) []ui.Link {
	var found []ui.Link
	add := func(sign, key, of string, n int) {
		if n > 0 {
			found = append(found, ui.Link{Text: sign + number(n), URL: at.Of(n, key, serviceParam, l.Slug), Note: of + ", " + l.Name})
		}
	}
	if at.None {
		add("+", "", "", l.Live-l.Before)
		add("−", "", "", l.Before-l.Live)
		return found
	}
	add("+", history.WentLive.Key, "seitdem produktiv", l.Began)
	add("−", history.Ended.Key, "nicht mehr produktiv", l.Ended)
	return found
}

func number(n int) string { return ui.Number(int64(n)) }
