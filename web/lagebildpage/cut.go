package lagebildpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// cut is the reader's part of the Lagebild. The Land has all of it, a ministry its services in every body. Providers and
// bodies have some bodies of a service: what only holds of all of them, such as the Fläche, they are not told.
type cut struct {
	org      string // whose part it is; "" for the Land
	ministry string // key of the ministry that sees its own services
	own      bool   // a single body, which needs neither map nor matrix of itself
	part     bool   // some bodies of each service
}

func cutOf(who access.Actor) cut {
	if who.Reach(access.DashboardView) == access.WholeLand {
		return cut{}
	}
	c := cut{org: who.Org.Name, own: who.Org.IsBody(), part: true}
	if who.Org.Kind == "ministry" {
		c.ministry, c.part = who.Org.Key, false
	}
	return c
}

// figures are those at the top; those without a part in it are left out.
func (c cut) figures() []dashboard.Figure {
	switch {
	case c.own:
		return []dashboard.Figure{dashboard.LiveOnboardings, dashboard.OverdueTasks, dashboard.BlockedOnboardings, dashboard.OpenConditions}
	case c.part:
		return []dashboard.Figure{dashboard.LiveOnboardings, dashboard.PunctualBodies, dashboard.OverdueTasks, dashboard.BlockedOnboardings, dashboard.OpenConditions}
	}
	return []dashboard.Figure{
		dashboard.LiveOnboardings, dashboard.CoveredServices, dashboard.PunctualBodies, dashboard.OverdueTasks, dashboard.BlockedOnboardings, dashboard.OpenDecisions,
	}
}

// explains reports whether a figure is part of the cut.
func (c cut) explains(f dashboard.Figure) bool {
	switch f.Key {
	case dashboard.CoveredServices.Key, dashboard.OpenDecisions.Key:
		return !c.part
	case dashboard.PunctualBodies.Key:
		return !c.own
	}
	return true
}

// services lists services of the cut.
func (c cut) services(stand string) string {
	concerns := ""
	if c.part {
		concerns = "uns"
	}
	return link.With(link.Services, "stand", stand, "ressort", c.ministry, "betrifft", concerns)
}

// leftOut says what the pillars of the cut do not count.
func (c cut) leftOut() string {
	switch {
	case c.ministry != "":
		return "Ihr Ressort sieht die Aufgaben zu seinen Leistungen. Basisaufgaben und Profile gehören den Einheiten und zählen hier nicht mit."
	case c.own:
		return "Hier zählen die Aufgaben Ihrer Einheit. Was das Land und die Ressorts zu tun haben, zählt nicht mit."
	case c.part:
		return "Hier zählen die Aufgaben der Einheiten, für die Sie arbeiten. Was das Land und die Ressorts zu tun haben, zählt nicht mit."
	}
	return ""
}

// meta says what the Lagebild is about.
func (c cut) meta(p *dashboard.Picture) string {
	scope := ui.Count(len(p.RolledIn()), "EfA-Leistung", "EfA-Leistungen") + " im Roll-in"
	switch {
	case c.own:
		scope = c.org + " · " + scope
	case c.ministry != "":
		scope += ", zuständig: " + c.ministry + ", " + ui.Count(len(p.Bodies), "Einheit", "Einheiten")
	case c.part:
		scope = c.org + " · " + scope + ", " + ui.Count(len(p.Bodies), "betreute Einheit", "betreute Einheiten")
	default:
		scope += ", " + ui.Count(len(p.Bodies), "Einheit", "Einheiten")
	}
	return scope + " · Stand: " + ui.DateTime(p.At)
}
