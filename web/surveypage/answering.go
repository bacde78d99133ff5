package surveypage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
)

// Confirm says that a block still holds as the profile says it, or all of them that are left.
func (p Pages) Confirm(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "block")
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	var blocks []survey.Block
	if sent.Has("block") {
		blocks = []survey.Block{survey.Block(sent.Text("block"))}
	}
	err = p.Surveys.Confirm(r.Context(), who, id, version, blocks...)
	if fault.KindOf(err) == fault.Conflict {
		return p.renderRound(w, r, who, http.StatusConflict, id, extra{Late: page.NotSaved(err)})
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, link.Survey(id), page.BlockConfirmed)
}

// Look saves what the body plans and wishes.
func (p Pages) Look(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", survey.Plans, survey.Wish)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	typed := map[string]string{survey.Plans: sent.Text(survey.Plans), survey.Wish: sent.Text(survey.Wish)}
	cause := p.Surveys.Look(r.Context(), who, id, version, typed)
	if cause == nil {
		return page.Redirect(w, r, link.Survey(id), page.Saved)
	}
	return p.again(w, r, who, id, cause, extra{Outlook: typed})
}

// Submit hands the answers in.
func (p Pages) Submit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	cause := p.Surveys.Submit(r.Context(), who, id, version)
	if cause == nil {
		return page.Redirect(w, r, link.Survey(id), page.SurveyAnswered)
	}
	return p.again(w, r, who, id, cause, extra{})
}
