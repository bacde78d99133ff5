package batchpage

import (
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	framed
	Late   ui.AlertProps
	Undone ui.AlertProps
	Meta   string
	Undo   string // where to undo; nothing if that is not possible
	Button string
	Until  string
	Rows   []rowView
	Left   leftOutView
}

func newShow(b onboarding.Batch, who access.Actor) showView {
	n := len(b.Steps)
	v := showView{
		framed: framed{Title: ui.Count(n, "Aufgabe geändert", "Aufgaben geändert"), Back: back(who, addresses(b))},
		Meta:   "„" + b.Title + "“: " + b.To.Word() + " · Sammeländerung Nr. " + strconv.Itoa(b.No) + " · " + ui.DateTime(b.MadeAt),
	}
	if b.Title == "Mehrere Aufgaben" {
		v.Meta = strings.Replace(v.Meta, "„"+b.Title+"“", b.Title, 1)
	}
	if b.CanUndo(who) {
		v.Undo, v.Button, v.Until = link.UndoBatch(b.No), "Rückgängig machen", "Möglich bis "+ui.Clock(b.Until())+". Was seitdem jemand geändert hat, bleibt."
	}
	if b.UndoneAt != nil {
		v.Title = ui.Count(b.Undone(), "Aufgabe zurückgesetzt", "Aufgaben zurückgesetzt")
		v.Undone = ui.AlertProps{Tone: ui.Info, Heading: "Rückgängig gemacht", Text: "Am " + ui.DateTime(*b.UndoneAt) + "."}
		if kept := n - b.Undone(); kept > 0 {
			v.Undone.Text += " " + ui.Count(kept, "Aufgabe bleibt", "Aufgaben bleiben") + ", wie sie jetzt ist."
		}
	}
	for _, s := range b.Steps {
		v.Rows = append(v.Rows, newRow(s))
	}
	for _, l := range b.LeftOut {
		v.Left.add(l.Body, l.Title, l.Service, l.Why)
	}
	v.Left.finish()
	return v
}

// newRow shows what a task was and became; after an undo the other way round.
func newRow(s onboarding.BatchStep) rowView {
	row := rowView{
		Body: s.BodyName, URL: link.Step(s.Body, s.Service, s.Key), Where: where(s.Title, s.ServiceName), Kept: s.Kept,
		Before: page.StepState(s.Before.State, true, false), After: page.StepState(s.State, true, false),
	}
	if s.UndoneAt != nil {
		row.Before, row.After = row.After, row.Before
	}
	return row
}

func addresses(b onboarding.Batch) []onboarding.Address {
	found := make([]onboarding.Address, len(b.Steps))
	for i, s := range b.Steps {
		found[i] = s.Address()
	}
	return found
}
