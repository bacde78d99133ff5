package questionpage

import (
	"rollinportal/internal/fault"
	"rollinportal/internal/question"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// askForm is what was typed, and where.
type askForm struct {
	ID, Text, Back string
	At             question.Where
}

var askFields = []string{"id", "einheit", "leistung", "aufgabe", "text", page.ReturnField}

func readAsk(sent page.Form) askForm {
	return askForm{
		sent.Text("id"), sent.Text("text"), sent.Text(page.ReturnField),
		question.Where{Body: sent.Text("einheit"), Service: sent.Text("leistung"), Step: sent.Text("aufgabe")},
	}
}

func (f askForm) draft(kind question.Kind) (question.Draft, error) {
	id, err := page.FormID(f.ID)
	return question.Draft{ID: id, Kind: kind, Text: f.Text}, err
}

// postForm is what was typed below a question.
type postForm struct{ ID, Text string }

func readPost(sent page.Form) (postForm, question.PostInput, error) {
	f := postForm{sent.Text("id"), sent.Text("text")}
	id, err := page.FormID(f.ID)
	if err != nil {
		return f, question.PostInput{}, err
	}
	version, err := sent.Version()
	return f, question.PostInput{ID: id, Version: version, Text: f.Text}, err
}

// helpForm is a help as it is about to be published.
type helpForm struct{ ID, Question, Answer string }

func readHelp(sent page.Form) (helpForm, question.HelpInput, error) {
	f := helpForm{sent.Text("id"), sent.Text("question"), sent.Text("answer")}
	id, err := page.FormID(f.ID)
	return f, question.HelpInput{ID: id, Question: f.Question, Answer: f.Answer}, err
}

// late says why nothing was saved. What was typed stands in the form, or here, if there is none any more.
func late(cause error, typed string) ui.AlertProps {
	a := ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gesendet", Text: fault.Text(cause)}
	if typed != "" {
		a.Body = kept(typed)
	}
	return a
}
