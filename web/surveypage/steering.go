package surveypage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// again shows a round with why something was not saved.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, cause error, x extra) error {
	status, err := x.Wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		x.Late = page.NotSaved(cause)
	}
	return p.renderRound(w, r, who, status, id, x)
}

var turned = map[survey.State]page.Flash{
	survey.Open: page.SurveyOpened, survey.Closed: page.SurveyClosed, survey.Published: page.SurveyPublished, survey.Archived: page.SurveyArchived,
}

// Turn takes a round a state further.
func (p Pages) Turn(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "to")
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	to := survey.State(sent.Text("to"))
	cause := p.Surveys.Turn(r.Context(), who, id, to, version)
	if cause == nil {
		return page.Redirect(w, r, link.Survey(id), turned[to])
	}
	return p.again(w, r, who, id, cause, extra{})
}

// Remind tells those who have not answered.
func (p Pages) Remind(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	cause := p.Surveys.Remind(r.Context(), who, id, version)
	if cause == nil {
		return page.Redirect(w, r, link.Survey(id), page.SurveyReminded)
	}
	return p.again(w, r, who, id, cause, extra{})
}

// Answer shows what one body answered; the Land checks it there.
func (p Pages) Answer(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderAnswer(w, r, who, http.StatusOK, extra{})
}

func (p Pages) renderAnswer(w http.ResponseWriter, r *http.Request, who access.Actor, status int, x extra) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	found, err := p.Surveys.Single(r.Context(), who, id, chi.URLParam(r, "einheit"))
	if err != nil {
		return err
	}
	response := found.Responses[0]
	head := ui.Page{
		Heading: response.Name, Meta: "Antwort auf die Umfrage " + found.Title, State: progressOf(response.State), Narrow: true,
		Crumbs: []ui.Link{{Text: heading, URL: link.Surveys}, {Text: found.Title, URL: link.Survey(id)}, {Text: response.Name}},
	}
	return p.Shell.Render(w, r, who, status, head, single(newSingleView(found.Round, response, who, x)))
}

// Settle accepts what one body answered, or gives it back.
func (p Pages) Settle(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "act", "reason")
	if err != nil {
		return err
	}
	j := survey.Judgement{Accept: sent.Text("act") == "accept", Reason: sent.Text("reason")}
	if j.Version, err = sent.Version(); err != nil {
		return err
	}
	cause := p.Surveys.Settle(r.Context(), who, id, chi.URLParam(r, "einheit"), j)
	switch {
	case cause == nil && j.Accept:
		return page.Redirect(w, r, link.Survey(id), page.AnswerAccepted)
	case cause == nil:
		return page.Redirect(w, r, link.Survey(id), page.AnswerReturned)
	}
	x := extra{Reason: j.Reason}
	status, err := x.Wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		x.Late = page.NotSaved(cause)
	}
	return p.renderAnswer(w, r, who, status, x)
}

// New shows the form of a new round.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderForm(w, r, who, http.StatusOK, form{ID: uuid.NewString()}, formPlace{}, nil)
}

// formPlace is the round that a form changes; the zero value is a new one.
type formPlace struct {
	survey.Round
	Late ui.AlertProps
}

func (p Pages) renderForm(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, at formPlace, wrong page.Errors) error {
	head := ui.Page{
		Heading: "Neue Runde", Narrow: true, Crumbs: []ui.Link{{Text: heading, URL: link.Surveys}, {Text: "Neue Runde"}},
	}
	if at.ID != uuid.Nil {
		head = headOf(at.Round)
		head.Narrow = true
	}
	v := newFormView(f, at.ID, wrong)
	v.Late = at.Late
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

// Create prepares a round.
func (p Pages) Create(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, in, wrong, err := readForm(w, r)
	if err != nil {
		return err
	}
	if in.ID, err = page.FormID(f.ID); err != nil {
		return err
	}
	if len(wrong) == 0 {
		cause := p.Surveys.Create(r.Context(), who, in)
		if cause == nil {
			return page.Redirect(w, r, link.Survey(in.ID), page.SurveyMade)
		}
		if err := wrong.Merge(cause); err != nil {
			return err
		}
	}
	return p.renderForm(w, r, who, http.StatusUnprocessableEntity, f, formPlace{}, wrong)
}

// Edit shows the form of a round that is not closed.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	found, err := p.Surveys.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	if found.ClosedAt != nil {
		return page.Redirect(w, r, link.Survey(id), page.NoFlash)
	}
	return p.renderForm(w, r, who, http.StatusOK, formOf(found.Round), formPlace{Round: found.Round}, nil)
}

// Save changes a round that is not closed.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	f, in, wrong, err := readForm(w, r)
	if err != nil {
		return err
	}
	in.ID = id
	if in.Version, err = f.version(); err != nil {
		return err
	}
	var cause error
	if len(wrong) == 0 {
		if cause = p.Surveys.Save(r.Context(), who, in); cause == nil {
			return page.Redirect(w, r, link.Survey(id), page.Saved)
		}
	}
	found, err := p.Surveys.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	if fault.KindOf(cause) == fault.Conflict && found.ClosedAt == nil {
		return p.Shell.RenderClash(w, r, who, page.Clash{
			Page: headOf(found.Round), Rows: f.rows(found.Round), Action: link.Survey(id), Current: link.Survey(id), Form: f.sent, Version: found.Version,
		})
	}
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	at := formPlace{Round: found.Round}
	if status == http.StatusConflict {
		at.Late = page.NotSaved(cause)
	}
	return p.renderForm(w, r, who, status, f, at, wrong)
}
