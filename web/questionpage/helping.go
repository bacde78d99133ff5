package questionpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/question"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Consider shows what a help would say that is made of a question: the Land edits it before it publishes.
func (p Pages) Consider(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "frage")
	if err != nil {
		return err
	}
	proposed, err := p.Questions.Propose(r.Context(), who, id)
	if err != nil {
		return err
	}
	f := helpForm{ID: uuid.NewString(), Question: proposed.Question, Answer: proposed.Answer}
	return p.renderHelp(w, r, who, http.StatusOK, proposed, newHelpView(proposed, f, nil))
}

// Publish publishes a help.
func (p Pages) Publish(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "frage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "id", "question", "answer")
	if err != nil {
		return err
	}
	f, in, err := readHelp(sent)
	if err != nil {
		return err
	}
	cause := p.Questions.Publish(r.Context(), who, id, in)
	if cause == nil {
		return page.Redirect(w, r, link.Question(id), page.HelpPublished)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	proposed, err := p.Questions.Propose(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.renderHelp(w, r, who, http.StatusUnprocessableEntity, proposed, newHelpView(proposed, f, wrong))
}

func (p Pages) renderHelp(w http.ResponseWriter, r *http.Request, who access.Actor, status int, proposed question.Proposal, v helpView) error {
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: "Antwort als Hilfe veröffentlichen", Meta: proposed.Title(), Narrow: true,
		Crumbs: []ui.Link{
			{Text: "Fragen", URL: link.Questions},
			{Text: "Frage vom " + ui.Date(proposed.AskedAt), URL: link.Question(proposed.ID)},
			{Text: "Als Hilfe veröffentlichen"},
		},
	}, help(v))
}

// Withdraw takes a help back. There is nothing to fill in.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "hilfe")
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Questions.Withdraw(r.Context(), who, id); err != nil && fault.KindOf(err) != fault.Conflict {
		return err
	}
	return page.Redirect(w, r, link.Questions, page.HelpWithdrawn)
}
