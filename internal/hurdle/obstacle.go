package hurdle

import (
	"time"

	"github.com/google/uuid"
)

// Dimension is the kind of an obstacle.
type Dimension string

// The four dimensions.
const (
	Organisational Dimension = "organisational"
	Technical      Dimension = "technical"
	Financial      Dimension = "financial"
	Legal          Dimension = "legal"
)

// Dimensions lists the dimensions in the order in which forms offer them.
var Dimensions = []Dimension{Organisational, Technical, Financial, Legal}

var dimensionWords = map[Dimension]string{
	Organisational: "organisatorisch", Technical: "technisch", Financial: "finanziell", Legal: "rechtlich",
}

// Word is the dimension as people call it, "" for none.
func (d Dimension) Word() string { return dimensionWords[d] }

// State is where an obstacle stands.
type State string

// The states of an obstacle.
const (
	Reported   State = "reported"
	Confirmed  State = "confirmed"
	InProgress State = "in_progress"
	Resolved   State = "resolved"
	Accepted   State = "accepted"
	Rejected   State = "rejected"
)

var stateWords = map[State]string{
	Reported: "Gemeldet", Confirmed: "Bestätigt", InProgress: "In Klärung", Resolved: "Gelöst", Accepted: "Hingenommen", Rejected: "Kein Hemmnis",
}

// Word is the state as people call it.
func (s State) Word() string { return stateWords[s] }

// Open reports whether the obstacle still hinders.
func (s State) Open() bool { return s == Reported || s == Confirmed || s == InProgress }

// Obstacle is what hinders bodies at a step.
type Obstacle struct {
	ID          uuid.UUID `db:"obstacle_id"`
	No          int
	Text        string
	Dimension   Dimension
	ServiceSlug string // of the first report
	ServiceName string
	StepTitle   string
	State       State
	StateSince  time.Time
	ReportedAt  time.Time
	Severity    *int // 1 to 3, nil while nobody has judged
	SolvableBy  string
	Scope       string
	DueOn       *time.Time
	Solution    string
	Reason      string
	EscalatedTo string
	EscalatedOn *time.Time
	Committee   string     // key of the organisation it is escalated to, "" for somebody outside the Land
	AgendaOn    *time.Time // when that organisation deals with it
	Decision    string     // what it decided
	DecidedOn   *time.Time
	MergedInto  *int // the number of the obstacle that took it over
	ChangedBy   *uuid.UUID
	Version     int64
	Bodies      int // how many it affects
	Services    int
	Oldest      *time.Time // since when it affects the first of them
}

// Open reports whether the obstacle still hinders: one that was merged is looked after elsewhere.
func (o Obstacle) Open() bool { return o.State.Open() && o.MergedInto == nil }

// Standing is the state in a word, what stands beside it included.
func (o Obstacle) Standing() string {
	switch {
	case o.MergedInto != nil:
		return "Zusammengeführt"
	case o.InTest():
		return "Lösung im Test"
	case o.Escalated():
		return "Eskaliert"
	}
	return o.State.Word()
}

// Escalated reports whether somebody else has to decide about the obstacle.
func (o Obstacle) Escalated() bool { return o.Open() && o.EscalatedTo != "" && o.Decision == "" }

// InTest reports whether those affected are trying out a solution.
func (o Obstacle) InTest() bool {
	return o.State == InProgress && o.MergedInto == nil && o.Solution != ""
}

// Disputable reports whether somebody affected may say that the obstacle persists.
func (o Obstacle) Disputable() bool {
	return o.MergedInto == nil && (o.State == Resolved || o.State == Rejected || o.InTest())
}

// Matter is a Grundsatzentscheidung of package register that would take the obstacle away. Result is empty until it is
// decided.
type Matter struct {
	No        int        `json:"no"`
	Question  string     `json:"question"`
	Result    string     `json:"result"`
	DecidedOn *time.Time `json:"decided_on"`
}

// Forum is a committee or an association that an obstacle can be escalated to.
type Forum struct{ Key, Name string }

// Affected is a body's share of an obstacle: which of its steps it hinders.
type Affected struct {
	BodyKey     string
	BodyName    string
	ServiceSlug string
	ServiceName string
	StepKey     string
	StepTitle   string
	Blocking    bool
	Since       time.Time
	LeftAt      *time.Time // since when it hinders the body no longer
}
