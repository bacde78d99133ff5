package bodypage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	KPIs         ui.KPIProps
	Facts        ui.FactsProps
	Services     []serviceView
	Basis        []ui.Row
	Overdue      []ui.Row
	AllOverdue   ui.Link
	NothingBegun ui.EmptyProps
}

// serviceView is the body's way to one service.
type serviceView struct {
	page.OnboardingRow
	Name, URL string
	Done, Of  int
	Tasks     ui.Link // to the checklist
	ID        string
}

// shown is how many late steps the page names.
const shown = 6

func newShowView(p dashboard.Profile, who access.Actor) showView {
	v := showView{Facts: facts(p), KPIs: kpis(p, who), NothingBegun: ui.EmptyProps{Text: "Noch keine Leistung im Roll-in."}}
	for i, o := range p.Onboardings {
		v.Services = append(v.Services, newService(o, i, who))
	}
	for _, t := range p.Basis {
		v.Basis = append(v.Basis, basisRow(t, who))
	}
	for i, t := range p.Overdue {
		if i == shown {
			break
		}
		v.Overdue = append(v.Overdue, overdueRow(t, who))
	}
	if len(p.Overdue) > 0 {
		v.AllOverdue = ui.Link{Text: "Alle ansehen (" + ui.Number(int64(len(p.Overdue))) + ")", URL: overdueTasks(p.Key)}
	}
	return v
}

func kpis(p dashboard.Profile, who access.Actor) ui.KPIProps {
	share := p.Share()
	whole, percent := ui.OutOf(share.Part, share.Whole, link.With(link.Onboardings, "einheit", p.Key))
	tiles := ui.KPIProps{Heading: "Kennzahlen", Items: []ui.KPI{
		{Label: "Produktive Leistungen", URL: link.With(link.Onboardings, "einheit", p.Key, "stand", "produktiv"), Value: ui.Number(int64(share.Part)), Whole: whole, Unit: percent},
		{Label: "Leistungen in Arbeit", URL: link.With(link.Onboardings, "einheit", p.Key, "stand", "in-arbeit"), Value: ui.Number(int64(p.InWork()))},
		{Label: "Überfällige Aufgaben", URL: overdueTasks(p.Key), Value: ui.Number(int64(len(p.Overdue))), Alarm: len(p.Overdue) > 0},
	}}
	if who.Reach(access.RolloutView) == access.WholeLand {
		tiles.Items = append(tiles.Items, ui.KPI{
			Label: "Nicht bestätigt", URL: link.With(link.Onboardings, "einheit", p.Key, "stand", page.StaleFilter), Value: ui.Number(int64(p.Unconfirmed())),
		})
	}
	return tiles
}

func facts(p dashboard.Profile) ui.FactsProps {
	items := []ui.Fact{
		{Term: "Kreisschlüssel", Value: p.Key}, {Term: "Kennzeichen", Value: p.Short}, {Term: "Sitz der Verwaltung", Value: p.Seat},
	}
	if p.Population != nil {
		value := ui.Number(int64(*p.Population))
		if p.PopulationOn != nil {
			value += " (" + ui.Date(*p.PopulationOn) + ")"
		}
		items = append(items, ui.Fact{Term: "Einwohner", Value: value})
	}
	if p.ValidTo != nil {
		items = append(items, ui.Fact{Term: "Besteht bis", Value: ui.Date(*p.ValidTo)})
	}
	return ui.FactsProps{Items: items, Columns: true}
}

func newService(o dashboard.Onboarding, i int, who access.Actor) serviceView {
	v := serviceView{
		OnboardingRow: page.NewOnboardingRow(o, who), ID: "fortschritt-" + strconv.Itoa(i+1), Name: o.ServiceName,
		Done: o.Done, Of: o.Relevant, Tasks: ui.Link{Text: ui.Percent(o.Done, o.Relevant)},
	}
	if who.Can(access.ChecklistView) {
		v.URL = link.Checklist(o.BodyKey, o.ServiceSlug)
		v.Tasks = ui.Link{Text: ui.Number(int64(o.Done)) + " von " + ui.Count(o.Relevant, "Aufgabe", "Aufgaben"), URL: v.URL}
	}
	return v
}

func basisRow(t dashboard.Task, who access.Actor) ui.Row {
	row := ui.Row{
		Title: t.Title, URL: taskURL(t, who), Meta: "zuständig: " + page.Responsible(t.Responsible, t.BodyName) + " · Frist " + ui.Date(t.DueOn),
		Status: page.TaskState(t),
	}
	if t.State.Finished() {
		row.Meta = "zuständig: " + page.Responsible(t.Responsible, t.BodyName)
	}
	return row
}

func overdueRow(t dashboard.Task, who access.Actor) ui.Row {
	service := t.ServiceName
	if service == "" {
		service = "alle Leistungen (Basis)"
	}
	row := ui.Row{
		Title: t.Title, URL: taskURL(t, who), Meta: service + " · zuständig: " + page.Responsible(t.Responsible, t.BodyName),
		Status: ui.StatusProps{Kind: ui.Overdue, Text: "fällig am " + ui.Date(t.DueOn)},
	}
	switch {
	case t.WaitsSince != nil:
		row.Meta += " · wartet auf " + t.Party
	case t.Blocked:
		row.Meta += " · durch eine Hürde blockiert"
	}
	return row
}

// taskURL leads to the page of a step, for those who may open it.
func taskURL(t dashboard.Task, who access.Actor) string {
	if !who.Can(access.ChecklistView) || t.Via == "" {
		return ""
	}
	return link.Step(t.BodyKey, t.Via, t.Key)
}
