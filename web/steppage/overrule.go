package steppage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Overrule asks whether one service does without a basis step.
func (p Pages) Overrule(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderOverrule(w, r, who, http.StatusOK, overruleForm{}, nil, nil)
}

// SaveOverrule notes that one service does without a basis step, or needs it again.
func (p Pages) SaveOverrule(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	body, slug, key := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt")
	sent, err := page.ReadForm(w, r, "version", "needed", "reason")
	if err != nil {
		return err
	}
	f := overruleForm{Needed: sent.Has("needed"), Reason: sent.Text("reason")}
	if f.Version, err = sent.Version(); err != nil {
		return err
	}
	err = p.Onboardings.Overrule(r.Context(), who, body, slug, key, onboarding.OverruleInput(f))
	if err == nil {
		return page.Redirect(w, r, link.Step(body, slug, key), page.Saved)
	}
	if fault.KindOf(err) == fault.Conflict {
		return p.renderOverrule(w, r, who, http.StatusConflict, f, nil, err)
	}
	var wrong page.Errors
	if err := wrong.Merge(err); err != nil {
		return err
	}
	return p.renderOverrule(w, r, who, http.StatusUnprocessableEntity, f, wrong, nil)
}

func (p Pages) renderOverrule(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f overruleForm, wrong page.Errors, late error) error {
	t, err := p.Onboardings.Task(r.Context(), who, chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt"), 0)
	if err != nil {
		return err
	}
	if f.Version == 0 || late != nil {
		f.Version = t.Checklist.Version
	}
	s := ofTask(t, who)
	head := ui.Page{
		Heading: "Ausnahme für eine Leistung", Meta: s.Title + " · " + s.place, Narrow: true,
		Crumbs: append(s.crumbs[:len(s.crumbs)-1:len(s.crumbs)-1], ui.Link{Text: "Aufgabe " + s.Number, URL: s.url}, ui.Link{Text: "Ausnahme"}),
	}
	v := newOverruleView(t, who, f, wrong)
	if late != nil {
		v.Late = page.NotSaved(late)
	}
	return p.Shell.Render(w, r, who, status, head, overrule(v))
}

// overruleForm is what was typed about whether one service needs a basis step.
type overruleForm struct {
	Version int64
	Needed  bool
	Reason  string
}

type overruleView struct {
	Late          ui.AlertProps
	Errors        []ui.FieldError
	URL, Version  string
	Possible      bool
	Text, Service string
	Back          bool // it is an exception already, and can be taken back
	Reason        ui.Field
	ToStep        ui.Link
}

func newOverruleView(t onboarding.Task, who access.Actor, f overruleForm, wrong page.Errors) overruleView {
	c := t.Checklist
	v := overruleView{
		Errors: wrong.Summary(), URL: link.Overrule(c.BodyKey, c.ServiceSlug, t.Key), Version: strconv.FormatInt(f.Version, 10),
		Possible: c.CanOverrule(who, t.Step), Service: c.ServiceName, Back: t.Overruled,
		Reason: ui.Field{Name: "reason", Label: "Warum braucht " + c.ServiceName + " das nicht?", Value: f.Reason, Rows: 3, MaxLength: 2000, Hint: "Das Land liest den Grund mit.", Error: wrong.For("reason")},
		ToStep: ui.Link{Text: "Zur Aufgabe", URL: link.Step(c.BodyKey, c.ServiceSlug, t.Key)},
	}
	switch {
	case t.Overruled:
		v.Text = "„" + t.Title + "“ zählt für diese Leistung nicht mit. Grund: " + t.Reason
	case t.Unneeded:
		v.Text = t.Reason
	case t.Scope != template.Basis:
		v.Text = "Das ist keine Basisaufgabe. Was für sie gilt, sagen Sie auf der Seite der Aufgabe."
	case !v.Possible:
		v.Text = "Das ist zurzeit nicht möglich: Die Anbindung ruht, oder eine andere Stelle ist zuständig."
	default:
		v.Text = "„" + t.Title + "“ gilt für alle Leistungen Ihrer Einheit. Eine Ausnahme gilt nur für diese Leistung: Die Aufgabe zählt dort nicht mehr mit."
	}
	return v
}
