// Package checklistpage shows a body's way to a service: the checklist, the gate before the Produktivstart, and the
// page on which a body takes part or declines and the Land pauses or ends.
package checklistpage

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about one onboarding.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
	Hints       func(*onboarding.Checklist) templ.Component // of other bodies to the whole, nil if there are none
}

// Show shows the checklist, grouped as the URL says.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	c, err := p.load(r, who, page.TrailLimit(r))
	if err != nil {
		return err
	}
	v := newShowView(c, who, groupOf(r.URL.Query().Get("gruppe")))
	v.Trail, v.Hints = page.Trail(r, who, c.Trail), p.Hints(c)
	head := ui.Page{
		Heading: c.ServiceName + " anbinden", Title: c.ServiceName + " in " + c.BodyName,
		Meta: "Checkliste für " + theBody(c.Onboarding) + " · Zieltermin " + ui.Date(c.TargetOn) + wave(c.Onboarding), Crumbs: crumbs(c, ""),
	}
	if len(c.Acts) > 0 {
		head.Actions = []ui.Action{{Text: "Stand ändern", URL: link.OnboardingState(c.BodyKey, c.ServiceSlug)}}
	}
	if c.MayMove(who) || c.MayCorrect(who) {
		head.Actions = append(head.Actions, ui.Action{Text: dateHeading(c, who), URL: link.OnboardingDate(c.BodyKey, c.ServiceSlug)})
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(v))
}

func (p Pages) load(r *http.Request, who access.Actor, trail int) (*onboarding.Checklist, error) {
	return p.Onboardings.Checklist(r.Context(), who, chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), trail)
}

// crumbs lead to the checklist, or to a page below it.
func crumbs(c *onboarding.Checklist, here string) []ui.Link {
	path := []ui.Link{
		{Text: "Leistungen", URL: link.Services},
		{Text: c.ServiceName, URL: link.Service(c.ServiceSlug)},
		{Text: "Roll-in", URL: link.Rollin(c.ServiceSlug)},
		{Text: c.BodyName},
	}
	if here != "" {
		path[3].URL = link.Checklist(c.BodyKey, c.ServiceSlug)
		path = append(path, ui.Link{Text: here})
	}
	return path
}
