// Package evidencepage takes files in, lists them on the page of what they belong to, and hands them out: as evidence of
// a step, as papers of a review, as proof of an Auflage.
package evidencepage

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/evidence"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about files.
type Pages struct {
	Shell       page.Shell
	Evidence    *evidence.Service
	Onboardings *onboarding.Service
	Decisions   *decision.Service
	Conditions  *condition.Service
	Slots       Slots
}

// Panel is what the page of a step shows of its files; nil if there is nothing to show this reader.
func (p Pages) Panel(t onboarding.Task, who access.Actor) templ.Component {
	v := newPanelView(t, who)
	if len(v.Files) == 0 && v.Form.URL == "" {
		return nil
	}
	return panel(v)
}

// New shows the form for a file on a page of its own.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	t, err := p.task(r, who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, t, newUploadView(t, who, form{}))
}

// Upload stores a file. Whether the step is there is asked before anything is read.
func (p Pages) Upload(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	t, err := p.task(r, who)
	if err != nil {
		return err
	}
	f, err := p.receive(w, r, "file", "valid_until")
	if err != nil {
		return err
	}
	defer f.close()
	added := false
	if len(f.wrong) == 0 {
		added, err = p.Evidence.Add(r.Context(), who, place(r), f.file, f.until)
	}
	switch {
	case fault.KindOf(err) == fault.Conflict:
		v := newUploadView(t, who, f)
		v.Late = late(err)
		return p.render(w, r, who, http.StatusConflict, t, v)
	case err != nil:
		if err = f.wrong.Merge(err); err != nil {
			return err
		}
	}
	step := link.Step(place(r).Body, place(r).Slug, place(r).Key)
	switch {
	case len(f.wrong) > 0:
		return p.render(w, r, who, http.StatusUnprocessableEntity, t, newUploadView(t, who, f))
	case !added:
		return page.Redirect(w, r, step, page.FileKnown)
	}
	return page.Redirect(w, r, step, page.FileAdded)
}

// receive reads an upload as soon as there is a slot for it, which it keeps until the form is closed.
func (p Pages) receive(w http.ResponseWriter, r *http.Request, fields ...string) (form, error) {
	if err := p.Slots.take(r.Context()); err != nil {
		w.Header().Set("Retry-After", retryAfter)
		return form{}, err
	}
	f, err := readForm(w, r, fields...)
	if err != nil {
		p.Slots.give()
		return form{}, err
	}
	f.give = p.Slots.give
	return f, nil
}

// Delete takes a file away. There is nothing to fill in, so no form is read.
func (p Pages) Delete(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "nachweis")
	if err != nil {
		return err
	}
	at := place(r)
	if err := p.Evidence.Remove(r.Context(), who, at, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Step(at.Body, at.Slug, at.Key), page.FileGone)
}

func (p Pages) task(r *http.Request, who access.Actor) (onboarding.Task, error) {
	at := place(r)
	return p.Onboardings.Task(r.Context(), who, at.Body, at.Slug, at.Key, 1)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, t onboarding.Task, v uploadView) error {
	c := t.Checklist
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: uploadHeading, Meta: "Aufgabe " + t.Number + ", " + t.Title + " · " + c.ServiceName + " · " + c.BodyName,
		Narrow: true,
		Crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services},
			{Text: c.ServiceName, URL: link.Service(c.ServiceSlug)},
			{Text: c.BodyName, URL: link.Checklist(c.BodyKey, c.ServiceSlug)},
			{Text: "Aufgabe " + t.Number, URL: v.Back.URL},
			{Text: uploadHeading},
		},
	}, upload(v))
}

func place(r *http.Request) evidence.Place {
	return evidence.Place{Body: chi.URLParam(r, "einheit"), Slug: chi.URLParam(r, "leistung"), Key: chi.URLParam(r, "schritt")}
}

func late(cause error) ui.AlertProps {
	return ui.AlertProps{Tone: ui.Warning, Heading: "Die Datei ist nicht gespeichert", Text: fault.Text(cause)}
}
