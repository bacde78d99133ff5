package eventpage

import (
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/event"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// New shows the form of a new event.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderNew(w, r, who, http.StatusOK, form{ID: uuid.NewString(), Kind: string(event.Consultation)}, nil)
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, wrong page.Errors) error {
	choices, err := p.Events.Form(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Termin ansetzen", Narrow: true, Crumbs: []ui.Link{{Text: heading, URL: link.Events}, {Text: "Termin ansetzen"}},
	}
	v := newFormView(f, choices, wrong)
	v.URL, v.Back, v.Submit, v.New = link.Events, link.Events, "Ansetzen und einladen", true
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

// Create plans an event.
func (p Pages) Create(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	in, wrong := f.input()
	if in.ID, err = page.FormID(f.ID); err != nil {
		return err
	}
	if len(wrong) == 0 {
		cause := p.Events.Plan(r.Context(), who, in)
		if cause == nil {
			return page.Redirect(w, r, link.Event(in.ID), page.EventPlanned)
		}
		if err := wrong.Merge(cause); err != nil {
			return err
		}
	}
	return p.renderNew(w, r, who, http.StatusUnprocessableEntity, f, wrong)
}

// Edit shows the form of an event.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	found, choices, err := p.Events.ShowToEdit(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusOK, found, choices, formOf(found), nil)
}

func (p Pages) renderEdit(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found event.Shown, c event.Choices, f form, wrong page.Errors) error {
	head := headOf(found.Event)
	head.Narrow = true
	v := newFormView(f, c, wrong)
	v.URL, v.Back, v.Submit = link.Event(found.ID), link.Event(found.ID), "Speichern"
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

// Save changes an event.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	in, wrong := f.input()
	in.ID = id
	if in.Version, err = sent.Version(); err != nil {
		return err
	}
	var cause error
	if len(wrong) == 0 {
		if cause = p.Events.Save(r.Context(), who, in); cause == nil {
			return page.Redirect(w, r, link.Event(id), page.Saved)
		}
	}
	found, choices, err := p.Events.ShowToEdit(r.Context(), who, id)
	if err != nil {
		return err
	}
	if fault.KindOf(cause) == fault.Conflict {
		return p.Shell.RenderClash(w, r, who, page.Clash{
			Page: headOf(found.Event), Rows: f.rows(found), Action: link.Event(id), Current: link.Event(id), Form: sent, Version: found.Version,
		})
	}
	if _, err := wrong.Status(cause); err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusUnprocessableEntity, found, choices, f, wrong)
}
