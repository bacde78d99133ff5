package hurdle

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/workday"
)

// Act is what the Land does with an obstacle.
type Act string

// The acts.
const (
	Confirm  Act = "confirm"
	TakeUp   Act = "take_up"
	Escalate Act = "escalate"
	Decide   Act = "decide"
	Test     Act = "test"
	Resolve  Act = "resolve"
	Accept   Act = "accept"
	Reject   Act = "reject"
	Merge    Act = "merge"
)

// turns are the acts in the order in which a page offers them: from where they are possible, and what comes out.
var turns = []struct {
	act  Act
	from []State
	to   State // "" leaves the state as it is
}{
	{Confirm, []State{Reported}, Confirmed},
	{TakeUp, []State{Reported, Confirmed}, InProgress},
	{Escalate, []State{Reported, Confirmed, InProgress}, InProgress},
	{Decide, []State{Reported, Confirmed, InProgress}, InProgress},
	{Test, []State{Reported, Confirmed, InProgress}, InProgress},
	{Resolve, []State{Reported, Confirmed, InProgress}, Resolved},
	{Accept, []State{Reported, Confirmed, InProgress}, Accepted},
	{Reject, []State{Reported, Confirmed, InProgress}, Rejected},
	{Merge, []State{Reported, Confirmed, InProgress}, ""},
}

// Acts returns what the Land may do with the obstacle now.
func (o Obstacle) Acts() []Act {
	var found []Act
	for _, t := range turns {
		if o.Open() && slices.Contains(t.from, o.State) && (t.act != Decide || o.Escalated()) {
			found = append(found, t.act)
		}
	}
	return found
}

// ActInput is what the Land wants to do, with the version it saw.
type ActInput struct {
	Version int64
	Act     Act
	Text    string     // the solution, the decision, or the reason
	Forum   string     // key of the committee it is escalated to
	To      string     // or the name of somebody else
	On      time.Time  // since when it lies there, or when it was decided
	Agenda  *time.Time // when the committee deals with it
	Into    int        // the number of the obstacle that takes this one over
}

// acted returns the obstacle after an act, or why it cannot be taken.
func (o Obstacle) acted(in ActInput, now time.Time) (Obstacle, error) {
	if o.Version != in.Version {
		return o, fault.New(fault.Conflict, "Jemand hat die Hürde inzwischen geändert. Sie steht jetzt auf „"+o.Standing()+"“.")
	}
	if !slices.Contains(o.Acts(), in.Act) {
		return o, fault.New(fault.Conflict, "Die Hürde steht auf „"+o.Standing()+"“. Von dort geht das nicht.")
	}
	in.Text, in.To = strings.TrimSpace(in.Text), strings.TrimSpace(in.To)
	if err := in.wrong(o, now).Err(); err != nil {
		return o, err
	}
	for _, t := range turns {
		if t.act == in.Act && t.to != "" && t.to != o.State {
			o.State, o.StateSince = t.to, now
		}
	}
	switch in.Act {
	case Escalate:
		o.EscalatedTo, o.EscalatedOn, o.Committee, o.AgendaOn = in.To, &in.On, in.Forum, in.Agenda
		o.Decision, o.DecidedOn = "", nil
	case Decide:
		o.Decision, o.DecidedOn = in.Text, &in.On
	case Test, Resolve:
		o.Solution, o.Reason = in.Text, ""
	case Accept, Reject:
		o.Solution, o.Reason = "", in.Text
	case Merge:
		o.MergedInto = &in.Into
	}
	return o, nil
}

func (in ActInput) wrong(o Obstacle, now time.Time) fault.Wrong {
	var wrong fault.Wrong
	switch text := strings.TrimSpace(in.Text); in.Act {
	case Decide:
		wrong.If(text == "", "text", "Geben Sie ein, was beschlossen ist. Die betroffenen Einheiten lesen es.")
		wrong.If(in.On.IsZero() || in.On.After(workday.Day(now)), "on", "Geben Sie den Tag des Beschlusses ein. Er liegt nicht in der Zukunft.")
	case Test:
		wrong.If(text == "", "text", "Beschreiben Sie, was die betroffenen Einheiten ausprobieren sollen.")
	case Resolve:
		wrong.If(text == "", "text", "Beschreiben Sie die Lösung. Jede betroffene Einheit liest sie an ihrer Aufgabe.")
	case Accept, Reject:
		wrong.If(text == "", "text", "Nennen Sie den Grund. Die betroffenen Einheiten lesen ihn.")
	case Escalate:
		wrong.If(in.To == "", "to", "Wählen Sie ein Gremium, oder nennen Sie, an wen die Hürde geht.")
		wrong.If(in.Agenda != nil && in.Agenda.Before(workday.Day(now)), "agenda", "Geben Sie den Tag der Sitzung ein, ab heute, zum Beispiel 30.04.2027.")
		wrong.If(in.On.IsZero() || in.On.After(workday.Day(now)), "on", "Geben Sie ein, seit wann die Hürde dort liegt. Der Tag liegt nicht in der Zukunft.")
	case Merge:
		wrong.If(in.Into < 1 || in.Into == o.No, "into", "Wählen Sie eine andere, offene Hürde, oder geben Sie ihre Nummer ein.")
	}
	wrong.If(len([]rune(in.Text)) > 4000 || len([]rune(in.To)) > 200, "text", "Kürzen Sie den Text auf höchstens 4.000 Zeichen.")
	return wrong
}

