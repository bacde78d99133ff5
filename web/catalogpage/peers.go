package catalogpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// peersView are the bodies with the same Fachverfahren that are further.
type peersView struct {
	Intro   string
	Profile ui.Link // where the own Fachverfahren is named
	Peers   []peerView
	Slug    string
}

// peerView is how far one of them is, whom one may ask, and what it released.
type peerView struct {
	Name, Key string
	State     ui.StatusProps
	Since     string
	Contacts  []ui.Link
	Read      ui.Link
	MayTake   bool
	Taken     string
}

func newPeersView(s catalog.Listed, p dashboard.Peers, who access.Actor) peersView {
	v := peersView{Slug: s.Slug}
	switch {
	case p.Product == "":
		v.Intro = "Welches Fachverfahren nutzen Sie für diese Leistung? Dann zeigen wir Ihnen, wer damit schon weiter ist."
		v.Profile = ui.Link{Text: "Fachverfahren im Profil angeben", URL: link.ProfileSection(who.Org.Key, "backend")}
		return v
	case len(p.Found) == 0:
		v.Intro = "Mit " + p.Product + " ist noch keine andere Einheit weiter als Sie."
		return v
	}
	v.Intro = ui.Count(len(p.Found), "Einheit ist", "Einheiten sind") + " mit " + p.Product + " weiter als Sie."
	for _, one := range p.Found {
		v.Peers = append(v.Peers, newPeer(s, one, who))
	}
	return v
}

func newPeer(s catalog.Listed, p dashboard.Peer, who access.Actor) peerView {
	v := peerView{Name: p.BodyName, Key: p.BodyKey, State: page.OnboardingState(p.State)}
	if p.LiveOn != nil {
		v.Since = "Produktiv seit " + ui.Date(*p.LiveOn)
	}
	for _, c := range p.Contacts {
		v.Contacts = append(v.Contacts, contact(c))
	}
	if p.Released > 0 {
		v.Read = ui.Link{
			Text: ui.Count(p.Released, "Erfahrung", "Erfahrungen") + " lesen", Note: " von " + p.BodyName,
			URL: link.With(link.Experiences, "leistung", s.Slug, "einheit", p.BodyKey),
		}
		v.MayTake = p.Taken < p.Released && who.Can(access.PeerTake) && s.OwnState != nil
		if p.Taken == p.Released {
			v.Taken = "Hinweise übernommen"
		}
	}
	return v
}

func contact(c dashboard.PeerContact) ui.Link {
	l := ui.Link{Text: c.Name}
	if c.Email != "" {
		l.URL = "mailto:" + c.Email
	}
	for _, more := range []string{c.Function, c.Phone} {
		if more != "" && l.Note != "" {
			l.Note += ", "
		}
		l.Note += more
	}
	return l
}
