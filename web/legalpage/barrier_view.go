package legalpage

import (
	"net/http"

	"rollinportal/internal/fault"
	"rollinportal/internal/legal"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// reportForm is what somebody typed about a barrier, and for which Land.
type reportForm struct {
	legal.Report
	Land string
}

// readReport reads the form. It names the Land for everybody: anybody may report to any Land, and the operator has none of their own.
func readReport(w http.ResponseWriter, r *http.Request) (f reportForm, err error) {
	sent, err := page.ReadForm(w, r, "id", "land", "place", "message", "name", "email")
	if err != nil {
		return f, err
	}
	if f.ID, err = page.FormID(sent.Text("id")); err != nil {
		return f, err
	}
	f.Place, f.Message, f.Name, f.Email = sent.Text("place"), sent.Text("message"), sent.Text("name"), sent.Text("email")
	f.Land = sent.Text("land")
	return f, nil
}

type reportView struct {
	Errors                              []ui.FieldError
	Late                                ui.AlertProps
	ID, Land                            string // the Land, if there is nothing to choose
	Choice, Place, Message, Name, Email ui.Field
	Mail                                string // where to write instead
	Away                                bool   // nobody can take a report in just now
}

func newReportView(found legal.Public, f reportForm, late ui.AlertProps, wrong page.Errors) reportView {
	v := reportView{
		Errors: wrong.Summary(), Late: late, ID: f.ID.String(), Away: len(found.Laender) == 0,
		Choice:  ui.Field{Name: "land", Label: "Um welches Land geht es?", Value: f.Land, Error: wrong.For("land"), Empty: "Bitte wählen"},
		Message: ui.Field{Name: "message", Label: "Was ging nicht?", Value: f.Message, Error: wrong.For("message"), Rows: 6, MaxLength: 5000, Hint: "Schreiben Sie, was Sie tun wollten und woran es scheiterte."},
		Place:   ui.Field{Name: "place", Label: "Auf welcher Seite?", Value: f.Place, Error: wrong.For("place"), Optional: true, MaxLength: 300, Hint: "Die Adresse oder die Überschrift der Seite"},
		Name:    ui.Field{Name: "name", Label: "Ihr Name", Value: f.Name, Error: wrong.For("name"), Optional: true, MaxLength: 200, Autocomplete: "name", Width: ui.Medium},
		Email:   ui.Field{Name: "email", Label: "Ihre E-Mail-Adresse", Value: f.Email, Error: wrong.For("email"), Optional: true, MaxLength: 254, Type: "email", Autocomplete: "email", Width: ui.Medium, Hint: "Nur wenn Sie eine Antwort möchten. Sie kommt innerhalb von vier Wochen."},
	}
	if found.Chosen != nil {
		v.Land, v.Mail = found.Chosen.Key, found.Chosen.ContactEmail
		return v
	}
	for _, l := range found.Laender {
		v.Choice.Options = append(v.Choice.Options, ui.Option{Value: l.Key, Text: l.Name})
	}
	return v
}

func newBarrierRows(found []legal.Barrier) []ui.Row {
	rows := make([]ui.Row, len(found))
	for i, b := range found {
		rows[i] = ui.Row{Title: ui.Excerpt(b.Message, 80), URL: link.Barrier(b.ID), Meta: "gemeldet am " + ui.DateTime(b.At), Status: barrierState(b)}
		if !b.Answered() && b.Email != "" {
			rows[i].Meta += " · Antwort bis " + ui.Date(b.At.Add(legal.ReplyWithin))
		}
	}
	return rows
}

func barrierState(b legal.Barrier) ui.StatusProps {
	if b.Answered() {
		return ui.StatusProps{Kind: ui.Done, Text: "Beantwortet"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Offen"}
}

type barrierView struct {
	Late    ui.AlertProps
	Errors  []ui.FieldError
	Facts   ui.FactsProps
	Message string
	Answer  string // "" while there is none
	Note    string // who answered, and when
	Action  string
	Field   ui.Field
}

// newBarrierView shows a report; cause says why an answer was not saved. Any other error is handed back.
func newBarrierView(b legal.Barrier, typed string, cause error) (v barrierView, err error) {
	v = barrierView{Message: b.Message, Answer: b.Answer, Action: link.Barrier(b.ID)}
	var wrong page.Errors
	if cause != nil {
		status, err := wrong.Status(cause)
		if err != nil {
			return v, err
		}
		if status == http.StatusConflict {
			v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: fault.Text(cause) + " Sie schrieben: " + typed}
		}
	}
	v.Errors = wrong.Summary()
	v.Facts = ui.FactsProps{Items: []ui.Fact{
		{Term: "Seite", Value: ui.OrDash(b.Place)}, {Term: "Name", Value: ui.OrDash(b.Name)}, {Term: "E-Mail-Adresse", Value: ui.OrDash(b.Email)},
	}}
	if b.Answered() {
		v.Note = "vermerkt am " + ui.DateTime(*b.AnsweredAt)
		if b.AnsweredBy != "" {
			v.Note += " von " + b.AnsweredBy
		}
	}
	v.Field = ui.Field{
		Name: "answer", Label: "Was haben Sie geantwortet oder geändert?", Value: typed, Error: wrong.For("answer"), Rows: 4, MaxLength: 5000,
		Hint: "Das Portal verschickt diesen Vermerk nicht. Schreiben Sie der Person, wenn sie eine Adresse angegeben hat.",
	}
	return v, nil
}
