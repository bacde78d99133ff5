// Package pilotpage shows a call for pilots: the Land publishes it and chooses, bodies apply.
package pilotpage

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/pilot"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the page of a call and what is done there.
type Pages struct {
	Shell  page.Shell
	Pilots *pilot.Service
}

// Show shows the newest call for a service.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, http.StatusOK, form{}, nil, nil)
}

// Publish opens a call.
func (p Pages) Publish(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "text", "closes_on", "places")
	if err != nil {
		return err
	}
	f := form{ID: sent.Text("id"), Text: sent.Text("text"), ClosesOn: sent.Text("closes_on"), Places: sent.Text("places")}
	draft, wrong := f.draft()
	if len(wrong) == 0 {
		err = p.Pilots.Publish(r.Context(), who, slugOf(r), draft)
	}
	return p.answer(w, r, who, page.Saved, f, wrong, err)
}

// Apply takes a body's application.
func (p Pages) Apply(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "sentence")
	if err != nil {
		return err
	}
	f := form{ID: sent.Text("id"), Sentence: sent.Text("sentence")}
	call, err := uuid.Parse(f.ID)
	if err != nil {
		return errForged
	}
	return p.answer(w, r, who, page.Saved, f, nil, p.Pilots.Apply(r.Context(), who, slugOf(r), call, f.Sentence))
}

// Withdraw takes an application back.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	return p.answer(w, r, who, page.Saved, form{}, nil, p.Pilots.Withdraw(r.Context(), who, slugOf(r)))
}

// Choose keeps the Land's choice.
func (p Pages) Choose(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	now, err := p.Pilots.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, choiceFields(now)...)
	if err != nil {
		return err
	}
	f := readChoices(sent)
	call, err := uuid.Parse(f.ID)
	if err != nil {
		return errForged
	}
	return p.answer(w, r, who, page.Saved, f, nil, p.Pilots.Choose(r.Context(), who, slugOf(r), call, f.choices()))
}

var errForged = fault.New(fault.Invalid, "Dem Formular fehlt, auf welchen Aufruf es sich bezieht. Laden Sie die Seite neu.")

// answer leads on after a success, or shows the page again with what was typed and why it does not hold.
func (p Pages) answer(w http.ResponseWriter, r *http.Request, who access.Actor, done page.Flash, f form, wrong page.Errors, err error) error {
	if err == nil && len(wrong) == 0 {
		return page.Redirect(w, r, link.PilotCall(slugOf(r)), done)
	}
	if late, known := errors.AsType[*fault.Fault](err); known && late.Kind == fault.Conflict {
		return p.render(w, r, who, http.StatusConflict, f, late, nil)
	}
	if err != nil {
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, f, nil, wrong)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, late *fault.Fault, wrong page.Errors) error {
	found, err := p.Pilots.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Aufruf für Pilotkommunen", Meta: found.ServiceName,
		Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: found.ServiceName, URL: link.Service(found.ServiceSlug)}, {Text: "Pilotkommunen"}},
	}
	return p.Shell.Render(w, r, who, status, head, show(newView(found, who, f, late, wrong)))
}

func slugOf(r *http.Request) string { return chi.URLParam(r, "leistung") }
