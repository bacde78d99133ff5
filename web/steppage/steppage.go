// Package steppage shows one step and lets people say what became of it: a task of a body's checklist, or a step that
// the Land does once for a service. Both look alike and follow the same rules.
package steppage

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
)

// Pages are the pages about one step.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
	Files       func(onboarding.Task, access.Actor) templ.Component // the files of a task, nil if there is nothing to show
	Talk        func(onboarding.Task, access.Actor) templ.Component // its questions, nil if there is nothing to show
}

// Task shows a task of a body.
func (p Pages) Task(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, p.task)
}

// ChangeTask says what became of a task of a body.
func (p Pages) ChangeTask(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug, key := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	return p.change(w, r, who, changing{link.Checklist(body, slug), p.task, func(in onboarding.StepInput) error {
		return p.Onboardings.ChangeStep(r.Context(), who, body, slug, key, in)
	}})
}

// ReviewTask accepts or returns a task that others have submitted.
func (p Pages) ReviewTask(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug, key := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	return p.change(w, r, who, changing{link.ToCheck(), p.task, func(in onboarding.StepInput) error {
		return p.Onboardings.ReviewStep(r.Context(), who, body, slug, key, in)
	}})
}

// LandStep shows a step of the Land.
func (p Pages) LandStep(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, p.landStep)
}

// ChangeLandStep says what became of a step of the Land.
func (p Pages) ChangeLandStep(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug, key := chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	return p.change(w, r, who, changing{link.Rollin(slug), p.landStep, func(in onboarding.StepInput) error {
		return p.Onboardings.ChangeLandStep(r.Context(), who, slug, key, in)
	}})
}

// loader reads the step that a request is about.
type loader func(r *http.Request, who access.Actor) (subject, error)

func (p Pages) task(r *http.Request, who access.Actor) (subject, error) {
	t, err := p.Onboardings.Task(r.Context(), who, chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt"), page.TrailLimit(r))
	if err != nil {
		return subject{}, err
	}
	s := ofTask(t, who)
	s.files, s.talk = p.Files(t, who), p.Talk(t, who)
	return s, nil
}

func (p Pages) landStep(r *http.Request, who access.Actor) (subject, error) {
	rollin, step, err := p.Onboardings.LandStep(r.Context(), who, chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt"), page.TrailLimit(r))
	if err != nil {
		return subject{}, err
	}
	return ofLand(rollin, step), nil
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, who access.Actor, load loader) error {
	s, err := load(r, who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, s, newStepView(s, blank(s.Step), nil))
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, s subject, v stepView) error {
	v.Trail = page.Trail(r, who, s.Trail)
	head := s.head()
	return p.Shell.Render(w, r, who, status, head, step(v))
}

// changing is a change of a step: where it leads once it is saved, how the step is read and how it is saved.
type changing struct {
	done string
	load loader
	save func(onboarding.StepInput) error
}

// change reads the form and saves. What is wrong comes back with the form; what somebody else saved meanwhile is laid
// beside it.
func (p Pages) change(w http.ResponseWriter, r *http.Request, who access.Actor, c changing) error {
	sent, err := page.ReadForm(w, r, formFields...)
	if err != nil {
		return err
	}
	f, err := readForm(sent)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = c.save(in); err == nil {
			return page.Redirect(w, r, sent.Return(c.done), saved(f.To, c.done))
		}
	}
	if fault.KindOf(err) == fault.Conflict {
		return p.late(w, r, who, c.load, sent, f, err)
	}
	if err := wrong.Merge(err); err != nil {
		return err
	}
	s, err := c.load(r, who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, s, newStepView(s, f, wrong))
}

// saved is what the next page says.
func saved(to onboarding.StepState, done string) page.Flash {
	switch {
	case to == onboarding.Submitted:
		return page.InReview
	case to == onboarding.Returned:
		return page.SentBack
	case to == onboarding.Done && done == link.ToCheck():
		return page.Accepted
	}
	return page.StepDone
}

// late answers 409. If the step still can become what was wanted, both states stand side by side; if not, its page
// says why, with what was typed.
func (p Pages) late(w http.ResponseWriter, r *http.Request, who access.Actor, load loader, sent page.Form, f form, cause error) error {
	s, err := load(r, who)
	if err != nil {
		return err
	}
	if s.Version != f.Version && s.offers(f.To) {
		return p.Shell.RenderClash(w, r, who, page.Clash{
			Page: s.head(), Rows: clashRows(f, s.Step), Action: s.form, Current: s.url, Form: sent, Version: s.Version, Trail: s.Trail,
		})
	}
	v := newStepView(s, f, nil)
	v.Late = page.NotSaved(cause)
	v.Late.Body = typed(f.facts())
	return p.render(w, r, who, http.StatusConflict, s, v)
}
