package matrixpage

import (
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/workday"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Meta, Heading string
	Part          string // which services and bodies stand here; empty if all do
	Filter        ui.FilterProps
	Groups        []groupView
	Heads         []headView
	Topics        []topicView
	Width         string    // how many columns there are in all
	RowSums       bool      // each row says how many are live
	Sums          []sumView // of each column, and of all; empty where they would leave services out
	Legend        []ui.MatrixCell
	Windows       ui.SwitchProps // of bodies; empty if they fit
	Pages         ui.PaginationProps
	Empty         ui.EmptyProps
	Links         []ui.Link      // what else can be done with the matrix
	Views         ui.SwitchProps // saved ones; empty if there are none
	Columns       columnsView
	Batch         batchView
	Ticks         ticksView
}

// ticksView is the form around the table when cells can be ticked.
type ticksView struct {
	URL    string // nothing if cells are links
	View   string // the state of the matrix, to come back to
	Cancel string
	None   bool // nothing here can be ticked
}

// batchView says what an act on many tasks changed, and offers to undo it.
type batchView struct {
	Alert             ui.AlertProps
	Undo, View, Until string
}

// columnsView chooses the bodies that stand as columns.
type columnsView struct {
	Open   bool
	Hidden []ui.Value
	Boxes  []ui.Option
	Reset  string
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
	Tick      string // ticks all of the row that can be ticked; nothing if cells are links
	Cells     []ui.MatrixCell
	Sum       sumView
}

