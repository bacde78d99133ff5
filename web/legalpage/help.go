package legalpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/docs/handbuch"
	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

const helpHeading = "Hilfe und Kontakt"

// Help says whom to ask and where to read.
func (p Pages) Help(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	v := contactView(who)
	for _, c := range handbuch.Chapters() {
		v.Chapters = append(v.Chapters, ui.Link{Text: c.Title, URL: link.HelpChapter(c.Key)})
	}
	return p.render(w, r, who, ui.Page{Heading: helpHeading}, help, v)
}

// Chapter shows a part of the handbook.
func (p Pages) Chapter(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	c, there := handbuch.Find(chi.URLParam(r, "kapitel"))
	if !there {
		return fault.Missing()
	}
	head := ui.Page{Heading: c.Title, Title: "Handbuch: " + c.Title, Crumbs: []ui.Link{{Text: helpHeading, URL: link.Help}, {Text: c.Title}}}
	return p.render(w, r, who, head, c.Text, contactView(who))
}
