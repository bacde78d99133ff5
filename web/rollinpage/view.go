package rollinpage

import (
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	Conditions []ui.Row
	Waves      []waveView
	Gate       gateView
	Outside    []ui.Row
	Admit      ui.ButtonProps
	Next       nextView
	Glance     ui.ProgressProps
	States     []ui.Fact
	Links      []ui.Link
	Steps      ui.TaskPhaseProps
	Bodies     []bodyRow
	Heading    string // above the bodies
	Names      bool   // a committee counts bodies and reads no names
}

// nextView is the Land's step that matters now.
type nextView struct {
	Task   ui.Link
	After  string
	Alarm  bool
	Button ui.ButtonProps // for whoever may do it
}

func next(r *onboarding.Rollin, who access.Actor) nextView {
	step := r.Next()
	if step == nil {
		return nextView{}
	}
	url := link.LandStep(r.ServiceSlug, step.Key)
	v := nextView{Task: ui.Link{Text: step.Number + " " + step.Title, URL: url}, After: " dran. Er ist am " + ui.Date(step.DueOn) + " fällig.", Alarm: step.Overdue}
	if step.Overdue {
		v.After = " dran. Er war am " + ui.Date(step.DueOn) + " fällig."
	}
	if step.CanEdit() && who.Can(access.RolloutPlan) {
		v.Button = ui.ButtonProps{Text: "Schritt " + step.Number + " öffnen", URL: url}
	}
	return v
}

type bodyRow struct {
	Name, URL, Tag string
	Wave           string
	State          ui.StatusProps
	Tasks          ui.Link // to the checklist
	Target         string
	Unconfirmed    string // for the Land
	Expiry         ui.StatusProps
}

func newShowView(r *onboarding.Rollin, who access.Actor) showView {
	productive, aggregates := onboarding.ProductiveBodies.Of(r), who.Reach(access.RolloutView) == access.Aggregates
	list := func(stand string) string {
		if aggregates {
			return ""
		}
		return link.With(link.Onboardings, "leistung", r.ServiceSlug, "stand", stand)
	}
	v := showView{
		Glance: ui.ProgressProps{ID: "produktiv", Value: productive.Part, Max: productive.Whole, Label: "Produktiv:", Share: ui.NewFraction(productive.Part, productive.Whole, list("produktiv"), list(""), "produktiv")},
		Steps:  landSteps(r), Heading: ui.Count(len(r.Bodies), "Einheit", "Einheiten"), Names: len(r.Bodies) > 0,
		Conditions: page.ConditionRows(r.Conditions),
	}
	for _, state := range onboarding.States {
		if n := r.States[state]; n > 0 && !aggregates { // a state that one body has alone would name it
			v.States = append(v.States, ui.Fact{
				Term: page.OnboardingState(state).Text, Value: ui.Count(n, "Einheit", "Einheiten"),
				URL: link.With(link.Onboardings, "leistung", r.ServiceSlug, "stand", string(state)),
			})
		}
	}
	if r.DecisionID != nil && who.Can(access.DecisionView) {
		v.Links = append(v.Links, ui.Link{Text: "Nachnutzungsentscheidung ansehen", URL: link.Decision(*r.DecisionID)})
	}
	if who.Can(access.ReportForecast) && r.Productive() < r.Competent() {
		v.Links = append(v.Links, ui.Link{Text: "Prognose: wann in der Fläche?", URL: link.Forecast(r.ServiceSlug)})
	}
	if len(r.Bodies) > 0 && who.Can(access.ChecklistItemMany) {
		v.Links = append(v.Links, ui.Link{Text: "Einen Schritt für viele Einheiten setzen", URL: link.StepsOfBodies(r.ServiceSlug)})
	}
	v.Next = next(r, who)
	v.addWaves(r, who, aggregates)
	if who.Org.IsBody() {
		v.Heading = "Ihre Einheit"
	}
	stale, ending := 0, 0
	mayOpen := who.Can(access.ChecklistView)
	for _, o := range r.Bodies {
		row := newBodyRow(o.Onboarding, mayOpen, r.Today)
		if row.Expiry = page.ExpiryIs(o.Ending(), r.Today); row.Expiry.Text != "" {
			ending++
		}
		if o.Unconfirmed(r.Today, who.Land.FreshDays) && who.Reach(access.RolloutView) == access.WholeLand {
			row.Unconfirmed = page.Unconfirmed(o.ConfirmedAt)
			stale++
		}
		v.Bodies = append(v.Bodies, row)
	}
	if ending > 0 {
		v.States = append(v.States, ui.Fact{
			Term: "Zertifikat läuft ab", Value: ui.Count(ending, "Einheit", "Einheiten"),
			URL: link.With(link.Onboardings, "leistung", r.ServiceSlug, "stand", page.EndingFilter),
		})
	}
	if stale > 0 {
		v.States = append(v.States, ui.Fact{
			Term: "Nicht bestätigt", Value: ui.Count(stale, "Einheit", "Einheiten"),
			URL: link.With(link.Onboardings, "leistung", r.ServiceSlug, "stand", page.StaleFilter),
		})
	}
	return v
}

