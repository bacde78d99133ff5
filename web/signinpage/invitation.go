package signinpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type offerView struct{ URL, Org, Role, Email, Until string }

// Invitation shows what an invitation offers. Whoever takes it signs in for it.
func (p Pages) Invitation(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	token := chi.URLParam(r, "token")
	offer, err := p.people.Offer(r.Context(), token)
	if err != nil {
		return err
	}
	v := offerView{
		URL: link.Invitation(token), Org: offer.Org, Role: page.RoleName(offer.Role), Email: offer.Email, Until: ui.DateTime(offer.ExpiresAt),
	}
	return p.shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Sie sind eingeladen", Meta: offer.Product, Narrow: true}, invitation(v))
}

// TakeInvitation begins the sign-in that takes an invitation, also for those who are signed in: the provider has to
// vouch for the address. The token waits in a cookie, so that it stands nowhere else.
func (p Pages) TakeInvitation(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	token := chi.URLParam(r, "token")
	if _, err := p.people.Offer(r.Context(), token); err != nil {
		return err
	}
	http.SetCookie(w, invitationCookie(p.base, token))
	return p.begin(w, r, who, link.Invited)
}

// accept takes the invitation that the browser carries.
func (p Pages) accept(w http.ResponseWriter, r *http.Request, person identity.Person) error {
	cookie, err := r.Cookie(invitationCookie(p.base, "").Name)
	if err != nil {
		return errStale
	}
	http.SetCookie(w, expired(invitationCookie(p.base, "")))
	return p.people.Accept(r.Context(), cookie.Value, person)
}
