package hurdlepage

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// New shows the form for the step that the URL names.
func (p Pages) New(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := r.URL.Query()
	at := hurdle.Where{Body: q.Get("einheit"), Service: q.Get("leistung"), Step: q.Get("aufgabe")}
	place, err := p.Hurdles.Place(r.Context(), who, at)
	if err != nil {
		return err
	}
	return p.renderReport(w, r, who, http.StatusOK, place, newReportView(place, reportForm{ID: uuid.NewString()}, nil, nil))
}

// Report reports an obstacle. First it offers those that are known and look alike; the person joins one of them, or
// reports anew.
func (p Pages) Report(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, reportFields...)
	if err != nil {
		return err
	}
	f := readReport(sent)
	report, err := f.report()
	if err != nil {
		return err
	}
	chosen, err := joined(sent)
	if err != nil {
		return err
	}
	check := report.Check
	if chosen > 0 {
		check = report.CheckJoining
	}
	if err := check(); err != nil {
		return p.reportAgain(w, r, who, f, err)
	}
	if chosen > 0 {
		if err := p.Hurdles.Join(r.Context(), who, f.At, chosen, *report.Blocking); err != nil {
			return p.reportAgain(w, r, who, f, err)
		}
		return page.Redirect(w, r, link.Hurdle(chosen), page.HurdleJoined)
	}
	if !sent.Has("neu") {
		place, found, err := p.Hurdles.Similar(r.Context(), who, f.At, report.Text)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return p.renderReport(w, r, who, http.StatusOK, place, newReportView(place, f, found, nil))
		}
	}
	no, err := p.Hurdles.Report(r.Context(), who, f.At, report)
	if err != nil {
		return p.reportAgain(w, r, who, f, err)
	}
	return page.Redirect(w, r, link.Hurdle(no), page.HurdleReported)
}

// Similar answers with the offers alone, for the script that asks while somebody types.
func (p Pages) Similar(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := r.URL.Query()
	at := hurdle.Where{Body: q.Get("einheit"), Service: q.Get("leistung"), Step: q.Get("aufgabe")}
	_, found, err := p.Hurdles.Similar(r.Context(), who, at, shortened(q.Get("text")))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	return offers(newOffers(found)).Render(r.Context(), w)
}

// shortened keeps a text to what a report may be long, and to what the database takes.
func shortened(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	if letters := []rune(text); len(letters) > 1000 {
		return string(letters[:1000])
	}
	return text
}

// reportAgain keeps what was typed: 422 with what is wrong, 409 with why it is not possible any more.
func (p Pages) reportAgain(w http.ResponseWriter, r *http.Request, who access.Actor, f reportForm, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	place, err := p.Hurdles.Place(r.Context(), who, f.At)
	if err != nil && (fault.KindOf(err) != fault.Conflict || place.StepKey == "") {
		return err
	}
	v := newReportView(place, f, nil, wrong)
	if wrong == nil {
		v.Late = page.NotSaved(cause)
	}
	return p.renderReport(w, r, who, status, place, v)
}

func (p Pages) renderReport(w http.ResponseWriter, r *http.Request, who access.Actor, status int, at hurdle.Place, v reportView) error {
	return p.Shell.Render(w, r, who, status, ui.Page{
		Heading: "Hürde melden", Meta: "Aufgabe „" + at.StepTitle + "“ · " + at.ServiceName + " · " + at.BodyName, Scripts: []string{"similar.js"},
		Crumbs: []ui.Link{
			{Text: "Aufgaben", URL: link.Tasks},
			{Text: at.ServiceName, URL: link.Checklist(at.BodyKey, at.ServiceSlug)},
			{Text: at.StepTitle, URL: link.Step(at.BodyKey, at.ServiceSlug, at.StepKey)},
			{Text: "Hürde melden"},
		},
	}, report(v))
}
