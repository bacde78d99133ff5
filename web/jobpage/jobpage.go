// Package jobpage shows the platform's administration which work behind the scenes does not get done.
package jobpage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/operation"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about jobs.
type Pages struct {
	Shell     page.Shell
	Operation *operation.Service
}

// List shows the jobs in trouble.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, at, err := p.Operation.Troubled(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Aufträge im Hintergrund", Meta: "Stand " + ui.DateTime(at), Crumbs: []ui.Link{{Text: "Verwaltung", URL: link.Home}, {Text: "Aufträge"}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newView(found)))
}

// Retry has one of them tried again.
func (p Pages) Retry(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "auftrag")
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(sent.Text("auftrag"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "Dem Formular fehlt der Auftrag. Laden Sie die Seite neu.")
	}
	if err := p.Operation.Retry(r.Context(), who, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Jobs, page.JobRetried)
}
