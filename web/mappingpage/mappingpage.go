// Package mappingpage is where the coordination of a Land says which roles the provider's word gives at sign-in, and tries
// out what would come of it.
package mappingpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about the rules.
type Pages struct {
	Shell  page.Shell
	People *identity.Service
}

// Show lists the rules, with the form for a new one and the trial.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	m, err := p.People.Mapping(r.Context(), who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, newView(who, m, ruleForm{ID: uuid.NewString()}, trialForm{}, nil))
}

// Add makes a rule, or shows the form again with what is wrong.
func (p Pages) Add(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, rule, err := readRule(w, r)
	if err != nil {
		return err
	}
	cause := p.People.AddRule(r.Context(), who, rule)
	if cause == nil {
		return page.Redirect(w, r, link.Mapping, page.RuleAdded)
	}
	return p.again(w, r, who, cause, f, trialForm{})
}

// Try says what would happen if somebody signed in. It changes nothing.
func (p Pages) Try(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "claims")
	if err != nil {
		return err
	}
	f := trialForm{Claims: sent.Text("claims")}
	found, m, err := p.People.Try(r.Context(), who, f.Claims)
	if err != nil {
		return p.again(w, r, who, err, ruleForm{ID: uuid.NewString()}, f)
	}
	f.Result = newTrialView(found)
	return p.render(w, r, who, http.StatusOK, newView(who, m, ruleForm{ID: uuid.NewString()}, f, nil))
}

// again shows both forms as they were sent, with what is wrong.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, cause error, f ruleForm, trial trialForm) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	m, err := p.People.Mapping(r.Context(), who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, status, newView(who, m, f, trial, wrong))
}

// Remove ends a rule and the memberships it gave.
func (p Pages) Remove(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	id, err := page.ID(r, "regel")
	if err != nil {
		return err
	}
	if err := p.People.RemoveRule(r.Context(), who, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Mapping, page.RuleRemoved)
}

// Turn turns the rules on or off.
func (p Pages) Turn(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "gelten")
	if err != nil {
		return err
	}
	on := sent.Text("gelten") == "ja"
	if err := p.People.TurnRules(r.Context(), who, on); err != nil {
		return err
	}
	if on {
		return page.Redirect(w, r, link.Mapping, page.RulesOn)
	}
	return page.Redirect(w, r, link.Mapping, page.RulesOff)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v view) error {
	head := ui.Page{
		Heading: "Anmelderegeln", Meta: "Rollen nach dem, was der Anmeldedienst von einer Person sagt",
		Crumbs: []ui.Link{{Text: "Einstellungen", URL: link.Settings}, {Text: "Anmelderegeln"}},
	}
	return p.Shell.Render(w, r, who, status, head, show(v))
}
