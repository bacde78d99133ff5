package legalpage

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/legal"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// ReportBarrier shows the form for a barrier.
func (p Pages) ReportBarrier(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderReport(w, r, who, http.StatusOK, reportForm{Report: legal.Report{ID: uuid.New(), Place: r.URL.Query().Get("seite")}}, ui.AlertProps{}, nil)
}

// TakeBarrier takes a report in, or shows the form again with what is wrong.
func (p Pages) TakeBarrier(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readReport(w, r)
	if err != nil {
		return err
	}
	var wrong page.Errors
	if f.Land == "" {
		wrong.Add("land", "Wählen Sie, welches Land gemeint ist.")
	} else if err = p.take(w, r, who, f); err == nil {
		return page.Redirect(w, r, link.ReportBarrier, page.BarrierReported)
	}
	if errors.Is(err, legal.ErrBusy) || errors.Is(err, legal.ErrGreedy) {
		return p.renderReport(w, r, who, http.StatusTooManyRequests, f, page.NotSaved(err), nil)
	}
	if err := wrong.Merge(err); err != nil {
		return err
	}
	return p.renderReport(w, r, who, http.StatusUnprocessableEntity, f, ui.AlertProps{}, wrong)
}

// take keeps a whole report, from whomever has not sent too many. What is to be mended counts for nothing.
func (p Pages) take(w http.ResponseWriter, r *http.Request, who access.Actor, f reportForm) error {
	if err := f.Report.Wrong(); err != nil {
		return err
	}
	if p.Greedy(w, r, who) {
		return legal.ErrGreedy
	}
	return p.Legal.ReportBarrier(r.Context(), f.Land, f.Report)
}

func (p Pages) renderReport(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f reportForm, late ui.AlertProps, wrong page.Errors) error {
	found, err := p.public(r, who, legal.Accessibility)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Barriere melden", Narrow: true}
	return p.Shell.Render(w, r, who, status, head, report(newReportView(found, f, late, wrong)))
}

// Barriers lists what people reported.
func (p Pages) Barriers(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Legal.Barriers(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: barriersHeading, Narrow: true, Crumbs: []ui.Link{settingsCrumb, {Text: barriersHeading}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, barriers(newBarrierRows(found)))
}

const barriersHeading = "Gemeldete Barrieren"

// Barrier shows one report, with the place for what was done about it.
func (p Pages) Barrier(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "barriere")
	if err != nil {
		return err
	}
	return p.renderBarrier(w, r, who, http.StatusOK, id, "", nil)
}

// AnswerBarrier notes what was done about a report.
func (p Pages) AnswerBarrier(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "barriere")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "answer")
	if err != nil {
		return err
	}
	cause := p.Legal.Answer(r.Context(), who, id, sent.Text("answer"))
	switch fault.KindOf(cause) {
	case fault.Invalid, fault.Conflict:
		status := http.StatusUnprocessableEntity
		if fault.KindOf(cause) == fault.Conflict {
			status = http.StatusConflict
		}
		return p.renderBarrier(w, r, who, status, id, sent.Text("answer"), cause)
	}
	if cause != nil {
		return cause
	}
	return page.Redirect(w, r, link.Barrier(id), page.Saved)
}

func (p Pages) renderBarrier(w http.ResponseWriter, r *http.Request, who access.Actor, status int, id uuid.UUID, typed string, cause error) error {
	found, err := p.Legal.Barrier(r.Context(), who, id)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Barriere vom " + ui.Date(found.At), State: barrierState(found), Narrow: true,
		Crumbs: []ui.Link{settingsCrumb, {Text: barriersHeading, URL: link.Barriers}, {Text: ui.Date(found.At)}},
	}
	v, err := newBarrierView(found, typed, cause)
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, status, head, barrier(v))
}
