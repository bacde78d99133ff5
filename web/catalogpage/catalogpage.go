// Package catalogpage shows the catalogue of EfA services and lets the Land keep it.
package catalogpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the catalogue.
type Pages struct {
	Shell     page.Shell
	Catalog   *catalog.Catalog
	Dashboard *dashboard.Service
}

// List shows the services that the filters in the URL leave.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "suche", "ressort", "themenfeld", "stand", "betrifft")
	found, choices, err := p.Catalog.List(r.Context(), who, catalog.Filter{
		Query: q.Get("suche"), Ministry: q.Get("ressort"), Topic: q.Get("themenfeld"), State: stateKeys[q.Get("stand")], Concerns: q.Get("betrifft") == concernsUs,
		Sort: q.Sort(), Page: q.Page(),
	})
	if err != nil {
		return err
	}
	v := newListView(q, found, choices, who)
	head := ui.Page{Heading: "Leistungen", Meta: v.Meta}
	if who.Can(access.ServiceCreate) {
		head.Actions = []ui.Action{{Text: "Leistung anlegen", URL: link.NewService}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(v))
}

// Show shows one service: Steckbrief, decision, roll-in, history.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Org.IsBody() {
		return p.showBody(w, r, who)
	}
	found, err := p.Catalog.Show(r.Context(), who, chi.URLParam(r, "leistung"), page.TrailLimit(r))
	if err != nil {
		return err
	}
	v := newShowView(found, who)
	v.Trail = page.Trail(r, who, found.Trail)
	return p.renderShown(w, r, who, found.Listed, v)
}

// showBody shows a town who else has its Fachverfahren, in place of how the catalogue's entry came about.
func (p Pages) showBody(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, peers, err := p.Dashboard.BodyService(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	v := newShowView(catalog.Shown{Listed: found}, who)
	if found.RollinStarted != nil {
		v.Peers = newPeersView(found, peers, who)
	}
	return p.renderShown(w, r, who, found, v)
}

func (p Pages) renderShown(w http.ResponseWriter, r *http.Request, who access.Actor, found catalog.Listed, v showView) error {
	head := ui.Page{
		Heading: found.Name, Meta: v.Meta, State: landViewFor(found, who),
		Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: found.Name}},
	}
	if v.MayEdit {
		head.Actions = []ui.Action{{Text: "Angaben bearbeiten", URL: link.EditService(found.Slug)}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(v))
}

// New shows the empty form.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	blank, err := p.Catalog.Blank(r.Context(), who)
	if err != nil {
		return err
	}
	return p.renderNew(w, r, who, http.StatusOK, newForm(uuid.NewString()), blank, nil)
}

// Create adds a service, or shows the form again with what is wrong.
func (p Pages) Create(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, formFields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	fields, wrong := f.fields()
	id, err := page.FormID(f.ID)
	if err != nil {
		return err
	}
	if len(wrong) == 0 {
		slug, err := p.Catalog.Create(r.Context(), who, catalog.Draft{ID: id, Fields: fields, Bodies: f.Bodies})
		if err == nil {
			return page.Redirect(w, r, link.Service(slug), page.Created)
		}
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	blank, err := p.Catalog.Blank(r.Context(), who)
	if err != nil {
		return err
	}
	return p.renderNew(w, r, who, http.StatusUnprocessableEntity, f, blank, wrong)
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, blank catalog.Editable, wrong page.Errors) error {
	head := ui.Page{
		Heading: "Leistung anlegen", Narrow: true,
		Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: "Leistung anlegen"}},
	}
	return p.Shell.Render(w, r, who, status, head, edit(newFormView(f, blank, wrong, link.Services, link.Services)))
}

// Edit shows the form for a service.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Catalog.Edit(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusOK, formOf(found), found, nil)
}

// Save changes a service, shows the form again with what is wrong, or what somebody else saved meanwhile.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, formFields...)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := readForm(sent)
	fields, wrong := f.fields()
	if who.Reach(access.ServiceEdit) == access.Responsible {
		wrong = nil // a ministry sends its note alone
	}
	if len(wrong) == 0 {
		err := p.Catalog.Save(r.Context(), who, slug, catalog.Edit{Version: version, Fields: fields, Bodies: f.Bodies})
		switch {
		case err == nil:
			return page.Redirect(w, r, link.Service(slug), page.Saved)
		case fault.KindOf(err) == fault.Conflict:
			return p.renderClash(w, r, who, slug, sent, f)
		}
		if err := wrong.Merge(err); err != nil {
			return err
		}
	}
	found, err := p.Catalog.Edit(r.Context(), who, slug)
	if err != nil {
		return err
	}
	f.Version = version
	return p.renderEdit(w, r, who, http.StatusUnprocessableEntity, f, found, wrong)
}

func (p Pages) renderEdit(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, found catalog.Editable, wrong page.Errors) error {
	head := ui.Page{Heading: "Angaben bearbeiten", Meta: found.Name, Narrow: true, Crumbs: editCrumbs(found)}
	v := newFormView(f, found, wrong, link.Service(found.Slug), link.Service(found.Slug))
	v.NoteOnly = who.Reach(access.ServiceEdit) == access.Responsible
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

func editCrumbs(s catalog.Editable) []ui.Link {
	return []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: s.Name, URL: link.Service(s.Slug)}, {Text: "Angaben bearbeiten"}}
}

func (p Pages) renderClash(w http.ResponseWriter, r *http.Request, who access.Actor, slug string, sent page.Form, mine form) error {
	now, err := p.Catalog.Edit(r.Context(), who, slug)
	if err != nil {
		return err
	}
	shown, err := p.Catalog.Show(r.Context(), who, slug, 1)
	if err != nil {
		return err
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: ui.Page{Heading: "Angaben bearbeiten", Meta: now.Name, Crumbs: editCrumbs(now)},
		Rows: clashRows(mine, formOf(now), now, who.Reach(access.ServiceEdit) == access.Responsible), Action: link.Service(slug), Current: link.Service(slug),
		Form: sent, Version: now.Version, Trail: shown.Trail,
	})
}

// Publish shows a service to everybody in the Land.
func (p Pages) Publish(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	if err := p.Catalog.Publish(r.Context(), who, slug, version); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Service(slug), page.Published)
}
