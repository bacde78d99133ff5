// Package rollinpage shows the roll-in of a service over all bodies and lets the Land start it.
package rollinpage

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about a service's roll-in.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
}

// Show shows the Land's steps and the bodies that the reader may see.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Onboardings.LandSteps(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Roll-in: " + found.ServiceName, Crumbs: crumbs(found.ServiceName, found.ServiceSlug)}
	if found.StartedAt == nil {
		return p.Shell.Render(w, r, who, http.StatusOK, head, notStarted(newNotStartedView(found, who)))
	}
	head.Meta = "Gestartet am " + ui.Date(*found.StartedAt) + " · Vorlage " + found.TemplateName + ", Version " + ui.Number(int64(found.TemplateNo))
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newShowView(found, who)))
}

// Plan previews what starting the roll-in would do.
func (p Pages) Plan(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	found, err := p.Onboardings.Preview(r.Context(), who, slug)
	if err != nil {
		return err
	}
	if found.Started {
		return page.Redirect(w, r, link.Rollin(slug), page.NoFlash)
	}
	return p.renderPlan(w, r, who, http.StatusOK, newPlanView(found, form{}, nil), found)
}

// Start begins the roll-in, or shows the preview again with what is in the way.
func (p Pages) Start(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, "pilots", "start_on")
	if err != nil {
		return err
	}
	f := readForm(sent)
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = p.Onboardings.Start(r.Context(), who, slug, in); err == nil {
			return page.Redirect(w, r, link.Rollin(slug), page.Started)
		}
	}
	status := http.StatusConflict
	if fault.KindOf(err) != fault.Conflict {
		status = http.StatusUnprocessableEntity
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	found, readErr := p.Onboardings.Preview(r.Context(), who, slug)
	if readErr != nil {
		return readErr
	}
	v := newPlanView(found, f, wrong)
	if late, ok := errors.AsType[*fault.Fault](err); ok && late.Kind == fault.Conflict {
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Der Roll-in ist nicht von Ihnen gestartet", Text: late.Text}
	}
	return p.renderPlan(w, r, who, status, v, found)
}

func (p Pages) renderPlan(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v planView, found onboarding.Preview) error {
	head := ui.Page{
		Heading: "Roll-in vorbereiten", Meta: found.ServiceName, ErrorPrefix: status != http.StatusOK,
		Crumbs: append(crumbs(found.ServiceName, found.ServiceSlug)[:2], ui.Link{Text: "Roll-in vorbereiten"}),
	}
	return p.Shell.Render(w, r, who, status, head, plan(v))
}

func crumbs(name, slug string) []ui.Link {
	return []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: name, URL: link.Service(slug)}, {Text: "Roll-in"}}
}
