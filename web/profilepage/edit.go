package profilepage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// place is the fact that a request is about, by its address.
type place struct {
	body   string
	kind   profile.Kind
	spec   profile.Spec
	angabe string // its id, or link.New
}

func placeOf(r *http.Request) (place, error) {
	at := place{body: chi.URLParam(r, "einheit"), kind: profile.Kind(link.KindOfSection(chi.URLParam(r, "bereich"))), angabe: chi.URLParam(r, "angabe")}
	var known bool
	if at.spec, known = at.kind.Spec(); !known {
		return at, fault.Missing()
	}
	return at, nil
}

// Edit shows the form for a fact, or for a new one.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	at, err := placeOf(r)
	if err != nil {
		return err
	}
	found, err := p.Profiles.Edit(r.Context(), who, at.body)
	if err != nil {
		return err
	}
	f, err := at.form(found)
	if err != nil {
		return err
	}
	f.Round = roundOf(r.URL.Query().Get(roundParam))
	return p.renderForm(w, r, who, http.StatusOK, found, at, newEditView(found, f, at.spec, nil))
}

// form is what the fact says now; of what a body has only once, the new one is the one there is.
func (at place) form(found *profile.Profile) (form, error) {
	if at.angabe == link.New {
		if there := found.Of(at.kind); at.spec.Single && len(there) > 0 {
			return stated(there[0], at.spec), nil
		}
		return form{ID: uuid.New(), Kind: at.kind, Details: map[string]string{}}, nil
	}
	id, err := uuid.Parse(at.angabe)
	if err != nil {
		return form{}, fault.Missing()
	}
	now, there := found.Find(id)
	if !there || now.Kind != at.kind {
		return form{}, fault.Missing()
	}
	return stated(now, at.spec), nil
}

// Save states a fact.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	at, err := placeOf(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, fieldsOf(at.spec)...)
	if err != nil {
		return err
	}
	f, err := readForm(sent, at.kind, at.spec, at.angabe)
	if err != nil {
		return err
	}
	if err = p.Profiles.Save(r.Context(), who, at.body, f.input(at.spec)); err == nil {
		return page.Redirect(w, r, f.back(at.body), page.FactSaved)
	}
	if fault.KindOf(err) == fault.Conflict {
		return p.clash(w, r, who, at, sent, f, err)
	}
	var wrong page.Errors
	if err := wrong.Merge(err); err != nil {
		return err
	}
	return p.again(w, r, who, http.StatusUnprocessableEntity, at, f.withoutKeys(), wrong, ui.AlertProps{})
}

// again shows the form with what was typed.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, status int, at place, f form, wrong page.Errors, late ui.AlertProps) error {
	found, err := p.Profiles.Edit(r.Context(), who, at.body)
	if err != nil {
		return err
	}
	if _, there := found.Find(f.ID); !there && f.Version > 0 && status != http.StatusConflict {
		return fault.Missing()
	}
	v := newEditView(found, f, at.spec, wrong)
	v.Late = late
	return p.renderForm(w, r, who, status, found, at, v)
}

// clash lays both states side by side. What was removed meanwhile may be stated anew.
func (p Pages) clash(w http.ResponseWriter, r *http.Request, who access.Actor, at place, sent page.Form, f form, cause error) error {
	found, err := p.Profiles.Edit(r.Context(), who, at.body)
	if err != nil {
		return err
	}
	now, there := found.Find(f.ID)
	if others := found.Of(at.kind); !there && at.spec.Single && len(others) > 0 {
		now, there = others[0], true
	}
	if !there {
		f.ID, f.Version, at.angabe = uuid.New(), 0, link.New
		late := ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: cause.Error() + " Speichern Sie noch einmal, wenn sie doch gebraucht wird."}
		return p.again(w, r, who, http.StatusConflict, at, f, nil, late)
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: at.head(found, who), Rows: clashRows(f, now, at.spec), Action: link.Fact(at.body, string(at.kind), now.ID.String()),
		Current: link.Profile(at.body), Form: sent, Version: now.Version, Trail: []audit.Event{{At: now.ConfirmedAt, Name: now.ConfirmedBy}},
	})
}

// Remove takes a fact out of the profile.
func (p Pages) Remove(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	at, err := placeOf(r)
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(at.angabe)
	if err != nil {
		return fault.Missing()
	}
	if err := p.Profiles.Remove(r.Context(), who, at.body, at.kind, id, version); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Profile(at.body), page.FactRemoved)
}

func (at place) head(found *profile.Profile, who access.Actor) ui.Page {
	heading := words[at.kind].form
	return ui.Page{Heading: heading, Meta: "Profil " + found.BodyName, Narrow: true, Crumbs: crumbs(found, who, heading)}
}

func (p Pages) renderForm(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found *profile.Profile, at place, v editView) error {
	head := at.head(found, who)
	return p.Shell.Render(w, r, who, status, head, edit(v))
}
