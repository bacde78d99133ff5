// Package legalpage has the pages that every public body must offer, reachable from every page without signing in.
package legalpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the mandatory pages.
type Pages struct{ Shell page.Shell }

// Imprint says who is responsible (§ 5 DDG).
func (p Pages) Imprint(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Impressum", imprint(contact(who)))
}

// Privacy says which personal data are kept and why (Art. 13 DSGVO).
func (p Pages) Privacy(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Datenschutz", privacy(contact(who)))
}

// Accessibility is the declaration after ThürBarrWebG and BITV 2.0 § 3.
func (p Pages) Accessibility(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Erklärung zur Barrierefreiheit", accessibility(contact(who)))
}

// ReportBarrier says where to report a barrier.
func (p Pages) ReportBarrier(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Barriere melden", reportBarrier(contact(who)))
}

// EasyLanguage explains the portal in plain words.
func (p Pages) EasyLanguage(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Leichte Sprache", easyLanguage(contact(who)))
}

// SignLanguage says what there is in German Sign Language.
func (p Pages) SignLanguage(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Gebärdensprache", signLanguage(contact(who)))
}

// Help says whom to ask.
func (p Pages) Help(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, "Hilfe und Kontakt", help(contact(who)))
}

// contact is the address of the Land, once we know which Land it is.
func contact(who access.Actor) string { return who.Land.ContactEmail }

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, heading string, body content) error {
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: heading, Narrow: true}, text(body))
}
