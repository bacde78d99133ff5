package listpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type tasksView struct {
	Title, Meta string
	Crumbs      []ui.Link
	Heading     string
	Filter      ui.FilterProps
	Sorts       sortsView
	Rows        []taskView
	Empty       ui.EmptyProps
	Pages       ui.PaginationProps
	ManyBodies  bool // a town needs no column for itself
	Means       string
}

type sortsView struct{ Service, Body, Due ui.SortHeaderProps }

type taskView struct {
	Title, URL, Meta         string
	Service, ServiceURL      string
	Body, BodyURL, Due, Step string
	Status                   ui.StatusProps
	Wait                     string // since when it lies with others, and their ticket
}

// waitNote says since when a task lies with others: "seit 21 Tagen, Ticket 4711".
func waitNote(t dashboard.Task) string {
	note := ui.DaysSince(*t.WaitsSince, t.WaitsSince.AddDate(0, 0, t.WaitsDays))
	if t.Ticket != "" {
		note += ", Ticket " + t.Ticket
	}
	return note
}

func newTasksView(q page.Query, found []dashboard.Task, choices dashboard.Choices, who access.Actor) tasksView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := tasksView{
		Title: "Aufgaben", Meta: tasksMeta(who), Heading: heading(q, total, who), Filter: taskFilters(q, found, choices, who),
		Sorts:      sortsView{q.SortHeader("leistung", "Leistung"), q.SortHeader("einheit", "Einheit"), q.SortHeader("frist", "Frist")},
		Pages:      q.Pagination(total, dashboard.PageSize),
		ManyBodies: !who.Org.IsBody(),
		Empty:      ui.EmptyProps{Text: "Zurzeit ist nichts zu tun."},
		Means:      dashboard.OverdueMeans,
	}
	if who.Org.IsBody() {
		v.Title, v.Meta = "Alle Aufgaben", who.Org.Name
		v.Crumbs = []ui.Link{{Text: "Aufgaben", URL: link.Tasks}, {Text: v.Title}}
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Aufgabe passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	status, text := statusOf(q.Get("status"), who)
	for _, t := range found {
		row := newTask(t, who)
		if status == dashboard.Held && t.WaitsSince == nil {
			row.Status = ui.StatusProps{Kind: ui.Locked, Text: text}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// heading says how many tasks there are, and of which kind.
func heading(q page.Query, total int, who access.Actor) string {
	status, text := statusOf(q.Get("status"), who)
	if status == dashboard.Relevant {
		return ui.Count(total, "Aufgabe", "Aufgaben")
	}
	return ui.Count(total, "Aufgabe", "Aufgaben") + " · " + text
}

func tasksMeta(who access.Actor) string {
	switch {
	case who.Role == access.Provider:
		return "Aufgaben der Einheiten, für die Sie arbeiten"
	case who.Reach(access.RolloutView) == access.Responsible:
		return "Aufgaben zu den Leistungen Ihres Ressorts, ohne die Basisaufgaben der Einheiten"
	}
	return "Aufgaben des Landes und aller Einheiten"
}

func newTask(t dashboard.Task, who access.Actor) taskView {
	v := taskView{
		Title: t.Title, URL: taskURL(t, who), Service: t.ServiceName, Body: t.BodyName, Due: ui.Date(t.DueOn),
		Meta:   "zuständig: " + page.Responsible(t.Responsible, "Kommune") + " · Säule " + pillarOptions[t.Pillar-1].Text,
		Status: page.TaskState(t),
	}
	if t.WaitsSince != nil {
		v.Wait = waitNote(t)
	}
	if t.Scope == template.Basis {
		v.Service = "alle Leistungen (Basis)"
	} else {
		v.ServiceURL = serviceURL(t.ServiceSlug, who)
	}
	if t.Scope == template.Land {
		v.Body = "Land"
	} else {
		v.BodyURL = link.Body(t.BodyKey)
	}
	return v
}

// serviceURL leads to the roll-in of a service, for a town to its own checklist.
func serviceURL(slug string, who access.Actor) string {
	if who.Org.IsBody() {
		return link.Checklist(who.Org.Key, slug)
	}
	return link.Rollin(slug)
}

// taskURL leads to the page of a step, for those who may open it.
func taskURL(t dashboard.Task, who access.Actor) string {
	switch {
	case t.Scope == template.Land:
		return link.LandStep(t.ServiceSlug, t.Key)
	case who.Can(access.ChecklistView) && t.Via != "":
		return link.Step(t.BodyKey, t.Via, t.Key)
	}
	return ""
}

func taskFilters(q page.Query, found []dashboard.Task, choices dashboard.Choices, who access.Actor) ui.FilterProps {
	bar := ui.FilterProps{Action: link.Tasks, Label: "Aufgaben filtern", Hidden: q.Hidden(), ResetURL: q.Reset()}
	var statuses []ui.Option
	for _, f := range statusFilters {
		if offered(f.key, who) {
			statuses = append(statuses, ui.Option{Value: f.key, Text: f.text})
		}
	}
	addFilter(&bar, q, "status", "Status", toDo, statuses)
	if !who.Org.IsBody() {
		addFilter(&bar, q, "einheit", "Einheit", "Alle", options(choices.Bodies))
	}
	addFilter(&bar, q, "leistung", "Leistung", "Alle", options(choices.Services))
	addFilter(&bar, q, "saeule", "Säule", "Alle", pillarOptions)
	scopes := scopeOptions
	if circle := who.Reach(access.RolloutView); circle != access.WholeLand {
		scopes = scopesOf(who)
	}
	addFilter(&bar, q, "ebene", "Ebene", "Alle", scopes)
	addFilter(&bar, q, "zustaendig", "Zuständig", "Alle", responsibleOptions)
	if age := page.AgeOf(q.Get("verzug")); age > 0 {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: "verzug", Value: q.Get("verzug")})
		bar.Active = append(bar.Active, q.Active("verzug", "Überfällig "+page.AgeWords[age-1])...)
	}
	if party := q.Get("wartet-auf"); party != "" {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: "wartet-auf", Value: party})
		bar.Active = append(bar.Active, q.Active("wartet-auf", "Wartet auf "+partyName(party, found))...)
	}
	if kind := q.Get("art"); kind != "" {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: "art", Value: kind})
		bar.Active = append(bar.Active, q.Active("art", kindName(kind, found))...)
	}
	return bar
}

