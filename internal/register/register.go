package register

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Matter is one entry of the register.
type Matter struct {
	ID          uuid.UUID `db:"matter_id"`
	No          int
	Question    string
	Background  string
	DeciderKey  string // of an organisation of the Land; "" if somebody else decides
	DeciderName string // of the organisation, or as it was typed
	DueOn       time.Time
	State       State
	Result      string
	DecidedOn   *time.Time
	Reason      string // why it was dropped
	MadeAt      time.Time
	ChangedBy   uuid.UUID
	Version     int64
	Today       time.Time
}

// State is where a matter stands.
type State string

// The states of a matter.
const (
	Open    State = "open"
	Decided State = "decided"
	Dropped State = "dropped"
)

// States lists every state.
var States = []State{Open, Decided, Dropped}

// Word is the state as people read it.
func (s State) Word() string {
	switch s {
	case Open:
		return "Offen"
	case Decided:
		return "Entschieden"
	case Dropped:
		return "Entfallen"
	}
	return ""
}

// Overdue reports whether the matter should have been decided by now.
func (m Matter) Overdue() bool { return m.State == Open && m.DueOn.Before(m.Today) }

// Input is what the Land writes about a matter. ID is made with the form, so that sending it twice makes one entry.
type Input struct {
	ID         uuid.UUID
	Version    int64 // of the entry that is changed
	Question   string
	Background string
	DeciderKey string
	Decider    string // by name, if it is no organisation of the Land
	DueOn      *time.Time
	Services   []string // slugs
	Obstacles  []int    // numbers
}

const (
	maxText     = 4000
	maxQuestion = 300
	maxName     = 200
	maxLinks    = 50
)

const tooLong = "Kürzen Sie den Text auf 4.000 Zeichen."

func (in Input) check(today time.Time) error {
	var wrong fault.Wrong
	switch {
	case in.Question == "":
		wrong.Add("question", "Schreiben Sie die Frage, die zu entscheiden ist.")
	case letters(in.Question) > maxQuestion:
		wrong.Add("question", "Kürzen Sie die Frage auf 300 Zeichen. Einzelheiten passen in den Hintergrund.")
	}
	wrong.If(letters(in.Background) > maxText, "background", tooLong)
	switch {
	case in.DeciderKey == "" && in.Decider == "":
		wrong.Add("decider_key", "Wählen Sie, wer entscheidet, oder schreiben Sie den Namen der Stelle.")
	case in.DeciderKey != "" && in.Decider != "":
		wrong.Add("decider", "Lassen Sie den Namen leer oder wählen Sie oben „Andere Stelle“. Entscheiden kann nur eine Stelle.")
	case letters(in.Decider) > maxName:
		wrong.Add("decider", "Kürzen Sie den Namen auf 200 Zeichen.")
	}
	wrong.If(in.DueOn == nil || in.DueOn.Before(today.AddDate(-1, 0, 0)) || in.DueOn.After(today.AddDate(5, 0, 0)), "due_on", "Geben Sie eine Frist innerhalb der nächsten fünf Jahre ein, zum Beispiel 30.04.2027.")
	wrong.If(len(in.Services) > maxLinks, "services", "Wählen Sie höchstens 50 Leistungen.")
	wrong.If(len(in.Obstacles) > maxLinks, "obstacles", "Nennen Sie höchstens 50 Hürden.")
	return wrong.Err()
}

func letters(text string) int { return len([]rune(text)) }

// Turn is what becomes of a matter: Decided, Dropped, or Open again.
type Turn struct {
	Version   int64
	To        State
	Result    string
	DecidedOn *time.Time
	Reason    string
}

var (
	errStale = fault.New(fault.Conflict, "Inzwischen hat jemand anders diesen Eintrag geändert. Vergleichen Sie den aktuellen Stand mit Ihren Angaben.")
	errEnded = fault.New(fault.Conflict, "Dieser Eintrag ist nicht mehr offen. Öffnen Sie ihn zuerst wieder.")
)

// turn changes where the matter stands. Only what is open ends, and only what has ended opens again.
func (m *Matter) turn(t Turn) error {
	switch {
	case m.Version != t.Version:
		return errStale
	case !slices.Contains(States, t.To):
		return fault.InField("to", "Wählen Sie, wie es mit der Frage ausging.")
	case t.To == Open && m.State == Open:
		return fault.New(fault.Conflict, "Dieser Eintrag ist schon offen.")
	case t.To != Open && m.State != Open:
		return errEnded
	}
	if err := t.check(m.Today); err != nil {
		return err
	}
	m.State, m.Result, m.DecidedOn, m.Reason = t.To, "", nil, ""
	switch t.To {
	case Decided:
		m.Result, m.DecidedOn = t.Result, t.DecidedOn
	case Dropped:
		m.Reason = t.Reason
	}
	m.Version++
	return nil
}

func (t Turn) check(today time.Time) error {
	var wrong fault.Wrong
	switch {
	case t.To == Decided && t.Result == "":
		wrong.Add("result", "Schreiben Sie, was entschieden ist.")
	case t.To == Decided && letters(t.Result) > maxText:
		wrong.Add("result", tooLong)
	case t.To == Dropped && t.Reason == "":
		wrong.Add("reason", "Begründen Sie, warum niemand mehr entscheiden muss.")
	case t.To == Dropped && letters(t.Reason) > maxText:
		wrong.Add("reason", tooLong)
	}
	wrong.If(t.To == Decided && (t.DecidedOn == nil || t.DecidedOn.After(today) || t.DecidedOn.Before(today.AddDate(-20, 0, 0))), "decided_on", "Geben Sie den Tag der Entscheidung ein, spätestens heute, zum Beispiel 15.03.2027.")
	return wrong.Err()
}

// has reports whether the matter stands already as it was sent: twice the same form.
func (m Matter) has(t Turn, person uuid.UUID) bool {
	return m.Version == t.Version+1 && m.ChangedBy == person && m.State == t.To && (t.To != Decided || m.Result == t.Result) && (t.To != Dropped || m.Reason == t.Reason)
}

// title is what the trail calls a matter.
func title(no int) string { return "Grundsatzentscheidung Nr. " + strconv.Itoa(no) }
