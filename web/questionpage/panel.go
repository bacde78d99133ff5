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
	Hints []hintView
	Share ui.Link
	Form  askingForm
	More  ui.Link
}

// Panel is what the page of a step shows of its questions and helps; nil if there is nothing to show this reader.
func (p Pages) Panel(t onboarding.Task, who access.Actor) templ.Component {
	v := newPanelView(t, who)
	if len(v.Rows) == 0 && len(v.Helps) == 0 && len(v.Hints) == 0 && v.Share.URL == "" && v.Form.ID == "" {
		return nil
	}
	return panel(v)
}

func newPanelView(t onboarding.Task, who access.Actor) panelView {
	c := t.Checklist
	v := panelView{Helps: t.Talk.Helps, Hints: newHints(t.Talk.Hints)}
	if who.Can(access.PeerShare) && who.Org.ID == c.BodyID && t.State.Started() {
		v.Share = ui.Link{Text: "Erfahrung mit anderen Einheiten teilen", URL: link.Share(c.BodyKey, c.ServiceSlug, t.Key)}
	}
	if who.Can(access.NoteView) {
		v.More = ui.Link{Text: "Fragen und Kommentare zur Leistung", URL: link.Exchange(c.BodyKey, c.ServiceSlug)}
	}
	for _, q := range t.Talk.Questions {
		v.Rows = append(v.Rows, ui.Row{
			Title: ui.Excerpt(q.Text, 90), URL: link.Question(q.ID), Meta: "zuletzt am " + ui.Date(q.LastAt), Status: standingAt(q),
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

// hintView is what another body released, taken over as a hint.
type hintView struct {
	From, Note string
	Files      []ui.Link
}

func newHints(found []onboarding.Hint) []hintView {
	var views []hintView
	for _, h := range found {
		v := hintView{From: "Hinweis von " + h.Body + ", übernommen am " + ui.Date(h.TakenAt), Note: h.Note}
		for _, f := range h.Files {
			v.Files = append(v.Files, ui.Link{Text: f.Name, URL: link.SharedFile(h.Experience, f.ID)})
		}
		views = append(views, v)
	}
	return views
}

// General is what the page of a checklist shows of the hints to it as a whole; nil if there are none.
func (p Pages) General(c *onboarding.Checklist) templ.Component {
	if len(c.General.Hints) == 0 {
		return nil
	}
	return hints(newHints(c.General.Hints))
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
