package onboarding

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// Address is where a step is shown, with the version the person saw.
type Address struct {
	Body, Service, Key string
	Version            int64
}

// place is where a checklist is.
type place struct{ body, service string }

func (a Address) place() place { return place{a.Body, a.Service} }

// ManyInput is what many steps shall become at once. The form makes the ID, so that a second click finds the batch there.
type ManyInput struct {
	ID          uuid.UUID
	Steps       []Address
	To          StepState
	Evidence    string // the same for all, added to what a step has
	EvidenceURL string
	On          *time.Time // the day it happened, noted with the evidence
	ValidUntil  *time.Time // the same for all whose evidence expires
}

// maxMany is how many steps change at once: all that a window of the matrix shows.
const maxMany = 500

const tooMany = "Das sind mehr als 500 Aufgaben auf einmal. Wählen Sie weniger Zellen, zum Beispiel über die Filter der Matrix."

// date gives every step without a version the one it has now: whoever ticks a cell has not seen its step yet. The
// preview shows it, and the act that follows holds to what was shown.
func (in ManyInput) date(lists map[place]*Checklist) {
	for i, a := range in.Steps {
		if c := lists[a.place()]; a.Version == 0 && c != nil {
			if s, known := c.Find(a.Key); known {
				in.Steps[i].Version = s.Version
			}
		}
	}
}

// countIn counts the steps of some checklists by key, in the order of the template.
func countIn(lists map[place]*Checklist, who access.Actor) []StepCount {
	counts := map[string]*StepCount{}
	for _, c := range lists {
		for _, s := range c.Steps {
			if s.State == NotApplicable || s.Key == template.Live || !c.manyHandOf(who).works(s) {
				continue
			}
			n := counts[s.Key]
			if n == nil {
				n = &StepCount{Key: s.Key, Title: s.Title, No: s.No, Scope: s.Scope, Phase: s.Phase, Responsible: s.Responsible}
				counts[s.Key] = n
			}
			t := tallyOf(s.State)
			n.Bodies, n.Done, n.Active = n.Bodies+t.Relevant, n.Done+t.Done, n.Active+t.Active
		}
	}
	found := make([]StepCount, 0, len(counts))
	for _, n := range counts {
		found = append(found, *n)
	}
	slices.SortFunc(found, func(a, b StepCount) int { return cmp.Or(cmp.Compare(a.No, b.No), cmp.Compare(a.Key, b.Key)) })
	return found
}

// tidy names each step once.
func (in ManyInput) tidy() ManyInput {
	in.Steps = slices.Clone(in.Steps)
	slices.SortFunc(in.Steps, func(a, b Address) int {
		return cmp.Or(cmp.Compare(a.Body, b.Body), cmp.Compare(a.Service, b.Service), cmp.Compare(a.Key, b.Key), cmp.Compare(b.Version, a.Version))
	})
	in.Steps = slices.CompactFunc(in.Steps, func(a, b Address) bool { return a.place() == b.place() && a.Key == b.Key })
	step := StepInput{Evidence: in.Evidence, EvidenceURL: in.EvidenceURL}.tidy()
	in.Evidence, in.EvidenceURL = step.Evidence, step.EvidenceURL
	return in
}

func (in ManyInput) wrong(today time.Time) error {
	var wrong fault.Wrong
	switch {
	case len(in.Steps) == 0:
		wrong.Add("steps", "Wählen Sie mindestens eine Aufgabe.")
	case len(in.Steps) > maxMany:
		wrong.Add("steps", tooMany)
	}
	wrong.If(in.To != InProgress && in.To != Done, "to", "Wählen Sie, wie der Stand ist.")
	wrong.If(in.On != nil && in.On.After(today), "on", "Geben Sie einen Tag ein, der nicht in der Zukunft liegt.")
	wrong.If(in.ValidUntil != nil && !in.ValidUntil.After(today), "valid_until", "Dieser Tag ist vorbei. Geben Sie einen Nachweis an, der noch gilt.")
	step := StepInput{Evidence: in.Evidence, EvidenceURL: in.EvidenceURL}
	return append(wrong, step.wrong(move{}, Step{}, today)...).Err()
}

// note is what is added to the evidence of a step: the day, and what was said.
func (in ManyInput) note() string {
	switch {
	case in.On == nil:
		return in.Evidence
	case in.Evidence == "":
		return "Am " + workday.WrittenIf(in.On)
	}
	return "Am " + workday.WrittenIf(in.On) + ": " + in.Evidence
}

// input is what is wanted of one of the steps. What the body has noted as evidence stays.
func (in ManyInput) input(s Step, version int64) StepInput {
	one := StepInput{Version: version, To: in.To, Evidence: in.note(), EvidenceURL: in.EvidenceURL}
	if one.Evidence == "" || s.Given == "" {
		one.Evidence += s.Given
	} else {
		one.Evidence = s.Given + "\n" + one.Evidence
	}
	if one.EvidenceURL == "" {
		one.EvidenceURL = s.GivenURL
	}
	if one.ValidUntil = s.ValidUntil; s.Dated && in.ValidUntil != nil {
		one.ValidUntil = in.ValidUntil
	}
	return one
}

