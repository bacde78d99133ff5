package rollinpage

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Judge shows where the Land says what it makes of the pilots.
func (p Pages) Judge(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.started(r, who)
	if err != nil {
		return err
	}
	return p.renderJudge(w, r, who, http.StatusOK, found, judgeForm{No: len(found.Evaluations) + 1}, nil, nil)
}

// Evaluate saves what the Land makes of the pilots.
func (p Pages) Evaluate(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "no", "outcome", "weeks", "cause", "reason")
	if err != nil {
		return err
	}
	f := readJudge(sent)
	slug := chi.URLParam(r, "leistung")
	err = p.Onboardings.Evaluate(r.Context(), who, slug, f.input())
	if err == nil {
		return page.Redirect(w, r, link.Rollin(slug), page.Saved)
	}
	status, late, wrong, err := sort(err)
	if err != nil {
		return err
	}
	found, err := p.started(r, who)
	if err != nil {
		return err
	}
	if late != nil { // what was typed is sent again on top of what is there now
		f.No = len(found.Evaluations) + 1
	}
	return p.renderJudge(w, r, who, status, found, f, late, wrong)
}

// Joining shows which bodies can be taken in.
func (p Pages) Joining(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.started(r, who)
	if err != nil {
		return err
	}
	return p.renderJoin(w, r, who, http.StatusOK, found, joinForm{Body: r.URL.Query().Get("einheit")}, nil, nil)
}

// Admit takes a body in.
func (p Pages) Admit(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "body", "wave", "on")
	if err != nil {
		return err
	}
	f := joinForm{sent.Text("body"), sent.Text("wave"), sent.Text("on")}
	slug := chi.URLParam(r, "leistung")
	in, wrong := f.input()
	var late *fault.Fault
	status := http.StatusUnprocessableEntity
	if len(wrong) == 0 {
		err = p.Plans.Admit(r.Context(), who, slug, in)
		if err == nil {
			return page.Redirect(w, r, link.Rollin(slug), page.Saved)
		}
		if status, late, wrong, err = sort(err); err != nil {
			return err
		}
	}
	found, err := p.started(r, who)
	if err != nil {
		return err
	}
	return p.renderJoin(w, r, who, status, found, f, late, wrong)
}

// started reads a roll-in that has begun; NotFound before that.
func (p Pages) started(r *http.Request, who access.Actor) (*onboarding.Rollin, error) {
	found, err := p.Onboardings.LandSteps(r.Context(), who, chi.URLParam(r, "leistung"))
	if err == nil && found.StartedAt == nil {
		err = fault.Missing()
	}
	return found, err
}

// sort tells apart what a form shows again: a conflict, or fields that do not hold. Any other error goes on.
func sort(err error) (int, *fault.Fault, page.Errors, error) {
	f, known := errors.AsType[*fault.Fault](err)
	if known && f.Kind == fault.Conflict {
		return http.StatusConflict, f, nil, nil
	}
	var wrong page.Errors
	return http.StatusUnprocessableEntity, nil, wrong, wrong.Merge(err)
}

func (p Pages) renderJudge(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found *onboarding.Rollin, f judgeForm, late *fault.Fault, wrong page.Errors) error {
	return p.Shell.Render(w, r, who, status, steerHead(found, "Pilotierung auswerten"), judge(newJudgeView(found, f, late, wrong)))
}

func (p Pages) renderJoin(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found *onboarding.Rollin, f joinForm, late *fault.Fault, wrong page.Errors) error {
	return p.Shell.Render(w, r, who, status, steerHead(found, "Einheit aufnehmen"), join(newJoinView(found, f, late, wrong)))
}

func steerHead(found *onboarding.Rollin, title string) ui.Page {
	return ui.Page{
		Heading: title, Meta: found.ServiceName,
		Crumbs: append(crumbs(found.ServiceName, found.ServiceSlug)[:2], ui.Link{Text: "Roll-in", URL: link.Rollin(found.ServiceSlug)}, ui.Link{Text: title}),
	}
}

type judgeForm struct {
	No                    int
	Outcome, Weeks, Cause string
	Reason                string
}

func readJudge(sent page.Form) judgeForm {
	no, _ := strconv.Atoi(sent.Text("no"))
	return judgeForm{no, sent.Text("outcome"), sent.Text("weeks"), sent.Text("cause"), sent.Text("reason")}
}

func (f judgeForm) input() onboarding.EvaluationInput {
	weeks, _ := strconv.Atoi(f.Weeks) // what is no number is 0, which does not hold
	return onboarding.EvaluationInput{No: f.No, Outcome: onboarding.Judgement(f.Outcome), Weeks: weeks, Cause: onboarding.Cause(f.Cause), Reason: f.Reason}
}

type joinForm struct{ Body, Wave, On string }

