package hurdlepage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// List shows the obstacles that the filters in the URL leave, those that affect most bodies first.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "stand", "art", "alter", "leistung")
	f := filterOf(q.Get("stand"))
	f.Age = page.AgeOf(q.Get("alter"))
	f.Dimension, f.Service, f.Sort, f.Page = dimensionOf(q.Get("art")), q.Get("leistung"), q.Sort(), q.Page()
	found, err := p.Hurdles.List(r.Context(), who, f)
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Hürden", Meta: meta(who)}, list(newListView(q, found, who)))
}

func meta(who access.Actor) string {
	switch {
	case who.Org.IsBody():
		return "Was Ihre Einheit hindert. Neue Hürden melden Sie an einer Aufgabe Ihrer Checkliste"
	case who.Reach(access.ObstacleView) == access.Aggregates:
		return "Wie viele Hürden im Roll-in offen sind"
	}
	return "Was Einheiten im Roll-in hindert: wie viele, seit wann und in welcher Art"
}

// stateFilters are the states as the URL names them.
var stateFilters = []struct {
	key, text string
	filter    hurdle.Filter
}{
	{"gemeldet", "Gemeldet", hurdle.Filter{States: []hurdle.State{hurdle.Reported}}},
	{"bestaetigt", "Bestätigt", hurdle.Filter{States: []hurdle.State{hurdle.Confirmed}}},
	{"in-klaerung", "In Klärung", hurdle.Filter{States: []hurdle.State{hurdle.InProgress}}},
	{"eskaliert", "Eskaliert", hurdle.Filter{Escalated: true}},
	{"geloest", "Gelöst", hurdle.Filter{States: []hurdle.State{hurdle.Resolved}}},
	{"hingenommen", "Hingenommen", hurdle.Filter{States: []hurdle.State{hurdle.Accepted}}},
	{"kein-hemmnis", "Kein Hemmnis", hurdle.Filter{States: []hurdle.State{hurdle.Rejected}}},
	{"alle", "Alle", hurdle.Filter{Any: true}},
}

// filterOf returns the states of a filter; the open ones for a key nobody knows.
func filterOf(key string) hurdle.Filter {
	for _, f := range stateFilters {
		if f.key == key {
			return f.filter
		}
	}
	return hurdle.Filter{}
}

// dimensionOf reads a dimension as the URL names it, by its word.
func dimensionOf(word string) hurdle.Dimension {
	for _, d := range hurdle.Dimensions {
		if d.Word() == word {
			return d
		}
	}
	return ""
}

// clusterRow is how many obstacles of each dimension have stood for a span.
type clusterRow struct {
	Age   string
	Cells []ui.Link // the note says how many bodies the widest affects; without a URL there are none
}

// none is what a cell without obstacles says.
const none = "0"

// clusters cross age and dimension; each figure leads to exactly those obstacles.
func clusters(found hurdle.Overview) []clusterRow {
	rows := make([]clusterRow, len(hurdle.Ages))
	for i := range rows {
		rows[i].Age = page.AgeWords[i]
		for _, d := range hurdle.Dimensions {
			cell := ui.Link{Text: none}
			for _, c := range found.Clusters {
				if c.Age == i+1 && c.Dimension == d {
					cell = ui.Link{Text: ui.Number(int64(hurdle.OpenByAge.Of(c).Part)), URL: link.With(link.Hurdles, "art", d.Word(), "alter", page.AgeKeys[i]), Note: widest(c)}
				}
			}
			rows[i].Cells = append(rows[i].Cells, cell)
		}
	}
	return rows
}

