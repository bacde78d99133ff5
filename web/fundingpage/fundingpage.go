// Package fundingpage shows who pays for a service, and what ends soon.
package fundingpage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/funding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about money and deadlines.
type Pages struct {
	Shell   page.Shell
	Funding *funding.Service
}

// Deadlines lists what ends within ninety days.
func (p Pages) Deadlines(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r)
	found, today, err := p.Funding.Deadlines(r.Context(), who, q.Page())
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Fristen, die enden", Title: "Fristen", Meta: "Beschlüsse, Preisbindungen, Verträge und Förderungen der nächsten 90 Tage"}
	return p.Shell.Render(w, r, who, http.StatusOK, head, deadlines(newDeadlines(found, today, q)))
}

// Show lists the fundings and contracts of a service.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	return p.renderList(w, r, who, http.StatusOK, found, ui.AlertProps{})
}

func (p Pages) renderList(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found funding.Page, late ui.AlertProps) error {
	v := newListView(found, who)
	v.Late = late
	h := head(found, "Finanzierung")
	return p.Shell.Render(w, r, who, status, h, list(v))
}

// New shows the empty form.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, found, form{ID: uuid.NewString(), Version: "0"}, nil)
}

// Edit shows the form of a record.
func (p Pages) Edit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	id, err := page.ID(r, "eintrag")
	if err != nil {
		return err
	}
	record, err := found.Of(id)
	if err != nil {
		return err
	}
	if record.Withdrawn() {
		return page.Redirect(w, r, link.Funding(slugOf(r)), page.NoFlash)
	}
	return p.render(w, r, who, http.StatusOK, found, formOf(record), nil)
}

// Withdraw takes a record back, or shows the form again with what is wrong or what somebody else did meanwhile.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "eintrag")
	if err != nil {
		return err
	}
	version, reason, err := page.ReadReason(w, r)
	if err != nil {
		return err
	}
	cause := p.Funding.Withdraw(r.Context(), who, slugOf(r), id, funding.Withdrawal{Version: version, Reason: reason})
	if cause == nil {
		return page.Redirect(w, r, link.Funding(slugOf(r)), page.Retracted)
	}
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	record, err := found.Of(id)
	if err != nil {
		return err
	}
	if record.Withdrawn() {
		return p.renderList(w, r, who, http.StatusConflict, found, page.NotSaved(cause))
	}
	v := newEditView(found, formOf(record), wrong)
	v.Withdraw = newWithdrawView(found, record.ID, strconv.FormatInt(record.Version, 10), reason, wrong)
	v.Withdraw.Open = true
	if status == http.StatusConflict {
		v.Late = page.NotSaved(cause)
	}
	return p.renderEdit(w, r, who, status, found, v)
}

// Save takes a new record, or a corrected one.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	f := readForm(sent)
	if id := chi.URLParam(r, "eintrag"); id != "" {
		f.ID = id
	}
	record, wrong := f.record()
	if len(wrong) == 0 {
		cause := p.Funding.Save(r.Context(), who, slugOf(r), record)
		if cause == nil {
			return page.Redirect(w, r, link.Funding(slugOf(r)), page.Saved)
		}
		if fault.KindOf(cause) == fault.Conflict {
			return p.clash(w, r, who, sent, f, cause)
		}
		if err := wrong.Merge(cause); err != nil {
			return err
		}
	}
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, found, f, wrong)
}

// clash shows what was typed beside what is saved now.
func (p Pages) clash(w http.ResponseWriter, r *http.Request, who access.Actor, sent page.Form, f form, cause error) error {
	found, err := p.Funding.Page(r.Context(), who, slugOf(r))
	if err != nil {
		return err
	}
	id, err := uuid.Parse(f.ID)
	if err != nil {
		return cause
	}
	now, err := found.Of(id)
	if err != nil {
		return cause
	}
	if now.Withdrawn() {
		late := page.NotSaved(cause)
		late.Body = ui.Facts(ui.FactsProps{Items: f.facts()})
		return p.renderList(w, r, who, http.StatusConflict, found, late)
	}
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: head(found, "Eintrag ändern"), Form: sent, Version: now.Version, Action: link.EditFunding(slugOf(r), id), Current: link.Funding(slugOf(r)), Rows: compare(f, formOf(now)),
	})
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found funding.Page, f form, wrong page.Errors) error {
	return p.renderEdit(w, r, who, status, found, newEditView(found, f, wrong))
}

func (p Pages) renderEdit(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found funding.Page, v editView) error {
	h := head(found, "Eintrag ändern")
	if v.Version == "0" {
		h = head(found, "Förderung oder Vertrag eintragen")
	}
	return p.Shell.Render(w, r, who, status, h, edit(v))
}

func head(found funding.Page, heading string) ui.Page {
	p := ui.Page{Heading: heading, Meta: found.ServiceName, Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: found.ServiceName, URL: link.Service(found.ServiceSlug)}}}
	if heading == "Finanzierung" {
		p.Crumbs = append(p.Crumbs, ui.Link{Text: heading})
		return p
	}
	p.Crumbs = append(p.Crumbs, ui.Link{Text: "Finanzierung", URL: link.Funding(found.ServiceSlug)}, ui.Link{Text: heading})
	return p
}

func slugOf(r *http.Request) string { return chi.URLParam(r, "leistung") }
