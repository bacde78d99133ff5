package jobpage

import (
	"strconv"

	"rollinportal/internal/operation"
	"rollinportal/web/ui"
)

type view struct {
	Heading string
	Rows    []rowView
}

type rowView struct {
	Kind, ID     string
	State        ui.StatusProps
	Tries, Tried string
	CanRetry     bool
}

func newView(found []operation.Job) view {
	v := view{Heading: ui.Count(len(found), "Auftrag macht", "Aufträge machen") + " Schwierigkeiten"}
	for _, j := range found {
		v.Rows = append(v.Rows, newRow(j))
	}
	return v
}

func newRow(j operation.Job) rowView {
	r := rowView{
		Kind: j.Kind, ID: strconv.FormatInt(j.ID, 10), Tries: ui.Number(int64(j.Attempt)) + " von " + ui.Number(int64(j.Most)), Tried: "–",
		CanRetry: j.State != operation.Hanging,
	}
	if j.TriedAt != nil {
		r.Tried = ui.DateTime(*j.TriedAt)
	}
	switch j.State {
	case operation.Retryable:
		r.State = ui.StatusProps{Kind: ui.Waiting, Text: "Wird wiederholt"}
		if j.NextAt != nil {
			r.State.Text = "Nächster Versuch " + ui.DateTime(*j.NextAt)
		}
	case operation.Discarded:
		r.State = ui.StatusProps{Kind: ui.Blocked, Text: "Aufgegeben"}
	case operation.Hanging:
		r.State = ui.StatusProps{Kind: ui.Overdue, Text: "Endet nicht"}
	}
	return r
}
