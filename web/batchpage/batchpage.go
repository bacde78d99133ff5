// Package batchpage changes many tasks in one act: what was ticked is previewed, then saved under one number, and can be
// undone for a while. The ticks come from any page that lists tasks: the queue of a provider, or one step of a service
// over all bodies, which stands here, too.
package batchpage

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about many tasks.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
}

// Preview shows what would become of the ticked tasks. It changes nothing.
func (p Pages) Preview(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readForm(w, r)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) > 0 {
		return p.askAgain(w, r, who, f, wrong)
	}
	found, err := p.Onboardings.PreviewMany(r.Context(), who, in)
	if err != nil {
		if err := wrong.Merge(err); err != nil {
			return err
		}
		return p.askAgain(w, r, who, f, wrong)
	}
	v := newPreview(found, f, f.back(who, in.Steps))
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: v.Title, Meta: "Noch ist nichts gespeichert", Crumbs: v.crumbs("Vorschau")}, preview(v))
}

// askAgain shows what was ticked and typed once more, with what is wrong about it.
func (p Pages) askAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f form, wrong page.Errors) error {
	if len(f.Cells) > 0 {
		return p.choose(w, r, who, f, wrong)
	}
	v := again{Errors: wrong.Summary(), Values: f.values(), Ask: f.fields(wrong), Back: f.back(who, f.Steps)}
	head := ui.Page{Heading: "Mehrere Aufgaben ändern", Meta: ui.Count(len(f.Steps), "Aufgabe", "Aufgaben") + " angekreuzt"}
	if len(f.Steps) == 0 {
		head.Meta = "Keine Aufgabe ist angekreuzt"
		v.Typed = f.Evidence
	}
	return p.Shell.Render(w, r, who, http.StatusUnprocessableEntity, head, askAgain(v))
}

// Change saves the ticked tasks and leads to the page of the batch. If none can change, it says why.
func (p Pages) Change(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readForm(w, r)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) > 0 {
		return p.askAgain(w, r, who, f, wrong)
	}
	no, found, err := p.Onboardings.ChangeMany(r.Context(), who, in)
	if err != nil {
		if err := wrong.Merge(err); err != nil {
			return err
		}
		return p.askAgain(w, r, who, f, wrong)
	}
	if no > 0 {
		if f.Matrix != nil {
			return page.Redirect(w, r, link.MatrixAfter(*f.Matrix, no), page.NoFlash)
		}
		return page.Redirect(w, r, link.Batch(no), page.ManyDone)
	}
	v := newPreview(found, f, f.back(who, in.Steps))
	return p.Shell.Render(w, r, who, http.StatusConflict, ui.Page{Heading: "Nichts ist gespeichert", Crumbs: v.crumbs("Ergebnis")}, preview(v))
}

// Show shows what a batch changed and left out, and lets it be undone.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, http.StatusOK, "")
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, who access.Actor, status int, late string) error {
	b, err := p.Onboardings.Batch(r.Context(), who, numberOf(r))
	if err != nil {
		return err
	}
	v := newShow(b, who)
	v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Das geht nicht mehr", Text: late}
	head := ui.Page{Heading: v.Title, Meta: v.Meta, Crumbs: v.crumbs("Sammeländerung Nr. " + strconv.Itoa(b.No))}
	return p.Shell.Render(w, r, who, status, head, show(v))
}

// Undo makes the tasks of a batch again what they were.
func (p Pages) Undo(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, page.ViewField)
	if err != nil {
		return err
	}
	err = p.Onboardings.UndoMany(r.Context(), who, numberOf(r))
	if late, known := errors.AsType[*fault.Fault](err); known && late.Kind == fault.Conflict {
		return p.show(w, r, who, http.StatusConflict, late.Text)
	}
	if err != nil {
		return err
	}
	if view := sent.All(page.ViewField); len(view) > 0 {
		return page.Redirect(w, r, link.MatrixAfter(view[0], 0), page.ManyUndone)
	}
	return page.Redirect(w, r, link.Batch(numberOf(r)), page.ManyUndone)
}

// numberOf is the number that the URL names; 0, which nothing has, if it is none.
func numberOf(r *http.Request) int {
	no, err := strconv.ParseInt(chi.URLParam(r, "sammelaenderung"), 10, 32)
	if err != nil {
		return 0
	}
	return int(no)
}

// back leads to the matrix that the act began on, or to where the tasks were ticked.
func (f form) back(who access.Actor, steps []onboarding.Address) ui.Link {
	if f.Matrix != nil {
		return ui.Link{Text: "Matrix", URL: link.MatrixAfter(*f.Matrix, 0)}
	}
	return back(who, steps)
}

// back leads to where the tasks were ticked: a provider's queue, the step over all bodies, if it is one of one service, or
// else the start.
func back(who access.Actor, steps []onboarding.Address) ui.Link {
	if who.Role == access.Provider {
		return ui.Link{Text: "Warteschlange", URL: link.Home}
	}
	start := ui.Link{Text: "Aufgaben", URL: link.Tasks}
	for _, a := range steps {
		if a.Service != steps[0].Service || a.Key != steps[0].Key {
			return start
		}
	}
	if len(steps) == 0 {
		return start
	}
	return ui.Link{Text: "Ein Schritt, viele Einheiten", URL: link.StepOfBodies(steps[0].Service, steps[0].Key)}
}