// Assessment is how the Land judges an obstacle.
type Assessment struct {
	Version    int64
	Severity   int // 1 to 3, 0 while nobody has judged
	SolvableBy string
	Scope      string
	DueOn      *time.Time
}

// Solvers and Scopes list who can solve an obstacle and how far it reaches, in the order of forms.
var (
	Solvers = []string{"body", "land", "laender", "federal", "provider"}
	Scopes  = []string{"body", "service", "land", "federal"}
)

var (
	solverWords   = map[string]string{"body": "Kommune", "land": "Land", "laender": "Länder gemeinsam", "federal": "Bund", "provider": "Anbieter"}
	scopeWords    = map[string]string{"body": "einzelne Einheit", "service": "eine Leistung", "land": "landesweit", "federal": "bundesweit"}
	severityWords = []string{"", "1, gering", "2, mittel", "3, hoch"}
)

// SolverWord says who can solve an obstacle.
func SolverWord(key string) string { return solverWords[key] }

// ScopeWord says how far an obstacle reaches.
func ScopeWord(key string) string { return scopeWords[key] }

// SeverityWord says how much an obstacle weighs, "" while nobody has judged.
func SeverityWord(n int) string { return severityWords[n] }

func (o Obstacle) severity() int {
	if o.Severity == nil {
		return 0
	}
	return *o.Severity
}

// assessed returns the obstacle after a judgement, or why it cannot be made.
func (o Obstacle) assessed(in Assessment, today time.Time) (Obstacle, error) {
	var wrong fault.Wrong
	switch {
	case o.Version != in.Version:
		return o, fault.New(fault.Conflict, "Jemand hat die Hürde inzwischen geändert. Sie steht jetzt auf „"+o.Standing()+"“.")
	case !o.Open():
		return o, fault.New(fault.Conflict, "Die Hürde steht auf „"+o.Standing()+"“. Sie wird nicht mehr eingeordnet.")
	}
	wrong.If(in.Severity < 0 || in.Severity > 3, "severity", "Wählen Sie ein Gewicht von 1 bis 3.")
	wrong.If(in.SolvableBy != "" && solverWords[in.SolvableBy] == "", "solvable_by", "Wählen Sie aus der Liste, wer die Hürde lösen kann.")
	wrong.If(in.Scope != "" && scopeWords[in.Scope] == "", "scope", "Wählen Sie aus der Liste, wie weit die Hürde reicht.")
	wrong.If(in.DueOn != nil && in.DueOn.Before(today) && (o.DueOn == nil || !in.DueOn.Equal(*o.DueOn)), "due_on", "Geben Sie einen Termin ab heute ein, zum Beispiel 30.04.2027.")
	o.Severity = nil
	if in.Severity > 0 {
		o.Severity = &in.Severity
	}
	o.SolvableBy, o.Scope, o.DueOn = in.SolvableBy, in.Scope, in.DueOn
	return o, wrong.Err()
}

// changes says in people's words what is different.
func changes(before, after Obstacle) []audit.Change {
	list := audit.Diff("Stand", before.Standing(), after.Standing())
	for _, c := range []struct{ field, old, now string }{
		{"Lösung", before.Solution, after.Solution},
		{"Grund", before.Reason, after.Reason},
		{"Eskaliert an", before.EscalatedTo, after.EscalatedTo},
		{"Eskaliert seit", workday.WrittenIf(before.EscalatedOn), workday.WrittenIf(after.EscalatedOn)},
		{"Auf der Tagesordnung", workday.WrittenIf(before.AgendaOn), workday.WrittenIf(after.AgendaOn)},
		{"Beschluss", before.Decision, after.Decision},
		{"Beschlossen am", workday.WrittenIf(before.DecidedOn), workday.WrittenIf(after.DecidedOn)},
		{"Gemeinsam mit", merged(before), merged(after)},
		{"Gewicht", SeverityWord(before.severity()), SeverityWord(after.severity())},
		{"Lösbar durch", SolverWord(before.SolvableBy), SolverWord(after.SolvableBy)},
		{"Reichweite", ScopeWord(before.Scope), ScopeWord(after.Scope)},
		{"Klärung bis", workday.WrittenIf(before.DueOn), workday.WrittenIf(after.DueOn)},
	} {
		list = append(list, audit.Diff(c.field, c.old, c.now)...)
	}
	return list
}

func merged(o Obstacle) string {
	if o.MergedInto == nil {
		return ""
	}
	return "Hürde Nr. " + strconv.Itoa(*o.MergedInto)
}
