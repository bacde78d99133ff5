package registerpage

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/register"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// New shows the form of a new entry; the URL may name an obstacle or a service that it is about.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f := form{ID: uuid.NewString()}
	if no, err := strconv.ParseInt(r.URL.Query().Get("huerde"), 10, 32); err == nil && no > 0 {
		f.Obstacles = strconv.FormatInt(no, 10)
	}
	if slug := r.URL.Query().Get("leistung"); slug != "" {
		f.Services = []string{slug}
	}
	return p.renderNew(w, r, who, http.StatusOK, f, nil)
}

// Create adds an entry.
func (p Pages) Create(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	in, unread, err := f.input()
	if err != nil {
		return err
	}
	no, cause := p.Register.Enter(r.Context(), who, in)
	if cause == nil {
		return page.Redirect(w, r, link.Matter(no), page.MatterEntered)
	}
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	return p.renderNew(w, r, who, http.StatusUnprocessableEntity, f, complaints(wrong, unread))
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, wrong page.Errors) error {
	choices, err := p.Register.Form(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Grundsatzentscheidung eintragen", Narrow: true,
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: heading, URL: link.Register}, {Text: "Eintragen"}},
	}
	v := newFormView(f, choices, wrong)
	v.URL, v.Back, v.Submit = link.Register, link.Register, "Eintragen"
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

// Edit shows the form of an open entry.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	d, choices, err := p.Register.ShowToEdit(r.Context(), who, no)
	if fault.KindOf(err) == fault.Conflict {
		return p.late(w, r, who, no, err, nil)
	}
	if err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusOK, d.Matter, formOf(d), choices, nil)
}

func (p Pages) renderEdit(w http.ResponseWriter, r *http.Request, who access.Actor, status int, m register.Matter, f form, choices register.Choices, wrong page.Errors) error {
	head := headOf(m)
	head.Narrow = true
	v := newFormView(f, choices, wrong)
	v.URL, v.Back, v.Submit = link.Matter(m.No), link.Matter(m.No), "Speichern"
	return p.Shell.Render(w, r, who, status, head, edit(v))
}

// Save changes an open entry.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	in, unread, err := f.input()
	if err != nil {
		return err
	}
	if in.Version, err = sent.Version(); err != nil {
		return err
	}
	cause := p.Register.Save(r.Context(), who, no, in)
	switch fault.KindOf(cause) {
	case fault.Conflict:
		return p.saveLate(w, r, who, no, cause, f, sent)
	case fault.Invalid:
		return p.saveAgain(w, r, who, no, cause, f, unread)
	}
	if cause != nil {
		return cause
	}
	return page.Redirect(w, r, link.Matter(no), page.Saved)
}

// saveAgain is the form with what is wrong; if the entry ended meanwhile, that is said instead.
func (p Pages) saveAgain(w http.ResponseWriter, r *http.Request, who access.Actor, no int, cause error, f form, unread page.Errors) error {
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	d, choices, err := p.Register.ShowToEdit(r.Context(), who, no)
	if fault.KindOf(err) == fault.Conflict {
		return p.late(w, r, who, no, err, f.typed())
	}
	if err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusUnprocessableEntity, d.Matter, f, choices, complaints(wrong, unread))
}

// saveLate shows both states side by side if the entry is still open, and otherwise what it came to, with what was typed.
func (p Pages) saveLate(w http.ResponseWriter, r *http.Request, who access.Actor, no int, cause error, f form, sent page.Form) error {
	found, err := p.Register.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	if found.State != register.Open {
		return p.late(w, r, who, no, cause, f.typed())
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: headOf(found.Matter), Rows: f.rows(found.Details), Action: link.Matter(no), Current: link.Matter(no), Form: sent,
		Version: found.Version, Trail: found.Trail,
	})
}

// Turn notes how a matter ended, or opens it again.
func (p Pages) Turn(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "to", "result", "decided_on", "reason")
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := readTurn(sent)
	t, unread := f.input(version)
	cause := p.Register.Turn(r.Context(), who, no, t)
	switch fault.KindOf(cause) {
	case fault.Conflict:
		return p.turnLate(w, r, who, no, cause, f, sent)
	case fault.Invalid:
		var wrong page.Errors
		if err := wrong.Merge(cause); err != nil {
			return err
		}
		found, err := p.Register.Show(r.Context(), who, no, page.TrailLimit(r))
		if err != nil {
			return err
		}
		return p.renderShown(w, r, who, http.StatusUnprocessableEntity, found, notice{Turn: f, Wrong: complaints(wrong, unread)})
	}
	if cause != nil {
		return cause
	}
	return page.Redirect(w, r, link.Matter(no), page.Saved)
}

func (p Pages) turnLate(w http.ResponseWriter, r *http.Request, who access.Actor, no int, cause error, f turnForm, sent page.Form) error {
	found, err := p.Register.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	if (f.To == string(register.Open)) == (found.State == register.Open) {
		return p.late(w, r, who, no, cause, f.typed())
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: headOf(found.Matter), Rows: f.rows(found.Matter), Action: link.TurnMatter(no), Current: link.Matter(no), Form: sent,
		Version: found.Version, Trail: found.Trail,
	})
}

// late answers what came too late with the entry as it is now and with what was typed.
func (p Pages) late(w http.ResponseWriter, r *http.Request, who access.Actor, no int, cause error, typed []ui.Fact) error {
	found, err := p.Register.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	n := notice{Typed: typed, Late: page.NotSaved(cause)}
	if r.Method == http.MethodGet {
		n.Late.Heading = "Das geht gerade nicht"
	}
	return p.renderShown(w, r, who, http.StatusConflict, found, n)
}
