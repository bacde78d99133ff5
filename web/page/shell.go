package page

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// Shell is the frame around every page: styles, header, menu, footer.
type Shell struct {
	Styles  []string
	Scripts []string                 // of every page
	Asset   func(name string) string // the address of a script
	Favicon string
	Demo    bool // a demonstration says so even to strangers

	DemoPost bool // and lets everybody read its mails
}

// demoNote stands in the footer of every page of a Land that is a demonstration.
const demoNote = "Demodaten: Alle Stände, Termine und Personen auf dieser Seite sind erfunden. Organisationen, Leistungen und Mustervorlage sind echte Stammdaten."

// pages is memory that pages were rendered into before: the next one need not grow its own.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a whole page. It renders into memory first: half pages do not leave the server. The title says so if
// what was sent is not saved.
func (s Shell) Render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, p ui.Page, content templ.Component) error {
	s.frame(&p, r, who)
	p.ErrorPrefix = status == http.StatusUnprocessableEntity || status == http.StatusConflict
	out := pages.Get().(*bytes.Buffer)
	defer pages.Put(out)
	out.Reset()
	ctx := templ.WithChildren(r.Context(), content)
	if err := ui.Layout(p).Render(ctx, out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := out.WriteTo(w)
	return err
}

func (s Shell) frame(p *ui.Page, r *http.Request, who access.Actor) {
	p.Styles, p.Favicon = s.Styles, s.Favicon
	for i, name := range p.Scripts {
		p.Scripts[i] = s.Asset(name)
	}
	p.Scripts = append(p.Scripts, s.Scripts...)
	p.Product, p.Claim, p.Banner = "Roll-in-Portal", "EfA-Leistungen gemeinsam nachnutzen", "Ein Portal der öffentlichen Verwaltung"
	p.Flash = flashes[r.URL.Query().Get(flashParam)]
	if s.Demo || who.Land.Demo {
		p.FooterNote = demoNote
	}
	if s.DemoPost {
		p.FooterNoteLink = ui.Link{Text: "Post der Demo lesen", URL: link.DemoPost}
	}
	if !who.SignedIn() {
		p.Land = r.URL.Query().Get("land")
		return
	}
	p.Product, p.Banner, p.Official = who.Land.Product, who.Land.Banner, who.Land.Official
	p.Nav = menu(who, r.URL.Path)
	p.User = &ui.User{Name: who.Name, Role: RoleName(who.Role) + ", " + who.Org.Short, Links: userLinks(who)}
	p.SignOut = link.SignOut
	if who.Can(access.SearchRun) {
		p.Search = link.Search
	}
	p.Inbox = &ui.Inbox{URL: link.Notices, Unread: who.Unread}
}
