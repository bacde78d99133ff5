package questionpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/question"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// New shows the form for the step that the URL names. At a finished step it asks about the service as a whole.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := r.URL.Query()
	f := askForm{ID: uuid.NewString(), At: question.Where{Body: q.Get("einheit"), Service: q.Get("leistung"), Step: q.Get("aufgabe")}}
	at, err := p.Questions.Place(r.Context(), who, f.At)
	if fault.KindOf(err) == fault.Conflict {
		return p.askAgain(w, r, who, f, err)
	}
	if err != nil {
		return err
	}
	return p.renderAsk(w, r, who, http.StatusOK, at, newAskView(at, f, nil))
}

// Ask asks: from the form's own page, from a task's card or from its page.
func (p Pages) Ask(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, askFields...)
	if err != nil {
		return err
	}
	f := readAsk(sent)
	draft, err := f.draft(question.Asked)
	if err != nil {
		return err
	}
	cause := p.Questions.Ask(r.Context(), who, f.At, draft)
	if cause == nil {
		return page.Redirect(w, r, sent.Return(link.Question(draft.ID)), page.QuestionAsked)
	}
	return p.askAgain(w, r, who, f, cause)
}

// askAgain keeps what was typed: 422 with what is wrong; 409 where the step was finished meanwhile, with a form that
// asks about the service as a whole.
func (p Pages) askAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f askForm, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		f.At.Step = ""
	}
	at, err := p.Questions.Place(r.Context(), who, f.At)
	if err != nil {
		return err
	}
	v := newAskView(at, f, wrong)
	if status == http.StatusConflict {
		v.Late = late(cause, "")
		v.Late.Heading = "Zu dieser Aufgabe fragt niemand mehr"
	}
	return p.renderAsk(w, r, who, status, at, v)
}

func (p Pages) renderAsk(w http.ResponseWriter, r *http.Request, who access.Actor, status int, at question.Place, v askView) error {
	crumbs := []ui.Link{
		{Text: "Leistungen", URL: link.Services},
		{Text: at.ServiceName, URL: link.Service(at.ServiceSlug)},
		{Text: at.BodyName, URL: link.Checklist(at.BodyKey, at.ServiceSlug)},
	}
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: "Frage stellen", Meta: about(at), Narrow: true, Crumbs: append(crumbs, ui.Link{Text: "Frage stellen"}),
	}, ask(v))
}

// Exchange shows all that was asked and said about a checklist.
func (p Pages) Exchange(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderExchange(w, r, who, http.StatusOK, askForm{ID: uuid.NewString(), At: exchangeOf(r)}, nil)
}

// Comment adds a comment, which waits for no answer.
func (p Pages) Comment(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "aufgabe", "text")
	if err != nil {
		return err
	}
	f := askForm{ID: sent.Text("id"), Text: sent.Text("text"), At: exchangeOf(r)}
	f.At.Step = sent.Text("aufgabe")
	draft, err := f.draft(question.Comment)
	if err != nil {
		return err
	}
	cause := p.Questions.Ask(r.Context(), who, f.At, draft)
	if cause == nil {
		return page.Redirect(w, r, link.Exchange(f.At.Body, f.At.Service), page.Commented)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	return p.renderExchange(w, r, who, http.StatusUnprocessableEntity, f, wrong)
}

func (p Pages) renderExchange(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f askForm, wrong page.Errors) error {
	at, found, err := p.Questions.Exchange(r.Context(), who, exchangeOf(r))
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: "Fragen und Kommentare", Meta: at.ServiceName + " · " + at.BodyName,
		Crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services},
			{Text: at.ServiceName, URL: link.Service(at.ServiceSlug)},
			{Text: at.BodyName, URL: link.Checklist(at.BodyKey, at.ServiceSlug)},
			{Text: "Fragen und Kommentare"},
		},
	}, exchange(newExchangeView(at, found, f, wrong, who)))
}

func exchangeOf(r *http.Request) question.Where {
	return question.Where{Body: chi.URLParam(r, "einheit"), Service: chi.URLParam(r, "leistung")}
}
