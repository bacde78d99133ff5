package matrixpage

import (
	"net/url"
	"slices"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/savedview"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// links are the ways out of the matrix: to tick, to change one task of a service, to take the table along.
func links(q page.Query, who access.Actor, ticking bool) []ui.Link {
	var found []ui.Link
	if who.Can(access.ChecklistItemMany) && !ticking {
		found = append(found, ui.Link{Text: "Zellen ankreuzen", URL: q.With(tickParam, "ja")})
	}
	if who.Can(access.ViewSave) {
		found = append(found, ui.Link{Text: "Ansicht merken", URL: link.Views + "?" + url.Values{page.ViewField: {q.EncodedWithout(columnsParam)}}.Encode()})
	}
	if who.Can(access.ExportData) {
		state := ""
		if query := q.Encoded(); query != "" {
			state = "?" + query
		}
		found = append(found, ui.Link{Text: "Als CSV", URL: link.MatrixCSV + state}, ui.Link{Text: "Als Excel-Tabelle", URL: link.MatrixSheet + state})
	}
	return found
}

// views are the saved views, and the way to change them.
func views(q page.Query, m *dashboard.Matrix) ui.SwitchProps {
	p := ui.SwitchProps{Label: "Gespeicherte Ansichten"}
	for _, s := range m.Views {
		p.Items = append(p.Items, ui.NavItem{Text: viewName(s), URL: link.MatrixAfter(s.Query, 0), Current: s.Query == q.EncodedWithout(columnsParam)})
	}
	if len(p.Items) > 0 {
		p.Items = append(p.Items, ui.NavItem{Text: "Ansichten verwalten", URL: link.Views})
	}
	return p
}

// viewName says that somebody else shares a view; who, the list of views says.
func viewName(s savedview.View) string {
	if s.Own {
		return s.Name
	}
	return s.Name + " (geteilt)"
}

// columns offers the bodies as boxes. One body alone has nothing to choose.
func columns(q page.Query, m *dashboard.Matrix) columnsView {
	v := columnsView{Hidden: append(q.Values(onlyParam, columnsParam), q.Hidden()...), Reset: q.With(onlyParam, "")}
	if len(m.AllColumns) < 2 {
		return columnsView{}
	}
	chosen := q.All(onlyParam)
	for _, b := range m.AllColumns {
		v.Boxes = append(v.Boxes, ui.Option{Value: b.Key, Text: b.Name, Checked: slices.Contains(chosen, b.Key)})
	}
	return v
}

func newBatch(q page.Query, m *dashboard.Matrix, who access.Actor) batchView {
	b := m.Batch
	if b == nil {
		return batchView{}
	}
	v := batchView{View: q.Encoded(), Alert: ui.AlertProps{
		Tone: ui.Success, Heading: ui.Count(b.Count, "Aufgabe geändert", "Aufgaben geändert"),
		Text:  "Die geänderten Zellen sind umrandet.",
		Links: []ui.Link{{Text: "Sammeländerung Nr. " + strconv.Itoa(b.No) + ": alt und neu", URL: link.Batch(b.No)}},
	}}
	if b.CanUndo(who) {
		v.Undo, v.Until = link.UndoBatch(b.No), "Möglich bis "+ui.Clock(b.Until())+". Was seitdem jemand geändert hat, bleibt."
	}
	return v
}
