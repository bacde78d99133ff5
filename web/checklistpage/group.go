package checklistpage

import (
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// grouping is how the list of tasks is put together.
type grouping string

const (
	byPhase    grouping = "phase"
	byPillar   grouping = "saeule"
	byDeadline grouping = "frist"
)

func groupOf(param string) grouping {
	switch g := grouping(param); g {
	case byPillar, byDeadline:
		return g
	}
	return byPhase
}

func groupSwitch(c *onboarding.Checklist, by grouping) ui.SwitchProps {
	item := func(text string, g grouping) ui.NavItem {
		return ui.NavItem{Text: text, URL: link.With(link.Checklist(c.BodyKey, c.ServiceSlug), "gruppe", string(g)), Current: g == by}
	}
	return ui.SwitchProps{Label: "Aufgaben gruppieren", Items: []ui.NavItem{
		item("Nach Phase", byPhase), item("Nach Säule", byPillar), item("Nach Frist", byDeadline),
	}}
}

func groups(c *onboarding.Checklist, who access.Actor, by grouping) []ui.TaskPhaseProps {
	switch by {
	case byPillar:
		return numbered(c, who, "Säule", page.PillarTitle, func(s onboarding.Step) int { return s.Pillar })
	case byDeadline:
		return deadlines(c, who)
	}
	return numbered(c, who, "Phase", page.LegTitle, func(s onboarding.Step) int { return s.Phase.Leg() })
}

// numbered puts the tasks into groups 1 to 4.
func numbered(c *onboarding.Checklist, who access.Actor, kind string, title func(int) string, of func(onboarding.Step) int) []ui.TaskPhaseProps {
	var parts [4]part
	for _, s := range c.Steps {
		parts[of(s)-1].add(c, s, who)
	}
	var found []ui.TaskPhaseProps
	for i, p := range parts {
		no := strconv.Itoa(i + 1)
		if len(p.tasks) > 0 {
			found = append(found, ui.TaskPhaseProps{
				ID: "gruppe-" + no, Number: no, Prefix: kind + " " + no + ": ", Title: title(i + 1), Count: p.count(), Tasks: p.tasks,
			})
		}
	}
	return found
}

// soon is how many days ahead somebody looks.
const soon = 14

func deadlines(c *onboarding.Checklist, who access.Actor) []ui.TaskPhaseProps {
	horizon := c.Today.AddDate(0, 0, soon)
	late := func(s onboarding.Step) bool { return !s.State.Finished() && s.DueOn.Before(c.Today) }
	later := func(s onboarding.Step) bool { return !s.State.Finished() && s.DueOn.After(horizon) }
	due := map[string]time.Time{}
	for _, s := range c.Steps {
		due[s.Number] = s.DueOn
	}
	var found []ui.TaskPhaseProps
	for i, stretch := range []struct {
		title string
		in    func(onboarding.Step) bool
	}{
		{"Frist überschritten", late},
		{"In den nächsten 14 Tagen", func(s onboarding.Step) bool { return !s.State.Finished() && !late(s) && !later(s) }},
		{"Später", later},
		{"Erledigt oder entfallen", func(s onboarding.Step) bool { return s.State.Finished() }},
	} {
		var p part
		for _, s := range c.Steps {
			if stretch.in(s) {
				p.add(c, s, who)
			}
		}
		slices.SortStableFunc(p.tasks, func(a, b ui.Task) int { return due[a.Number].Compare(due[b.Number]) })
		if len(p.tasks) > 0 {
			found = append(found, ui.TaskPhaseProps{
				ID: "gruppe-" + strconv.Itoa(i+1), Title: stretch.title, Count: ui.Count(len(p.tasks), "Aufgabe", "Aufgaben"), Tasks: p.tasks,
			})
		}
	}
	return found
}

// part is a group of tasks while it is put together.
type part struct {
	tasks          []ui.Task
	done, relevant int
}

func (p *part) add(c *onboarding.Checklist, s onboarding.Step, who access.Actor) {
	p.tasks = append(p.tasks, task(c, s, who))
	if s.State != onboarding.NotApplicable {
		p.relevant++
	}
	if s.State == onboarding.Done {
		p.done++
	}
}

func (p *part) count() string {
	if p.relevant == 0 {
		return "entfällt"
	}
	return ui.Number(int64(p.done)) + " von " + ui.Number(int64(p.relevant)) + " erledigt"
}
