package reportpage

import (
	"cmp"
	"net/http"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/figure"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// What the URL of a list says besides the days of its report.
const (
	figureParam  = "kennzahl"
	serviceParam = "leistung"
	monthParam   = "monat"
)

// pageSize is how many rows a page of a list shows.
const pageSize = 50

// List shows what a figure of a report counts, record by record. Whoever reads counts alone is sent to the report.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.ReportView) == access.Aggregates {
		return page.Redirect(w, r, link.Report, page.NoFlash)
	}
	q := page.QueryOf(r, figureParam, serviceParam, monthParam, dayParam, sinceParam, asOfParam)
	question, wrong := readForm(q).question()
	if len(wrong) > 0 {
		return fault.Missing()
	}
	if f, some := thenFigure(q.Get(figureParam)); some {
		return p.listThen(w, r, who, f, question.Day)
	}
	found, _, err := p.History.Report(r.Context(), who, question)
	if err != nil {
		return err
	}
	v, known := newListView(found, q, who)
	if !known {
		return fault.Missing()
	}
	head := ui.Page{
		Heading: v.Name, Meta: v.Meta,
		Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Bericht", URL: url(found.Day, found.Since, found.Corrected)}, {Text: v.Name}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(v))
}

// listView is what a figure counts.
type listView struct {
	Name, Meta, Heading string
	Part                string // what is counted
	Definition          ui.Link
	Rows                []ui.Row
	Empty               string
	Pages               ui.PaginationProps
}

// newListView is false for a figure that nobody knows.
func newListView(r *history.Report, q page.Query, who access.Actor) (listView, bool) {
	v := listView{Empty: "An diesem Tag gab es keine.", Meta: "Bericht zum " + ui.LongDate(r.Day) + ", verglichen mit dem " + ui.LongDate(r.Since)}
	key, service := cmp.Or(q.Get(figureParam), history.Live.Key), q.Get(serviceParam)
	if key == history.Begun.Key || key == history.Covered.Key && scopeOf(who).whole {
		figure := map[string]figure.Meaning{history.Begun.Key: history.Begun.Meaning, history.Covered.Key: history.Covered.Meaning}[key]
		v.name(figure.Name, figure.Part, key)
		v.addServices(r, key == history.Covered.Key)
		return v, true
	}
	for _, k := range history.Kinds {
		if k.Key == key {
			v.name(k.Name, k.Part, key)
			v.addWays(r.Pick(k, service), q, who)
			return v, true
		}
	}
	for _, c := range history.Columns {
		if first, err := time.Parse(time.DateOnly, q.Get(monthParam)); c.Key == key && err == nil {
			v.name(c.Name+": "+page.MonthName(first), c.Part, key)
			v.addWays(r.InMonth(c, first), q, who)
			return v, true
		}
	}
	return v, false
}

func (v *listView) name(name, part, key string) {
	v.Name, v.Part, v.Definition = name, part+".", ui.Link{Text: "Was die Zahl bedeutet", URL: link.Figure(key)}
}

// addServices lists the services in roll-in, or those of them that are live everywhere.
func (v *listView) addServices(r *history.Report, covered bool) {
	at := page.ListsOf(r)
	for _, l := range r.Lines() {
		if !covered || l.Covered() {
			live, all := at.Of(l.Live, history.Live.Key, serviceParam, l.Slug), at.Of(l.Whole, history.Counting.Key, serviceParam, l.Slug)
			v.Rows = append(v.Rows, ui.Row{Title: l.Name, URL: link.Rollin(l.Slug), Meta: "Produktiv:", Share: ui.NewFraction(l.Live, l.Whole, live, all, "Anbindungen, "+l.Name)})
		}
	}
	v.Heading = ui.Count(len(v.Rows), "Leistung", "Leistungen")
}

func (v *listView) addWays(ways []history.Way, q page.Query, who access.Actor) {
	v.Heading, v.Pages = ui.Count(len(ways), "Anbindung", "Anbindungen"), q.Pagination(len(ways), pageSize)
	from := min(len(ways), (max(1, q.Page())-1)*pageSize)
	for _, w := range ways[from:min(len(ways), from+pageSize)] {
		row := ui.Row{Title: w.Body.Name + ": " + w.Rollin.Name, URL: wayURL(w, who), Meta: planned(w), Status: page.OnboardingState(w.Then.State)}
		if w.Then.State.IsLive() && w.Then.LiveOn != nil {
			row.Meta = "produktiv seit " + ui.Date(*w.Then.LiveOn)
		}
		v.Rows = append(v.Rows, row)
	}
}