// together is the last row: all that are open of each dimension.
func together(found hurdle.Overview) clusterRow {
	row := clusterRow{Age: "zusammen"}
	for _, d := range hurdle.Dimensions {
		cell := ui.Link{Text: none}
		if n := found.Open[d]; n > 0 {
			cell = ui.Link{Text: ui.Number(int64(n)), URL: link.With(link.Hurdles, "art", d.Word())}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// widest says how many bodies the widest of a cluster affects.
func widest(c hurdle.Cluster) string {
	if c.Obstacles == 1 {
		return "betrifft " + ui.Count(c.Bodies, "Einheit", "Einheiten")
	}
	return "bis zu " + ui.Count(c.Bodies, "Einheit", "Einheiten")
}

type listView struct {
	Counts  ui.KPIProps  // empty where Cross tells more
	Columns []string     // of Cross
	Cross   []clusterRow // for the Land
	Only    bool         // counts and nothing else
	Why     string       // ID of the sentence that says why the reader has no list of what is counted
	Because string       // that sentence
	Filter  ui.FilterProps
	Heading string
	Sorts   []ui.SortHeaderProps
	Rows    []rowView
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
}

// rowView is one obstacle: a cluster of bodies that it affects.
type rowView struct {
	Text, URL, Meta, Dimension, Oldest string
	Bodies                             ui.Link // to those affected, for whoever may know them
	State                              ui.StatusProps
}

func newListView(q page.Query, found hurdle.Overview, who access.Actor) listView {
	committee := who.Reach(access.ObstacleView) == access.Aggregates
	v := listView{
		Only:   committee && len(found.Found) == 0,
		Filter: filterBar(q, found.Services), Heading: ui.Count(found.Total, "Hürde", "Hürden"), Pages: q.Pagination(found.Total, hurdle.PageSize),
		Sorts: []ui.SortHeaderProps{
			q.SortHeader("art", "Art"), q.SortHeader("betroffen", "Betrifft"), q.SortHeader("alter", "Älteste"), q.SortHeader("stand", "Stand"),
		},
		Empty: ui.EmptyProps{Text: "Keine offenen Hürden. Das ist eine gute Nachricht."},
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Hürde passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	if who.Reach(access.ObstacleView) == access.WholeLand {
		v.Cross = append(clusters(found), together(found))
		for _, d := range hurdle.Dimensions {
			v.Columns = append(v.Columns, d.Word())
		}
	} else {
		v.Counts = counts(found, who)
		v.Why, v.Because = "betroffene", "Wie viele betroffen sind, lesen Sie ohne Namen. Die einzelnen Einheiten sieht das Land."
	}
	if v.Only {
		v.Because = "Ihr Gremium liest Summen. Die Hürden auf seiner Tagesordnung stehen hier, sobald es welche gibt; alle sieht das Land."
	}
	for i := range v.Counts.Items {
		if v.Counts.Items[i].URL == "" {
			v.Counts.Items[i].Unlisted = v.Why
		}
	}
	if committee {
		v.Heading, v.Filter = "Auf Ihrer Tagesordnung", ui.FilterProps{}
	}
	for _, o := range found.Found {
		row := newRow(o)
		if v.Why == "" {
			row.Bodies.URL = row.URL + "#betroffen"
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// counts are the open obstacles by dimension; each figure leads to exactly those.
func counts(found hurdle.Overview, who access.Actor) ui.KPIProps {
	strip := ui.KPIProps{Heading: "Offene Hürden nach Art"}
	for _, d := range hurdle.Dimensions {
		kpi := ui.KPI{Label: "Offen, " + d.Word(), Value: ui.Number(int64(found.Open[d]))}
		if who.Reach(access.ObstacleView) != access.Aggregates {
			kpi.URL = link.With(link.Hurdles, "art", d.Word())
		}
		strip.Items = append(strip.Items, kpi)
	}
	return strip
}

func newRow(o hurdle.Obstacle) rowView {
	row := rowView{
		Text: ui.Excerpt(o.Text, 120), URL: link.Hurdle(o.No), Meta: "Nr. " + strconv.Itoa(o.No) + " · " + o.ServiceName, Dimension: o.Dimension.Word(),
		Bodies: ui.Link{Text: howMany(o)}, Oldest: ui.NotApplicable, State: page.ObstacleState(o),
	}
	if o.AgendaOn != nil && o.Escalated() {
		row.Meta += " · auf der Tagesordnung am " + ui.Date(*o.AgendaOn)
	}
	if o.Oldest != nil {
		row.Oldest = "seit " + ui.Date(*o.Oldest)
	}
	return row
}

func filterBar(q page.Query, services []hurdle.ServiceChoice) ui.FilterProps {
	bar := ui.FilterProps{Action: link.Hurdles, Label: "Hürden filtern", Hidden: q.Hidden(), ResetURL: q.Reset()}
	add := func(name, label, empty string, options []ui.Option) {
		bar.Selects = append(bar.Selects, ui.Field{Name: name, Label: label, Value: q.Get(name), Empty: empty, Options: options})
		for _, o := range options {
			if o.Value == q.Get(name) {
				bar.Active = append(bar.Active, q.Active(name, o.Text)...)
			}
		}
	}
	states := make([]ui.Option, len(stateFilters))
	for i, f := range stateFilters {
		states[i] = ui.Option{Value: f.key, Text: f.text}
	}
	dimensions := make([]ui.Option, len(hurdle.Dimensions))
	for i, d := range hurdle.Dimensions {
		dimensions[i] = ui.Option{Value: d.Word(), Text: d.Word()}
	}
	choices := make([]ui.Option, len(services))
	for i, s := range services {
		choices[i] = ui.Option{Value: s.Slug, Text: s.Name}
	}
	add("stand", "Stand", "Offen", states)
	add("art", "Art", "Alle", dimensions)
	add("alter", "Alter", "Alle", page.AgeOptions())
	add("leistung", "Leistung", "Alle", choices)
	return bar
}
