// Package planpage leads the Land through the plan of a roll-in, part by part, up to its start.
package planpage

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/planning"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the parts of a plan, and the letters that came of it.
type Pages struct {
	Shell page.Shell
	Plans *planning.Service
}

// Begin shows the first part.
func (p Pages) Begin(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, parts[0])
}

// Show shows a part of the plan.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	part, known := partOf(chi.URLParam(r, "teil"))
	if !known {
		return fault.Missing()
	}
	return p.show(w, r, who, part)
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, who access.Actor, part part) error {
	slug := chi.URLParam(r, "leistung")
	plan, err := p.Plans.Plan(r.Context(), who, slug)
	if err != nil {
		return err
	}
	if plan.Started {
		return page.Redirect(w, r, link.Rollin(slug), page.NoFlash)
	}
	return p.render(w, r, who, http.StatusOK, part, plan, newForm(plan, part).read(r.URL.Query()), nil)
}

// Save keeps a part and goes on to the next, or stays to add, remove or compute something.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	part, known := partOf(chi.URLParam(r, "teil"))
	if !known || part.save == nil {
		return fault.Missing()
	}
	plan, err := p.Plans.Plan(r.Context(), who, slug)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, fieldsOf(plan)...)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := newForm(plan, part)
	f.fill(sent)
	if f.Act == actAdd || f.remove >= 0 {
		return p.render(w, r, who, http.StatusOK, part, plan, f, nil)
	}
	in, wrong := f.input(part)
	if len(wrong) == 0 {
		if err = part.save(p.Plans, r.Context(), who, slug, version, in); err == nil {
			return page.Redirect(w, r, f.next(slug, part), page.NoFlash)
		}
		if fault.KindOf(err) == fault.Conflict {
			return p.clash(w, r, who, part, slug, in, sent, err)
		}
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, part, plan, f, wrong)
}

// clash sets what was entered beside what somebody else saved meanwhile.
func (p Pages) clash(w http.ResponseWriter, r *http.Request, who access.Actor, part part, slug string, in planning.Input, sent page.Form, cause error) error {
	plan, err := p.Plans.Plan(r.Context(), who, slug)
	if err != nil {
		return err
	}
	if plan.Started || plan.Changer == "" {
		return cause
	}
	c := page.Clash{Page: head(plan, part), Action: link.PlanRollin(slug, part.Key), Current: link.PlanRollin(slug, part.Key), Form: sent, Version: plan.Version, Trail: []audit.Event{{At: plan.ChangedAt, Name: plan.Changer}}}
	theirs := map[string]string{}
	for _, l := range plan.Describe(plan.Draft) {
		theirs[l.Field] = l.Value
	}
	for _, l := range plan.Describe(plan.Try(in)) {
		c.Rows = append(c.Rows, ui.ConflictRow{Field: l.Field, Mine: l.Value, Theirs: theirs[l.Field]})
	}
	return p.Shell.RenderClash(w, r, who, c)
}

// Start begins the roll-in as it is planned, or says on the preview why not.
func (p Pages) Start(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	err = p.Plans.Start(r.Context(), who, slug, version)
	if err == nil {
		return page.Redirect(w, r, link.Rollin(slug), page.Started)
	}
	status := http.StatusConflict
	late, known := errors.AsType[*fault.Fault](err)
	switch {
	case !known || late.Kind != fault.Conflict && late.Kind != fault.Invalid:
		return err
	case late.Kind == fault.Invalid:
		status = http.StatusUnprocessableEntity
	}
	plan, readErr := p.Plans.Plan(r.Context(), who, slug)
	if readErr != nil {
		return readErr
	}
	part, _ := partOf(previewKey)
	f := newForm(plan, part)
	f.Late = late.Text
	if len(late.Fields) > 0 {
		f.Late = late.Fields[0].Text
	}
	return p.render(w, r, who, status, part, plan, f, nil)
}

// Letter shows the letter that a body got.
func (p Pages) Letter(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	l, err := p.Plans.Letter(r.Context(), who, chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	crumbs := []ui.Link{{Text: "Kommunen", URL: link.Bodies}, {Text: l.BodyName, URL: link.Body(l.BodyKey)}, {Text: l.ServiceName, URL: link.Checklist(l.BodyKey, l.ServiceSlug)}, {Text: "Informationsschreiben"}}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Informationsschreiben", Crumbs: crumbs, Narrow: true}, sentLetter(newLetterView(l)))
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, part part, plan *planning.Plan, f form, wrong page.Errors) error {
	h := head(plan, part)
	return p.Shell.Render(w, r, who, status, h, part.view(newView(plan, part, f, wrong)))
}

func head(plan *planning.Plan, part part) ui.Page {
	return ui.Page{
		Heading: "Roll-in vorbereiten", Title: part.Title + ": Roll-in vorbereiten", Meta: plan.ServiceName,
		Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: plan.ServiceName, URL: link.Service(plan.ServiceSlug)}, {Text: "Roll-in vorbereiten"}},
	}
}
