// Package profilepage shows what a body says about itself once for all services, and has a small form for each fact.
package profilepage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about profiles.
type Pages struct {
	Shell    page.Shell
	Profiles *profile.Service
}

// Show shows a profile as far as the reader may see it.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, http.StatusOK, nil)
}

// Confirm notes that everything in the profile still holds.
func (p Pages) Confirm(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	body := chi.URLParam(r, "einheit")
	err = p.Profiles.Confirm(r.Context(), who, body, version)
	if fault.KindOf(err) == fault.Conflict {
		return p.render(w, r, who, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, link.Profile(body), page.ProfileConfirmed)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, late error) error {
	found, err := p.Profiles.Show(r.Context(), who, chi.URLParam(r, "einheit"))
	if err != nil {
		return err
	}
	v := newShowView(found, who)
	if late != nil {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Noch nicht bestätigt", Text: late.Error()}
	}
	head := ui.Page{
		Heading: "Profil " + found.BodyName, Meta: "Einmal angeben: Was hier steht, gilt in jeder Anbindung.",
		Crumbs: crumbs(found, who, ""),
	}
	return p.Shell.Render(w, r, who, status, head, show(v))
}

// crumbs lead to the profile, or to a page below it.
func crumbs(p *profile.Profile, who access.Actor, here string) []ui.Link {
	path := []ui.Link{{Text: p.BodyName, URL: link.Body(p.BodyKey)}, {Text: "Profil"}}
	if !who.Org.IsBody() {
		path = append([]ui.Link{{Text: "Kommunen", URL: link.Bodies}}, path...)
	}
	if here != "" {
		path[len(path)-1].URL = link.Profile(p.BodyKey)
		path = append(path, ui.Link{Text: here})
	}
	return path
}
