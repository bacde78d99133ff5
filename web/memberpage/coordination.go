package memberpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Coordination lets the platform's administration invite who coordinates a Land.
func (p Pages) Coordination(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderCoordination(w, r, who, http.StatusOK, form{ID: uuid.NewString()}, nil)
}

// InviteCoordination offers that to an address, or shows the form again with what is wrong.
func (p Pages) InviteCoordination(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "email")
	if err != nil {
		return err
	}
	f := form{ID: sent.Text("id"), Email: sent.Text("email")}
	id, err := page.FormID(f.ID)
	if err != nil {
		return err
	}
	land := chi.URLParam(r, "land")
	cause := p.People.InviteCoordination(r.Context(), who, land, identity.NewInvitation{ID: id, Email: f.Email})
	if cause == nil {
		return page.Redirect(w, r, link.Coordination(land), page.Invited)
	}
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	return p.renderCoordination(w, r, who, status, f, wrong)
}

// WithdrawCoordination takes such an invitation back.
func (p Pages) WithdrawCoordination(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return end{"land", "einladung", p.People.UninviteCoordination, link.Coordination, page.Uninvited}.serve(w, r, who)
}

// EndCoordination takes the role from somebody who coordinates a Land.
func (p Pages) EndCoordination(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return end{"land", "mitglied", p.People.EndCoordination, link.Coordination, page.MemberEnded}.serve(w, r, who)
}

func (p Pages) renderCoordination(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, wrong page.Errors) error {
	land := chi.URLParam(r, "land")
	found, err := p.People.Coordination(r.Context(), who, land)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Landeskoordination " + found.Land, Meta: found.Org, Narrow: true,
		Crumbs: []ui.Link{{Text: "Verwaltung", URL: link.Home}, {Text: "Landeskoordination " + found.Land}},
	}
	return p.Shell.Render(w, r, who, status, head, coordination(newCoordinationView(found, land, f, wrong)))
}
