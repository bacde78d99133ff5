// Package recordpage shows and hands out the Vermerk of a decision: what was frozen when it was taken.
//
// A page, a PDF and a ZIP are made of the stored bytes alone; what the portal knows today has no part in them. So they
// say the same in ten years, whatever happened to the case, its service or the words of the portal.
package recordpage

import (
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/evidence"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about Vermerke.
type Pages struct {
	Shell     page.Shell
	Decisions *decision.Service
	Files     *evidence.Service
	Prints    bool // a press makes PDFs
}

// Show shows a Vermerk as it was written: the whole to its ministry, the public part to others.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, decision.Whole)
}

// ShowEnding shows the Vermerk of how a decision ended.
func (p Pages) ShowEnding(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.show(w, r, who, decision.Ending)
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, who access.Actor, part decision.Part) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	found, err := p.Decisions.Record(r.Context(), who, id, part)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: found.Paper.Title, Meta: found.Paper.Kind + " vom " + found.Paper.Date, Actions: actions(found, who),
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: found.ServiceName, URL: link.Decision(id)}, {Text: found.Paper.Kind}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(newShowView(found, p.Prints)))
}

// PDF hands out the print that is kept.
func (p Pages) PDF(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.pdf(w, r, who, decision.Whole, "vermerk-")
}

// EndingPDF hands out the print of the Vermerk of how a decision ended.
func (p Pages) EndingPDF(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.pdf(w, r, who, decision.Ending, "vermerk-ende-")
}

func (p Pages) pdf(w http.ResponseWriter, r *http.Request, who access.Actor, part decision.Part, name string) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	pdf, err := p.Decisions.Print(r.Context(), who, id, part)
	if err != nil {
		return err
	}
	attach(w, "application/pdf", name+short(id)+".pdf")
	w.Header().Set("Content-Length", strconv.Itoa(len(pdf)))
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := w.Write(pdf); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

// Bundle hands out all papers of a decision for the file of the ministry.
func (p Pages) Bundle(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "id")
	if err != nil {
		return err
	}
	found, err := p.Decisions.Bundle(r.Context(), who, id)
	if err != nil {
		return err
	}
	uploads, err := p.Decisions.Files(r.Context(), who, id)
	if err != nil {
		return err
	}
	files, err := filesOf(r.Context(), found, p.enclosed(r.Context(), who, uploads))
	if err != nil {
		return err
	}
	attach(w, "application/zip", "vorgang-"+short(id)+".zip")
	if r.Method == http.MethodHead {
		return nil
	}
	if err := writeZIP(w, files, found.MadeAt); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

func attach(w http.ResponseWriter, kind, name string) {
	page.Attach(w, kind, name)
	w.Header().Set("Content-Security-Policy", page.FilePolicy)
}

// short tells the files of two cases apart.
func short(id uuid.UUID) string { return id.String()[:8] }

// stamp is the time of every file in a ZIP: that of the decision, so that the same papers make the same ZIP.
func stamp(at time.Time) time.Time { return at.UTC().Truncate(2 * time.Second) }
