// Package questionpage shows what people ask and answer: the list of questions, the form that asks, the page of one
// question, the exchange about a checklist, and the form with which the Land makes a help of an answer.
package questionpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/question"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about questions.
type Pages struct {
	Shell     page.Shell
	Questions *question.Service
}

// filterOf reads the filter: what is not closed, everything, or the questions that figures count.
func filterOf(q page.Query) question.Filter {
	stand := q.Get("stand")
	counted := stand == "gestellt" || stand == "beantwortet"
	return question.Filter{All: stand == "alle" || counted, Asked: counted, Answered: stand == "beantwortet", Page: q.Page()}
}

// List shows what the reader takes part in: what waits comes first.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "stand")
	found, err := p.Questions.List(r.Context(), who, filterOf(q))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Fragen", Meta: listMeta(who)}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(q, found, who)))
}

// Show shows one question, and notes that the reader has read it.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "frage")
	if err != nil {
		return err
	}
	t, err := p.Questions.Thread(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.renderThread(w, r, who, http.StatusOK, newThreadView(t, who, postForm{ID: uuid.NewString()}, nil), t)
}

// Answer adds a post. What somebody else wrote meanwhile is shown first, and what was typed stays.
func (p Pages) Answer(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "frage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "id", "version", "text")
	if err != nil {
		return err
	}
	f, in, err := readPost(sent)
	if err != nil {
		return err
	}
	cause := p.Questions.Post(r.Context(), who, id, in)
	if cause == nil {
		return page.Redirect(w, r, link.Question(id), page.QuestionPosted)
	}
	return p.threadAgain(w, r, who, id, f, cause)
}

// Close says that a question is answered.
func (p Pages) Close(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "frage")
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	cause := p.Questions.Close(r.Context(), who, id, version)
	if cause == nil {
		return page.Redirect(w, r, link.Question(id), page.QuestionClosed)
	}
	return p.threadAgain(w, r, who, id, postForm{ID: uuid.NewString()}, cause)
}

// threadAgain shows the question as it is now, with why nothing was saved: 422 for what is wrong, 409 for what came too
// late.
func (p Pages) threadAgain(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, f postForm, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	t, err := p.Questions.Thread(r.Context(), who, id)
	if err != nil {
		return err
	}
	v := newThreadView(t, who, f, wrong)
	if status == http.StatusConflict {
		v.Late = late(cause, f.Text)
	}
	return p.renderThread(w, r, who, status, v, t)
}

func (p Pages) renderThread(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v threadView, t question.Thread) error {
	head := ui.Page{
		Heading: heading(t.Question), Meta: t.BodyName + " · " + t.Title(), State: standing(t.Question, who),
		Crumbs: []ui.Link{{Text: "Fragen", URL: link.Questions}, {Text: heading(t.Question) + " vom " + ui.Date(t.AskedAt)}},
	}
	return p.Shell.Render(w, r, who, status, head, thread(v))
}
