// Package bodypage shows the Landkreise and kreisfreien Städte of a Land: all of them, and each one.
package bodypage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about bodies.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
}

// delays are the filter of the list as the URL names it.
var delays = map[string]dashboard.Delay{"ja": dashboard.Delayed, "nein": dashboard.OnTime}

// waitsFor names the party that the bodies of a list wait for. No filter offers it: the page of parties leads here.
const waitsFor = "wartet-auf"

// dealsWith names a service that the bodies of a list are competent for; the page of the service leads here.
const dealsWith = "zustaendig"

// sayings are what bodies say, as the URL names it.
var sayings = map[string]dashboard.Saying{
	"rollen": dashboard.NamesRoles, "erfahrung": dashboard.SharesExperience,
	"umfrage-gefragt": dashboard.WasAsked, "umfrage-aktuell": dashboard.HasAnswered, "teilnahme": dashboard.TakesPart,
}

// List shows the bodies. A town is sent to its own page, whoever sees aggregates only to the Lagebild.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	switch who.Reach(access.RolloutView) {
	case access.Own:
		return page.Redirect(w, r, link.Body(who.Org.Key), page.NoFlash)
	case access.Aggregates:
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	q := page.QueryOf(r, "verzug", "angabe", waitsFor, dealsWith)
	found, err := p.Dashboard.Bodies(r.Context(), who, dashboard.BodyFilter{Delay: delays[q.Get("verzug")], Says: sayings[q.Get("angabe")], WaitsFor: q.Get(waitsFor), Deals: q.Get(dealsWith), Sort: q.Sort()})
	if err != nil {
		return err
	}
	v := newListView(q, found, who)
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Kommunen", Meta: v.Meta}, list(v))
}

// Show shows one body: facts, onboardings, basis steps, what is late.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.RolloutView) == access.Aggregates {
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	found, err := p.Dashboard.Profile(r.Context(), who, chi.URLParam(r, "einheit"))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: found.Name, Meta: kindName(found.Kind)}
	if !who.Org.IsBody() {
		head.Crumbs = []ui.Link{{Text: "Kommunen", URL: link.Bodies}, {Text: found.Name}}
	}
	if who.Can(access.ProfileView) {
		head.Actions = []ui.Action{{Text: "Profil", URL: link.Profile(found.Key)}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newShowView(found, who)))
}
