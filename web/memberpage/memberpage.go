// Package memberpage shows the people of an organisation, and lets those who may invite and end them.
package memberpage

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about the people of an organisation.
type Pages struct {
	Shell  page.Shell
	People *identity.Service
}

// List shows who belongs to an organisation and who is invited.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, http.StatusOK, form{ID: uuid.NewString()}, nil)
}

// form is the form of an invitation, as it was sent.
type form struct{ ID, Email, Role string }

// Invite offers a role to an address, or shows the form again with what is wrong.
func (p Pages) Invite(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "email", "role")
	if err != nil {
		return err
	}
	f := form{sent.Text("id"), sent.Text("email"), sent.Text("role")}
	id, err := page.FormID(f.ID)
	if err != nil {
		return err
	}
	org := chi.URLParam(r, "org")
	cause := p.People.Invite(r.Context(), who, org, identity.NewInvitation{ID: id, Email: f.Email, Role: access.Role(f.Role)})
	if cause == nil {
		return page.Redirect(w, r, link.Members(org), page.Invited)
	}
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	return p.render(w, r, who, status, f, wrong)
}

// Withdraw takes an invitation back.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return end{"org", "einladung", p.People.Withdraw, link.Members, page.Uninvited}.serve(w, r, who)
}

// End takes a role from a person.
func (p Pages) End(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return end{"org", "mitglied", p.People.EndMembership, link.Members, page.MemberEnded}.serve(w, r, who)
}

// end takes a role or an invitation from the people of an organisation or a Land.
type end struct {
	of, what string // parameters of the URL: whose people, and what ends
	do       func(ctx context.Context, who access.Actor, of string, what uuid.UUID) error
	back     func(of string) string
	said     page.Flash
}

func (e end) serve(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	what, err := page.ID(r, e.what)
	if err != nil {
		return err
	}
	of := chi.URLParam(r, e.of)
	if err := e.do(r.Context(), who, of, what); err != nil {
		return err
	}
	return page.Redirect(w, r, e.back(of), e.said)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, wrong page.Errors) error {
	team, err := p.People.Team(r.Context(), who, chi.URLParam(r, "org"))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Personen", Meta: team.Org.Name}
	if who.Can(access.OrgList) {
		head.Crumbs = []ui.Link{{Text: "Organisationen", URL: link.Organisations}, {Text: "Personen in " + team.Org.Name}}
	}
	return p.Shell.Render(w, r, who, status, head, list(newView(team, f, wrong, who)))
}
