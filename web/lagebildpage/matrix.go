package lagebildpage

import (
	"cmp"
	"slices"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// matrixView is services by bodies.
type matrixView struct {
	Groups []groupView
	Heads  []headView
	Rows   []rowView
	Sums   []sumView // by body
	Total  sumView
	Legend []ui.MatrixCell
}

// groupView stands above the columns of one kind of body.
type groupView struct {
	Name string
	Span int
}

type headView struct {
	Code, Name, URL string
	First           bool // of its group
}

type rowView struct {
	Name, URL string
	Cells     []ui.MatrixCell
	Sum       sumView
}

// sumView is how many are live, out of how many, each with its list.
type sumView struct {
	Part, Whole ui.Link
	First       bool
}

// always stand in the legend; the others only where the matrix has them.
var always = []dashboard.Stage{dashboard.NotBegun, dashboard.Preparing, dashboard.Connecting, dashboard.Testing, dashboard.GoingLive, dashboard.Live}

// The largest matrix and the most bodies that stand on the Lagebild. What is larger has its own pages with windows.
const (
	mostServices = 60
	mostBodies   = 30
)

// newMatrix puts the services that are furthest at the top; it is empty where they are too many for one page.
func newMatrix(p *dashboard.Picture) matrixView {
	if len(p.Bodies) > mostBodies || len(p.RolledIn()) > mostServices {
		return matrixView{}
	}
	lines := slices.SortedStableFunc(slices.Values(p.RolledIn()), func(a, b dashboard.Line) int {
		return cmp.Or(-cmp.Compare(weight(p, a), weight(p, b)))
	})
	m := matrixView{Total: newSum(p.Live(), productive, link.Onboardings)}
	for i, b := range p.Bodies {
		m.addBody(p, b, i == 0 || p.Bodies[i-1].City != b.City)
	}
	seen := map[dashboard.Stage]bool{}
	var ending []string
	unconfirmed := false
	for _, l := range lines {
		row := rowView{Name: ui.SoftHyphens(l.Name), URL: link.Rollin(l.Slug), Sum: newSum(p.OfService(l.Slug), link.With(link.Onboardings, "leistung", l.Slug, "stand", "produktiv"), link.With(link.Onboardings, "leistung", l.Slug))}
		cells := p.Row(l.Slug)
		row.Cells = make([]ui.MatrixCell, 0, len(cells))
		for i, at := range cells {
			cell := page.StageCell(at.Stage())
			if at.Blocked {
				cell = page.BlockedCell
			} else {
				seen[at.Stage()] = true
			}
			if at.Ending.Some() && !slices.Contains(ending, at.Ending.What) {
				ending = append(ending, at.Ending.What)
			}
			if at.Unconfirmed {
				cell, unconfirmed = page.UnconfirmedCell(cell, page.Unconfirmed(nil)), true
			}
			cell = page.EndingCell(cell, at.Ending, workday.Day(p.At))
			cell.First = m.Heads[i].First
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	for _, stage := range dashboard.Stages {
		if seen[stage] || slices.Contains(always, stage) {
			m.Legend = append(m.Legend, page.StageLegend(stage))
		}
	}
	if p.Blocked() > 0 {
		m.Legend = append(m.Legend, page.BlockedCell)
	}
	if len(ending) > 0 {
		m.Legend = append(m.Legend, page.EndingLegend(ending))
	}
	if unconfirmed {
		m.Legend = append(m.Legend, page.UnconfirmedLegend)
	}
	return m
}

func (m *matrixView) addBody(p *dashboard.Picture, b dashboard.Body, first bool) {
	name := "Landkreise"
	if b.City {
		name = "Kreisfreie Städte"
	}
	if first {
		m.Groups = append(m.Groups, groupView{Name: name})
	}
	m.Groups[len(m.Groups)-1].Span++
	m.Heads = append(m.Heads, headView{b.Short, b.Name, link.Body(b.Key), first})
	sum := newSum(p.OfBody(b.Key), link.With(link.Onboardings, "einheit", b.Key, "stand", "produktiv"), link.With(link.Onboardings, "einheit", b.Key))
	sum.First = first
	m.Sums = append(m.Sums, sum)
}

// weight is how far a service is: live bodies first, then those on their way.
func weight(p *dashboard.Picture, l dashboard.Line) int {
	sum := 0
	for _, c := range p.Row(l.Slug) {
		switch stage := c.Stage(); {
		case stage == dashboard.Live:
			sum += 1000
		case stage.InWork():
			sum += 1 + slices.Index(dashboard.Stages, stage)
		}
	}
	return sum
}

func newSum(s dashboard.Share, part, whole string) sumView {
	return sumView{Part: ui.Counted(s.Part, part), Whole: ui.Counted(s.Whole, whole)}
}
