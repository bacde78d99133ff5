package onboarding

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// Judgement is what the Land makes of the pilots.
type Judgement string

// The judgements. Only Go releases the waves that wait.
const (
	Go     Judgement = "go"
	Adjust Judgement = "adjust"
	Stop   Judgement = "stop"
)

// Judgements lists them as a page offers them.
var Judgements = []Judgement{Go, Adjust, Stop}

// Word is the judgement as people call it.
func (j Judgement) Word() string {
	return map[Judgement]string{Go: "Weiter", Adjust: "Nachbessern", Stop: "Anhalten"}[j]
}

// Cause is why a date moves.
type Cause string

// Causes are the reasons there are, in their order.
var Causes = []Cause{"backend", "staff", "provider", "operator", "law", "pilots"}

var causeWords = map[Cause]string{
	"backend": "Fachverfahren", "staff": "Personal", "provider": "IT-Dienstleister", "operator": "Anbieter der Leistung",
	"law": "Rechtliche Klärung", "pilots": "Erkenntnisse der Pilotierung",
}

// Word is the cause as people call it.
func (c Cause) Word() string { return causeWords[c] }

// Evaluation is what the Land made of the pilots at one time.
type Evaluation struct {
	No        int
	Outcome   Judgement
	Weeks     int // by which the dates of the waiting waves move
	Cause     Cause
	Reason    string
	DecidedBy uuid.UUID
	Decider   string // who that was; empty where the reader may not know
	DecidedAt time.Time
}

// EvaluationInput is a judgement; No is its number, so that two people do not judge at once.
type EvaluationInput struct {
	No      int
	Outcome Judgement
	Weeks   int
	Cause   Cause
	Reason  string
}

// Outside is a competent body that the roll-in goes without. Reason is empty if it became competent later.
type Outside struct{ Key, Name, Reason string }

// Waits reports whether a wave of the roll-in waits for the evaluation of the pilots.
func (r *Rollin) Waits() bool {
	return slices.ContainsFunc(r.Waves, func(w Wave) bool { return w.ReleasedAt == nil })
}

// Stopped returns the judgement that holds the waiting waves, or nil.
func (r *Rollin) Stopped() *Evaluation {
	if n := len(r.Evaluations); n > 0 && r.Waits() && r.Evaluations[n-1].Outcome == Stop {
		return &r.Evaluations[n-1]
	}
	return nil
}

// Wave returns the wave with a number, or nil.
func (r *Rollin) Wave(no int) *Wave {
	for i := range r.Waves {
		if r.Waves[i].No == no {
			return &r.Waves[i]
		}
	}
	return nil
}

// judged says whether a judgement holds, and which step of the Land it finishes (nil if none).
func (r *Rollin) judged(in EvaluationInput, by uuid.UUID) (*Step, error) {
	last := len(r.Evaluations)
	switch {
	case in.No == last && last > 0 && r.Evaluations[last-1].repeats(in, by):
		return nil, postgres.ErrRepeated
	case !r.Waits():
		return nil, fault.New(fault.Conflict, "Keine Welle wartet auf die Auswertung der Pilotierung.")
	case in.No != last+1:
		e := r.Evaluations[last-1]
		return nil, fault.New(fault.Conflict, "Jemand hat die Pilotierung inzwischen ausgewertet: „"+e.Outcome.Word()+"“. Grund: "+e.Reason)
	}
	if err := in.wrong().Err(); err != nil || in.Outcome != Go {
		return nil, err
	}
	s := r.step(template.PilotEval)
	switch {
	case s == nil || s.State.Finished():
		return nil, nil
	case !s.Possible():
		return nil, fault.New(fault.Conflict, "Vor der Freigabe der Fläche fehlt beim Land noch: "+titles(s.WaitsFor)+".")
	}
	done := *s
	done.State, done.Given, done.SubmittedBy, done.ChangedBy = Done, "Auswertung der Pilotierung: "+in.Reason, nil, by
	return &done, nil
}

func (e Evaluation) repeats(in EvaluationInput, by uuid.UUID) bool {
	return e.DecidedBy == by && e.Outcome == in.Outcome && e.Reason == in.Reason && e.Weeks == in.Weeks && e.Cause == in.Cause
}

// tidy drops what a judgement does not need.
func (in EvaluationInput) tidy() EvaluationInput {
	in.Reason = strings.TrimSpace(in.Reason)
	if in.Outcome != Adjust {
		in.Weeks, in.Cause = 0, ""
	}
	return in
}

func (in EvaluationInput) wrong() fault.Wrong {
	var wrong fault.Wrong
	wrong.If(!slices.Contains(Judgements, in.Outcome), "outcome", "Wählen Sie, wie es weitergeht.")
	wrong.If(in.Outcome == Adjust && (in.Weeks < 1 || in.Weeks > 52), "weeks", "Geben Sie an, um wie viele Wochen sich die Termine verschieben: 1 bis 52.")
	wrong.If(in.Outcome == Adjust && !slices.Contains(Causes, in.Cause), "cause", "Wählen Sie, woran es liegt.")
	wrong.If(in.Reason == "", "reason", "Begründen Sie die Auswertung in einem Satz.")
	wrong.If(utf8.RuneCountInString(in.Reason) > 2000, "reason", "Kürzen Sie die Begründung auf höchstens 2.000 Zeichen.")
	return wrong
}