// Outcome is what becomes of one of many steps, or why it is left out.
type Outcome struct {
	Address
	BodyName, ServiceName string
	Before, After         Step
	LeftOut               string // the reason, as a sentence; nothing changes then

	list   *Checklist
	was    Onboarding // before this step changed
	became State      // of the onboarding, after it
}

// judge says what becomes of each step, as if the person changed one after the other, and makes it so in the lists. A
// preview and the change itself ask the same question, so they get the same answer.
func (in ManyInput) judge(lists map[place]*Checklist, who access.Actor, now time.Time) []Outcome {
	found := make([]Outcome, len(in.Steps))
	for i, a := range in.Steps {
		found[i] = Outcome{Address: a, list: lists[a.place()]}
		if o := &found[i]; o.list != nil {
			o.BodyName, o.ServiceName = o.list.BodyName, o.list.ServiceName
			o.Before, _ = o.list.Find(a.Key)
		}
	}
	slices.SortStableFunc(found, func(a, b Outcome) int { // what comes before in a checklist changes before
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Before.No, b.Before.No))
	})
	for i := range found {
		o := &found[i]
		if err := in.move(o, who); err != nil {
			o.LeftOut = sentence(err)
			continue
		}
		o.take(lists, who, now)
	}
	return found
}

// rank is where an outcome stands in a list of them. What does not exist for the reader comes last.
func (o Outcome) rank() int {
	if o.list == nil {
		return math.MaxInt
	}
	return o.list.rank
}

// move judges one of the steps.
func (in ManyInput) move(o *Outcome, who access.Actor) (err error) {
	if o.list == nil {
		return fault.Missing()
	}
	if o.Before, err = o.list.must(o.Key); err != nil { // as the steps before it have left it
		return err
	}
	hand, one := o.list.manyHandOf(who), in.input(o.Before, o.Version)
	switch {
	case o.Before.repeats(one, hand):
		return fault.New(fault.Conflict, "Das ist schon so gespeichert.")
	case o.Before.Version == o.Version && hand.works(o.Before):
		if why := in.leaves(o.Before, o.list, who); why != "" {
			return fault.New(fault.Conflict, why)
		}
	}
	o.After, err = o.list.changeBy(hand, o.Before, one)
	return err
}

// leaves says why an act on many steps leaves one out that its own page might let change; "" if it does not.
func (in ManyInput) leaves(s Step, c *Checklist, who access.Actor) string {
	with := s.With()
	switch {
	case s.State == Submitted:
		return "Liegt bei " + c.BodyName + " zur Prüfung."
	case with != nil && with.PartyKey != who.Org.Key:
		return "Liegt seit dem " + workday.Written(with.Since) + " bei " + with.Party + "."
	case s.State == NotApplicable:
		return "Entfällt für diese Einheit: " + s.Reason
	case s.State == Done && in.To == InProgress:
		return "Ist schon erledigt. Zurück geht es auf der Seite der Aufgabe, mit Grund."
	case s.State == in.To && (in.To == Done || in.note() == "" && in.EvidenceURL == ""):
		return "Steht schon auf „" + s.State.Word() + "“."
	case in.To == Done && s.RequiresReview():
		return "Prüft eine andere Stelle. Die Einheit reicht die Aufgabe einzeln ein."
	}
	return ""
}

// manyHandOf says what a person may do on many steps at once. The Land may do here what a body's own people do: set
// steps to work and to done. Reviews and what needs a reason stay with the body.
func (c *Checklist) manyHandOf(who access.Actor) hand {
	if who.Role == access.StateCoordinator {
		return hand{who.Person, who.Org.ID, c.Today, func(Step) bool { return true }, never, false}
	}
	return c.handOf(who)
}

// take puts a changed step into its checklist, and a basis step into every other one of the body that leans on it.
func (o *Outcome) take(lists map[place]*Checklist, who access.Actor, now time.Time) {
	o.After.Version++
	if o.After.State != o.Before.State {
		o.After.StateSince = now
		o.After.Periods = ended(o.After.Periods, now)
	}
	o.was = o.list.Onboarding
	if o.list.put(o.After, now) != o.list.State {
		o.list.Since = now
	}
	o.became = o.list.State
	o.list.derive(o.list.Today, who)
	if o.After.Scope != template.Basis {
		return
	}
	for at, other := range lists {
		if s := other.step(o.Key); at.body == o.Body && other != o.list && s != nil && !s.Unneeded {
			*s = o.After
			other.derive(other.Today, who)
		}
	}
}

// ended returns the periods with the one that lasts brought to an end.
func ended(periods []Waiting, now time.Time) []Waiting {
	periods = slices.Clone(periods)
	for i := range periods {
		if periods[i].Until == nil {
			periods[i].Until = &now
		}
	}
	return periods
}

// sentence is what a fault says; other errors do not come from a rule.
func sentence(err error) string {
	if errors.Is(err, postgres.ErrRepeated) {
		return "Das ist schon so gespeichert."
	}
	why, _ := errors.AsType[*fault.Fault](err)
	switch {
	case why == nil:
		return err.Error()
	case len(why.Fields) > 0:
		return why.Fields[0].Text
	}
	return why.Text
}
