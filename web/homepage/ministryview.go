package homepage

import (
	"rollinportal/internal/dashboard"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type ministryView struct {
	Yours      []ui.Row
	Others     []ui.Row
	Services   []rollinView
	Conditions []ui.Row // Auflagen to see to or to check
	Questions  ui.Link  // that wait for its answer
	Check      ui.Link  // what the ministry has to check
	Nothing    ui.EmptyProps
}

// rollinView is a service of the ministry in its roll-in.
type rollinView struct {
	Name, URL string
	Live      ui.FractionProps
	Late      ui.Link
}

func newMinistryView(d *dashboard.MinistryDesk) ministryView {
	v := ministryView{Nothing: ui.EmptyProps{Text: "Nichts wartet auf Sie."}}
	for _, c := range d.Decisions {
		if c.Waits {
			v.Yours = append(v.Yours, decisionRow(c, d))
		} else {
			v.Others = append(v.Others, decisionRow(c, d))
		}
	}
	v.Conditions = page.ConditionRows(d.Conditions)
	check := 0
	for _, s := range d.Services {
		check += s.ToCheck
		v.Services = append(v.Services, newRollin(s))
	}
	if d.Questions > 0 {
		v.Questions = ui.Link{Text: ui.Count(d.Questions, "Frage wartet", "Fragen warten") + " auf Ihre Antwort", URL: link.Questions}
	}
	if check > 0 {
		v.Check = ui.Link{Text: ui.Count(check, "Aufgabe wartet", "Aufgaben warten") + " auf Ihre Prüfung", URL: link.ToCheck()}
	}
	return v
}

func decisionRow(c decision.Listed, d *dashboard.MinistryDesk) ui.Row {
	meta := ui.DaysSince(c.StateSince, d.At) + " (" + ui.Date(c.StateSince) + ") · am Zug: " + turn(c)
	if c.State != decision.Submitted {
		meta += " · " + ui.Number(int64(c.ReviewsDone)) + " von 4 Prüfungen"
	}
	if c.DueOn != nil {
		meta += " · Frist " + ui.Date(*c.DueOn)
	}
	return ui.Row{Title: c.ServiceName, URL: link.Decision(c.ID), Meta: meta, Status: decisionStatus(c)}
}

func decisionStatus(c decision.Listed) ui.StatusProps {
	switch {
	case c.Overdue:
		return ui.StatusProps{Kind: ui.Overdue, Text: c.State.Word()}
	case c.State == decision.Submitted && c.Waits:
		return ui.StatusProps{Kind: ui.InProgress, Text: "Wartet auf Ihre Entscheidung"}
	case c.State == decision.Submitted:
		return ui.StatusProps{Kind: ui.Waiting, Text: c.State.Word()}
	case c.State == decision.Draft:
		return ui.StatusProps{Kind: ui.Open, Text: c.State.Word()}
	}
	return ui.StatusProps{Kind: ui.InProgress, Text: c.State.Word()}
}

// turn says who has to act.
func turn(c decision.Listed) string {
	switch {
	case c.Waits:
		return "Sie"
	case c.State == decision.Submitted:
		return "eine zweite Person Ihres Ressorts"
	}
	return "das Fachreferat"
}

func newRollin(s dashboard.ServiceRow) rollinView {
	share := s.Share()
	v := rollinView{
		Name: s.Name, URL: link.Rollin(s.Slug),
		Live: ui.NewFraction(share.Part, share.Whole, link.With(link.Onboardings, "leistung", s.Slug, "stand", "produktiv"), link.With(link.Onboardings, "leistung", s.Slug), "produktiv, "+s.Name),
		Late: ui.Counted(s.Overdue, link.With(link.Tasks, "leistung", s.Slug, "status", "ueberfaellig")),
	}
	return v
}
