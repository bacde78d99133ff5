// Package surveypage shows the rounds of the survey: the Land asks, checks and publishes, bodies answer block by block,
// everybody reads what came of it.
package surveypage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the survey.
type Pages struct {
	Shell   page.Shell
	Surveys *survey.Service
}

const heading = "Umfragen"

// List shows the rounds that the reader may see.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "abgelegt")
	found, err := p.Surveys.List(r.Context(), who, q.Page(), q.Get("abgelegt") == "ja")
	if err != nil {
		return err
	}
	head := ui.Page{Heading: heading, Meta: "Was Landkreise und kreisfreie Städte einsetzen und planen"}
	if who.Can(access.SurveyManage) {
		head.Actions = []ui.Action{{Text: "Neue Runde", URL: link.NewSurvey}, {Text: "Produktliste", URL: link.SurveyProducts}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(q, found, who)))
}

// Show shows a round: a body its sheet, the Land all responses, others what was published.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "umfrage")
	if err != nil {
		return err
	}
	return p.renderRound(w, r, who, http.StatusOK, id, extra{})
}

// extra is what a page says besides the round: that something was not saved, and what was typed.
type extra struct {
	Late    ui.AlertProps
	Wrong   page.Errors
	Outlook map[string]string // as it was typed
	Reason  string
}

func (p Pages) renderRound(w http.ResponseWriter, r *http.Request, who access.Actor, status int, id uuid.UUID, x extra) error {
	if who.Can(access.SurveyAnswer) {
		found, err := p.Surveys.Sheet(r.Context(), who, id)
		if err == nil {
			return p.Shell.Render(w, r, who, status, headOf(found.Round), answerSheet(newSheetView(found, who, x)))
		}
		if fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	found, err := p.Surveys.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	head := headOf(found.Round)
	if !who.Can(access.SurveyManage) {
		return p.Shell.Render(w, r, who, status, head, public(newPublicView(found)))
	}
	if found.ClosedAt == nil {
		head.Actions = []ui.Action{{Text: "Bearbeiten", URL: link.EditSurvey(id)}}
	}
	q := page.QueryOf(r, answerParam, blockParam, productParam)
	return p.Shell.Render(w, r, who, status, head, round(newRoundView(q, found, x)))
}

func headOf(r survey.Round) ui.Page {
	return ui.Page{
		Heading: "Umfrage " + r.Title, Meta: metaOf(r), State: stateOf(r),
		Crumbs: []ui.Link{{Text: heading, URL: link.Surveys}, {Text: r.Title}},
	}
}
