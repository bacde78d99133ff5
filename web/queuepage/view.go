package queuepage

import (
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Errors   []ui.FieldError
	URL      string // where to save; nothing if there is nothing to save
	To       string
	Evidence string
	Values   []string
	Heading  string
	Rows     []rowView
	Left     []leftView
	Button   string
}

// rowView is a task that changes, old and new.
type rowView struct {
	Task, URL, Where string
	Before, After    ui.StatusProps
}

// leftView is a task that does not change, and why.
type leftView struct{ Task, Where, Why string }

func newView(found []onboarding.Outcome, in onboarding.ManyInput) view {
	v := view{To: string(in.To), Evidence: in.Evidence}
	for _, o := range found {
		where := o.BodyName + " · " + o.ServiceName
		if o.LeftOut != "" {
			v.Left = append(v.Left, leftView{title(o), where, o.LeftOut})
			continue
		}
		v.Values = append(v.Values, page.StepValue(o.Address))
		v.Rows = append(v.Rows, rowView{
			Task: title(o), URL: link.Step(o.Body, o.Service, o.Key), Where: where,
			Before: ui.StepState(string(o.Before.State), true, false), After: ui.StepState(string(o.After.State), true, false),
		})
	}
	v.Heading = ui.Count(len(v.Rows), "Aufgabe ändert sich", "Aufgaben ändern sich")
	if len(v.Rows) > 0 {
		v.URL, v.Button = link.Queue, ui.Count(len(v.Rows), "Aufgabe", "Aufgaben")+" speichern"
	}
	return v
}

// title names a task; one that the reader may not see has no name.
func title(o onboarding.Outcome) string {
	if o.Before.Title == "" {
		return "Unbekannte Aufgabe"
	}
	return o.Before.Title
}