// scopesOf leaves out the scopes that never occur in the reader's list.
func scopesOf(who access.Actor) []ui.Option {
	if who.Org.Kind == "ministry" {
		return []ui.Option{scopeOptions[0], scopeOptions[2]}
	}
	return scopeOptions[:2]
}

func partyName(party string, found []dashboard.Task) string {
	for _, t := range found {
		if t.PartyKey == party {
			return t.Party
		}
	}
	return party
}

func kindName(kind string, found []dashboard.Task) string {
	for _, t := range found {
		if t.Key == kind {
			return t.Title
		}
	}
	return kind
}

// addFilter adds a select and, if it is set to something known, the link that removes it.
func addFilter(bar *ui.FilterProps, q page.Query, name, label, empty string, choices []ui.Option) {
	bar.Selects = append(bar.Selects, ui.Field{Name: name, Label: label, Value: q.Get(name), Empty: empty, Options: choices})
	for _, o := range choices {
		if o.Value == q.Get(name) {
			bar.Active = append(bar.Active, q.Active(name, label+": "+o.Text)...)
		}
	}
}

func options(choices []dashboard.Choice) []ui.Option {
	found := make([]ui.Option, len(choices))
	for i, c := range choices {
		found[i] = ui.Option{Value: c.Key, Text: c.Name}
	}
	return found
}
