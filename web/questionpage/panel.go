package questionpage

import (
	"github.com/a-h/templ"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/question"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// panelView is what the page of a step shows of its questions.
type panelView struct {
	Rows  []ui.Row
	Helps []onboarding.Help
	Form  askingForm
	More  ui.Link
}

// Panel is what the page of a step shows of its questions and helps; nil if there is nothing to show this reader.
func (p Pages) Panel(t onboarding.Task, who access.Actor) templ.Component {
	v := newPanelView(t, who)
	if len(v.Rows) == 0 && len(v.Helps) == 0 && v.Form.ID == "" {
		return nil
	}
	return panel(v)
}

func newPanelView(t onboarding.Task, who access.Actor) panelView {
	c := t.Checklist
	v := panelView{Helps: t.Talk.Helps}
	if who.Can(access.NoteView) {
		v.More = ui.Link{Text: "Fragen und Kommentare zur Leistung", URL: link.Exchange(c.BodyKey, c.ServiceSlug)}
	}
	for _, q := range t.Talk.Questions {
		v.Rows = append(v.Rows, ui.Row{
			Title: shorten(q.Text), URL: link.Question(q.ID), Meta: "zuletzt am " + ui.Date(q.LastAt), Status: standingAt(q),
		})
	}
	if who.Can(access.QuestionAsk) && !t.State.Finished() {
		v.Form = askingForm{
			ID: uuid.NewString(), Body: c.BodyKey, Service: c.ServiceSlug, Step: t.Key, Button: "Frage senden",
			Text: ui.Field{
				Name: "text", ID: "frage-text", Label: "Ihre Frage", Rows: 4, MaxLength: question.MaxText,
				Hint: "Keine Passwörter, keine Daten von Antragstellenden.",
			},
		}
	}
	return v
}

// standingAt is how far a question at a step is.
func standingAt(q onboarding.Question) ui.StatusProps {
	switch {
	case q.Unread:
		return ui.StatusProps{Kind: ui.InProgress, Text: "Neu für Sie"}
	case q.State == string(question.Open):
		return page.WaitingFor(q.Side)
	case q.Comment:
		return ui.StatusProps{Kind: ui.Open, Text: "Kommentar"}
	}
	return ui.StatusProps{Kind: ui.Done, Text: "Beantwortet"}
}
