// Package assessmentpage shows the Wirtschaftlichkeitsbetrachtung of a decision and takes its figures.
//
// The page says what comes out, how, and where each figure comes from. Grundlagen and each alternative have a form of
// their own, so that people who fill different ones never get in each other's way.
package assessmentpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the Wirtschaftlichkeitsbetrachtung.
type Pages struct {
	Shell     page.Shell
	Decisions *decision.Service
}

// paths are the alternatives as addresses name them.
var paths = map[string]economics.Alternative{"nachnutzung": economics.Reuse, "eigenloesung": economics.Own, "weiter-wie-bisher": economics.AsIs}

func pathOf(a economics.Alternative) string {
	for path, which := range paths {
		if which == a {
			return path
		}
	}
	return ""
}

const framePath = "grundlagen"

// Show shows the calculation.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.find(r, who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: decision.Economic.Word(), Meta: "Nachnutzung: " + found.ServiceName,
		Crumbs: crumbs(found), State: stateOf(found.Assessment()),
	}
	head.Crumbs = append(head.Crumbs, ui.Link{Text: decision.Economic.Word()})
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newShowView(found, who)))
}

// Frame shows the form for what all alternatives share.
func (p Pages) Frame(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.findOpen(r, who)
	if err != nil {
		return err
	}
	saved := found.Assessment().Frame
	return p.renderFrame(w, r, who, http.StatusOK, found, frameFormOf(saved, found), nil)
}

// SaveFrame takes it, shows it again with what is wrong, or what somebody else saved meanwhile.
func (p Pages) SaveFrame(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, frameFields...)
	if err != nil {
		return err
	}
	f, err := readFrame(sent)
	if err != nil {
		return err
	}
	back := link.AssessmentPart(id, framePath)
	done, cause := p.keepDraft(r, who, id, decision.FrameSection, f.Version, sent)
	if done == "" {
		back, done, cause = link.Assessment(id), page.Saved, p.keepFrame(r, who, id, f)
	}
	if cause == nil {
		return page.Redirect(w, r, back, done)
	}
	wrong, found, err := p.complained(r, who, cause)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return p.renderFrame(w, r, who, http.StatusUnprocessableEntity, found, f, wrong)
	}
	saved := found.Assessment().Frame
	return p.renderClash(w, r, who, clash{found, framePath, "Grundlagen", sent, saved.Saved, frameRows(f, frameFormOf(saved, found))})
}

func (p Pages) keepFrame(r *http.Request, who access.Actor, id uuid.UUID, f frameForm) error {
	frame, unread := f.frame()
	if len(unread) > 0 {
		return unread.complain(frame.Check())
	}
	return p.Decisions.AssessFrame(r.Context(), who, id, f.Version, frame)
}

// keepDraft keeps or drops the draft of a section, if that is what the button asked for; "" if it asked for neither.
func (p Pages) keepDraft(r *http.Request, who access.Actor, id uuid.UUID, section string, version int64, sent page.Form) (page.Flash, error) {
	switch sent.Text(stepField) {
	case toDraft:
		return page.FiguresDrafted, p.Decisions.DraftFigures(r.Context(), who, id, section, version, sent.Typed("version", stepField))
	case toDrop:
		return page.DraftDropped, p.Decisions.DraftFigures(r.Context(), who, id, section, version, nil)
	}
	return "", nil
}

// Option shows the form of an alternative.
func (p Pages) Option(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	which, known := paths[chi.URLParam(r, "alternative")]
	if !known {
		return fault.Missing()
	}
	found, err := p.findOpen(r, who)
	if err != nil {
		return err
	}
	return p.renderOption(w, r, who, http.StatusOK, found, optionFormOf(found.Assessment().Option(which), found), nil)
}

