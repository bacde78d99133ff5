package questionpage

import (
	"rollinportal/internal/access"
	"rollinportal/internal/question"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Heading string // where the list stands behind a figure
	Groups  []groupView
	Empty   ui.EmptyProps
	More    ui.Link
	Pages   ui.PaginationProps
	Helps   []publishedView
}

// groupView is the questions that wait for the reader, for others, or for nobody.
type groupView struct {
	ID, Heading string
	Next        bool
	Rows        []ui.Row
}

// publishedView is a help, with the button that takes it back for those who may.
type publishedView struct {
	Summary, Step, Answer string
	Withdraw              ui.ButtonProps
}

func listMeta(who access.Actor) string {
	switch {
	case who.Org.IsBody():
		return "Was Ihre Einheit fragt und gefragt wird. Andere Einheiten lesen das nicht"
	case who.Reach(access.QuestionView) == access.WholeLand && who.Role == access.StateCoordinator:
		return "Fragen und Kommentare der Einheiten, die am längsten wartenden zuerst"
	}
	return "Fragen, auf die " + who.Org.Name + " antwortet"
}

func newListView(q page.Query, found question.Overview, who access.Actor) listView {
	v := listView{
		Empty: ui.EmptyProps{Text: empty(who)}, Pages: q.Pagination(found.Total, question.PageSize),
		More: ui.Link{Text: "Auch abgeschlossene zeigen", URL: q.With("stand", "alle")},
	}
	if q.Get("stand") == "alle" {
		v.More = ui.Link{Text: "Abgeschlossene ausblenden", URL: q.Reset()}
	}
	if filterOf(q).Asked {
		v.Heading, v.Empty, v.More.Text, v.More.URL = ui.Count(found.Total, "Frage", "Fragen"), ui.EmptyProps{Text: "Keine Frage passt.", ResetURL: q.Reset()}, "Alle offenen Fragen", q.Reset()
	}
	groups := []groupView{
		{ID: "sie", Heading: "Wartet auf Ihre Antwort", Next: true},
		{ID: "andere", Heading: "Wartet auf andere"},
		{ID: "rest", Heading: "Beantwortet"},
	}
	for _, one := range found.Found {
		i := groupOf(one, who)
		groups[i].Rows = append(groups[i].Rows, newRow(one, who))
	}
	for _, g := range groups {
		if len(g.Rows) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	for _, h := range found.Helps {
		v.Helps = append(v.Helps, newPublished(h, who))
	}
	return v
}

func empty(who access.Actor) string {
	if who.Org.IsBody() {
		return "Keine offenen Fragen. Eine Frage stellen Sie direkt an einer Aufgabe."
	}
	return "Keine offenen Fragen."
}

func groupOf(q question.Question, who access.Actor) int {
	switch {
	case q.WaitsFor(who.Org.ID):
		return 0
	case q.State == question.Open:
		return 1
	}
	return 2
}

func newRow(q question.Question, who access.Actor) ui.Row {
	row := ui.Row{Title: ui.Excerpt(q.Text, 90), URL: link.Question(q.ID), Meta: q.Title(), Status: standing(q, who)}
	if !who.Org.IsBody() {
		row.Meta = q.BodyName + " · " + row.Meta
	}
	if q.WaitsSince != nil {
		row.Meta += " · seit " + ui.Date(*q.WaitsSince)
	} else {
		row.Meta += " · zuletzt am " + ui.Date(q.LastAt)
	}
	return row
}

// standing says how far a question is; what is new for the reader comes first.
func standing(q question.Question, who access.Actor) ui.StatusProps {
	switch {
	case q.WaitsFor(who.Org.ID):
		return ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf Sie"}
	case q.Unread:
		return ui.StatusProps{Kind: ui.InProgress, Text: "Neu für Sie"}
	case q.State == question.Open:
		return page.WaitingFor(q.SideName)
	case q.State == question.Closed:
		return ui.StatusProps{Kind: ui.Done, Text: "Abgeschlossen"}
	case q.Kind == question.Comment:
		return ui.StatusProps{Kind: ui.Open, Text: "Kommentar"}
	}
	return ui.StatusProps{Kind: ui.Done, Text: "Beantwortet"}
}

func newPublished(h question.Help, who access.Actor) publishedView {
	v := publishedView{Summary: h.Question, Step: stepOf(h), Answer: h.Answer}
	if who.Can(access.QuestionPublish) {
		v.Withdraw = ui.ButtonProps{Text: "Hilfe zurücknehmen", URL: link.WithdrawHelp(h.ID)}
	}
	return v
}

func stepOf(h question.Help) string {
	if h.StepTitle == "" {
		return "Zu keiner Aufgabe im Besonderen"
	}
	return "Aufgabe „" + h.StepTitle + "“"
}

func heading(q question.Question) string {
	if q.Kind == question.Comment {
		return "Kommentar"
	}
	return "Frage"
}

type askView struct {
	Late   ui.AlertProps
	Errors []ui.FieldError
	To     string
	Form   askingForm
	Back   ui.Link
}

// askingForm asks, wherever it stands.
type askingForm struct {
	ID, Body, Service, Step, Return string
	Text                            ui.Field
	Button                          string
}

func newAskView(at question.Place, f askForm, wrong page.Errors) askView {
	v := askView{
		Errors: wrong.Summary(), To: at.SideName + " antwortet.",
		Form: askingForm{
			ID: f.ID, Body: at.BodyKey, Service: at.ServiceSlug, Step: at.StepKey, Return: f.Back, Button: "Frage senden",
			Text: textField(f.Text, "Ihre Frage", wrong),
		},
		Back: ui.Link{Text: "Zur Checkliste", URL: link.Checklist(at.BodyKey, at.ServiceSlug)},
	}
	if at.StepKey != "" && at.StepID != nil {
		v.To = "Sie fragen zu „" + at.StepTitle + "“. " + v.To
	} else {
		v.To = "Sie fragen zur ganzen Leistung. " + v.To
	}
	return v
}

func textField(value, label string, wrong page.Errors) ui.Field {
	return ui.Field{
		Name: "text", Label: label, Value: value, Rows: 6, MaxLength: question.MaxText, Error: wrong.For("text"),
		Hint: "Keine Passwörter, keine Daten von Antragstellenden.",
	}
}

func about(at question.Place) string {
	if at.StepTitle == "" {
		return at.ServiceName + " · " + at.BodyName
	}
	return at.StepTitle + " · " + at.ServiceName + " · " + at.BodyName
}

type exchangeView struct {
	Errors []ui.FieldError
	Rows   []ui.Row
	Ask    ui.ButtonProps
	URL    string
	Form   askingForm
	Open   bool
}

func newExchangeView(at question.Place, found []question.Question, f askForm, wrong page.Errors, who access.Actor) exchangeView {
	v := exchangeView{Errors: wrong.Summary(), Open: len(wrong) > 0}
	for _, q := range found {
		v.Rows = append(v.Rows, newRow(q, who))
	}
	if who.Can(access.QuestionAsk) {
		v.Ask = ui.ButtonProps{Text: "Frage stellen", URL: link.Ask(at.BodyKey, at.ServiceSlug, "")}
	}
	if who.Can(access.NoteWrite) {
		v.URL = link.Exchange(at.BodyKey, at.ServiceSlug)
		v.Form = askingForm{ID: f.ID, Step: f.At.Step, Text: textField(f.Text, "Ihr Kommentar", wrong), Button: "Kommentar speichern"}
	}
	return v
}
