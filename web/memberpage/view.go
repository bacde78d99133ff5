package memberpage

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Errors      []ui.FieldError
	ErasuresURL string // "" for those who cannot have people erased
	Count       string
	Members     []memberView
	CanInvite   bool
	Invitations []invitationView
	FormID, URL string
	Email, Role ui.Field
}

type memberView struct{ Name, Detail, EndURL, EraseURL string }

type invitationView struct {
	Email, Detail, WithdrawURL string
	State                      ui.StatusProps
}

func newView(t identity.Team, f form, wrong page.Errors, who access.Actor) view {
	v := view{
		Errors: wrong.Summary(), Count: ui.Count(len(t.Members), "Person", "Personen"), CanInvite: len(t.Grantable) > 0,
		FormID: f.ID, URL: link.Invitations(t.Org.Key), Email: emailField(f, wrong),
		Role: ui.Field{Name: "role", Label: "Rolle", Value: f.Role, Error: wrong.For("role"), Empty: "Bitte wählen"},
	}
	for _, r := range t.Grantable {
		v.Role.Options = append(v.Role.Options, ui.Option{Value: string(r), Text: page.RoleName(r)})
	}
	if len(t.Grantable) == 1 {
		v.Role.Value, v.Role.Empty = string(t.Grantable[0]), ""
	}
	if who.Can(access.PrivacyErase) {
		v.ErasuresURL = link.Erasures
	}
	for _, m := range t.Members {
		row := memberView{Name: m.Name, Detail: page.RoleName(m.Role)}
		if m.Automatic {
			row.Detail += ", durch eine Anmelderegel"
		}
		if slices.Contains(t.Grantable, m.Role) {
			row.EndURL = link.EndMember(t.Org.Key, m.ID)
		}
		if v.ErasuresURL != "" && m.Person != who.Person {
			row.EraseURL = link.NewErasure(m.Person)
		}
		v.Members = append(v.Members, row)
	}
	for _, i := range t.Invitations {
		row := newInvitationView(i)
		if slices.Contains(t.Grantable, i.Role) {
			row.WithdrawURL = link.WithdrawInvitation(t.Org.Key, i.ID)
		}
		v.Invitations = append(v.Invitations, row)
	}
	return v
}

func newInvitationView(i identity.Invitation) invitationView {
	return invitationView{Email: i.Email, Detail: page.RoleName(i.Role) + ", gilt bis " + ui.DateTime(i.ExpiresAt), State: state(i)}
}

func emailField(f form, wrong page.Errors) ui.Field {
	return ui.Field{
		Name: "email", Label: "Dienstliche E-Mail-Adresse", Type: "email", Value: f.Email, Error: wrong.For("email"), Width: ui.Medium,
		Hint: "Nur ein Konto mit dieser Adresse kann die Einladung annehmen.",
	}
}

// coordinationView is what the platform's administration sees of who coordinates a Land.
type coordinationView struct {
	Errors      []ui.FieldError
	Count       string
	Members     []memberView
	Invitations []invitationView
	FormID, URL string
	Email       ui.Field
}

func newCoordinationView(c identity.Coordination, land string, f form, wrong page.Errors) coordinationView {
	v := coordinationView{Errors: wrong.Summary(), Count: ui.Count(len(c.Members), "Person", "Personen"), FormID: f.ID, URL: link.Coordination(land), Email: emailField(f, wrong)}
	for _, m := range c.Members {
		v.Members = append(v.Members, memberView{Name: m.Name, Detail: page.RoleName(m.Role), EndURL: link.EndCoordination(land, m.ID)})
	}
	for _, i := range c.Invitations {
		row := newInvitationView(i)
		row.WithdrawURL = link.WithdrawCoordination(land, i.ID)
		v.Invitations = append(v.Invitations, row)
	}
	return v
}

func state(i identity.Invitation) ui.StatusProps {
	switch {
	case i.Expired:
		return ui.StatusProps{Kind: ui.Overdue, Text: "abgelaufen"}
	case i.Mail == "refused":
		return ui.StatusProps{Kind: ui.Blocked, Text: "Mail nicht zustellbar"}
	case i.Mail == "sent":
		return ui.StatusProps{Kind: ui.Waiting, Text: "wartet auf Annahme"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Mail noch nicht gesendet"}
}
