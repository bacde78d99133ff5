package template

import (
	"crypto/sha256"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Scope says how often a step exists.
type Scope string

// The scopes.
const (
	Land    Scope = "land"
	Basis   Scope = "basis"
	Kommune Scope = "kommune"
)

// Phase is the stretch of the way a step belongs to.
type Phase string

// The phases, in their order.
const (
	Preparation  Phase = "vorbereitung"
	Decision     Phase = "entscheidung"
	Organisation Phase = "organisation"
	Technology   Phase = "technik"
	Test         Phase = "test"
	GoLive       Phase = "go_live"
	Operation    Phase = "betrieb"
)

// Phases lists the phases in the order of the way.
var Phases = []Phase{Preparation, Decision, Organisation, Technology, Test, GoLive, Operation}

// Leg is the phase as people see it on the screen: one of four legs of the way (1 Vorbereiten, 2 Anbinden, 3 Testen,
// 4 Produktiv gehen).
func (p Phase) Leg() int {
	switch p {
	case Technology:
		return 2
	case Test:
		return 3
	case GoLive, Operation:
		return 4
	}
	return 1
}

// Responsible is who does a step.
type Responsible string

// Who may be responsible.
const (
	ByLand     Responsible = "land"
	ByMinistry Responsible = "fachressort"
	ByProvider Responsible = "it_dienstleister"
	ByBody     Responsible = "kommune"
	ByOperator Responsible = "efa_anbieter"
)

var (
	responsibles = []Responsible{ByLand, ByMinistry, ByProvider, ByBody, ByOperator}
	reviewers    = []Responsible{ByLand, ByMinistry, ByProvider}
)

// Condition is a fact about a service that some steps depend on.
type Condition string

// The conditions.
const (
	OSCI        Condition = "osci"
	FITConnect  Condition = "fitc"
	Backend     Condition = "fv"
	Payment     Condition = "pay"
	Declaration Condition = "decl"
	Piloting    Condition = "pilot"
	Processing  Condition = "avv"
)

// The steps that the portal itself gives a meaning. A template without one of them works; it only lacks that meaning.
const (
	DecisionTaken = "l_decision"   // proven by the Nachnutzungsentscheidung
	PilotEval     = "l_pilot_eval" // opens the way for all who are not pilots
	Kickoff       = "k_kickoff"    // the body takes part
	Privacy       = "k_privacy"    // shows whether an Auftragsverarbeitung is to be agreed
	Live          = "k_golive"     // the gate
	Hypercare     = "k_hypercare"  // afterwards the service runs
)

// Step is one step of the Musterprojektvorlage.
type Step struct {
	Key          string
	No           int
	Title        string
	Description  string
	Pillar       int
	Phase        Phase
	Responsible  Responsible
	Predecessors []string
	DurationDays int // working days, an estimate
	RepeatMonths int // 0: once
	Scope        Scope
	Evidence     string // what proves that the step is done
	Conditions   []Condition
	Review       Responsible `json:",omitempty"` // who checks the step before it counts as done, "" if nobody does
	Dated        bool        `json:",omitempty"` // whether its evidence holds only until a day, which has to be given
}

// Version is a published state of a template.
type Version struct {
	ID          uuid.UUID
	Name        string
	No          int
	PublishedAt time.Time
	Steps       []Step
}

// RequiresReview reports whether another organisation has to look before the step counts as done.
func (s Step) RequiresReview() bool { return s.Review != "" }

// Flags are the facts about a service that conditions ask for.
type Flags struct {
	OSCI, FITConnect, Backend, Payment, Declaration, Piloting bool
	CrossLand                                                 bool // § 8a OZG: then nobody processes data for the body
}

func (f Flags) holds(c Condition) bool {
	switch c {
	case OSCI:
		return f.OSCI
	case FITConnect:
		return f.FITConnect
	case Backend:
		return f.Backend
	case Payment:
		return f.Payment
	case Declaration:
		return f.Declaration
	case Piloting:
		return f.Piloting
	case Processing:
		return !f.CrossLand
	}
	return false
}

// absences say why a step falls away, for each condition that is the only one.
var absences = map[Condition]string{
	OSCI:        "Die Leistung wird nicht über OSCI angebunden.",
	FITConnect:  "Die Leistung wird nicht über FIT-Connect angebunden.",
	Backend:     "Die Leistung wird nicht an ein Fachverfahren angebunden.",
	Payment:     "Für die Leistung wird nichts bezahlt.",
	Declaration: "Die Leistung braucht keine Nutzungserklärung.",
	Piloting:    "Die Leistung wird nicht pilotiert.",
	Processing:  "Die Leistung ist ein länderübergreifender Onlinedienst (§ 8a OZG), ein Vertrag zur Auftragsverarbeitung (AVV) ist nicht nötig.",
}

// Applies reports whether a service needs a step. If not, the reason is a German sentence.
func Applies(s Step, f Flags) (bool, string) {
	if len(s.Conditions) == 0 || slices.ContainsFunc(s.Conditions, f.holds) {
		return true, ""
	}
	reasons := make([]string, len(s.Conditions))
	for i, c := range s.Conditions {
		reasons[i] = absences[c]
	}
	return false, "Entfällt: " + strings.Join(reasons, " ")
}

// Order says which steps come right before a step, by its key.
type Order map[string][]string

// OrderFor is the order of steps as it binds a body. Whoever is not a pilot goes live only after the pilots were looked at:
// their steps of the last phases wait for the evaluation, too.
func OrderFor(steps iter.Seq[*Step], pilot bool) Order {
	order := Order{}
	for s := range steps {
		order[s.Key] = s.Predecessors
	}
	if _, evaluated := order[PilotEval]; pilot || !evaluated {
		return order
	}
	for s := range steps {
		if s.Scope != Land && (s.Phase == GoLive || s.Phase == Operation) {
			order[s.Key] = append(slices.Clone(s.Predecessors), PilotEval)
		}
	}
	return order
}

// Before returns the keys of all steps that come before a step, directly or not.
func (o Order) Before(key string) map[string]bool {
	found := make(map[string]bool, len(o))
	var visit func(string)
	visit = func(key string) {
		for _, p := range o[key] {
			if !found[p] {
				found[p] = true
				visit(p)
			}
		}
	}
	visit(key)
	return found
}

// ForBody returns steps in the order that binds a body (OrderFor).
func ForBody(steps []Step, pilot bool) []Step {
	order, bound := OrderFor(Each(steps), pilot), slices.Clone(steps)
	for i := range bound {
		bound[i].Predecessors = order[bound[i].Key]
	}
	return bound
}

// Each goes through steps.
func Each(steps []Step) iter.Seq[*Step] {
	return func(yield func(*Step) bool) {
		for i := range steps {
			if !yield(&steps[i]) {
				return
			}
		}
	}
}

// hash identifies the contents of a template, whatever order its steps come in.
func hash(steps []Step) []byte {
	sorted := slices.SortedFunc(slices.Values(steps), func(a, b Step) int { return a.No - b.No })
	for i, s := range sorted {
		sorted[i].Predecessors = slices.Sorted(slices.Values(s.Predecessors))
		sorted[i].Conditions = slices.Sorted(slices.Values(s.Conditions))
	}
	text, err := json.Marshal(sorted)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

func index(steps []Step) map[string]Step {
	byKey := make(map[string]Step, len(steps))
	for _, s := range steps {
		byKey[s.Key] = s
	}
	return byKey
}
