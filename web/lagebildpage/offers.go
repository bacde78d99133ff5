package lagebildpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// offersView says where the services stand in the Land, also those that are not rolled in.
type offersView struct {
	Counts  []standingView
	Waiting []ui.Row  // between request and roll-in
	Open    []ui.Link // no decision was ever asked for
	OpenSum string
}

// standingView is how many services stand where.
type standingView struct {
	Status ui.StatusProps
	Count  ui.Link
}

// standings are the words of the catalogue and the filter behind each.
var standings = map[dashboard.Standing]struct {
	status ui.StatusProps
	filter string
}{
	dashboard.Area:      {ui.StatusProps{Kind: ui.Done, Text: "Flächendeckend produktiv"}, "flaechendeckend"},
	dashboard.RollingIn: {ui.StatusProps{Kind: ui.InProgress, Text: "Im Roll-in"}, "im-roll-in"},
	dashboard.Approved:  {ui.StatusProps{Kind: ui.Waiting, Text: "Beschlossen, nicht gestartet"}, "beschlossen"},
	dashboard.Deciding:  {ui.StatusProps{Kind: ui.InProgress, Text: "In Entscheidung"}, "in-entscheidung"},
	dashboard.Postponed: {ui.StatusProps{Kind: ui.Waiting, Text: "Zurückgestellt"}, "zurueckgestellt"},
	dashboard.NotReused: {ui.StatusProps{Kind: ui.Locked, Text: "Abgelehnt"}, "abgelehnt"},
	dashboard.Undecided: {ui.StatusProps{Kind: ui.Open, Text: "Beschluss offen"}, "beschluss-offen"},
}

// newCounted lists how many services stand where; ministry narrows the list behind each, "" does not.
func newCounted(counts map[dashboard.Standing]int, ministry string) []standingView {
	var found []standingView
	for _, s := range dashboard.Standings {
		if counts[s] > 0 {
			words := standings[s]
			found = append(found, standingView{words.status, ui.Link{
				Text: ui.Count(counts[s], "Leistung", "Leistungen"), URL: link.With(link.Services, "stand", words.filter, "ressort", ministry),
			}})
		}
	}
	return found
}

func newOffers(p *dashboard.Picture, c cut) offersView {
	v := offersView{}
	if !c.part { // whether a service is live everywhere, only those know who see everything
		v.Counts = newCounted(p.Count(), c.ministry)
	}
	for _, l := range p.Services {
		switch s := p.Standing(l); s {
		case dashboard.Approved, dashboard.Deciding, dashboard.Postponed:
			v.Waiting = append(v.Waiting, ui.Row{Title: l.Name, URL: link.Service(l.Slug), Status: standings[s].status})
		case dashboard.Undecided:
			v.Open = append(v.Open, ui.Link{Text: l.Name, URL: link.Service(l.Slug)})
		}
	}
	v.OpenSum = ui.Count(len(v.Open), "Leistung", "Leistungen") + ": Beschluss offen"
	return v
}

// nextAct is what to do before anything is rolled in. Who may do nothing about it reads that nothing is there.
func nextAct(p *dashboard.Picture, who access.Actor) ui.EmptyProps {
	v := ui.EmptyProps{Text: "Noch keine Leistung im Roll-in."}
	counts := p.Count()
	switch {
	case len(p.Services) == 0 && who.Can(access.ServiceCreate):
		v.Action = ui.ButtonProps{Text: "Leistung anlegen", URL: link.NewService}
	case counts[dashboard.Approved] > 0 && who.Can(access.RolloutPlan):
		v.Text = "Noch keine Leistung im Roll-in. " + ui.Count(counts[dashboard.Approved], "Leistung ist", "Leistungen sind") + " beschlossen und wartet auf den Start."
		v.Action = ui.ButtonProps{Text: "Roll-in starten", URL: link.With(link.Services, "stand", "beschlossen")}
	case len(p.Services) > 0 && who.Can(access.DecisionRequest):
		v.Action = ui.ButtonProps{Text: "Entscheidung anfragen", URL: link.NewDecision}
	}
	return v
}
