package hurdlepage

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// actForm is what was chosen and typed about an act of the Land.
type actForm struct {
	Version            int64
	Act                hurdle.Act
	Text, To, On, Into string
	Other              string // number of an obstacle that is not offered
	Forum, Agenda      string
	Decision           string
	DecidedOn          string
}

var actFields = []string{"version", "act", "text", "to", "on", "into", "other", "forum", "agenda", "decision", "decided_on"}

func readAct(sent page.Form) (actForm, error) {
	version, err := sent.Version()
	return actForm{
		version, hurdle.Act(sent.Text("act")), sent.Text("text"), sent.Text("to"), sent.Text("on"), sent.Text("into"), sent.Text("other"), sent.Text("forum"),
		sent.Text("agenda"), sent.Text("decision"), sent.Text("decided_on"),
	}, err
}

func (f actForm) input() (hurdle.ActInput, page.Errors) {
	var wrong page.Errors
	in := hurdle.ActInput{Version: f.Version, Act: f.Act, Text: f.Text, To: f.To, Forum: f.Forum}
	switch f.Act {
	case "":
		wrong.Add("act", "Wählen Sie, was mit der Hürde geschieht.")
	case hurdle.Escalate:
		in.On = readDay(f.On, "on", &wrong)
		if f.Agenda != "" {
			agenda := readDay(f.Agenda, "agenda", &wrong)
			in.Agenda = &agenda
		}
	case hurdle.Decide:
		in.Text, in.On = f.Decision, readDay(f.DecidedOn, "decided_on", &wrong)
	}
	if no, err := strconv.ParseInt(cmp.Or(f.Into, f.Other), 10, 32); err == nil {
		in.Into = int(no)
	}
	return in, wrong
}

func readDay(text, field string, wrong *page.Errors) time.Time {
	day, err := ui.ParseDate(text)
	if err != nil {
		wrong.Add(field, err.Error())
	}
	return day
}

// moveErrors names the fields of a decision as its form does.
func (f actForm) moveErrors(err error) error {
	known, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Act != hurdle.Decide {
		return err
	}
	for i, field := range known.Fields {
		if name, moved := map[string]string{"text": "decision", "on": "decided_on"}[field.Name]; moved {
			known.Fields[i].Name = name
		}
	}
	return known
}

// assessForm is what was chosen about the weight of an obstacle.
type assessForm struct {
	Version                            int64
	Severity, SolvableBy, Scope, DueOn string
}

func readAssess(sent page.Form) (assessForm, error) {
	version, err := sent.Version()
	return assessForm{version, sent.Text("severity"), sent.Text("solvable_by"), sent.Text("scope"), sent.Text("due_on")}, err
}

func (f assessForm) input() (hurdle.Assessment, page.Errors) {
	var wrong page.Errors
	in := hurdle.Assessment{Version: f.Version, SolvableBy: f.SolvableBy, Scope: f.Scope}
	if f.Severity != "" {
		n, err := strconv.Atoi(f.Severity)
		if err != nil || n < 1 || n > 3 {
			wrong.Add("severity", "Wählen Sie ein Gewicht von 1 bis 3.")
		}
		in.Severity = n
	}
	if f.DueOn != "" {
		due, err := ui.ParseDate(f.DueOn)
		if err != nil {
			wrong.Add("due_on", err.Error())
		}
		in.DueOn = &due
	}
	return in, wrong
}

// blankAssess is the form before anything is changed.
func blankAssess(o hurdle.Obstacle) assessForm {
	f := assessForm{Version: o.Version, SolvableBy: o.SolvableBy, Scope: o.Scope}
	if o.Severity != nil {
		f.Severity = strconv.Itoa(*o.Severity)
	}
	if o.DueOn != nil {
		f.DueOn = ui.Date(*o.DueOn)
	}
	return f
}

// Act takes an act of the Land.
func (p Pages) Act(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, actFields...)
	if err != nil {
		return err
	}
	f, err := readAct(sent)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = f.moveErrors(p.Hurdles.Act(r.Context(), who, no, in)); err == nil {
			return page.Redirect(w, r, link.Hurdle(no), page.Saved)
		}
	}
	return p.again(w, r, who, no, sent, err, again{
		act: &f, wrong: wrong, url: link.Hurdle(no), version: f.Version, rows: f.rows,
		offered: func(o hurdle.Obstacle) bool { return slices.Contains(o.Acts(), f.Act) },
	})
}

func (f actForm) rows(o hurdle.Obstacle) []ui.ConflictRow {
	return []ui.ConflictRow{
		{Field: "Stand", Mine: actWords[f.Act], Theirs: o.Standing()},
		{Field: "Lösung oder Begründung", Mine: f.Text, Theirs: o.Solution + o.Reason},
		{Field: "Eskaliert an", Mine: f.To, Theirs: o.EscalatedTo},
		{Field: "Beschluss", Mine: f.Decision, Theirs: o.Decision},
	}
}

// Assess saves how the Land judges an obstacle.
func (p Pages) Assess(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "severity", "solvable_by", "scope", "due_on")
	if err != nil {
		return err
	}
	f, err := readAssess(sent)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = p.Hurdles.Assess(r.Context(), who, no, in); err == nil {
			return page.Redirect(w, r, link.Hurdle(no), page.Saved)
		}
	}
	return p.again(w, r, who, no, sent, err, again{
		assess: &f, wrong: wrong, url: link.AssessHurdle(no), version: f.Version, rows: f.rows,
		offered: hurdle.Obstacle.Open,
	})
}

func (f assessForm) rows(o hurdle.Obstacle) []ui.ConflictRow {
	now := blankAssess(o)
	return []ui.ConflictRow{
		{Field: "Gewicht", Mine: f.Severity, Theirs: now.Severity},
		{Field: "Lösbar durch", Mine: hurdle.SolverWord(f.SolvableBy), Theirs: hurdle.SolverWord(now.SolvableBy)},
		{Field: "Reichweite", Mine: hurdle.ScopeWord(f.Scope), Theirs: hurdle.ScopeWord(now.Scope)},
		{Field: "Klärung bis", Mine: f.DueOn, Theirs: now.DueOn},
	}
}

// again is a form of the Land that was not saved.
type again struct {
	act     *actForm
	assess  *assessForm
	reason  string // why it persists
	wrong   page.Errors
	late    ui.AlertProps
	url     string // where the form was sent
	version int64
	rows    func(hurdle.Obstacle) []ui.ConflictRow
	offered func(hurdle.Obstacle) bool // whether the act is still possible
}

// again answers 422 with what is wrong, or 409: both states side by side if the act is still possible, and otherwise the
// obstacle as it is now, with what was typed.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, no int, sent page.Form, cause error, a again) error {
	status, err := a.wrong.Status(cause)
	if err != nil {
		return err
	}
	late := status == http.StatusConflict
	found, err := p.Hurdles.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	if late && found.Version != a.version && a.offered(found.Obstacle) {
		return p.Shell.RenderClash(w, r, who, page.Clash{
			Page: head(found.Obstacle), Rows: a.rows(found.Obstacle), Action: a.url, Current: link.Hurdle(no), Form: sent, Version: found.Version, Trail: found.Trail,
		})
	}
	if late {
		a.late = page.NotSaved(cause)
	}
	return p.renderShown(w, r, who, status, found, a)
}
