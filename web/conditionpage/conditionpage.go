// Package conditionpage shows Auflagen: the list, and one of them with what its owner and its ministry do.
package conditionpage

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about Auflagen.
type Pages struct {
	Shell      page.Shell
	Conditions *condition.Service
	Proofs     func(condition.Shown, access.Actor) templ.Component // the files of an Auflage; nil for none
}

// List shows the Auflagen that the reader has to do with.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "stand", "leistung", "wer")
	found, total, err := p.Conditions.List(r.Context(), who, filterOf(q))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Auflagen", Meta: "Aus Beschlüssen, die gelten"}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(found, total, q)))
}

// Show shows an Auflage and the form of whoever has to act.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, http.StatusOK, form{}, nil, nil)
}

// Report takes what the owner says.
func (p Pages) Report(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.act(w, r, who, []string{"version", "evidence", "link"}, func(id uuid.UUID, version int64, f form) error {
		return p.Conditions.Report(r.Context(), who, id, condition.Report{Version: version, Evidence: f.Evidence, Link: f.Link})
	})
}

// Settle takes what the ministry makes of it.
func (p Pages) Settle(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.act(w, r, who, []string{"version", "act", "reason"}, func(id uuid.UUID, version int64, f form) error {
		return p.Conditions.Settle(r.Context(), who, id, condition.Settlement{Version: version, Act: condition.Act(f.Act), Reason: f.Reason})
	})
}

// HandOver takes who sees to it from now on.
func (p Pages) HandOver(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.act(w, r, who, []string{"version", "owner", "function"}, func(id uuid.UUID, version int64, f form) error {
		return p.Conditions.HandOver(r.Context(), who, id, condition.Handover{Version: version, OwnerKey: f.Owner, Function: f.Function})
	})
}

// form is what was typed, whichever of the forms was sent.
type form struct{ Evidence, Link, Act, Reason, Owner, Function string }

// act leads on after a success, or shows the page again with what was typed and why it does not hold.
func (p Pages) act(w http.ResponseWriter, r *http.Request, who access.Actor, fields []string, do func(uuid.UUID, int64, form) error) error {
	id, err := page.ID(r, "auflage")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := form{sent.Text("evidence"), sent.Text("link"), sent.Text("act"), sent.Text("reason"), sent.Text("owner"), sent.Text("function")}
	cause := do(id, version, f)
	if cause == nil {
		return page.Redirect(w, r, link.Condition(id), page.Saved)
	}
	if late, known := errors.AsType[*fault.Fault](cause); known && late.Kind == fault.Conflict {
		return p.render(w, r, who, http.StatusConflict, f, late, nil)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, f, nil, wrong)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, late *fault.Fault, wrong page.Errors) error {
	id, err := page.ID(r, "auflage")
	if err != nil {
		return err
	}
	found, err := p.Conditions.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Auflage zu " + found.ServiceName, Title: "Auflage", Meta: "fällig am " + ui.Date(found.DueOn), State: page.ConditionState(found.Condition), Crumbs: []ui.Link{{Text: "Auflagen", URL: link.Conditions}, {Text: found.ServiceName}},
	}
	v := newShowView(found, who, f, late, wrong)
	v.Trail, v.Files = page.Trail(r, who, found.Trail), p.Proofs(found, who)
	return p.Shell.Render(w, r, who, status, head, show(v))
}
