package reportpage

import (
	"net/http"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// thenFigure finds a figure of the Lagebild whose records a day can be asked for.
func thenFigure(key string) (dashboard.Figure, bool) {
	for _, f := range dashboard.ThenFigures {
		if f.Key == key {
			return f, true
		}
	}
	return dashboard.Figure{}, false
}

// listThen shows what a figure of the Lagebild counted at the end of a day.
func (p Pages) listThen(w http.ResponseWriter, r *http.Request, who access.Actor, f dashboard.Figure, day time.Time) error {
	if day.IsZero() {
		return fault.Missing()
	}
	found, known, err := p.Dashboard.On(r.Context(), who, f.Key, day)
	if err != nil {
		return err
	}
	v := newThenView(f, found, known, who)
	head := ui.Page{
		Heading: v.Name, Meta: "Stand am Ende des " + ui.LongDate(day),
		Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Bericht", URL: link.Report}, {Text: v.Name}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(v))
}

func newThenView(f dashboard.Figure, found []dashboard.Entry, known bool, who access.Actor) listView {
	v := listView{Empty: "An diesem Tag gab es keine."}
	v.name(f.Name, f.Part, f.Key)
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	one, many := nouns(f.Key)
	v.Heading = ui.Count(total, one, many)
	if !known {
		v.Heading, v.Empty = "Nicht erfasst", "Das Portal hat den Verlauf an diesem Tag noch nicht aufgeschrieben."
	}
	if total > len(found) {
		v.Part += " Die Liste zeigt die ersten " + number(len(found)) + "."
	}
	for _, e := range found {
		v.Rows = append(v.Rows, thenRow(e, who))
	}
	return v
}

func nouns(key string) (one, many string) {
	switch key {
	case dashboard.OverdueTasks.Key:
		return "Aufgabe", "Aufgaben"
	case dashboard.PunctualBodies.Key:
		return "Einheit", "Einheiten"
	case dashboard.OpenConditions.Key:
		return "Auflage", "Auflagen"
	case dashboard.OpenDecisions.Key:
		return "Vorgang", "Vorgänge"
	case dashboard.OpenObstacles.Key:
		return "Hürde", "Hürden"
	}
	return "Anbindung", "Anbindungen"
}

// thenRow names a record by what it has: a task, an Auflage or an obstacle by its words, an onboarding by body and service.
func thenRow(e dashboard.Entry, who access.Actor) ui.Row {
	where := e.BodyName
	if e.BodyName != "" && e.ServiceName != "" {
		where += ": "
	}
	where += e.ServiceName
	row := ui.Row{Title: where, URL: entryURL(e, who)}
	if e.Title != "" {
		row.Title, row.Meta = e.Title, where
	}
	if e.DueOn != nil {
		row.Meta = joined(row.Meta, "fällig am "+ui.Date(*e.DueOn))
	}
	return row
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}

// entryURL leads to where the record stands today.
func entryURL(e dashboard.Entry, who access.Actor) string {
	switch {
	case e.No > 0:
		return link.Hurdle(e.No)
	case e.BodyKey != "" && e.ServiceSlug != "" && who.Can(access.ChecklistView):
		return link.Checklist(e.BodyKey, e.ServiceSlug)
	case e.ServiceSlug != "":
		return link.Service(e.ServiceSlug)
	}
	return link.Body(e.BodyKey)
}
