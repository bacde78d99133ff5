// Package rollinpage shows the roll-in of a service over all bodies and lets the Land start it.
package rollinpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/planning"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about a service's roll-in.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
	Plans       *planning.Service
}

// Show shows the Land's steps and the bodies that the reader may see.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Onboardings.LandSteps(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Roll-in: " + found.ServiceName, Crumbs: crumbs(found.ServiceName, found.ServiceSlug)}
	if who.Can(access.ConditionView) {
		head.Actions = []ui.Action{{Text: "Auflagen", URL: link.With(link.Conditions, "leistung", found.ServiceSlug)}}
	}
	if found.StartedAt == nil {
		return p.Shell.Render(w, r, who, http.StatusOK, head, notStarted(newNotStartedView(found, who)))
	}
	head.Meta = "Gestartet am " + ui.Date(*found.StartedAt) + " · Vorlage " + found.TemplateName + ", Version " + ui.Number(int64(found.TemplateNo))
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newShowView(found, who)))
}

func crumbs(name, slug string) []ui.Link {
	return []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: name, URL: link.Service(slug)}, {Text: "Roll-in"}}
}
