package lagebildpage

import (
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type pictureView struct {
	Check   []ui.Link // what waits for the reader
	KPIs    ui.KPIProps
	Figures []figureView
	Pillars []ui.Pillar
	Counts  []pillarCounts
	Method  []string // how the pillars are counted
	Tiles   []tileView
	Quotas  []quotaView
	Bodies  []bodyView
	Offers  offersView
	Matrix  matrixView
	Own     []ownView // of a single body, in place of map and matrix
	Cut     cut
	Late    lateView
	Past    pastView
	Reach   reachView
	Ages    []countView // of what is late
	Hurdles hurdlesView
	Ending  []countView
	Due     []ui.Row // Auflagen
	AllDue  ui.Link
}

// figureView explains a figure and leads to what it counts.
type figureView struct{ Name, Value, URL, Meaning, Definition string }

// pillarCounts are the figures of a pillar, each with its list.
type pillarCounts struct {
	Name                          string
	Relevant, Done, Active, Later ui.Link
}

type lateView struct {
	Rows []ui.Row
	All  ui.Link
}

// first leaves only the first rows.
func (v lateView) first(n int) lateView {
	v.Rows = v.Rows[:min(n, len(v.Rows))]
	return v
}

// hurdlesView are the open obstacles that come first, and how many there are of each kind.
type hurdlesView struct {
	Rows   []ui.Row
	Counts []countView
	All    ui.Link // of all kinds
	Trend  ui.Link // leads to those of the day compared with
}

// first leaves only the first rows.
func (v hurdlesView) first(n int) hurdlesView {
	v.Rows = v.Rows[:min(n, len(v.Rows))]
	return v
}

// How many late tasks and obstacles the page names; the presentation has room for all that were read.
const (
	namedTasks   = 6
	namedHurdles = 4
)

func newPicture(p *dashboard.Picture, who access.Actor) pictureView {
	c := cutOf(who)
	f := figures{p, c}
	v := pictureView{
		Check: toCheck(p, who), Cut: c,
		KPIs: f.strip(), Figures: f.explained(), Pillars: f.pillars(), Counts: newCounts(p.Pillars), Method: f.method(),
		Offers: newOffers(p, c),
		Late:   newLate(p, who).first(namedTasks), Past: newPast(p.Past, false),
		Reach: newReach(p), Ages: newAges(p), Hurdles: f.obstacles().first(namedHurdles), Ending: newEnding(p, c),
		Due: page.ConditionRows(p.Due), AllDue: ui.Link{Text: "Alle Auflagen", URL: link.Conditions},
	}
	if c.own {
		v.Own = newOwn(p)
		return v
	}
	v.Tiles, v.Quotas, v.Bodies, v.Matrix = newTiles(p), quotas, newBodies(p), newMatrix(p)
	return v
}

// toCheck tells the reader what waits for them: a question, or a task to be checked by those who check.
func toCheck(p *dashboard.Picture, who access.Actor) []ui.Link {
	var found []ui.Link
	if p.Questions > 0 {
		found = append(found, ui.Link{Text: ui.Count(p.Questions, "Frage wartet", "Fragen warten") + " auf Ihre Antwort", URL: link.Questions})
	}
	if p.ToCheck > 0 && who.Can(access.ChecklistConfirm) {
		found = append(found, ui.Link{Text: ui.Count(p.ToCheck, "Aufgabe wartet", "Aufgaben warten") + " auf Ihre Prüfung", URL: link.ToCheck()})
	}
	return found
}

// figures are the figures at the top, and what they are parts of.
type figures struct {
	*dashboard.Picture
	cut
}

func (f figures) strip() ui.KPIProps {
	kpis, then := ui.KPIProps{Heading: "Kennzahlen"}, page.ReportLists{Day: f.Past.Since}
	for _, figure := range f.cut.figures() {
		share := figure.Of(f.Picture)
		kpi := ui.KPI{Label: figure.Name, URL: f.lists(figure.Key).part, Value: number(share.Part), Alarm: alarming[figure.Key] && share.Part > 0}
		if figure.Whole != "" {
			kpi.Whole, kpi.Unit = ui.OutOf(share.Part, share.Whole, f.lists(figure.Key).whole)
		}
		before := f.Before(figure)
		kpi.Trend, kpi.TrendIcon = page.TrendOf(share.Part, before, f.Past.Since)
		if before != nil {
			kpi.TrendURL = then.Of(*before, thenKey(figure.Key))
		}
		kpis.Items = append(kpis.Items, kpi)
	}
	return kpis
}

// thenKey is the figure of a report that counts the same on a day that is over.
func thenKey(key string) string {
	switch key {
	case dashboard.LiveOnboardings.Key:
		return history.Live.Key
	case dashboard.CoveredServices.Key:
		return history.Covered.Key
	}
	return key
}

// alarming are the figures of which one is too many.
var alarming = map[string]bool{dashboard.OverdueTasks.Key: true, dashboard.BlockedOnboardings.Key: true}

// figureLists are the lists behind a figure: of what is counted, and of what it is a part of.
type figureLists struct{ part, wholeName, whole string }

func (f figures) lists(key string) figureLists {
	switch key {
	case dashboard.LiveOnboardings.Key:
		return figureLists{productive, "Alle Anbindungen", link.Onboardings}
	case dashboard.CoveredServices.Key:
		return figureLists{f.services("flaechendeckend"), "Leistungen im Roll-in", f.services("roll-in-begonnen")}
	case dashboard.PunctualBodies.Key:
		return figureLists{link.With(link.Bodies, "verzug", "nein"), "Alle Einheiten", link.Bodies}
	case dashboard.OverdueTasks.Key:
		return figureLists{part: overdueTasks()}
	case dashboard.BlockedOnboardings.Key:
		return figureLists{part: blocked}
	case dashboard.OpenConditions.Key:
		return figureLists{part: link.Conditions}
	case dashboard.LateConditions.Key:
		return figureLists{part: lateConditions}
	case dashboard.OpenDecisions.Key:
		return figureLists{part: openDecisions}
	}
	return figureLists{}
}

var (
	productive     = link.With(link.Onboardings, "stand", "produktiv")
	blocked        = link.With(link.Onboardings, "stand", "blockiert")
	lateConditions = link.With(link.Conditions, "stand", "ueberfaellig")
	openDecisions  = link.With(link.Decisions, "stand", "offen")
)

func overdueTasks(pairs ...string) string {
	return link.With(link.Tasks, append([]string{"status", "ueberfaellig"}, pairs...)...)
}

// explained says what each figure means, and each thing that one is a part of.
func (f figures) explained() []figureView {
	var found []figureView
	for _, figure := range dashboard.Figures {
		if !f.explains(figure) {
			continue
		}
		lists, share := f.lists(figure.Key), figure.Of(f.Picture)
		found = append(found, figureView{figure.Name, number(share.Part), lists.part, figure.Part + ". " + figure.Definition, link.Figure(figure.Key)})
		if lists.whole != "" {
			found = append(found, figureView{lists.wholeName, number(share.Whole), lists.whole, figure.Whole + ". " + figure.Apart, link.Figure(figure.Key)})
		}
	}
	return found
}

// method says how the pillars are counted, and what a ministry's leave out.
func (f figures) method() []string {
	sentences := []string{dashboard.PillarMeans, dashboard.PillarTasksMean, dashboard.PillarLeavesOut}
	if left := f.leftOut(); left != "" {
		sentences = append(sentences, left)
	}
	return append(sentences, dashboard.OverdueMeans)
}

func number(n int) string { return ui.Number(int64(n)) }

// newPillars are the pillars as a committee sees them: by their steps alone.
func newPillars(pillars []dashboard.Pillar, since time.Time) []ui.Pillar {
	found := make([]ui.Pillar, len(pillars))
	for i, p := range pillars {
		found[i] = ui.Pillar{
			Number: p.No, Title: dashboard.PillarNames[p.No], Value: p.Done, Max: p.Relevant,
			Counted: number(p.Done) + " von " + ui.Count(p.Relevant, "Aufgabe", "Aufgaben"), Unlisted: page.SumsID,
		}
		found[i].Trend, found[i].TrendIcon = pillarTrend(p.Share(), p.Before, since)
		if p.Before != nil && p.Before.Whole > 0 {
			found[i].TrendOf = "(" + number(p.Before.Part) + " von " + number(p.Before.Whole) + ")"
		}
	}
	return found
}

// pillarTrend says how far the steps of a pillar were on the day compared with: their number changes with each roll-in, so
// it is said of how many.
func pillarTrend(now dashboard.Share, before *dashboard.Share, since time.Time) (text, icon string) {
	switch {
	case before == nil:
		return page.TrendOf(0, nil, since)
	case before.Whole == 0:
		return "am " + ui.Date(since) + " noch keine Aufgaben", ""
	}
	_, icon = page.Trend(now.Part*before.Whole, before.Part*now.Whole, since)
	return ui.Percent(before.Part, before.Whole) + " am " + ui.Date(since), icon
}

// pace says whether anything of a pillar is late.
func pace(p dashboard.Pillar) ui.StatusProps {
	switch {
	case p.Overdue > 0:
		return ui.StatusProps{Kind: ui.Overdue, Text: number(p.Overdue) + " überfällig"}
	case p.Relevant == 0:
		return ui.StatusProps{}
	}
	return ui.StatusProps{Kind: ui.Done, Text: "Im Plan"}
}

func tasksOf(p dashboard.Pillar, status string) string {
	return link.With(link.Tasks, "saeule", strconv.Itoa(p.No), "status", status)
}

func newCounts(pillars []dashboard.Pillar) []pillarCounts {
	found := make([]pillarCounts, len(pillars))
	for i, p := range pillars {
		found[i] = pillarCounts{
			Name:     strconv.Itoa(p.No) + " " + dashboard.PillarNames[p.No],
			Relevant: ui.Link{Text: number(p.Relevant), URL: tasksOf(p, "alle")},
			Done:     ui.Link{Text: number(p.Done), URL: tasksOf(p, "erledigt")},
			Active:   ui.Link{Text: number(p.Active), URL: tasksOf(p, "in-arbeit")},
			Later:    ui.Link{Text: number(p.Overdue), URL: tasksOf(p, "ueberfaellig")},
		}
	}
	return found
}

func newLate(p *dashboard.Picture, who access.Actor) lateView {
	v := lateView{}
	if p.Overdue > 0 {
		v.All = ui.Link{Text: "Alle " + ui.Count(p.Overdue, "überfällige Aufgabe", "überfälligen Aufgaben"), URL: overdueTasks()}
	}
	if p.Overdue == 1 {
		v.All.Text = "In der Aufgabenliste ansehen"
	}
	for _, t := range p.Longest {
		where := t.BodyName
		if t.ServiceName != "" {
			where += " · " + t.ServiceName
		}
		v.Rows = append(v.Rows, ui.Row{
			Title: t.Title, URL: taskURL(t, who),
			Meta:   where + responsible(t) + " · fällig am " + ui.Date(t.DueOn),
			Status: ui.StatusProps{Kind: ui.Overdue, Text: ui.DaysSince(t.DueOn, p.At) + page.WithOthers(t.ForeignDays)},
		})
	}
	return v
}

// responsible names whoever a task is up to, unless it is the body.
func responsible(t dashboard.Task) string {
	if name := page.Responsible(t.Responsible, t.BodyName); name != t.BodyName {
		return " · zuständig: " + name
	}
	return ""
}

// taskURL leads to the page of a step, for those who may open it.
func taskURL(t dashboard.Task, who access.Actor) string {
	switch {
	case t.Scope == "land":
		return link.LandStep(t.ServiceSlug, t.Key)
	case who.Can(access.ChecklistView) && t.Via != "":
		return link.Step(t.BodyKey, t.Via, t.Key)
	}
	return ""
}
