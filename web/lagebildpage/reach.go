package lagebildpage

import (
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
	Name, Whole    string
	Live           ui.Link
	Bodies, People string // percent
	Reached        string // how many people
}

var reachedNames = map[dashboard.Stage]struct{ name, filter string }{
	dashboard.Preparing:  {"Zugesagt", "ab-zugesagt"},
	dashboard.Connecting: {"In Anbindung", "ab-anbindung"},
	dashboard.GoingLive:  {"Bereit für Go-live", "ab-bereit"},
	dashboard.Live:       {"Produktiv", "produktiv"},
}

func newReach(p *dashboard.Picture) reachView {
	var v reachView
	for _, stage := range dashboard.Funnel {
		share, words := p.Reached(stage), reachedNames[stage]
		v.Steps = append(v.Steps, reachedView{
			ID: "trichter-" + words.filter, Name: words.name, Percent: ui.Percent(share.Part, share.Whole), Part: share.Part, Whole: share.Whole,
			Count: counted(share.Part, link.With(link.Onboardings, "stand", words.filter)),
		})
	}
	for _, c := range p.Coverage() {
		row := coverageView{
			Name: ui.SoftHyphens(c.Name), Whole: number(c.Bodies.Whole),
			Live:   counted(c.Bodies.Part, link.With(link.Onboardings, "leistung", c.Slug, "stand", "produktiv")),
			Bodies: ui.Percent(c.Bodies.Part, c.Bodies.Whole), People: ui.Percent(c.People.Part, c.People.Whole), Reached: ui.NotApplicable,
		}
		if c.People.Whole > 0 {
			row.Reached = number(c.People.Part)
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
		found[i] = countView{page.AgeWords[i], counted(p.Late[i+1], overdueTasks("verzug", key))}
	}
	return found
}

func newObstacles(p *dashboard.Picture) []countView {
	if p.Obstacles.Sum() == 0 {
		return nil
	}
	var found []countView
	for _, d := range hurdle.Dimensions {
		found = append(found, countView{d.Word(), counted(p.Obstacles[d], link.With(link.Hurdles, "art", d.Word()))})
	}
	return found
}

// newEnding says what ends soon. What the Land pays and until when is a matter of Land and ministries.
func newEnding(p *dashboard.Picture, c cut) []countView {
	found := []countView{{"Anbindungen, deren Zertifikat bald abläuft oder abgelaufen ist", counted(p.Ending(), link.With(link.Onboardings, "stand", page.EndingFilter))}}
	if c.part {
		return found
	}
	return append([]countView{{"Preisbindungen, Verträge und Förderungen, die in 90 Tagen enden", counted(p.Deadlines, link.Deadlines)}}, found...)
}
