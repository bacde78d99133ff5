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
	Hurdles       []countView
	Ending        []countView
	Due           []ui.Row
}

// wallPages are the pages of the presentation.
var wallPages = []string{"Überblick", "Überfällig", "Hürden"}

// wallServices is how many rows of the matrix fit a screen of 1080 pixels; with fewServices the funnel fits below them.
const (
	wallServices = 16
	fewServices  = 9
)

func newWall(p *dashboard.Picture, who access.Actor, no int) wallView {
	f := figures{p, ministryOf(who)}
	if no > len(wallPages) {
		no = 1
	}
	v := wallView{
		Heading: heading, Meta: meta(p, who), No: no, Pages: ui.SwitchProps{Label: "Präsentation"}, KPIs: f.strip(), Pillars: f.pillars(),
		Tiles: newTiles(p), Quotas: quotas, Matrix: newMatrix(p), Reach: newReach(p), Late: newLate(p, who), Ages: newAges(p), Hurdles: newObstacles(p), Ending: newEnding(p),
		Due: page.ConditionRows(p.Due),
	}
	for i := range v.Pillars {
		v.Pillars[i].Parts = nil
	}
	if more := len(v.Matrix.Rows) - wallServices; more > 0 {
		v.Matrix.Rows = v.Matrix.Rows[:wallServices]
		v.Left = "Und " + ui.Count(more, "weitere Leistung", "weitere Leistungen")
	}
	for i, name := range wallPages {
		v.Pages.Items = append(v.Pages.Items, ui.NavItem{Text: strconv.Itoa(i+1) + " " + name, URL: presentationURL(i + 1), Current: i+1 == no})
	}
	v.Pages.Items = append(v.Pages.Items, ui.NavItem{Text: "Beenden", URL: link.Lagebild})
	return v
}
