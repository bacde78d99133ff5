package decisionpage

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Consider shows the form for the decision, or why this person cannot take it now.
func (p Pages) Consider(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	found, err := p.Decisions.ShowToDecide(r.Context(), who, id, page.TrailLimit(r))
	if err != nil {
		return p.renderAgain(w, r, who, id, err, notice{})
	}
	return p.renderVerdict(w, r, who, http.StatusOK, found, newVerdictView(found, verdictForm{Version: found.Version, Seen: version(found.Seen)}, nil))
}

// Decide takes the form through its steps: conditions are added and removed, the summary is shown, and only then is
// the decision binding. Nothing is kept between the steps but in the form itself.
func (p Pages) Decide(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, verdictFields...)
	if err != nil {
		return err
	}
	f, err := readVerdict(sent)
	if err != nil {
		return err
	}
	if edited, ok := f.edited(); ok {
		return p.retry(w, r, who, id, edited, nil)
	}
	f = f.filled()
	switch f.Step {
	case toReturn:
		cause := p.Decisions.Return(r.Context(), who, id, decision.Because{Version: f.Version, Reason: f.Question})
		return p.answer(w, r, who, id, f, cause, page.Returned)
	case toDecide:
		v, _ := f.verdict()
		return p.answer(w, r, who, id, f, p.Decisions.Decide(r.Context(), who, id, v), page.Decided)
	}
	return p.summarise(w, r, who, id, f)
}

// answer leads back to the case after an act, or back to the form.
func (p Pages) answer(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, f verdictForm, cause error, done page.Flash) error {
	if cause == nil {
		return page.Redirect(w, r, link.Decision(id), done)
	}
	return p.retry(w, r, who, id, f, cause)
}

// summarise shows everything once more before it is binding, if it holds.
func (p Pages) summarise(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, f verdictForm) error {
	found, err := p.Decisions.ShowToDecide(r.Context(), who, id, page.TrailLimit(r))
	if err != nil {
		return p.retry(w, r, who, id, f, err)
	}
	switch {
	case found.Version != f.Version:
		return p.retry(w, r, who, id, f, fault.New(fault.Conflict, "Der Vorgang wurde inzwischen zurückgegeben und neu eingereicht. Prüfen Sie die Unterlagen noch einmal."))
	case version(found.Seen) != f.Seen:
		return p.retry(w, r, who, id, f, decision.ErrMoved)
	}
	v, _ := f.verdict()
	if err := v.Check(found.Today); err != nil {
		return p.retry(w, r, who, id, f, err)
	}
	head := ui.Page{Heading: "Zusammenfassung", Meta: "Nachnutzung: " + found.ServiceName, Narrow: true, Crumbs: crumbs(found, "Zusammenfassung")}
	return p.Shell.Render(w, r, who, http.StatusOK, head, summary(newSummaryView(found, f, v, who)))
}

// retry shows the form again with all that was typed: 200 after a change to the form, 422 with what is wrong, 409 if
// the case changed and still waits for its decision. Otherwise the case itself answers, with what was typed.
func (p Pages) retry(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, f verdictForm, cause error) error {
	status := http.StatusOK
	var wrong page.Errors
	late, isFault := errors.AsType[*fault.Fault](cause)
	isLate := isFault && late.Kind == fault.Conflict
	switch {
	case isLate:
		status = http.StatusConflict
	case cause != nil:
		status = http.StatusUnprocessableEntity
		if err := wrong.Merge(cause); err != nil {
			return p.renderAgain(w, r, who, id, err, notice{Typed: f.facts()})
		}
		_, unread := f.verdict()
		wrong = complaints(wrong, unread)
	}
	found, err := p.Decisions.ShowToDecide(r.Context(), who, id, page.TrailLimit(r))
	switch {
	case err != nil && isLate: // that somebody was faster is why nothing was stored
		return p.renderAgain(w, r, who, id, cause, notice{Typed: f.facts()})
	case err != nil:
		return p.renderAgain(w, r, who, id, err, notice{Typed: f.facts()})
	}
	v := newVerdictView(found, f, wrong)
	if isLate {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: notSaved, Text: late.Text, Links: []ui.Link{{Text: "Stand und Verlauf ansehen", URL: link.Decision(id)}}}
		v.Version, v.Seen = version(found.Version), version(found.Seen) // sent again, it is sent on what is known now
	}
	return p.renderVerdict(w, r, who, status, found, v)
}

func (p Pages) renderVerdict(w http.ResponseWriter, r *http.Request, who access.Actor, status int, d decision.Shown, v verdictView) error {
	head := ui.Page{
		Heading: "Nachnutzung entscheiden: " + d.ServiceName, Meta: "Vorgang Nr. " + ui.Number(int64(d.No)) + " · " + d.MinistryName,
		State: stateOf(d.State, true), Crumbs: crumbs(d, "Entscheiden"),
	}
	return p.Shell.Render(w, r, who, status, head, verdictPage(v))
}
