// Package listpage shows the two lists behind the figures: tasks and onboardings, filtered by the URL.
package listpage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the lists.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
	Handful   page.Handler // what a town finds before its list
}

// all asks for the whole list of a town, filtered or not.
const all = "alle"

// Tasks lists steps. Whoever sees aggregates only is sent to the Lagebild; a town begins with the few that are due.
func (p Pages) Tasks(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.RolloutView) == access.Aggregates {
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	q := page.QueryOf(r, "status", "einheit", "leistung", "saeule", "ebene", "zustaendig", "art", "verzug", "wartet-auf")
	if who.Org.IsBody() {
		if q.Bare() && r.URL.Query().Get(all) == "" {
			return p.Handful(w, r, who)
		}
		q = q.Keeping(all, "ja")
	}
	pillar, _ := strconv.Atoi(q.Get("saeule"))
	status, _ := statusOf(q.Get("status"), who)
	found, choices, err := p.Dashboard.Tasks(r.Context(), who, dashboard.TaskFilter{
		Status: status, Body: q.Get("einheit"), Service: q.Get("leistung"), Pillar: pillarOf(pillar),
		Scope: template.Scope(q.Get("ebene")), Responsible: template.Responsible(q.Get("zustaendig")), Kind: q.Get("art"), Age: page.AgeOf(q.Get("verzug")), WaitsFor: q.Get("wartet-auf"),
		Sort: q.Sort(), Page: q.Page(),
	})
	if err != nil {
		return err
	}
	v := newTasksView(q, found, choices, who)
	head := ui.Page{Heading: v.Title, Meta: v.Meta, Crumbs: v.Crumbs}
	if who.Can(access.WaitingView) {
		head.Actions = []ui.Action{{Text: "Auf wen gewartet wird", URL: link.WaitingFor}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, tasks(v))
}

// pillarOf keeps a number that is no pillar from overflowing the database's.
func pillarOf(n int) int {
	if n < 0 || n > 4 {
		return -1
	}
	return n
}

// Onboardings lists the ways of bodies to services.
func (p Pages) Onboardings(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.RolloutView) == access.Aggregates {
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	q := page.QueryOf(r, "stand", "leistung", "einheit")
	found, choices, err := p.Dashboard.Onboardings(r.Context(), who, dashboard.OnboardingFilter{
		States: statesOf(q.Get("stand")), Blocked: q.Get("stand") == blocked, Stale: q.Get("stand") == page.StaleFilter, Ending: q.Get("stand") == page.EndingFilter, Body: q.Get("einheit"), Service: q.Get("leistung"), Sort: q.Sort(), Page: q.Page(),
	})
	if err != nil {
		return err
	}
	v := newOnboardingsView(q, found, choices, who)
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Roll-in", Meta: v.Meta}, onboardings(v))
}