func (f joinForm) input() (onboarding.AdmitInput, page.Errors) {
	var wrong page.Errors
	wave, _ := strconv.Atoi(f.Wave)
	in := onboarding.AdmitInput{Body: f.Body, Wave: wave}
	if f.On != "" {
		day, err := ui.ParseDate(f.On)
		if err != nil {
			wrong.Add("on", err.Error())
		}
		in.On = day
	}
	return in, wrong
}

type judgeView struct {
	Errors         []ui.FieldError
	Late           ui.AlertProps
	URL, Back, No  string
	Facts          []ui.Fact
	Past           []ui.Row
	Waits          bool
	Outcome, Weeks ui.Field
	Cause, Reason  ui.Field
}

func newJudgeView(r *onboarding.Rollin, f judgeForm, late *fault.Fault, wrong page.Errors) judgeView {
	v := judgeView{
		Errors: wrong.Summary(), Late: lateAlert(late), URL: link.Evaluate(r.ServiceSlug), Back: link.Rollin(r.ServiceSlug), No: strconv.Itoa(f.No), Waits: r.Waits(),
		Outcome: ui.Field{Name: "outcome", Label: "Wie geht es weiter?", Value: f.Outcome, Error: wrong.For("outcome"), Options: []ui.Option{
			{Value: string(onboarding.Go), Text: onboarding.Go.Word(), Hint: "Alle weiteren Wellen beginnen mit ihren Terminen."},
			{Value: string(onboarding.Adjust), Text: onboarding.Adjust.Word(), Hint: "Die Termine der weiteren Wellen verschieben sich. Sie warten bis zur nächsten Auswertung.", Reveals: "a"},
			{Value: string(onboarding.Stop), Text: onboarding.Stop.Word(), Hint: "Die weiteren Wellen pausieren mit Ihrer Begründung."},
		}},
		Weeks:  ui.Field{Name: "weeks", Label: "Um wie viele Wochen?", Value: f.Weeks, InputMode: "numeric", Width: ui.Small, Error: wrong.For("weeks"), Hint: "1 bis 52"},
		Cause:  ui.Field{Name: "cause", Label: "Woran liegt es?", Value: f.Cause, Empty: "Bitte wählen", Width: ui.Medium, Error: wrong.For("cause")},
		Reason: ui.Field{Name: "reason", Label: "Begründung", Value: f.Reason, Rows: 4, MaxLength: 2000, Error: wrong.For("reason"), Hint: "Alle Einheiten dieser Leistung lesen sie."},
	}
	v.Cause.Empty = "Ursache wählen"
	for _, c := range onboarding.Causes {
		v.Cause.Options = append(v.Cause.Options, ui.Option{Value: string(c), Text: c.Word()})
	}
	for _, w := range r.Waves {
		wave := newWave(r, w, false)
		fact := ui.Fact{Term: w.Name, Value: wave.Live + " produktiv"}
		if !w.Pilot {
			fact.Value = wave.Count + ", geplant " + wave.Span
		}
		v.Facts = append(v.Facts, fact)
	}
	for _, e := range r.Evaluations {
		v.Past = append(v.Past, ui.Row{Title: e.Outcome.Word() + ": " + e.Reason, Meta: evaluationMeta(e)})
	}
	return v
}

func lateAlert(late *fault.Fault) ui.AlertProps {
	if late == nil {
		return ui.AlertProps{}
	}
	return ui.AlertProps{Tone: ui.Warning, Heading: "Nicht gespeichert", Text: late.Text}
}

type joinView struct {
	Errors         []ui.FieldError
	Late           ui.AlertProps
	URL, Back      string
	Body, Wave, On ui.Field
	Waves          bool
}

func newJoinView(r *onboarding.Rollin, f joinForm, late *fault.Fault, wrong page.Errors) joinView {
	v := joinView{
		Errors: wrong.Summary(), Late: lateAlert(late), URL: link.Admit(r.ServiceSlug), Back: link.Rollin(r.ServiceSlug), Waves: len(r.Waves) > 0,
		Body: ui.Field{Name: "body", Label: "Einheit", Value: f.Body, Empty: "Einheit wählen", Width: ui.Medium, Error: wrong.For("body")},
		Wave: ui.Field{Name: "wave", Label: "Welle", Value: f.Wave, Empty: "Welle wählen", Width: ui.Medium, Error: wrong.For("wave")},
		On:   ui.Field{Name: "on", Label: "Produktivstart", Value: f.On, Optional: true, Error: wrong.For("on"), Hint: "TT.MM.JJJJ. Ohne Angabe der letzte Tag der Welle oder der früheste mögliche."},
	}
	for _, b := range r.Outside {
		v.Body.Options = append(v.Body.Options, ui.Option{Value: b.Key, Text: b.Name})
	}
	for _, w := range r.Waves {
		v.Wave.Options = append(v.Wave.Options, ui.Option{Value: strconv.Itoa(w.No), Text: w.Name + ", " + ui.Span(w.FirstOn, w.LastOn)})
	}
	return v
}
