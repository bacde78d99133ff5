// Package checkpointpage hands an organisation the signed checkpoints of its trail, so that it can keep them where nobody who
// runs the portal reaches them.
package checkpointpage

import (
	"net/http"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about checkpoints.
type Pages struct {
	Shell  page.Shell
	Notary *audit.Notary
}

const heading = "Prüfpunkte des Verlaufs"

// Show says how far the trail is signed, and offers the file.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Notary.Checkpoints(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: heading, Meta: who.Org.Name, Crumbs: []ui.Link{{Text: "Ihr Zugang", URL: link.Account}, {Text: "Prüfpunkte"}}, Narrow: true}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newView(found)))
}

// File is what the organisation keeps.
func (p Pages) File(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Notary.Checkpoints(r.Context(), who)
	if err != nil {
		return err
	}
	name := "pruefpunkte.txt"
	if len(found) > 0 {
		name = "pruefpunkte-" + found[0].At.Format(time.DateOnly) + ".txt"
	}
	page.Attach(w, "text/plain; charset=utf-8", name)
	_, err = w.Write([]byte(file(who.Org.Name, found)))
	return err
}
