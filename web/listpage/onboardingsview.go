package listpage

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type onboardingsView struct {
	Meta, Heading string
	Filter        ui.FilterProps
	Sorts         []ui.SortHeaderProps
	Rows          []onboardingView
	Empty         ui.EmptyProps
	Pages         ui.PaginationProps
	ManyBodies    bool
}

type onboardingView struct {
	page.OnboardingRow
	Service, ServiceURL string
	Body, BodyURL       string
	Tasks               string
}

func newOnboardingsView(q page.Query, found []dashboard.Onboarding, choices dashboard.Choices, who access.Actor) onboardingsView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := onboardingsView{
		Meta: "Eine Anbindung ist eine Leistung in einer Einheit", Heading: ui.Count(total, "Anbindung", "Anbindungen"),
		Filter: onboardingFilters(q, choices, who), Pages: q.Pagination(total, dashboard.PageSize), ManyBodies: !who.Org.IsBody(),
		Sorts: []ui.SortHeaderProps{q.SortHeader("leistung", "Leistung"), q.SortHeader("einheit", "Einheit"), q.SortHeader("stand", "Stand"), q.SortHeader("ziel", "Ziel")},
		Empty: ui.EmptyProps{Text: "Noch keine Leistung im Roll-in."},
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Anbindung passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	for _, o := range found {
		v.Rows = append(v.Rows, newOnboarding(o, who))
	}
	return v
}

func newOnboarding(o dashboard.Onboarding, who access.Actor) onboardingView {
	v := onboardingView{
		OnboardingRow: page.NewOnboardingRow(o, who), Service: o.ServiceName, ServiceURL: link.Rollin(o.ServiceSlug),
		Body: o.BodyName, BodyURL: link.Body(o.BodyKey), Tasks: ui.Number(int64(o.Done)) + " von " + ui.Number(int64(o.Relevant)),
	}
	if who.Can(access.ChecklistView) {
		v.ServiceURL = link.Checklist(o.BodyKey, o.ServiceSlug)
	}
	return v
}

func onboardingFilters(q page.Query, choices dashboard.Choices, who access.Actor) ui.FilterProps {
	bar := ui.FilterProps{Action: link.Onboardings, Label: "Anbindungen filtern", Hidden: q.Hidden(), ResetURL: q.Reset()}
	var states []ui.Option
	for _, f := range stateFilters {
		if f.key != page.StaleFilter || who.Reach(access.RolloutView) == access.WholeLand {
			states = append(states, ui.Option{Value: f.key, Text: f.text})
		}
	}
	if s := onboarding.State(q.Get("stand")); slices.Contains(onboarding.States, s) {
		states = append(states, ui.Option{Value: string(s), Text: "Nur „" + s.Word() + "“"})
	}
	addFilter(&bar, q, "stand", "Stand", "Alle, die zählen", states)
	addFilter(&bar, q, "leistung", "Leistung", "Alle", options(choices.Services))
	if !who.Org.IsBody() {
		addFilter(&bar, q, "einheit", "Einheit", "Alle", options(choices.Bodies))
	}
	return bar
}
