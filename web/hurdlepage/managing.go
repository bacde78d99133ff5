package hurdlepage

import (
	"net/http"
	"slices"
	"strconv"

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
}

func readAct(sent page.Form) (actForm, error) {
	version, err := sent.Version()
	return actForm{version, hurdle.Act(sent.Text("act")), sent.Text("text"), sent.Text("to"), sent.Text("on"), sent.Text("into")}, err
}

func (f actForm) input() (hurdle.ActInput, page.Errors) {
	var wrong page.Errors
	in := hurdle.ActInput{Version: f.Version, Act: f.Act, Text: f.Text, To: f.To}
	if f.Act == "" {
		wrong.Add("act", "Wählen Sie, was mit der Hürde geschieht.")
	}
	if f.Act == hurdle.Escalate {
		on, err := ui.ParseDate(f.On)
		if err != nil {
			wrong.Add("on", err.Error())
		}
		in.On = on
	}
	if no, err := strconv.ParseInt(f.Into, 10, 32); err == nil {
		in.Into = int(no)
	}
	return in, wrong
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
	sent, err := page.ReadForm(w, r, "version", "act", "text", "to", "on", "into")
	if err != nil {
		return err
	}
	f, err := readAct(sent)
	if err != nil {
		return err
	}
	in, wrong := f.input()
	if len(wrong) == 0 {
		if err = p.Hurdles.Act(r.Context(), who, no, in); err == nil {
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
	status := http.StatusUnprocessableEntity
	late := fault.KindOf(cause) == fault.Conflict
	if late {
		status = http.StatusConflict
	} else if cause != nil {
		if err := a.wrong.Merge(cause); err != nil {
			return err
		}
	}
	found, err := p.Hurdles.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	if late && found.Version != a.version && a.offered(found.Obstacle) {
		return p.Shell.RenderClash(w, r, who, page.Clash{
			Page: head(found.Obstacle, status), Rows: a.rows(found.Obstacle), Action: a.url, Current: link.Hurdle(no), Form: sent, Version: found.Version, Trail: found.Trail,
		})
	}
	if late {
		a.late = ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: sentence(cause)}
	}
	return p.renderShown(w, r, who, status, found, a)
}
