package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"rollinportal/internal/fault"
)

// Problem is something that keeps a template from being published. Index is the place of the step in the list.
type Problem struct {
	Index int
	Key   string
	Text  string // a German sentence
}

var keyPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Validate returns everything that is wrong with a list of steps, in the order of the list.
func Validate(steps []Step) []Problem {
	if len(steps) == 0 {
		return []Problem{{Text: "Die Vorlage hat keine Schritte."}}
	}
	v := validation{byKey: index(steps), keys: map[string]bool{}, numbers: map[int]bool{}}
	for i, s := range steps {
		v.at = i
		v.step(s)
		v.predecessors(s)
	}
	if len(v.found) == 0 {
		v.cycles(steps)
	}
	return v.found
}

type validation struct {
	byKey   map[string]Step
	keys    map[string]bool
	numbers map[int]bool
	at      int
	found   []Problem
}

func (v *validation) refuse(wrong bool, s Step, format string, args ...any) {
	if wrong {
		v.found = append(v.found, Problem{v.at, s.Key, fmt.Sprintf(format, args...)})
	}
}

func (v *validation) step(s Step) {
	v.refuse(!keyPattern.MatchString(s.Key), s, "Der Schlüssel „%s“ darf nur kleine Buchstaben, Ziffern und Unterstriche enthalten.", s.Key)
	v.refuse(v.keys[s.Key], s, "Der Schlüssel „%s“ kommt zweimal vor.", s.Key)
	v.refuse(s.No <= 0 || v.numbers[s.No], s, "Die Nummer %d fehlt oder kommt zweimal vor.", s.No)
	v.refuse(strings.TrimSpace(s.Title) == "", s, "Der Titel fehlt.")
	v.refuse(s.Pillar < 1 || s.Pillar > 4, s, "Die Säule ist eine Zahl von 1 bis 4.")
	v.refuse(!slices.Contains(Phases, s.Phase), s, "Die Phase „%s“ ist unbekannt.", s.Phase)
	v.refuse(!slices.Contains(responsibles, s.Responsible), s, "Verantwortlich „%s“ ist unbekannt.", s.Responsible)
	v.refuse(s.Scope != Land && s.Scope != Basis && s.Scope != Kommune, s, "Die Ebene „%s“ ist unbekannt.", s.Scope)
	v.refuse(s.DurationDays <= 0, s, "Die Dauer beträgt mindestens einen Arbeitstag.")
	v.refuse(s.RepeatMonths < 0, s, "Die Wiederholung ist eine Zahl von Monaten.")
	v.review(s)
	for _, c := range s.Conditions {
		v.refuse(absences[c] == "", s, "Die Bedingung „%s“ ist unbekannt.", c)
	}
	v.keys[s.Key], v.numbers[s.No] = true, true
}

// review holds who may check a step: another organisation than the one that does it.
func (v *validation) review(s Step) {
	v.refuse(s.Review != "" && !slices.Contains(reviewers, s.Review), s, "Die Prüfung „%s“ ist unbekannt. Prüfen können land, fachressort und it_dienstleister.", s.Review)
	v.refuse(s.Review != "" && s.Scope == Land, s, "Einen Schritt des Landes prüft keine andere Stelle.")
	v.refuse(s.Review == ByMinistry && s.Scope == Basis, s, "Eine Basisaufgabe gehört zu keiner Leistung, also prüft sie kein Fachressort.")
	v.refuse(s.Dated && s.Evidence == "", s, "Ablaufen kann nur ein Nachweis. Nennen Sie, welcher gefragt ist.")
	v.refuse(s.Dated && s.Scope == Land, s, "Nachweise des Landes laufen nicht ab.")
}

func (v *validation) predecessors(s Step) {
	for _, key := range s.Predecessors {
		p, known := v.byKey[key]
		v.refuse(!known, s, "Den Vorgänger „%s“ gibt es nicht.", key)
		v.refuse(known && s.Scope == Land && p.Scope != Land, s,
			"Ein Schritt des Landes wartet nicht auf einzelne Kommunen, also nicht auf „%s“.", key)
	}
}

// cycles names one step of a circle; the others of it would only repeat that.
func (v *validation) cycles(steps []Step) {
	order := OrderFor(Each(steps), true)
	for i, s := range steps {
		if order.Before(s.Key)[s.Key] {
			v.at = i
			v.refuse(true, s, "Der Schritt wartet über seine Vorgänger auf sich selbst.")
			return
		}
	}
}

// faulty turns problems into the fault that refuses a template.
func faulty(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	first := problems[0]
	return fault.New(fault.Invalid, fmt.Sprintf("Die Vorlage lässt sich nicht übernehmen. Schritt %d (%s): %s", first.Index+1, first.Key, first.Text))
}
