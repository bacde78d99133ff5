package batchpage

import (
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
	Left   []leftView
	Button string
}

// rowView is a task that changes, old and new.
type rowView struct {
	Body, URL, Where string
	Before, After    ui.StatusProps
	Kept             string // why it was not undone
}

// leftView is a task that does not change, and why.
type leftView struct{ Body, Where, Why string }

// again asks once more for what was wrong.
type again struct {
	Errors []ui.FieldError
	Values []string
	Ask    page.Ask
	Back   ui.Link
}

func newPreview(found []onboarding.Outcome, f form, back ui.Link) previewView {
	v := previewView{framed: framed{Back: back}, Form: f, ID: uuid.NewString()}
	for _, o := range found {
		if o.LeftOut != "" {
			v.Left = append(v.Left, newLeft(o.BodyName, o.Before.Title, o.ServiceName, o.LeftOut))
			continue
		}
		v.Values = append(v.Values, page.StepValue(o.Address))
		v.Rows = append(v.Rows, rowView{
			Body: o.BodyName, URL: link.Step(o.Body, o.Service, o.Key), Where: where(o.Before.Title, o.ServiceName),
			Before: page.StepState(o.Before.State, true, false), After: page.StepState(o.After.State, true, false),
		})
	}
	v.Title = ui.Count(len(v.Rows), "Aufgabe ändert sich", "Aufgaben ändern sich")
	if len(v.Rows) > 0 {
		v.Change, v.Button = link.Batches, ui.Number(int64(len(v.Rows)))+" ändern"
	}
	return v
}

// newLeft names a task that is left out; one that the reader may not see has no name.
func newLeft(body, title, service, why string) leftView {
	if title == "" {
		return leftView{Body: "Unbekannte Aufgabe", Why: why}
	}
	return leftView{body, where(title, service), why}
}

// where names a task beside its body: what differs from row to row comes first, and that is the body.
func where(title, service string) string { return "„" + title + "“ · " + service }
