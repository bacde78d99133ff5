// Package homepage is everyone's start page: what waits for this very person.
package homepage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the start pages. Some people start on a page of another room: the routing table hands those over.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
	Lagebild  page.Handler                                                                           // of the Land and of committees
	Platform  page.Handler                                                                           // of whoever operates the platform
	Asked     func(w http.ResponseWriter, r *http.Request, who access.Actor) (shown bool, err error) // of a Spitzenverband, if a ministry waits for it
}

// Show shows the start page of a person's role.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Role == access.Committee && who.Org.Kind == "association" {
		if shown, err := p.Asked(w, r, who); shown || err != nil {
			return err
		}
	}
	switch who.Role {
	case access.StateCoordinator, access.StateEditor, access.Committee:
		return p.Lagebild(w, r, who)
	case access.Platform:
		return p.Platform(w, r, who)
	case access.BodyCoordinator, access.BodyEditor:
		return page.Forward(w, r, link.Tasks)
	case access.MinistryDecider, access.MinistryReader:
		return p.showMinistry(w, r, who)
	case access.Provider:
		return p.showProvider(w, r, who)
	}
	return fault.Missing()
}

// Handful shows a town the few tasks that are due, each with what can be said about it right there.
func (p Pages) Handful(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Dashboard.BodyDesk(r.Context(), who)
	if err != nil {
		return err
	}
	v := newBodyView(found, who)
	head := ui.Page{Heading: v.Heading, Title: "Aufgaben", Meta: who.Org.Name}
	return p.Shell.Render(w, r, who, http.StatusOK, head, body(v))
}

func (p Pages) showMinistry(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Dashboard.MinistryDesk(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Wartet auf Sie", Title: "Übersicht", Meta: who.Org.Name, Actions: []ui.Action{{Text: "Fristen, die enden", URL: link.Deadlines}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, ministry(newMinistryView(found)))
}

func (p Pages) showProvider(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Dashboard.ProviderDesk(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Warteschlange", Meta: "Aufgaben der Einheiten, für die Sie arbeiten"}
	return p.Shell.Render(w, r, who, http.StatusOK, head, provider(newProviderView(found, who)))
}
