package lagebildpage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// What the URL of the presentation says.
const (
	viewParam    = "ansicht"
	pageParam    = "seite"
	presentation = "praesentation"
)

// presentationURL is a page of the presentation, counted from 1.
func presentationURL(no int) string {
	return link.With(link.Lagebild, viewParam, presentation, pageParam, strconv.Itoa(no))
}

// wallView is the Lagebild for a beamer: a screen at a time, and no names of persons.
type wallView struct {
	Heading, Meta string
	Pages         ui.SwitchProps
	No            int
	KPIs          ui.KPIProps
	Pillars       []ui.Pillar
	Tiles         []tileView
	Quotas        []quotaView
	Matrix        matrixView
	Left          string // how many services do not fit
	Reach         reachView
	Late          lateView
	Ages          []countView
	LateBodies    []countView
	Hurdles       hurdlesView
	Ending        []countView
	Due           []ui.Row
	Own           []ownView
}

// wallPages are the pages of the presentation.
var wallPages = []string{"Überblick", "Überfällig", "Hürden"}

// wallServices is how many rows of the matrix fit a screen of 1080 pixels; with fewServices the funnel fits below them.
const (
	wallServices = 16
	fewServices  = 9
)

func newWall(p *dashboard.Picture, who access.Actor, no int) wallView {
	c := cutOf(who)
	f := figures{p, c}
	if no > len(wallPages) {
		no = 1
	}
	v := wallView{
		Heading: heading, Meta: c.meta(p), No: no, Pages: newWallPages(wallPages, no), KPIs: f.strip(), Pillars: f.pillars(),
		Reach: newReach(p), Late: newLate(p, who), Ages: newAges(p), LateBodies: newLateBodies(p), Hurdles: f.obstacles(), Ending: newEnding(p, c),
		Due: page.ConditionRows(p.Due),
	}
	for i := range v.Pillars {
		v.Pillars[i].Parts = nil
	}
	if c.own {
		v.Own = newOwn(p)
		return v
	}
	v.Tiles, v.Quotas, v.Matrix = newTiles(p), quotas, newMatrix(p)
	if more := len(v.Matrix.Rows) - wallServices; more > 0 {
		v.Matrix.Rows = v.Matrix.Rows[:wallServices]
		v.Left = "Und " + ui.Count(more, "weitere Leistung", "weitere Leistungen")
	}
	return v
}

// newWallPages leads from one page of the presentation to the others, and out of it.
func newWallPages(names []string, no int) ui.SwitchProps {
	s := ui.SwitchProps{Label: "Präsentation"}
	for i, name := range names {
		s.Items = append(s.Items, ui.NavItem{Text: strconv.Itoa(i+1) + " " + name, URL: presentationURL(i + 1), Current: i+1 == no})
	}
	s.Items = append(s.Items, ui.NavItem{Text: "Beenden", URL: link.Lagebild})
	return s
}
