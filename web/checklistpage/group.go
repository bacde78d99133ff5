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
	var found []ui.TaskPhaseProps
	for n := 1; n <= 4; n++ {
		no := strconv.Itoa(n)
		g := group(c, who, func(s onboarding.Step) bool { return of(s) == n })
		g.ID, g.Number, g.Prefix, g.Title = "gruppe-"+no, no, kind+" "+no+": ", title(n)
		if len(g.Tasks) > 0 {
			found = append(found, g)
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
	for i, part := range []struct {
		title string
		in    func(onboarding.Step) bool
	}{
		{"Frist überschritten", late},
		{"In den nächsten 14 Tagen", func(s onboarding.Step) bool { return !s.State.Finished() && !late(s) && !later(s) }},
		{"Später", later},
		{"Erledigt oder entfallen", func(s onboarding.Step) bool { return s.State.Finished() }},
	} {
		g := group(c, who, part.in)
		slices.SortStableFunc(g.Tasks, func(a, b ui.Task) int { return due[a.Number].Compare(due[b.Number]) })
		g.ID, g.Title, g.Count = "gruppe-"+strconv.Itoa(i+1), part.title, ui.Count(len(g.Tasks), "Aufgabe", "Aufgaben")
		if len(g.Tasks) > 0 {
			found = append(found, g)
		}
	}
	return found
}

func group(c *onboarding.Checklist, who access.Actor, in func(onboarding.Step) bool) ui.TaskPhaseProps {
	var g ui.TaskPhaseProps
	done, relevant := 0, 0
	for _, s := range c.Steps {
		if !in(s) {
			continue
		}
		g.Tasks = append(g.Tasks, task(c, s, who))
		if s.State != onboarding.NotApplicable {
			relevant++
		}
		if s.State == onboarding.Done {
			done++
		}
	}
	g.Count = ui.Number(int64(done)) + " von " + ui.Number(int64(relevant)) + " erledigt"
	if relevant == 0 {
		g.Count = "entfällt"
	}
	return g
}