func newBodyRow(o onboarding.Onboarding, mayOpen bool, today time.Time) bodyRow {
	row := bodyRow{
		Name: o.BodyName, State: page.OnboardingStanding(o),
		Tasks: ui.Link{Text: ui.NotApplicable}, Target: ui.Date(o.TargetOn),
	}
	if mayOpen {
		row.URL = link.Checklist(o.BodyKey, o.ServiceSlug)
	}
	if o.Pilot {
		row.Tag = "Pilot"
	}
	row.Wave = o.WaveName
	if o.Relevant > 0 {
		row.Tasks = ui.Link{Text: ui.Number(int64(o.Done)) + " von " + ui.Number(int64(o.Relevant)), URL: row.URL}
	}
	switch {
	case o.LiveOn != nil:
		row.Target = "produktiv seit " + ui.Date(*o.LiveOn)
	case o.State == onboarding.Paused && o.ResumeOn != nil:
		row.Target = "weiter am " + ui.Date(*o.ResumeOn)
	case o.State.Aside():
		row.Target = ui.NotApplicable
	case o.TargetOn.Before(today) && !o.Held:
		row.Target += " (überschritten)"
	}
	return row
}

// landSteps are the Land's steps as a list of tasks.
func landSteps(r *onboarding.Rollin) ui.TaskPhaseProps {
	list := ui.TaskPhaseProps{ID: "schritte-land", Title: "Einmal für alle Einheiten"}
	for _, s := range r.Steps {
		list.Tasks = append(list.Tasks, landTask(r, s))
	}
	done := onboarding.LandStepsDone.Of(r)
	list.Count = ui.Number(int64(done.Part)) + " von " + ui.Number(int64(done.Whole)) + " erledigt"
	return list
}

func landTask(r *onboarding.Rollin, s onboarding.Step) ui.Task {
	t := ui.Task{
		Number: s.Number, Name: s.Title, URL: link.LandStep(r.ServiceSlug, s.Key), Alarm: s.Overdue,
		Status: page.StepState(s.State, s.Possible(), s.Overdue),
		Meta:   []ui.Fact{{Term: "Zuständig", Value: page.Responsible(s.Responsible, "Kommunen")}, page.Deadline(r.Today, s)},
	}
	switch {
	case s.State == onboarding.NotApplicable:
		t.Note = s.Reason
	case !s.Possible():
		t.Note = "Möglich, sobald " + numbers(s.WaitsFor) + "."
	}
	if s.State == onboarding.Open && !s.Possible() {
		t.URL = ""
	}
	return t
}

// numbers: "Schritt 8 erledigt ist", "Schritt 8, 9 und 12 erledigt sind".
func numbers(waits []onboarding.Ref) string {
	text := "Schritt "
	for i, r := range waits {
		switch {
		case i == 0:
		case i == len(waits)-1:
			text += " und "
		default:
			text += ", "
		}
		text += r.Number
	}
	if len(waits) == 1 {
		return text + " erledigt ist"
	}
	return text + " erledigt sind"
}

type notStartedView struct{ Empty ui.EmptyProps }

func newNotStartedView(r *onboarding.Rollin, who access.Actor) notStartedView {
	v := notStartedView{Empty: ui.EmptyProps{Text: "Der Roll-in dieser Leistung hat noch nicht begonnen."}}
	if who.Can(access.RolloutPlan) {
		v.Empty.Action = ui.ButtonProps{Text: "Roll-in vorbereiten", URL: link.StartRollin(r.ServiceSlug)}
	}
	return v
}
