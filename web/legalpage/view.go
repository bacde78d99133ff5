package legalpage

import (
	"strconv"

	"github.com/a-h/templ"

	"rollinportal/internal/legal"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// textView is a page of text with the address of whoever is responsible.
type textView struct {
	Body     templ.Component
	Mail     string    // where to write; "" while it is not known for whom the page is shown
	Laender  []ui.Link // to choose from
	Chapters []ui.Link // of the handbook
}

func newTextView(found legal.Public) textView {
	if found.Chosen == nil {
		return textView{}
	}
	return textView{Mail: found.Chosen.ContactEmail}
}

// versionMeta says since when a page says what it says.
func versionMeta(t legal.Text) string {
	if t.PublishedAt == nil {
		return ""
	}
	return "Fassung " + strconv.Itoa(t.Version) + " vom " + ui.Date(*t.PublishedAt)
}

// draftForm is what somebody typed as the next version.
type draftForm struct{ Seen, Body string }

type editView struct {
	Errors   []ui.FieldError
	Action   string
	Seen     string
	Body     ui.Field
	Preview  templ.Component // nil: none asked for
	Versions []ui.Row
}

func newEditView(kind legal.Page, found []legal.Text, f draftForm, wrong page.Errors) editView {
	v := editView{Errors: wrong.Summary(), Action: link.EditLegal(string(kind)), Seen: f.Seen, Body: ui.Field{
		Name: "body", Label: "Text der Seite", Value: f.Body, Rows: 18, Error: wrong.For("body"),
		Hint: "Markdown: ## Überschrift, - Aufzählung, **fett**, [Linktext](https://…). HTML wird nicht übernommen. Ihre E-Mail-Adresse steht von selbst darunter.",
	}}
	for i, t := range found {
		row := ui.Row{Title: "Fassung " + strconv.Itoa(t.Version), URL: link.LegalVersion(string(kind), t.Version), Meta: publication(t)}
		if i == 0 {
			row.Tag = "gilt jetzt"
		}
		v.Versions = append(v.Versions, row)
	}
	return v
}

// publication says who published a version and when.
func publication(t legal.Text) string {
	text := "veröffentlicht am " + ui.DateTime(*t.PublishedAt)
	if t.Publisher != "" {
		text += " von " + t.Publisher
	}
	return text
}

// latest is the form on top of the newest version, or of the portal's own wording.
func latest(kind legal.Page, found []legal.Text) draftForm {
	if len(found) == 0 {
		return draftForm{Seen: "0", Body: wordings[kind]}
	}
	return draftForm{Seen: strconv.Itoa(found[0].Version), Body: found[0].Body}
}
