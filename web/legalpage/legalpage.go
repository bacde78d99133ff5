// Package legalpage has the pages that every public body must offer and the handbook, reachable from every page without
// signing in, the form for barriers, and the pages on which a Land words and answers them.
package legalpage

import (
	"net/http"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/legal"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the mandatory pages.
type Pages struct {
	Shell  page.Shell
	Legal  *legal.Service
	Greedy func(w http.ResponseWriter, r *http.Request, who access.Actor) bool // whether a sender has sent enough, counting this one
}

// Imprint says who is responsible (§ 5 DDG).
func (p Pages) Imprint(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.worded(w, r, who, legal.Imprint)
}

// Privacy says which personal data are kept and why (Art. 13 DSGVO).
func (p Pages) Privacy(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.worded(w, r, who, legal.Privacy)
}

// Accessibility is the declaration after ThürBarrWebG and BITV 2.0 § 3.
func (p Pages) Accessibility(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.worded(w, r, who, legal.Accessibility)
}

// worded shows a page as the reader's Land words it.
func (p Pages) worded(w http.ResponseWriter, r *http.Request, who access.Actor, kind legal.Page) error {
	found, err := p.public(r, who, kind)
	if err != nil {
		return err
	}
	v := newTextView(found)
	if found.Chosen == nil {
		for _, l := range found.Laender {
			v.Laender = append(v.Laender, ui.Link{Text: l.Name, URL: link.LegalOf(string(kind), l.Key)})
		}
	}
	body := found.Body
	if found.Version == 0 {
		body = wordings[kind]
	}
	if found.Chosen != nil { // whose page it is, that one hears of the barrier
		body = strings.ReplaceAll(body, "]("+link.ReportBarrier+")", "]("+link.LegalOf("barriere-melden", found.Chosen.Key)+")")
	}
	return p.render(w, r, who, ui.Page{Heading: kind.Title(), Meta: versionMeta(found.Text)}, body, v)
}

// public reads a page of the reader's Land. While the database is away the portal's own wording stands there: these pages
// are the last ones to fail.
func (p Pages) public(r *http.Request, who access.Actor, kind legal.Page) (legal.Public, error) {
	land := who.Land.Key
	if !who.SignedIn() {
		land = r.URL.Query().Get("land")
	}
	found, err := p.Legal.Read(r.Context(), land, kind)
	if fault.KindOf(err) == fault.Unavailable {
		return legal.Public{}, nil
	}
	return found, err
}

// EasyLanguage explains the portal in plain words.
func (p Pages) EasyLanguage(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, ui.Page{Heading: "Leichte Sprache"}, easyLanguage, contactView(who))
}

// SignLanguage says what there is in German Sign Language.
func (p Pages) SignLanguage(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, ui.Page{Heading: "Gebärdensprache"}, signLanguage, contactView(who))
}

// contactView knows the address of the Land, once we know which Land it is.
func contactView(who access.Actor) textView { return textView{Mail: who.Land.ContactEmail} }

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, head ui.Page, body string, v textView) error {
	var err error
	if v.Body, err = render(body); err != nil {
		return err
	}
	head.Narrow = true
	return p.Shell.Render(w, r, who, http.StatusOK, head, prose(v))
}
