package lagebildpage

import (
	"rollinportal/internal/dashboard"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// ownView is a service as one body has it, beside how far the Land is with it.
type ownView struct {
	Name, URL string
	Status    ui.StatusProps
	Ends      ui.StatusProps // what ends soon or has ended
	Land      string
}

// newOwn lists the services in roll-in of a single body.
func newOwn(p *dashboard.Picture) []ownView {
	if len(p.Bodies) != 1 {
		return nil
	}
	var found []ownView
	for _, l := range p.RolledIn() {
		at := p.Row(l.Slug)[0]
		if at.Stage() == dashboard.NotCompetent {
			continue
		}
		v := ownView{Name: ui.SoftHyphens(l.Name), URL: link.Checklist(p.Bodies[0].Key, l.Slug), Status: page.OnboardingState(at.State), Land: elsewhere(l.Land), Ends: page.ExpiryIs(at.Ending, workday.Day(p.At))}
		switch {
		case at.State == "":
			v.URL, v.Status = link.Service(l.Slug), ui.StatusProps{Kind: ui.Open, Text: "Noch nicht aufgenommen"}
		case at.Blocked:
			v.Status = ui.StatusProps{Kind: ui.Blocked, Text: "Blockiert"}
		}
		found = append(found, v)
	}
	return found
}

// elsewhere says in how many bodies of the Land a service is live, as far as that points at nobody.
func elsewhere(land *dashboard.Elsewhere) string {
	switch {
	case land == nil:
		return ui.NotApplicable
	case land.Live == nil:
		return "unter 3 von " + number(land.Whole)
	}
	return ui.Share(*land.Live, land.Whole)
}
