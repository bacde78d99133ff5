package matrixpage

import (
	"slices"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/organisation"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Meta, Heading string
	Filter        ui.FilterProps
	Groups        []groupView
	Heads         []headView
	Topics        []topicView
	Width         string // how many columns there are in all
	Legend        []ui.MatrixCell
	Windows       ui.SwitchProps // of bodies; empty if they fit
	Pages         ui.PaginationProps
	Empty         ui.EmptyProps
	Many          ui.Link // change many bodies at once
}

// groupView stands above the columns of one kind of body.
type groupView struct{ Name, Span string }

type headView struct {
	Code, Name, URL string
	First           bool // of its group
}

// topicView are the services of a Themenfeld.
type topicView struct {
	Name string
	Rows []rowView
}

type rowView struct {
	Name, URL string
	Cells     []ui.MatrixCell
}

var kinds = map[string]struct {
	kind organisation.Kind
	text string
}{
	"kreisfrei": {organisation.IndependentCity, "Kreisfreie Städte"},
	"landkreis": {organisation.District, "Landkreise"},
}

// stages are the stages as the URL names them, in the order of stageKeys.
var (
	stageKeys = []string{"nicht-begonnen", "vorbereiten", "anbinden", "testen", "produktiv-gehen", "produktiv", "pausiert", "abgelehnt", "ausser-betrieb"}
	stages    = map[string]dashboard.Stage{
		"nicht-begonnen": dashboard.NotBegun, "vorbereiten": dashboard.Preparing, "anbinden": dashboard.Connecting, "testen": dashboard.Testing,
		"produktiv-gehen": dashboard.GoingLive, "produktiv": dashboard.Live, "pausiert": dashboard.Resting, "abgelehnt": dashboard.Declined,
		"ausser-betrieb": dashboard.Ended,
	}
)

