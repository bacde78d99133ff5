package opinionpage

import (
	"github.com/a-h/templ"

	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Open, Done []ui.Row
	Nothing    ui.EmptyProps
}

func newListView(found []decision.Asked) listView {
	v := listView{Nothing: ui.EmptyProps{Text: "Niemand wartet auf Ihre Stellungnahme."}}
	for _, o := range found {
		if o.Awaited() {
			v.Open = append(v.Open, Row(o))
		} else {
			v.Done = append(v.Done, Row(o))
		}
	}
	return v
}

// Row is a question as lists show it, also on the start page of the asked.
func Row(o decision.Asked) ui.Row {
	return ui.Row{
		Title: o.ServiceName, URL: link.Opinion(o.ID), Status: page.OpinionState(o),
		Meta: o.Kind.Word() + " für " + o.MinistryName + " · gefragt am " + ui.Date(o.AskedAt) + " · Frist " + ui.Date(o.DueOn),
	}
}

type showView struct {
	Errors              []ui.FieldError
	Late                ui.AlertProps // the case closed meanwhile
	Question            string
	ServiceURL          string
	MayAnswer           bool
	URL, Version        string
	Result, Note, Links ui.Field
	Submit              string
	Autosave            string    // what the form carries when a script keeps its draft; "" once it is given
	Given               []ui.Fact // for what cannot be changed any more
	Papers              []string
	Files               templ.Component
}

func newShowView(o decision.Asked, f form, wrong page.Errors) showView {
	v := showView{
		Errors: wrong.Summary(), Question: o.Question, ServiceURL: link.Service(o.ServiceSlug), MayAnswer: o.ClosedAt == nil,
		URL: link.Opinion(o.ID), Version: version(f.Version), Submit: "Stellungnahme abgeben", Papers: o.Links,
		Result: ui.Field{Name: "result", Label: "Wie nehmen Sie Stellung?", Value: f.Result, Error: wrong.For("result"), Options: []ui.Option{
			{Value: string(decision.Positive), Text: decision.Positive.Word(), Hint: "Aus unserer Sicht spricht nichts gegen die Nachnutzung."},
			{Value: string(decision.PositiveWithConditions), Text: decision.PositiveWithConditions.Word(), Hint: "Die Nachnutzung ist möglich, wenn etwas geschieht. Nennen Sie es."},
			{Value: string(decision.Negative), Text: decision.Negative.Word(), Hint: "Aus unserer Sicht ist von der Nachnutzung abzuraten. Begründen Sie es."},
		}},
		Note:  ui.Field{Name: "note", Label: "Stellungnahme", Value: f.Note, Rows: 8, Error: wrong.For("note"), Hint: "Nötig bei Auflagen und negativem Ergebnis. Das fragende Ressort liest sie."},
		Links: ui.Field{Name: "links", Label: "Unterlagen an anderer Stelle", Value: f.Links, Rows: 3, Optional: true, Error: wrong.For("links"), Hint: "Je Zeile eine Adresse. Dateien laden Sie weiter unten hoch."},
	}
	if o.Awaited() {
		v.Autosave = stepField + "=" + toDraft
	}
	if o.Answered() {
		v.Submit = "Stellungnahme ändern"
		v.Given = []ui.Fact{{Term: "Ergebnis", Status: page.OpinionState(o)}, {Term: "Stellungnahme", Value: o.Note}, {Term: "Abgegeben am", Value: ui.LongDate(*o.AnsweredAt)}}
	}
	return v
}

// newLateView gives back what was typed after the case had closed.
func newLateView(o decision.Asked, f form, late error) showView {
	v := newShowView(o, f, nil)
	v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Nicht gespeichert", Text: late.Error(), Body: typed(f.Note)}
	return v
}
