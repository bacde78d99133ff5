package batchpage

import (
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// framed is what the pages of this room have in common: where they belong.
type framed struct {
	Title string
	Back  ui.Link
}

func (f framed) crumbs(here string) []ui.Link { return []ui.Link{f.Back, {Text: here}} }

type previewView struct {
	framed
	Change string // where to save; nothing if there is nothing to save
	ID     string
	Form   form
	Values []string
	Rows   []rowView
	Left   leftOutView
	Button string
}

// rowView is a task that changes, old and new.
type rowView struct {
	Body, URL, Where string
	Before, After    ui.StatusProps
	Kept             string // why it was not undone
}

// leftOutView are the tasks that do not change, by the reason why.
type leftOutView struct {
	Heading string
	Groups  []leftGroup
}

// leftGroup are tasks that are left out for the same reason. Many of them are folded away.
type leftGroup struct {
	Why, Count string
	Tasks      []leftTask
	Folded     bool
}

// leftTask is a task that does not change.
type leftTask struct{ Body, Where string }

// mostUnfolded is how many tasks of a group are shown at once.
const mostUnfolded = 5

// again asks once more for what was wrong.
type again struct {
	Errors []ui.FieldError
	Values []string
	Typed  string // the note, where nothing is ticked to go with it
	Ask    page.Ask
	Back   ui.Link
}

func newPreview(found []onboarding.Outcome, f form, back ui.Link) previewView {
	v := previewView{framed: framed{Back: back}, Form: f, ID: uuid.NewString()}
	for _, o := range found {
		if o.LeftOut != "" {
			v.Left.add(o.BodyName, o.Before.Title, o.ServiceName, o.LeftOut)
			continue
		}
		v.Values = append(v.Values, page.StepValue(o.Address))
		v.Rows = append(v.Rows, rowView{
			Body: o.BodyName, URL: link.Step(o.Body, o.Service, o.Key), Where: where(o.Before.Title, o.ServiceName),
			Before: page.StepState(o.Before.State, true, false), After: page.StepState(o.After.State, true, false),
		})
	}
	v.Left.finish()
	v.Title = ui.Count(len(v.Rows), "Aufgabe ändert sich", "Aufgaben ändern sich")
	if len(v.Rows) > 0 {
		v.Change, v.Button = link.Batches, ui.Number(int64(len(v.Rows)))+" ändern"
	}
	return v
}

// add puts a task that is left out beside those with the same reason; one that the reader may not see has no name.
func (v *leftOutView) add(body, title, service, why string) {
	task := leftTask{body, where(title, service)}
	if title == "" {
		task = leftTask{Body: "Unbekannte Aufgabe"}
	}
	i := slices.IndexFunc(v.Groups, func(g leftGroup) bool { return g.Why == why })
	if i < 0 {
		i, v.Groups = len(v.Groups), append(v.Groups, leftGroup{Why: why})
	}
	v.Groups[i].Tasks = append(v.Groups[i].Tasks, task)
}

// finish counts what was added.
func (v *leftOutView) finish() {
	all := 0
	for i := range v.Groups {
		n := len(v.Groups[i].Tasks)
		v.Groups[i].Count, v.Groups[i].Folded = ui.Count(n, "Aufgabe", "Aufgaben"), n > mostUnfolded
		all += n
	}
	v.Heading = ui.Number(int64(all)) + " ausgelassen"
}

// where names a task beside its body: what differs from row to row comes first, and that is the body.
func where(title, service string) string { return "„" + title + "“ · " + service }