func newView(q page.Query, m *dashboard.Matrix, who access.Actor) view {
	v := view{
		Meta:    "Zeilen sind Leistungen, Spalten sind Einheiten · Stand: " + ui.DateTime(m.At),
		Heading: ui.Count(m.AllServices, "Leistung", "Leistungen") + " in " + ui.Count(m.AllBodies, "Einheit", "Einheiten"),
		Filter:  filters(q, m, who), Width: strconv.Itoa(1 + len(m.Bodies)),
		Pages: q.Pagination(m.AllServices, dashboard.MatrixServices), Windows: windows(q, m),
		Empty: ui.EmptyProps{Text: "Noch keine Leistung im Roll-in."},
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Anbindung passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	if slug := q.Get("leistung"); slug != "" && len(m.Services) == 1 && who.Can(access.ChecklistItemMany) {
		v.Many = ui.Link{Text: "Eine Aufgabe für mehrere Einheiten ändern", URL: link.StepsOfBodies(slug)}
	}
	for i, b := range m.Bodies {
		v.addBody(b, i == 0 || m.Bodies[i-1].City != b.City)
	}
	v.addRows(m, who)
	return v
}

func (v *view) addBody(b dashboard.Body, first bool) {
	name := "Landkreise"
	if b.City {
		name = "Kreisfreie Städte"
	}
	span := 1
	if first {
		v.Groups = append(v.Groups, groupView{Name: name})
	} else {
		span, _ = strconv.Atoi(v.Groups[len(v.Groups)-1].Span)
		span++
	}
	v.Groups[len(v.Groups)-1].Span = strconv.Itoa(span)
	v.Heads = append(v.Heads, headView{b.Short, b.Name, link.Body(b.Key), first})
}

func (v *view) addRows(m *dashboard.Matrix, who access.Actor) {
	seen := map[dashboard.Stage]bool{}
	blocked, unconfirmed := false, false
	var ending []string
	for i, l := range m.Services {
		if i == 0 || m.Services[i-1].Topic != l.Topic {
			v.Topics = append(v.Topics, topicView{Name: topicName(l.Topic)})
		}
		row := rowView{Name: ui.SoftHyphens(l.Name), URL: link.Rollin(l.Slug)}
		for j, c := range m.Row(i) {
			seen[c.Stage()] = seen[c.Stage()] || !c.Blocked
			blocked, unconfirmed = blocked || c.Blocked, unconfirmed || c.Unconfirmed
			if c.Ending.Some() && !slices.Contains(ending, c.Ending.What) {
				ending = append(ending, c.Ending.What)
			}
			cell := newCell(c, m, who, m.Bodies[j].Key, l.Slug)
			cell.First = v.Heads[j].First
			row.Cells = append(row.Cells, cell)
		}
		topic := &v.Topics[len(v.Topics)-1]
		topic.Rows = append(topic.Rows, row)
	}
	v.Legend = legend(seen, blocked, unconfirmed, ending)
}

func topicName(topic string) string {
	if topic == "" {
		return "Ohne Themenfeld"
	}
	return topic
}

// unconfirmedSign stands behind the sign of a cell that nobody confirmed for too long.
const unconfirmedSign = "?"

// newCell says where an onboarding stands, since when, and whether that is known. It opens the onboarding.
func newCell(c dashboard.MatrixCell, m *dashboard.Matrix, who access.Actor, body, slug string) ui.MatrixCell {
	cell := page.StageCell(c.Stage())
	if c.State == "" {
		return cell
	}
	text := cell.Text
	if c.Blocked {
		cell = page.BlockedCell
		text += ", blockiert"
	}
	cell.Text = text + ", " + ui.DaysSince(c.Since, m.At)
	if c.Unconfirmed {
		cell.Sign += unconfirmedSign
		cell.Text += ", " + page.Unconfirmed(c.ConfirmedAt)
	}
	cell = page.EndingCell(cell, c.Ending, workday.Day(m.At))
	cell.URL = link.With(link.Onboardings, "einheit", body, "leistung", slug)
	if who.Can(access.ChecklistView) {
		cell.URL = link.Checklist(body, slug)
	}
	return cell
}

func legend(seen map[dashboard.Stage]bool, blocked, unconfirmed bool, ending []string) []ui.MatrixCell {
	var found []ui.MatrixCell
	for _, stage := range dashboard.Stages {
		if seen[stage] {
			found = append(found, page.StageLegend(stage))
		}
	}
	if blocked {
		found = append(found, page.BlockedCell)
	}
	if len(ending) > 0 {
		found = append(found, page.EndingLegend(ending))
	}
	if unconfirmed {
		found = append(found, ui.MatrixCell{Sign: unconfirmedSign, Text: "lange nicht bestätigt", Class: "hm-0"})
	}
	return found
}

// windows leads from one part of the bodies to the next.
func windows(q page.Query, m *dashboard.Matrix) ui.SwitchProps {
	p := ui.SwitchProps{Label: "Einheiten"}
	if m.AllBodies <= dashboard.MatrixBodies {
		return p
	}
	for from := 0; from < m.AllBodies; from += dashboard.MatrixBodies {
		n := from/dashboard.MatrixBodies + 1
		text := "Einheiten " + strconv.Itoa(from+1) + " bis " + strconv.Itoa(min(from+dashboard.MatrixBodies, m.AllBodies))
		p.Items = append(p.Items, ui.NavItem{Text: text, URL: q.With(columnsParam, strconv.Itoa(n)), Current: n == columnsOf(q)})
	}
	return p
}

func filters(q page.Query, m *dashboard.Matrix, who access.Actor) ui.FilterProps {
	bar := ui.FilterProps{Action: link.Matrix, Label: "Matrix filtern", ResetURL: q.Reset()}
	add := func(name, label string, choices []ui.Option) {
		bar.Selects = append(bar.Selects, ui.Field{Name: name, Label: label, Value: q.Get(name), Empty: "Alle", Options: choices})
		for _, o := range choices {
			if o.Value == q.Get(name) {
				bar.Active = append(bar.Active, q.Active(name, label+": "+o.Text)...)
			}
		}
	}
	var topics, services, states []ui.Option
	for _, t := range m.Topics {
		topics = append(topics, ui.Option{Value: t, Text: t})
	}
	for _, c := range m.Choices {
		services = append(services, ui.Option{Value: c.Key, Text: c.Name})
	}
	for _, key := range stageKeys {
		states = append(states, ui.Option{Value: key, Text: page.StageLegend(stages[key]).Text})
	}
	add("themenfeld", "Themenfeld", topics)
	add("leistung", "Leistung", services)
	add("stand", "Stand", states)
	if !who.Org.IsBody() {
		add("art", "Einheiten", []ui.Option{{Value: "kreisfrei", Text: kinds["kreisfrei"].text}, {Value: "landkreis", Text: kinds["landkreis"].text}})
	}
	return bar
}