// SaveOption takes it. The buttons that add and remove amounts send the whole form and save nothing.
func (p Pages) SaveOption(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	which, known := paths[chi.URLParam(r, "alternative")]
	if !known {
		return fault.Missing()
	}
	sent, err := page.ReadForm(w, r, optionFields...)
	if err != nil {
		return err
	}
	f, err := readOption(sent, which)
	if err != nil {
		return err
	}
	if edited, ok := f.edited(); ok {
		found, err := p.findOpen(r, who)
		if err != nil {
			return err
		}
		return p.renderOption(w, r, who, http.StatusOK, found, edited, nil)
	}
	back := link.AssessmentPart(id, pathOf(which))
	done, cause := p.keepDraft(r, who, id, string(which), f.Version, sent)
	if done == "" {
		f = f.filled()
		back, done, cause = link.Assessment(id), page.Saved, p.keepOption(r, who, id, f)
	}
	if cause == nil {
		return page.Redirect(w, r, back, done)
	}
	wrong, found, err := p.complained(r, who, cause)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0:
		return p.renderOption(w, r, who, http.StatusUnprocessableEntity, found, f, wrong)
	}
	saved := found.Assessment().Option(which)
	return p.renderClash(w, r, who, clash{found, pathOf(which), which.Word(), sent, saved.Saved, optionRows(f, optionFormOf(saved, found))})
}

func (p Pages) keepOption(r *http.Request, who access.Actor, id uuid.UUID, f optionForm) error {
	option, unread := f.option()
	if len(unread) > 0 {
		return unread.complain(option.Check())
	}
	return p.Decisions.AssessOption(r.Context(), who, id, f.Version, option)
}

// complained sorts what went wrong: complaints about fields, or a conflict over a section that is still open. Anything
// else goes on as it is.
func (p Pages) complained(r *http.Request, who access.Actor, cause error) (page.Errors, decision.Shown, error) {
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil && fault.KindOf(err) != fault.Conflict {
		return nil, decision.Shown{}, err
	}
	found, err := p.find(r, who)
	if err == nil && len(wrong) == 0 && !found.May(who, decision.ToReview) {
		err = cause
	}
	return wrong, found, err
}

func (p Pages) find(r *http.Request, who access.Actor) (decision.Shown, error) {
	id, err := page.ID(r, "id")
	if err != nil {
		return decision.Shown{}, err
	}
	return p.Decisions.ShowReviews(r.Context(), who, id, 1)
}

// findOpen is for the forms: the figures of a case that is submitted or decided do not change.
func (p Pages) findOpen(r *http.Request, who access.Actor) (decision.Shown, error) {
	found, err := p.find(r, who)
	if err == nil && !found.May(who, decision.ToReview) {
		err = fault.New(fault.Conflict, "Der Vorgang ist eingereicht oder abgeschlossen. Die Wirtschaftlichkeitsbetrachtung ändert sich nicht mehr.")
	}
	return found, err
}

func (p Pages) renderFrame(w http.ResponseWriter, r *http.Request, who access.Actor, status int, d decision.Shown, f frameForm, wrong page.Errors) error {
	return p.Shell.Render(w, r, who, status, formHead(d, "Grundlagen"), frameFormPage(newFrameView(d, f, wrong)))
}

func (p Pages) renderOption(w http.ResponseWriter, r *http.Request, who access.Actor, status int, d decision.Shown, f optionForm, wrong page.Errors) error {
	return p.Shell.Render(w, r, who, status, formHead(d, f.Which.Word()), optionFormPage(newOptionView(d, f, wrong)))
}

// clash is two people saving the same section.
type clash struct {
	found      decision.Shown
	path, name string
	sent       page.Form
	saved      decision.Saved
	rows       []ui.ConflictRow
}

func (p Pages) renderClash(w http.ResponseWriter, r *http.Request, who access.Actor, c clash) error {
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: formHead(c.found, c.name), Rows: c.rows, Form: c.sent, Version: c.saved.Version, Trail: c.found.Trail,
		Action: link.AssessmentPart(c.found.ID, c.path), Current: link.Assessment(c.found.ID),
	})
}

func formHead(d decision.Shown, name string) ui.Page {
	return ui.Page{
		Heading: name, Meta: decision.Economic.Word() + ": " + d.ServiceName, Scripts: []string{"autosave.js"},
		Crumbs: append(crumbs(d), ui.Link{Text: decision.Economic.Word(), URL: link.Assessment(d.ID)}, ui.Link{Text: name}),
	}
}

func crumbs(d decision.Shown) []ui.Link {
	return []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: d.ServiceName, URL: link.Decision(d.ID)}}
}
