package hurdlepage

import (
	"cmp"
	"strconv"

	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

var actWords = map[hurdle.Act]string{
	hurdle.Confirm: "Bestätigen", hurdle.TakeUp: "In Klärung nehmen", hurdle.Escalate: "Eskalieren", hurdle.Decide: "Entscheidung des Gremiums eintragen",
	hurdle.Test: "Lösung testen lassen", hurdle.Resolve: "Lösen",
	hurdle.Accept: "Hinnehmen", hurdle.Reject: "Als kein Hemmnis zurückweisen", hurdle.Merge: "Mit einer anderen zusammenführen",
}

var actHints = map[hurdle.Act]string{
	hurdle.Confirm:  "Die Hürde besteht. Wer sie klärt, steht noch nicht fest.",
	hurdle.TakeUp:   "Jemand im Land arbeitet an der Lösung.",
	hurdle.Escalate: "Ein Gremium oder eine andere Stelle entscheidet.",
	hurdle.Decide:   "Die betroffenen Einheiten lesen den Beschluss. Die Hürde bleibt in Klärung.",
	hurdle.Test:     "Die betroffenen Einheiten probieren aus, ob es so geht. Die Hürde bleibt solange offen.",
	hurdle.Resolve:  "Jede betroffene Einheit liest die Lösung an ihrer Aufgabe. Blockierte Aufgaben gehen wieder auf.",
	hurdle.Accept:   "Es gibt keine Lösung, der Roll-in geht trotzdem weiter.",
	hurdle.Reject:   "Es geht auch so. Sagen Sie, wie.",
	hurdle.Merge:    "Alle Betroffenen gehören danach zur anderen Hürde. Beide Verläufe bleiben.",
}

// What an act asks for.
var actReveals = map[hurdle.Act]string{hurdle.Resolve: "a", hurdle.Test: "a", hurdle.Decide: "d", hurdle.Accept: "a", hurdle.Reject: "a", hurdle.Escalate: "b", hurdle.Merge: "c"}

// manageView are the forms of the Land.
type manageView struct {
	URL, Version                   string
	Act, Text, Forum, To, On, Into ui.Field
	Other                          ui.Field // shown alone if none is offered
	Agenda, Decision, DecidedOn    ui.Field
	AssessURL                      string
	Severity, Solvable, Scope, Due ui.Field
}

func newManageView(s hurdle.Shown, a again) manageView {
	o := s.Obstacle
	act, assess := actForm{}, blankAssess(o)
	if m, ok := s.Offered(); ok {
		act = actForm{Act: hurdle.Decide, Decision: m.Result, DecidedOn: ui.Date(*m.DecidedOn)}
	}
	if a.act != nil {
		act = *a.act
	}
	if a.assess != nil {
		assess = *a.assess
	}
	wrong := a.wrong
	v := manageView{
		URL: link.Hurdle(o.No), Version: strconv.FormatInt(o.Version, 10), AssessURL: link.AssessHurdle(o.No),
		Act:       ui.Field{Name: "act", Label: "Was geschieht mit der Hürde?", Value: string(act.Act), Error: wrong.For("act")},
		Text:      ui.Field{Name: "text", Label: "Lösung oder Begründung", Value: act.Text, Rows: 4, MaxLength: 4000, Error: wrong.For("text"), Hint: "Die betroffenen Einheiten lesen den Text."},
		Forum:     ui.Field{Name: "forum", Label: "An welches Gremium?", Value: act.Forum, Empty: "Andere Stelle, Name unten", Options: forumOptions(s.Forums), Error: wrong.For("forum")},
		To:        ui.Field{Name: "to", Label: "Name der anderen Stelle", Value: act.To, MaxLength: 200, Optional: true, Error: wrong.For("to"), Hint: "zum Beispiel Lenkungsausschuss E-Government und IT"},
		On:        ui.Field{Name: "on", Label: "Seit wann?", Value: act.On, Error: wrong.For("on")},
		Agenda:    ui.Field{Name: "agenda", Label: "Auf der Tagesordnung am", Value: act.Agenda, Optional: true, Error: wrong.For("agenda")},
		Decision:  ui.Field{Name: "decision", Label: "Was ist beschlossen?", Value: act.Decision, Rows: 4, MaxLength: 4000, Error: wrong.For("decision"), Hint: "Die betroffenen Einheiten lesen den Text."},
		DecidedOn: ui.Field{Name: "decided_on", Label: "Beschlossen am", Value: act.DecidedOn, Error: wrong.For("decided_on")},
		Into:      ui.Field{Name: "into", Label: "Welche andere Hürde ist dieselbe?", Value: act.Into, Options: alikeOptions(s.Alike), Error: wrong.For("into")},
		Other:     ui.Field{Name: "other", Label: "Nummer der anderen Hürde", Value: act.Other, InputMode: "numeric", Width: ui.Small},
		Severity: ui.Field{Name: "severity", Label: "Gewicht", Value: assess.Severity, Empty: "Noch offen", Error: wrong.For("severity"), Options: []ui.Option{
			{Value: "1", Text: hurdle.SeverityWord(1)}, {Value: "2", Text: hurdle.SeverityWord(2)}, {Value: "3", Text: hurdle.SeverityWord(3)},
		}},
		Solvable: ui.Field{Name: "solvable_by", Label: "Lösbar durch", Value: assess.SolvableBy, Empty: "Noch offen", Options: wordOptions(hurdle.Solvers, hurdle.SolverWord), Error: wrong.For("solvable_by")},
		Scope:    ui.Field{Name: "scope", Label: "Reichweite", Value: assess.Scope, Empty: "Noch offen", Options: wordOptions(hurdle.Scopes, hurdle.ScopeWord), Error: wrong.For("scope")},
		Due:      ui.Field{Name: "due_on", Label: "Klärung bis", Value: assess.DueOn, Optional: true, Error: wrong.For("due_on")},
	}
	if len(s.Alike) == 0 {
		v.Other.Name, v.Other.Error = "into", wrong.For("into")
		v.Other.Value = cmp.Or(act.Into, act.Other)
	}
	for _, act := range o.Acts() {
		v.Act.Options = append(v.Act.Options, ui.Option{Value: string(act), Text: actWords[act], Hint: actHints[act], Reveals: actReveals[act]})
	}
	return v
}

// alikeOptions offers what may be the same obstacle, and the way to name another one.
func alikeOptions(found []hurdle.Similar) []ui.Option {
	if len(found) == 0 {
		return nil
	}
	var options []ui.Option
	for _, s := range found {
		o := newOffer(s)
		options = append(options, ui.Option{Value: strconv.Itoa(s.No), Text: ui.Excerpt(o.Text, 120), Hint: o.Meta})
	}
	return append(options, ui.Option{Text: "Eine andere, Nummer unten"})
}

func wordOptions(keys []string, word func(string) string) []ui.Option {
	options := make([]ui.Option, len(keys))
	for i, key := range keys {
		options[i] = ui.Option{Value: key, Text: word(key)}
	}
	return options
}

func forumOptions(forums []hurdle.Forum) []ui.Option {
	options := make([]ui.Option, len(forums))
	for i, f := range forums {
		options[i] = ui.Option{Value: f.Key, Text: f.Name}
	}
	return options
}
