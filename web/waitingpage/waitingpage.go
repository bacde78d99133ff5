// Package waitingpage shows whom the steps of bodies lie with: parties ranked by what waits for them, and a letter to
// each that lists it.
package waitingpage

import (
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about who has the ball.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
}

// List ranks the parties.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, at, err := p.Dashboard.WaitingFor(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Wartet auf", Meta: "Bei wem offene Aufgaben der Einheiten liegen · Stand " + ui.Date(at), Crumbs: []ui.Link{{Text: "Aufgaben", URL: link.Tasks}, {Text: "Wartet auf"}}}
	head.Actions = []ui.Action{{Text: "Was die Zahlen bedeuten", URL: link.Figure("wartet-auf")}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(found)))
}

// Letter lists all that lies with a party, to be printed and sent.
func (p Pages) Letter(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	party, err := url.PathUnescape(chi.URLParam(r, "partei"))
	if err != nil {
		return fault.Missing()
	}
	found, err := p.Dashboard.Letter(r.Context(), who, party)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Offene Punkte: " + found.Party, Meta: who.Org.Name + " · Stand " + ui.LongDate(found.At),
		Crumbs: []ui.Link{{Text: "Aufgaben", URL: link.Tasks}, {Text: "Wartet auf", URL: link.WaitingFor}, {Text: found.Party}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, letter(newLetterView(found, who)))
}
