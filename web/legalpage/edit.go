package legalpage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/legal"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

var settingsCrumb = ui.Link{Text: "Einstellungen", URL: link.Settings}

// List names the pages that the Land words itself.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	rows := make([]ui.Row, len(legal.Pages))
	for i, kind := range legal.Pages {
		rows[i] = ui.Row{Title: kind.Title(), URL: link.EditLegal(string(kind)), Meta: "lesen alle unter " + link.Legal(string(kind))}
	}
	head := ui.Page{Heading: listHeading, Meta: "Alle lesen sie, auch ohne Anmeldung", Narrow: true, Crumbs: []ui.Link{settingsCrumb, {Text: listHeading}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(rows))
}

const listHeading = "Pflichtseiten"

// Edit shows the newest version to be changed, with all versions before.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	found, err := p.Legal.Versions(r.Context(), who, kind)
	if err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusOK, kind, newEditView(kind, found, latest(kind, found), nil))
}

// Publish publishes the text that was typed, or shows how it will look.
func (p Pages) Publish(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "seen", "body", "vorschau")
	if err != nil {
		return err
	}
	f := draftForm{Seen: sent.Text("seen"), Body: sent.Text("body")}
	seen, err := strconv.Atoi(f.Seen)
	if err != nil || seen < 0 {
		return fault.New(fault.Invalid, "Dem Formular fehlt der Stand, auf dem es beruht. Laden Sie die Seite neu.")
	}
	if sent.Has("vorschau") {
		return p.preview(w, r, who, kind, f)
	}
	cause := p.Legal.Publish(r.Context(), who, kind, legal.Draft{Seen: seen, Body: f.Body})
	if cause == nil {
		return page.Redirect(w, r, link.EditLegal(string(kind)), page.TextPublished)
	}
	return p.again(w, r, who, kind, f, cause)
}

func (p Pages) preview(w http.ResponseWriter, r *http.Request, who access.Actor, kind legal.Page, f draftForm) error {
	found, err := p.Legal.Versions(r.Context(), who, kind)
	if err != nil {
		return err
	}
	v := newEditView(kind, found, f, nil)
	if v.Preview, err = render(f.Body); err != nil {
		return err
	}
	return p.renderEdit(w, r, who, http.StatusOK, kind, v)
}

// again shows the form as it was sent, or beside what somebody else published meanwhile.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, kind legal.Page, f draftForm, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	found, err := p.Legal.Versions(r.Context(), who, kind)
	if err != nil {
		return err
	}
	if status != http.StatusConflict {
		return p.renderEdit(w, r, who, status, kind, newEditView(kind, found, f, wrong))
	}
	now := found[0]
	props := ui.ConflictProps{
		Who: now.Publisher, When: ui.DateTime(*now.PublishedAt), Action: link.EditLegal(string(kind)), Current: link.EditLegal(string(kind)),
		Rows:   []ui.ConflictRow{{Field: "Text der Seite", Mine: f.Body, Theirs: now.Body}},
		Values: []ui.Value{{Name: "seen", Value: strconv.Itoa(now.Version)}, {Name: "body", Value: f.Body}},
	}
	if props.Who == "" {
		props.Who = "Jemand"
	}
	return p.Shell.Render(w, r, who, status, editHead(kind), ui.Conflict(props))
}

// Version shows one version as everybody read it.
func (p Pages) Version(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	no, err := strconv.ParseInt(chi.URLParam(r, "fassung"), 10, 31)
	if err != nil {
		return fault.Missing()
	}
	found, err := p.Legal.Version(r.Context(), who, kind, int(no))
	if err != nil {
		return err
	}
	body, err := render(found.Body)
	if err != nil {
		return err
	}
	name := "Fassung " + strconv.Itoa(found.Version)
	head := ui.Page{
		Heading: kind.Title() + ", " + name, Meta: publication(found), Narrow: true,
		Crumbs: []ui.Link{settingsCrumb, {Text: listHeading, URL: link.LegalTexts}, {Text: kind.Title(), URL: link.EditLegal(string(kind))}, {Text: name}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, version(body))
}

func (p Pages) renderEdit(w http.ResponseWriter, r *http.Request, who access.Actor, status int, kind legal.Page, v editView) error {
	return p.Shell.Render(w, r, who, status, editHead(kind), edit(v))
}

func editHead(kind legal.Page) ui.Page {
	return ui.Page{
		Heading: kind.Title() + " bearbeiten", Narrow: true,
		Crumbs: []ui.Link{settingsCrumb, {Text: listHeading, URL: link.LegalTexts}, {Text: kind.Title()}},
	}
}

// kindOf reads which page is meant. Any other is none.
func kindOf(r *http.Request) (legal.Page, error) {
	kind := legal.Page(chi.URLParam(r, "seite"))
	if !slices.Contains(legal.Pages, kind) {
		return "", fault.Missing()
	}
	return kind, nil
}
