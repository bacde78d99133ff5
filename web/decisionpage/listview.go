package decisionpage

import (
	"net/http"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/organisation"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// filters are what narrows the list, and the file of it, as the URL names it.
var filters = []string{"suche", "stand", "ressort", "wartet-auf", "leistung", spentParam}

// listQuery is the state of the list as its URL carries it.
func listQuery(r *http.Request) page.Query {
	return page.QueryOf(r, filters...)
}

// spentParam asks for what a median on the board is reckoned from; byMinistry stands for the time at the ministries.
const (
	spentParam = "dauer"
	byMinistry = "ressort"
)

func filterOf(q page.Query) decision.Filter {
	return spentFilter(decision.Filter{
		Query: q.Get("suche"), States: statesOf(q.Get("stand")), Unstarted: q.Get("stand") == notStarted, Due: q.Get("stand") == withDate, Timely: q.Get("stand") == inTime,
		Ministry: q.Get("ressort"),
		WaitsFor: q.Get("wartet-auf"), Service: q.Get("leistung"), Sort: q.Sort(), Page: q.Page(),
	}, q.Get(spentParam))
}

// choices are what the list can be filtered by besides its states.
type choices struct{ Ministries, Waiting []ui.Option }

// choicesOf takes the ministries and whom cases lie with from the board, and what is chosen already: that filter may find
// nothing any more.
func choicesOf(q page.Query, b decision.Board) choices {
	var c choices
	for i, n := range b.Counts {
		if i == 0 || b.Counts[i-1].MinistryKey != n.MinistryKey {
			c.Ministries = append(c.Ministries, ui.Option{Value: n.MinistryKey, Text: n.MinistryKey})
		}
	}
	for _, w := range b.Waiting {
		c.Waiting = append(c.Waiting, ui.Option{Value: w.Key, Text: w.Key})
	}
	c.Ministries, c.Waiting = with(c.Ministries, q.Get("ressort")), with(c.Waiting, q.Get("wartet-auf"))
	return c
}

func with(options []ui.Option, chosen string) []ui.Option {
	for _, o := range options {
		if o.Value == chosen {
			return options
		}
	}
	if chosen == "" {
		return options
	}
	return append(options, ui.Option{Value: chosen, Text: chosen})
}

// sheetURL is the file with the same filters and order.
func sheetURL(q page.Query) string {
	pairs := []string{"sortierung", q.Sort()}
	for _, name := range filters {
		pairs = append(pairs, name, q.Get(name))
	}
	return link.With(link.DecisionSheet, pairs...)
}

type listView struct {
	Board    boardView
	Sheet    ui.Link
	Filter   ui.FilterProps
	Sort     sortView
	Desk     bool // a ministry that decides: what waits for this person stands apart
	Waiting  []rowView
	Rows     []rowView
	Heading  string
	Empty    ui.EmptyProps
	Pages    ui.PaginationProps
	Internal bool // a ministry sees its reviews instead of its own name
	Due      bool // until when it is wished for and whom it waits for, which readers of decisions do not learn
}

type sortView struct{ Service, Ministry, State, Due, Since ui.SortHeaderProps }

type rowView struct {
	Service, URL, No, Ministry, Reviews, WaitsFor, Due, Since string
	Until                                                     string // how long an approval holds, "" for no end
	State, Late                                               ui.StatusProps
}

func newListView(q page.Query, found []decision.Listed, c choices, who access.Actor) listView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := listView{
		Filter:   filterBar(q, found, c),
		Pages:    q.Pagination(total, decision.PageSize),
		Heading:  ui.Count(total, "Entscheidung", "Entscheidungen"),
		Desk:     who.Can(access.DecisionDecide) && !q.Filtered() && q.Page() == 1,
		Internal: who.Can(access.DecisionInternalView),
		Due:      who.Reach(access.DecisionView) != access.Published,
		Empty:    empty(q, who),
		Sort: sortView{
			q.SortHeader("leistung", "Leistung"), q.SortHeader("ressort", "Ressort"), q.SortHeader("stand", "Stand"),
			q.SortHeader("frist", "Erbeten bis"), q.SortHeader("seit", "Stand seit"),
		},
	}
	if total > 0 && who.Can(access.DecisionExport) {
		v.Sheet = ui.Link{Text: "Als Excel-Datei", URL: sheetURL(q)}
	}
	for _, d := range found {
		if v.Desk && d.Waits {
			v.Waiting = append(v.Waiting, newRow(d))
			continue
		}
		v.Rows = append(v.Rows, newRow(d))
	}
	if v.Desk {
		v.Heading = "Weitere Entscheidungen"
	}
	return v
}

