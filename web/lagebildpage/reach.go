package lagebildpage

import (
	"cmp"
	"slices"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// reachView is how far the onboardings have come, and how many bodies and people that reaches.
type reachView struct {
	Steps    []reachedView
	Services []coverageView
}

// reachedView is a step of the funnel: Part of Whole, as bar and in words.
type reachedView struct {
	ID, Name, Percent string
	Part, Whole       int
	Count             ui.Link
}

type coverageView struct {
	Name           string
	Live, Whole    ui.Link
	Bodies, People string // percent
	Reached        string // how many people
}

// reachedFilters are the lists behind the steps of the funnel.
var reachedFilters = map[dashboard.Stage]string{
	dashboard.Preparing: "ab-zugesagt", dashboard.Connecting: "ab-anbindung", dashboard.GoingLive: "ab-bereit", dashboard.Live: "produktiv",
}

func newReach(p *dashboard.Picture) reachView {
	var v reachView
	for _, step := range dashboard.Funnel {
		share, filter := step.Of(p), reachedFilters[step.Stage]
		v.Steps = append(v.Steps, reachedView{
			ID: "trichter-" + filter, Name: step.Name, Percent: ui.Percent(share.Part, share.Whole), Part: share.Part, Whole: share.Whole,
			Count: ui.Counted(share.Part, link.With(link.Onboardings, "stand", filter)),
		})
	}
	for _, c := range p.Coverage() {
		bodies, people := dashboard.CoverageByBodies.Of(c), dashboard.CoverageByPeople.Of(c)
		row := coverageView{
			Name: ui.SoftHyphens(c.Name), Whole: ui.Counted(bodies.Whole, link.With(link.Onboardings, "leistung", c.Slug)),
			Live:   ui.Counted(bodies.Part, link.With(link.Onboardings, "leistung", c.Slug, "stand", "produktiv")),
			Bodies: ui.Percent(bodies.Part, bodies.Whole), People: ui.Percent(people.Part, people.Whole), Reached: ui.NotApplicable,
		}
		if people.Whole > 0 {
			row.Reached = number(people.Part)
		}
		v.Services = append(v.Services, row)
	}
	return v
}

// countView is a figure with its name in a short table.
type countView struct {
	Name  string
	Count ui.Link
}

// newAges says for how long steps have been late; nothing if none is.
func newAges(p *dashboard.Picture) []countView {
	if p.Overdue == 0 {
		return nil
	}
	found := make([]countView, len(page.AgeKeys))
	for i, key := range page.AgeKeys {
		found[i] = countView{page.AgeWords[i], ui.Counted(p.Late[i+1], overdueTasks("verzug", key))}
	}
	return found
}

func (f figures) obstacles() hurdlesView {
	open, before := dashboard.OpenObstacles.Of(f.Picture).Part, f.Before(dashboard.OpenObstacles)
	v := hurdlesView{Rows: page.ObstacleRows(f.Hindering), All: ui.Counted(open, link.Hurdles)}
	v.Trend.Text, _ = page.TrendOf(open, before, f.Past.Since)
	if before != nil {
		v.Trend.URL = page.ReportLists{Day: f.Past.Since}.Of(*before, dashboard.OpenObstacles.Key)
	}
	if open == 0 {
		return v
	}
	for _, d := range hurdle.Dimensions {
		v.Counts = append(v.Counts, countView{d.Word(), ui.Counted(f.Obstacles[d], link.With(link.Hurdles, "art", d.Word()))})
	}
	return v
}

// newLateBodies are the bodies with most late tasks, for a screen.
func newLateBodies(p *dashboard.Picture) []countView {
	bodies := slices.SortedStableFunc(slices.Values(p.Bodies), func(a, b dashboard.Body) int { return cmp.Compare(b.Overdue, a.Overdue) })
	var found []countView
	for _, b := range bodies[:min(6, len(bodies))] {
		if b.Overdue > 0 && len(bodies) > 1 {
			found = append(found, countView{ui.SoftHyphens(b.Name), ui.Counted(b.Overdue, overdueTasks("einheit", b.Key))})
		}
	}
	return found
}

// newEnding says what ends soon. What the Land pays and until when is a matter of Land and ministries.
func newEnding(p *dashboard.Picture, c cut) []countView {
	found := []countView{{"Anbindungen, deren Zertifikat bald abläuft oder abgelaufen ist", ui.Counted(dashboard.EndingOnboardings.Of(p).Part, link.With(link.Onboardings, "stand", page.EndingFilter))}}
	if c.part {
		return found
	}
	return append([]countView{{"Beschlüsse, Preisbindungen, Verträge und Förderungen, die in 90 Tagen enden", ui.Counted(dashboard.EndingSoon.Of(p).Part, link.Deadlines)}}, found...)
}
