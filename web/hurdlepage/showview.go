package hurdlepage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

type showView struct {
	Late     ui.AlertProps
	Errors   []ui.FieldError
	Text     string
	Facts    ui.FactsProps
	Outcome  ui.AlertProps // the solution, or why nothing is done
	Affected []ui.Row
	Count    string
	LeaveURL string // where the own body says that it is hindered no longer
	Persist  persistView
	Decision ui.AlertProps // of the committee
	Merged   []ui.Link     // obstacles that this one took over
	Matters  []ui.Link     // in the register
	NewURL   string        // where the Land enters one about it
	Manage   manageView    // the Land's forms
	Trail    ui.LogProps
}

// persistView asks an affected body what still does not work.
type persistView struct {
	URL, Version string
	Reason       ui.Field
}

func newShowView(s hurdle.Shown, who access.Actor) showView {
	v := showView{Text: s.Text, Facts: ui.FactsProps{Columns: true, Items: facts(s.Obstacle)}, Outcome: outcome(s.Obstacle), Count: howMany(s.Obstacle)}
	if who.Can(access.ObstacleManage) {
		for _, no := range s.TookOver {
			v.Merged = append(v.Merged, ui.Link{Text: "Hürde Nr. " + strconv.Itoa(no), URL: link.Hurdle(no)})
		}
	}
	for _, m := range s.Matters {
		v.Matters = append(v.Matters, ui.Link{Text: "Grundsatzentscheidung Nr. " + strconv.Itoa(m.No), URL: link.Matter(m.No), Note: m.Question})
	}
	if who.Can(access.RegisterEdit) && s.Open() {
		v.NewURL = link.With(link.NewMatter, "huerde", strconv.Itoa(s.No))
	}
	if s.Obstacle.Decision != "" {
		v.Decision = ui.AlertProps{Tone: ui.Info, Heading: "Entscheidung des Gremiums vom " + ui.Date(*s.DecidedOn), Text: s.EscalatedTo + ": " + s.Obstacle.Decision}
	}
	for _, a := range s.Affected {
		if a.LeftAt == nil && s.Disputable() && who.Can(access.ObstacleReport) && a.BodyKey == who.Org.Key {
			v.Persist = persistView{
				URL: link.HurdlePersists(s.No), Version: strconv.FormatInt(s.Version, 10),
				Reason: ui.Field{Name: "reason", Label: "Was geht noch nicht?", Rows: 3, MaxLength: 1000, Hint: "Andere Einheiten lesen den Text ohne Ihren Namen."},
			}
		}
		v.Affected = append(v.Affected, affected(a, who))
		if a.LeftAt == nil && s.Open() && who.Can(access.ObstacleReport) && a.BodyKey == who.Org.Key {
			v.LeaveURL = link.LeaveHurdle(s.No)
		}
	}
	return v
}

func facts(o hurdle.Obstacle) []ui.Fact {
	found := []ui.Fact{
		{Term: "Art", Value: o.Dimension.Word()},
		{Term: "Gemeldet am", Value: ui.Date(o.ReportedAt)},
		{Term: "Stand seit", Value: ui.Date(o.StateSince)},
		{Term: "Betrifft", Value: howMany(o)},
	}
	add := func(term, value string) {
		if value != "" {
			found = append(found, ui.Fact{Term: term, Value: value})
		}
	}
	if o.Escalated() {
		add("Eskaliert an", o.EscalatedTo+", seit "+ui.Date(*o.EscalatedOn))
	}
	if o.AgendaOn != nil && o.Escalated() {
		add("Auf der Tagesordnung am", ui.Date(*o.AgendaOn))
	}
	add("Gewicht", severity(o))
	add("Lösbar durch", hurdle.SolverWord(o.SolvableBy))
	add("Reichweite", hurdle.ScopeWord(o.Scope))
	if o.DueOn != nil && o.Open() {
		add("Klärung bis", ui.Date(*o.DueOn))
	}
	return found
}

func severity(o hurdle.Obstacle) string {
	if o.Severity == nil {
		return ""
	}
	return hurdle.SeverityWord(*o.Severity)
}

// outcome is how an obstacle ended.
func outcome(o hurdle.Obstacle) ui.AlertProps {
	switch {
	case o.MergedInto != nil:
		return ui.AlertProps{Tone: ui.Info, Heading: "Diese Hürde wird gemeinsam mit einer anderen gelöst", Links: []ui.Link{{Text: "Zur gemeinsamen Hürde", URL: link.Hurdle(*o.MergedInto)}}}
	case o.InTest():
		return ui.AlertProps{Tone: ui.Info, Heading: "Diese Lösung wird gerade getestet", Text: o.Solution}
	case o.State == hurdle.InProgress && o.Reason != "":
		return ui.AlertProps{Tone: ui.Warning, Heading: "Die Hürde besteht noch, sagt eine betroffene Einheit", Text: o.Reason}
	case o.State == hurdle.Resolved:
		return ui.AlertProps{Tone: ui.Success, Heading: "So ist die Hürde gelöst", Text: o.Solution}
	case o.State == hurdle.Accepted:
		return ui.AlertProps{Tone: ui.Info, Heading: "Die Hürde wird hingenommen", Text: o.Reason}
	case o.State == hurdle.Rejected:
		return ui.AlertProps{Tone: ui.Info, Heading: "Das Land sieht hier kein Hemmnis", Text: o.Reason}
	}
	return ui.AlertProps{}
}

func affected(a hurdle.Affected, who access.Actor) ui.Row {
	row := ui.Row{Title: a.BodyName + " · " + a.ServiceName, Meta: "Aufgabe „" + a.StepTitle + "“, seit " + ui.Date(a.Since)}
	if who.Can(access.ChecklistView) {
		row.URL = link.Step(a.BodyKey, a.ServiceSlug, a.StepKey)
	}
	switch {
	case a.LeftAt != nil:
		row.Meta += ", nicht mehr seit " + ui.Date(*a.LeftAt)
	case a.Blocking:
		row.Status = ui.StatusProps{Kind: ui.Blocked, Text: "blockiert"}
	default:
		row.Status = ui.StatusProps{Kind: ui.Conditional, Text: "erschwert"}
	}
	return row
}
