// Package decisionpage shows the decisions about co-using a service, and lets a ministry prepare and take them.
//
// The page of a case is the ministry's desk: what is known, what was examined, and one next step. Readers outside the
// ministry see what was decided and why. When an act comes too late, the same page answers with what is true now and
// with everything that was typed.
package decisionpage

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about decisions.
type Pages struct {
	Shell       page.Shell
	Decisions   *decision.Service
	Onboardings *onboarding.Service                                                 // revoking a decision halts what runs on it
	Papers      func(decision.Shown, decision.Review, access.Actor) templ.Component // the files of a review; nil for none
}

// List shows the decisions that the filters in the URL leave, those that wait for this person first. Without a filter the
// board stands above it.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := listQuery(r)
	found, choices, over, err := p.find(r, who, q)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Entscheidungen", Meta: "Nachnutzung von EfA-Leistungen: was ansteht und was beschlossen ist"}
	if who.Can(access.DecisionRequest) {
		head.Actions = []ui.Action{{Text: "Entscheidung anfragen", URL: link.NewDecision}}
	}
	if who.Can(access.DecisionDecide) {
		head.Actions = append(head.Actions, ui.Action{Text: "Vertretung", URL: link.Delegations})
	}
	if who.Can(access.RegisterView) {
		head.Actions = append(head.Actions, ui.Action{Text: "Grundsatzentscheidungen", URL: link.Register})
	}
	v := newListView(q, found, choices, who)
	if !q.Filtered() && q.Page() == 1 {
		v.Board = newBoardView(over)
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(v))
}

// find reads the list and what it can be filtered by. Whoever reads only what is published has no board.
func (p Pages) find(r *http.Request, who access.Actor, q page.Query) (found []decision.Listed, c choices, over decision.Board, err error) {
	if who.Reach(access.DecisionView) == access.Published {
		found, ministries, err := p.Decisions.List(r.Context(), who, filterOf(q))
		return found, choices{Ministries: ministryOptions(ministries)}, over, err
	}
	over, found, err = p.Decisions.Board(r.Context(), who, filterOf(q))
	return found, choicesOf(q, over), over, err
}

// Show shows one case.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderCase(w, r, who, id, http.StatusOK, notice{})
}

// Submit puts the case before the person who decides, or names the reviews that are missing.
func (p Pages) Submit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	if err := p.Decisions.Submit(r.Context(), who, id, version); err != nil {
		return p.renderAgain(w, r, who, id, err, notice{})
	}
	return page.Redirect(w, r, link.Decision(id), page.Submitted)
}

// Withdraw ends the case without a decision.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	version, reason, err := page.ReadReason(w, r)
	if err != nil {
		return err
	}
	if err := p.Decisions.Withdraw(r.Context(), who, id, decision.Because{Version: version, Reason: reason}); err != nil {
		return p.renderAgain(w, r, who, id, err, notice{Reason: reason, Typed: []ui.Fact{{Term: "Grund", Value: reason}}})
	}
	return page.Redirect(w, r, link.Decision(id), page.Withdrawn)
}

// notice is what the page of a case says besides the case: what went wrong, and what was typed.
type notice struct {
	Heading, Text string      // why the act is not possible
	Typed         []ui.Fact   // what was typed, for the person to copy
	Errors        page.Errors // what is wrong with the form
	Reason        string      // of a withdrawal, back into its field
}

const notSaved = "Nicht gespeichert"

// renderAgain answers an act that did not happen with the case as it is now: 422 for a form, 409 for what came too
// late, 403 for the second pair of eyes. Other errors go on.
func (p Pages) renderAgain(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, cause error, n notice) error {
	wrong, ok := errors.AsType[*fault.Fault](cause)
	if !ok {
		return cause
	}
	n.Heading, n.Text = notSaved, wrong.Text
	if r.Method == http.MethodGet {
		n.Heading = "Das geht gerade nicht"
	}
	switch wrong.Kind {
	case fault.Invalid:
		n.Text = ""
		for _, f := range wrong.Fields {
			n.Errors.Add(anchor(f.Name), f.Text)
		}
		return p.renderCase(w, r, who, id, http.StatusUnprocessableEntity, n)
	case fault.Conflict:
		return p.renderCase(w, r, who, id, http.StatusConflict, n)
	case fault.Forbidden:
		return p.renderCase(w, r, who, id, http.StatusForbidden, n)
	}
	return cause
}

func (p Pages) renderCase(w http.ResponseWriter, r *http.Request, who access.Actor, id uuid.UUID, status int, n notice) error {
	found, err := p.Decisions.Show(r.Context(), who, id, page.TrailLimit(r))
	if err != nil {
		return err
	}
	v := newShowView(found, who, n)
	v.Trail = trailOf(r, who, found)
	head := ui.Page{
		Heading: v.Heading, Meta: v.Meta, State: stateOf(found.State, found.May(who, decision.ToDecide)),
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: found.ServiceName}},
	}
	return p.Shell.Render(w, r, who, status, head, show(v))
}

// trailOf is the history of a case; its link leads to the case also from a page that answers a POST.
func trailOf(r *http.Request, who access.Actor, d decision.Shown) ui.LogProps {
	log := page.Trail(r, who, d.Trail)
	if log.More.URL != "" {
		log.More.URL = link.With(link.Decision(d.ID), "verlauf", "alle")
	}
	return log
}

func crumbs(d decision.Shown, here string) []ui.Link {
	return []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: d.ServiceName, URL: link.Decision(d.ID)}, {Text: here}}
}