func empty(q page.Query, who access.Actor) ui.EmptyProps {
	if q.Filtered() || q.Page() > 1 {
		return ui.EmptyProps{Text: "Keine Entscheidung passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	e := ui.EmptyProps{Text: "Noch keine Entscheidung."}
	if who.Can(access.DecisionRequest) {
		e.Action = ui.ButtonProps{Text: "Entscheidung anfragen", URL: link.NewDecision}
	}
	return e
}

func newRow(d decision.Listed) rowView {
	row := rowView{
		Service: d.ServiceName, URL: link.Decision(d.ID), Ministry: d.MinistryKey, Since: "seit " + ui.Date(d.StateSince),
		State: stateOf(d.State, d.Waits && d.State == decision.Submitted), Due: ui.NotApplicable, Reviews: ui.NotApplicable,
		WaitsFor: ui.NotApplicable,
	}
	if len(d.WaitsFor) > 0 {
		row.WaitsFor = strings.Join(d.WaitsFor, ", ")
	}
	if d.No > 1 {
		row.No = "Vorgang Nr. " + ui.Number(int64(d.No))
	}
	if d.DueOn != nil && d.State.Open() {
		row.Due = "bis " + ui.Date(*d.DueOn)
	}
	if d.State.Open() {
		row.Reviews = ui.Number(int64(d.ReviewsDone)) + " von " + ui.Number(int64(len(decision.Kinds))) + " Prüfungen"
	}
	if d.ValidUntil != nil {
		row.Until = "gilt bis " + ui.Date(*d.ValidUntil)
	}
	if d.Overdue {
		row.Late = ui.StatusProps{Kind: ui.Overdue, Text: "Überfällig"}
	}
	return row
}

func filterBar(q page.Query, found []decision.Listed, c choices) ui.FilterProps {
	states := make([]ui.Option, len(stateFilters))
	bar := ui.FilterProps{
		Action: link.Decisions, Label: "Entscheidungen filtern", Hidden: q.Hidden(), ResetURL: q.Reset(),
		Search: &ui.Field{Name: "suche", Label: "Name oder Schlüssel", Type: "search", Value: q.Get("suche")},
	}
	bar.Active = append(bar.Active, q.Active("suche", "„"+q.Get("suche")+"“")...)
	for i, f := range stateFilters {
		states[i] = ui.Option{Value: f.key, Text: f.text}
		if f.key == q.Get("stand") {
			bar.Active = append(bar.Active, q.Active("stand", f.text)...)
		}
	}
	bar.Selects = []ui.Field{{Name: "stand", Label: "Stand", Value: q.Get("stand"), Empty: "Alle", Options: states}}
	if len(c.Ministries) > 1 || q.Get("ressort") != "" {
		bar.Selects = append(bar.Selects, ui.Field{Name: "ressort", Label: "Ressort", Value: q.Get("ressort"), Empty: "Alle", Options: c.Ministries})
		bar.Active = append(bar.Active, q.Active("ressort", q.Get("ressort"))...)
	}
	if len(c.Waiting) > 0 {
		bar.Selects = append(bar.Selects, ui.Field{Name: "wartet-auf", Label: "Wartet auf", Value: q.Get("wartet-auf"), Empty: "Alle", Options: c.Waiting})
		bar.Active = append(bar.Active, q.Active("wartet-auf", "wartet auf "+q.Get("wartet-auf"))...)
	}
	if key := q.Get(spentParam); key != "" {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: spentParam, Value: key})
		bar.Active = append(bar.Active, q.Active(spentParam, spentText(key))...)
	}
	if slug := q.Get("leistung"); slug != "" {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: "leistung", Value: slug})
		bar.Active = append(bar.Active, q.Active("leistung", serviceName(slug, found))...)
	}
	return bar
}

func ministryOptions(ministries []organisation.Organisation) []ui.Option {
	found := make([]ui.Option, len(ministries))
	for i, m := range ministries {
		found[i] = ui.Option{Value: m.Key, Text: m.Key}
	}
	return found
}

// serviceName is the name behind the address of a service, as far as the list knows it.
func serviceName(slug string, found []decision.Listed) string {
	for _, d := range found {
		if d.ServiceSlug == slug {
			return d.ServiceName
		}
	}
	return slug
}
