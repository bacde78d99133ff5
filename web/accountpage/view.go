package accountpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	Facts    ui.FactsProps
	Verifies bool // may take along the checkpoints of the organisation's trail
	Others   []placeView
}

type placeView struct{ ID, Org, Detail string }

func newShowView(who access.Actor, found []identity.Membership) showView {
	v := showView{Verifies: access.Allows(access.AuditVerify, who.Role), Facts: ui.FactsProps{Items: []ui.Fact{
		{Term: "Name", Value: who.Name}, {Term: "Organisation", Value: who.Org.Name}, {Term: "Rolle", Value: page.RoleName(who.Role)},
	}}}
	for _, m := range found {
		if m.ID != who.Membership {
			v.Others = append(v.Others, placeView{ID: m.ID.String(), Org: m.Org, Detail: page.RoleName(m.Role) + ", " + m.Land})
		}
	}
	return v
}

type sessionsView struct{ Rows []sessionView }

type sessionView struct {
	Title, Meta, URL string // no URL: the browser one is looking at
}

func newSessionsView(found []identity.Session, places []identity.Membership) sessionsView {
	var v sessionsView
	for _, s := range found {
		row := sessionView{Title: "Angemeldet seit " + ui.DateTime(s.CreatedAt), Meta: placeOf(s, places)}
		if s.Current {
			row.Title += " – diese Sitzung"
		} else {
			row.Meta += " · zuletzt benutzt " + ui.DateTime(s.SeenAt)
			row.URL = link.EndSession(s.ID)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func placeOf(s identity.Session, places []identity.Membership) string {
	for _, m := range places {
		if m.ID == s.Membership {
			return page.RoleName(m.Role) + ", " + m.Org
		}
	}
	return ui.NotApplicable
}
