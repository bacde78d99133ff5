// Package reportpage shows how the Land stood on a day and what became of it since another: the report for a Beirat, on
// the screen and on paper.
package reportpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of reports.
type Pages struct {
	Shell     page.Shell
	History   *history.Service
	Dashboard *dashboard.Service
}

// Show shows a report. The days stand in the URL, so that a report can be mailed and asked for again.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f := readForm(page.QueryOf(r, dayParam, sinceParam, asOfParam))
	q, wrong := f.question()
	head := ui.Page{Heading: "Bericht", Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Bericht"}}}
	var found *history.Report
	var hurdles []history.Obstacle
	var err error
	if len(wrong) == 0 {
		found, hurdles, err = p.History.Report(r.Context(), who, q)
	}
	if len(wrong) > 0 || err != nil {
		status, err := wrong.Status(err)
		if err != nil {
			return err
		}
		return p.Shell.Render(w, r, who, status, head, again(newFormView(f, wrong)))
	}
	v := newView(found, hurdles, who)
	head.Heading, head.Meta = "Bericht zum "+ui.LongDate(found.Day), v.Meta
	head.Actions = []ui.Action{{Text: "Was die Zahlen bedeuten", URL: link.Figure("bericht")}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(v))
}
