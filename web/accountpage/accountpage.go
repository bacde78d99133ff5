// Package accountpage shows people their own access: under which role they act, where else they may, and in which
// browsers they are signed in.
package accountpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about one's own access.
type Pages struct {
	Shell  page.Shell
	People *identity.Service
}

// Show says who one is here, and offers the other places where one may act.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.People.Memberships(r.Context(), who)
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Ihr Zugang", Narrow: true}, show(newShowView(who, found)))
}

// Sessions lists the browsers in which one is signed in.
func (p Pages) Sessions(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, places, err := p.People.Sessions(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Ihre Sitzungen", Crumbs: []ui.Link{{Text: "Ihr Zugang", URL: link.Account}, {Text: "Ihre Sitzungen"}}, Narrow: true}
	return p.Shell.Render(w, r, who, http.StatusOK, head, sessions(newSessionsView(found, places)))
}

// EndSession signs one of them out.
func (p Pages) EndSession(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	id, err := page.ID(r, "sitzung")
	if err != nil {
		return err
	}
	if err := p.People.EndSession(r.Context(), who, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Sessions, page.SessionEnded)
}
