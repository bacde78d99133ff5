// Package experiencepage is where bodies learn from each other: the form with which a body releases what it learned, the
// list of what others released, and the button that takes it over as hints.
package experiencepage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/experience"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about experiences.
type Pages struct {
	Shell       page.Shell
	Experiences *experience.Service
}

// List shows what bodies released, of the service and the body that the URL names.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "leistung", "einheit")
	found, err := p.Experiences.List(r.Context(), who, experience.Filter{Service: q.Get("leistung"), Body: q.Get("einheit")})
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Erfahrungen", Meta: "Was Einheiten über ihren Weg freigegeben haben"}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(q, found, who)))
}

// New shows the form that releases something at a step, or of the whole way.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	at := whereOf(r, r.URL.Query().Get("aufgabe"))
	found, err := p.Experiences.Place(r.Context(), who, at)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, found, newShareView(found, form{ID: uuid.NewString()}, nil))
}

// Share shows first how others will read it, and releases it once that is confirmed.
func (p Pages) Share(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "aufgabe", "note", "files"+page.Many, "freigeben", "aendern")
	if err != nil {
		return err
	}
	f := readForm(sent)
	at := whereOf(r, sent.Text("aufgabe"))
	found, err := p.Experiences.Place(r.Context(), who, at)
	if err != nil {
		return err
	}
	draft, err := f.draft()
	if err != nil {
		return err
	}
	cause := draft.Check(found)
	if cause == nil && sent.Has("freigeben") {
		if cause = p.Experiences.Release(r.Context(), who, at, draft); cause == nil {
			return page.Redirect(w, r, link.Share(at.Body, at.Service, at.Step), page.ExperienceShared)
		}
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); cause != nil && err != nil {
		return err
	}
	v := newShareView(found, f, wrong)
	if len(wrong) > 0 {
		return p.render(w, r, who, http.StatusUnprocessableEntity, found, v)
	}
	v.Preview = !sent.Has("aendern")
	return p.render(w, r, who, http.StatusOK, found, v)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, at experience.Place, v shareView) error {
	c := at.Checklist
	meta := c.ServiceName + " · " + c.BodyName
	if at.StepTitle != "" {
		meta = at.StepTitle + " · " + meta
	}
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: "Erfahrung teilen", Meta: meta, Narrow: true,
		Crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services},
			{Text: c.ServiceName, URL: link.Service(c.ServiceSlug)},
			{Text: c.BodyName, URL: link.Checklist(c.BodyKey, c.ServiceSlug)},
			{Text: "Erfahrung teilen"},
		},
	}, share(v))
}

// Withdraw takes back what the own body released.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "erfahrung")
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Experiences.Withdraw(r.Context(), who, id); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Experiences, page.ExperienceWithdrawn)
}

// Take takes over what a body released of a service.
func (p Pages) Take(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "leistung", "einheit")
	if err != nil {
		return err
	}
	slug := sent.Text("leistung")
	if !sent.Has("leistung") || !sent.Has("einheit") {
		return fault.New(fault.Invalid, "Dem Formular fehlt die Einheit. Laden Sie die Seite neu.")
	}
	if err := p.Experiences.Take(r.Context(), who, slug, sent.Text("einheit")); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Checklist(who.Org.Key, slug), page.HintsTaken)
}

func whereOf(r *http.Request, step string) experience.Where {
	return experience.Where{Body: chi.URLParam(r, "einheit"), Service: chi.URLParam(r, "leistung"), Step: step}
}

// form is what was typed and ticked.
type form struct {
	ID, Note string
	Files    []string
}

func readForm(sent page.Form) form {
	return form{sent.Text("id"), sent.Text("note"), sent.All("files")}
}

func (f form) draft() (experience.Draft, error) {
	d := experience.Draft{Note: f.Note, Files: []uuid.UUID{}}
	id, err := page.FormID(f.ID)
	if err != nil {
		return d, err
	}
	d.ID = id
	for _, text := range f.Files {
		file, err := uuid.Parse(text)
		if err != nil {
			return d, fault.Missing()
		}
		d.Files = append(d.Files, file)
	}
	return d, nil
}
