// Package lagebildpage shows the Lagebild: where the Land stands, in figures that lead to the records they count.
package lagebildpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the Lagebild.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
}

const heading = "Lagebild Nachnutzung"

// Show shows the Lagebild, cut to what is the reader's; a committee sees counts without names.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.DashboardView) == access.Aggregates {
		return p.showSummary(w, r, who)
	}
	found, err := p.Dashboard.Picture(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: heading, Title: "Lagebild", Meta: cutOf(who).meta(found)}
	if len(found.RolledIn()) == 0 {
		return p.Shell.Render(w, r, who, http.StatusOK, head, empty(nextAct(found, who), newOffers(found, cutOf(who))))
	}
	if q := page.QueryOf(r, viewParam); q.Get(viewParam) == presentation {
		head.Wall, head.Heading = true, ""
		return p.Shell.Render(w, r, who, http.StatusOK, head, wall(newWall(found, who, q.Page())))
	}
	head.Actions = []ui.Action{{Text: "Zur Matrix", URL: link.Matrix}, {Text: "Präsentation", URL: presentationURL(1)}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, picture(newPicture(found, who)))
}

func (p Pages) showSummary(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Dashboard.Summary(r.Context(), who)
	if err != nil {
		return err
	}
	v := newSummary(found)
	if q := page.QueryOf(r, viewParam); q.Get(viewParam) == presentation && v.Begun {
		return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Title: "Lagebild", Wall: true}, summaryWall(newSummaryWall(v, q.Page())))
	}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: heading, Title: "Lagebild", Meta: v.Meta, Actions: []ui.Action{{Text: "Was die Zahlen bedeuten", URL: link.Figures}, {Text: "Präsentation", URL: presentationURL(1)}}}, summary(v))
}