func newView(q page.Query, m *dashboard.Matrix, who access.Actor, ticking bool) view {
	v := view{
		Meta:    "Zeilen sind Leistungen, Spalten sind Einheiten · Stand: " + ui.DateTime(m.At),
		Heading: ui.Count(m.AllServices, "Leistung", "Leistungen") + " in " + ui.Count(m.AllBodies, "Einheit", "Einheiten"),
		Filter:  filters(q, m, who), RowSums: hasRowSums(m),
		Pages: q.Pagination(m.AllServices, dashboard.MatrixServices), Windows: windows(q, m), Part: part(q, m),
		Empty: ui.EmptyProps{Text: "Noch keine Leistung im Roll-in."},
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Anbindung passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	v.Links, v.Columns, v.Batch, v.Views = links(q, who, ticking), columns(q, m), newBatch(q, m, who), views(q, m)
	for i, b := range m.Bodies {
		name := groupName(q, b)
		v.addBody(b, name, i == 0 || groupName(q, m.Bodies[i-1]) != name)
	}
	v.addRows(q, m, who, ticking)
	v.Sums, v.Width = columnSums(m, v.Heads), strconv.Itoa(1+len(m.Bodies))
	if v.RowSums {
		v.Width = strconv.Itoa(2 + len(m.Bodies))
	}
	return v
}

// groupName stands above the columns that belong together.
func groupName(q page.Query, b dashboard.MatrixColumn) string {
	switch f := filterOf(q); {
	case f.Across == dashboard.ByWave && b.Wave == "":
		return "Ohne Welle"
	case f.Across == dashboard.ByWave:
		return b.Wave
	case f.Across == dashboard.ByBodyName:
		return "Einheiten von A bis Z"
	case b.City:
		return page.MatrixKinds["kreisfrei"]
	}
	return page.MatrixKinds["landkreis"]
}

func (v *view) addBody(b dashboard.MatrixColumn, group string, first bool) {
	span := 1
	if first {
		v.Groups = append(v.Groups, groupView{Name: group})
	} else {
		span, _ = strconv.Atoi(v.Groups[len(v.Groups)-1].Span)
		span++
	}
	v.Groups[len(v.Groups)-1].Span = strconv.Itoa(span)
	v.Heads = append(v.Heads, headView{b.Short, b.Name, link.Body(b.Key), first})
}

func (v *view) addRows(q page.Query, m *dashboard.Matrix, who access.Actor, ticking bool) {
	seen := map[dashboard.Stage]bool{}
	blocked, unconfirmed := false, false
	var ending []string
	boxes := 0
	for i, l := range m.Services {
		if name := topicName(q, l.Topic); i == 0 || topicName(q, m.Services[i-1].Topic) != name {
			v.Topics = append(v.Topics, topicView{Name: name})
		}
		row := rowView{Name: ui.SoftHyphens(l.Name), URL: link.Rollin(l.Slug)}
		var ticks []string
		for j, c := range m.Row(i) {
			seen[c.Stage()] = seen[c.Stage()] || !c.Blocked
			blocked, unconfirmed = blocked || c.Blocked, unconfirmed || c.Unconfirmed
			if c.Ending.Some() && !slices.Contains(ending, c.Ending.What) {
				ending = append(ending, c.Ending.What)
			}
			b := m.Bodies[j]
			cell := newCell(c, m, who, b.Key, l.Slug)
			if q.Get(ageParam) != "" {
				cell.Age = age(c, m)
			}
			cell.First = v.Heads[j].First
			if ticking {
				cell.URL = ""
			}
			if ticking && c.Running() {
				cell.TickName, cell.Tick, cell.Of = page.CellsField, page.CellValue(b.Key, l.Slug), b.Name+", "+l.Name
				ticks = append(ticks, b.Key)
			}
			row.Cells = append(row.Cells, cell)
		}
		if boxes += len(ticks); len(ticks) > 0 {
			row.Tick = page.RowValue(ticks, l.Slug)
		}
		if v.RowSums {
			row.Sum = newSum(m.OfService(i), l.Name, "leistung", l.Slug)
		}
		topic := &v.Topics[len(v.Topics)-1]
		topic.Rows = append(topic.Rows, row)
	}
	v.Legend = legend(seen, blocked, unconfirmed, ending)
	if q.Get(ageParam) != "" {
		v.Legend = append(v.Legend, ageLegend)
	}
	if ticking {
		v.Ticks = ticksView{URL: link.ChooseStep, View: q.Encoded(), Cancel: link.MatrixAfter(q.Encoded(), 0), None: boxes == 0}
	}
}

func topicName(q page.Query, topic string) string {
	switch {
	case filterOf(q).Lines == dashboard.ByServiceName:
		return "Leistungen von A bis Z"
	case topic == "":
		return "Ohne Themenfeld"
	}
	return topic
}

// newCell is a cell that opens its onboarding.
func newCell(c dashboard.MatrixCell, m *dashboard.Matrix, who access.Actor, body, slug string) ui.MatrixCell {
	cell := cellOf(c, m)
	if c.State == "" {
		return cell
	}
	cell.URL = link.With(link.Onboardings, "einheit", body, "leistung", slug)
	if who.Can(access.ChecklistView) {
		cell.URL = link.Checklist(body, slug)
	}
	return cell
}

// cellOf says where an onboarding stands, since when, and whether that is known. It names the day and no duration: whose
// time it was, an onboarding as a whole cannot say.
func cellOf(c dashboard.MatrixCell, m *dashboard.Matrix) ui.MatrixCell {
	cell := page.StageCell(c.Stage())
	if c.State == "" {
		return cell
	}
	text := cell.Text
	if c.Blocked {
		cell = page.BlockedCell
		text += ", blockiert"
	}
	cell.Text = text + " seit " + ui.Date(c.Since)
	if c.Unconfirmed {
		cell = page.UnconfirmedCell(cell, page.Unconfirmed(c.ConfirmedAt))
	}
	cell = page.EndingCell(cell, c.Ending, workday.Day(m.At))
	if cell.Changed = c.Changed; c.Changed {
		cell.Text += ", gerade geändert"
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
		found = append(found, page.UnconfirmedLegend)
	}
	return found
}

// part says which services and bodies of how many the window shows.
func part(q page.Query, m *dashboard.Matrix) string {
	var parts []string
	if n := len(m.Services); n < m.AllServices && n > 0 {
		parts = append(parts, span("Leistung", "Leistungen", (q.Page()-1)*dashboard.MatrixServices, n))
	}
	if n := len(m.Bodies); n < m.AllBodies && n > 0 {
		parts = append(parts, span("Einheit", "Einheiten", (columnsOf(q)-1)*dashboard.MatrixBodies, n))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Hier: " + strings.Join(parts, ", ")
}

// span names n things after some others.
func span(one, many string, before, n int) string {
	if n == 1 {
		return one + " " + strconv.Itoa(before+1)
	}
	return many + " " + strconv.Itoa(before+1) + " bis " + strconv.Itoa(before+n)
}

// windows leads from one part of the bodies to the next.
func windows(q page.Query, m *dashboard.Matrix) ui.SwitchProps {
	p := ui.SwitchProps{Label: "Einheiten"}
	if m.AllBodies <= dashboard.MatrixBodies {
		return p
	}
	for from := 0; from < m.AllBodies; from += dashboard.MatrixBodies {
		n := from/dashboard.MatrixBodies + 1
		text := span("Einheit", "Einheiten", from, min(dashboard.MatrixBodies, m.AllBodies-from))
		p.Items = append(p.Items, ui.NavItem{Text: text, URL: q.Beside(columnsParam, strconv.Itoa(n)), Current: n == columnsOf(q)})
	}
	return p
}

func filters(q page.Query, m *dashboard.Matrix, who access.Actor) ui.FilterProps {
	bar := ui.FilterProps{Action: link.Matrix, Label: "Matrix filtern", ResetURL: q.Reset(), Hidden: q.Hidden()}
	if only := q.Get(onlyParam); only != "" {
		bar.Hidden = append(bar.Hidden, ui.Value{Name: onlyParam, Value: only})
		bar.Active = q.Active(onlyParam, ui.Count(len(q.All(onlyParam)), "Einheit ausgewählt", "Einheiten ausgewählt"))
	}
	empty := "Alle"
	add := func(name, label string, choices []ui.Option) {
		bar.Selects = append(bar.Selects, ui.Field{Name: name, Label: label, Value: q.Get(name), Empty: empty, Options: choices})
		for _, o := range choices {
			if o.Value == q.Get(name) {
				bar.Active = append(bar.Active, q.Active(name, label+": "+o.Text)...)
			}
		}
		if !slices.ContainsFunc(choices, func(o ui.Option) bool { return o.Value == q.Get(name) }) { // of a saved view, or of somebody who sees more
			bar.Active = append(bar.Active, q.Active(name, label+": „"+q.Get(name)+"“ (gibt es hier nicht)")...)
		}
	}
	var topics, services, states []ui.Option
	for _, t := range m.Topics {
		topics = append(topics, ui.Option{Value: t, Text: t})
	}
	for _, c := range m.Choices {
		services = append(services, ui.Option{Value: c.Key, Text: c.Name})
	}
	for _, key := range page.MatrixStageKeys {
		states = append(states, ui.Option{Value: key, Text: page.StageLegend(page.MatrixStages[key]).Text})
	}
	add("themenfeld", "Themenfeld", topics)
	add("leistung", "Leistung", services)
	add("stand", "Stand", states)
	if !who.Org.IsBody() {
		add("art", "Einheiten", []ui.Option{{Value: "kreisfrei", Text: page.MatrixKinds["kreisfrei"]}, {Value: "landkreis", Text: page.MatrixKinds["landkreis"]}})
		empty = "Nach Art der Einheit"
		across := []ui.Option{{Value: "name", Text: "Von A bis Z"}}
		if q.Get("leistung") != "" {
			across = append(across, ui.Option{Value: "welle", Text: "Nach Welle"})
		}
		add(acrossParam, "Spalten", across)
	}
	empty = "Nach Themenfeld"
	add(rowsParam, "Zeilen", []ui.Option{{Value: "name", Text: "Von A bis Z"}})
	empty = "Nur Stand"
	add(ageParam, "Zellen", []ui.Option{{Value: "ja", Text: "Stand und Dauer"}})
	return bar
}
