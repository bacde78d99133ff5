// Package orgpage lists the organisations of a Land, and for the platform's administration those of all Länder.
package orgpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/organisation"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about organisations.
type Pages struct {
	Shell         page.Shell
	Organisations *organisation.Service
}

// List shows organisations by kind. The platform's administration sees all Länder, but only names.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.OrgList) == access.AllLaender {
		return p.Platform(w, r, who)
	}
	found, err := p.Organisations.List(r.Context(), who)
	if err != nil {
		return err
	}
	v := newView(who, found)
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Organisationen", Meta: v.Meta}, list(v))
}

// Platform is the start page of the platform's administration.
func (p Pages) Platform(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Organisations.ListPlatform(r.Context(), who)
	if err != nil {
		return err
	}
	v := newPlatformView(found)
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Verwaltung", Meta: v.Meta}, list(v))
}
