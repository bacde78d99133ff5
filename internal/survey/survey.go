package survey

import (
	"maps"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
)

// State is how far a round is.
type State string

// The states of a round.
const (
	Draft     State = "draft"
	Open      State = "open"
	Closed    State = "closed"
	Published State = "published"
	Archived  State = "archived"
)

// Word is the state as people call it.
func (s State) Word() string {
	return map[State]string{Draft: "Entwurf", Open: "Offen", Closed: "Geschlossen", Published: "Veröffentlicht", Archived: "Abgelegt"}[s]
}

// Next is the state that follows; "" after the last.
func (s State) Next() State {
	return map[State]State{Draft: Open, Open: Closed, Closed: Published, Published: Archived}[s]
}

// Round is a round of the survey.
type Round struct {
	ID          uuid.UUID `db:"round_id"`
	Title       string
	Note        string
	State       State
	ClosesOn    time.Time
	MadeAt      time.Time
	OpenedAt    *time.Time
	RemindedAt  *time.Time
	ClosedAt    *time.Time
	PublishedAt *time.Time
	Results     *Results // what everybody may read; nil until it is published
	ChangedBy   uuid.UUID
	Version     int64
	Today       time.Time
}

// Late reports whether the round is open beyond its last day.
func (r Round) Late() bool { return r.State == Open && r.ClosesOn.Before(r.Today) }

// Input is what the Land says of a round.
type Input struct {
	ID       uuid.UUID // made with the form, so that sending it twice makes one round
	Version  int64
	Title    string
	Note     string
	ClosesOn time.Time
}

func (in Input) check(today time.Time) error {
	var wrong fault.Wrong
	wrong.If(in.Title == "", "title", "Geben Sie der Runde einen Namen, zum Beispiel 2027/I.")
	wrong.If(utf8.RuneCountInString(in.Title) > 80, "title", "Kürzen Sie den Namen auf höchstens 80 Zeichen.")
	wrong.If(utf8.RuneCountInString(in.Note) > 2000, "note", "Kürzen Sie den Text auf höchstens 2.000 Zeichen.")
	wrong.If(in.ClosesOn.Before(today), "closes_on", "Nennen Sie einen Tag, der nicht in der Vergangenheit liegt.")
	wrong.If(in.ClosesOn.After(today.AddDate(1, 0, 0)), "closes_on", "Eine Runde läuft höchstens ein Jahr.")
	return wrong.Err()
}

func (in Input) tidy() Input {
	in.Title, in.Note = strings.TrimSpace(in.Title), strings.TrimSpace(in.Note)
	return in
}

var (
	errStale  = fault.New(fault.Conflict, "Jemand hat die Umfrage inzwischen geändert. Lesen Sie noch einmal, wie sie jetzt steht.")
	errClosed = fault.New(fault.Conflict, "Die Runde ist geschlossen. Antworten ändern sich nicht mehr.")
)

// turn takes a round a state further, or says why that is not possible; ErrRepeated if it is there already.
func (r *Round) turn(to State, version int64, who uuid.UUID) error {
	switch {
	case r.State == to && r.Version == version+1 && r.ChangedBy == who:
		return postgres.ErrRepeated
	case r.Version != version:
		return errStale
	case to == "" || r.State.Next() != to:
		return fault.New(fault.Conflict, "Dieser Schritt passt nicht zum Stand der Runde.")
	case to == Open && r.ClosesOn.Before(r.Today):
		return fault.New(fault.Conflict, "Die Frist liegt in der Vergangenheit. Ändern Sie sie, bevor Sie die Runde eröffnen.")
	}
	r.State = to
	return nil
}

// Progress is where a response stands.
type Progress string

// The states of a response.
const (
	None      Progress = "none"
	Begun     Progress = "draft"
	Submitted Progress = "submitted"
	Accepted  Progress = "accepted"
	Returned  Progress = "returned"
	Unchanged Progress = "confirmed_unchanged"
)

// Word is the state as people call it.
func (p Progress) Word() string {
	return map[Progress]string{
		None: "Keine Antwort", Begun: "Begonnen", Submitted: "Zur Prüfung", Accepted: "Angenommen", Returned: "Zurückgegeben", Unchanged: "Unverändert bestätigt",
	}[p]
}

// Answered reports whether the body has submitted and nothing is left for it to do.
func (p Progress) Answered() bool { return p == Submitted || p == Accepted || p == Unchanged }

// Settled reports whether the answers count.
func (p Progress) Settled() bool { return p == Accepted || p == Unchanged }

// Answer is what a body said to a block when it submitted.
type Answer struct {
	Details map[string]string
	Changed bool // since its last response that counted
}

// Answers are those of a response, by block.
type Answers map[Block]Answer

// Response is what a body that was invited says in a round.
type Response struct {
	Body        uuid.UUID
	Key, Name   string
	State       Progress
	Reason      string // of the Land, for returning it
	SubmittedAt *time.Time
	SubmittedBy uuid.UUID
	SettledAt   *time.Time
	Version     int64
	Answers     Answers // empty where the reader may not see them
	Before      Answers // of its last response that counted, in an earlier round
}

// Changed are the blocks that differ from the last round.
func (r Response) Changed() []Block {
	var found []Block
	for _, b := range Blocks {
		if r.Answers[b].Changed {
			found = append(found, b)
		}
	}
	return found
}

// Page is a round as its readers see it: the Land with all responses, a body with its own, others with none.
type Page struct {
	Round
	Responses []Response
	Last      *Results   // of the round before, for comparing
	Spellings []Spelling `db:"-"` // the Land's product list
}

// Count is how many responses fit.
func (p *Page) Count(fits func(Progress) bool) int {
	n := 0
	for _, r := range p.Responses {
		if fits(r.State) {
			n++
		}
	}
	return n
}

// Part is a block as a body finds it in a round that is open.
type Part struct {
	Block
	Details  map[string]string
	FactID   uuid.UUID // of the profile; Nil while it says nothing of it
	Stated   bool
	Answered bool // in this round
	At       time.Time
	By       string // whoever confirmed it
}

// Sheet is what a body answers.
type Sheet struct {
	Round
	Own     Response
	Profile int64 // the version of the profile that the parts show
	Parts   []Part
}

// sheet lays the blocks over the profile.
func sheet(r Round, own Response, inventory profile.Inventory) *Sheet {
	s := &Sheet{Round: r, Own: own, Profile: inventory.Version}
	for _, b := range Blocks {
		part := Part{Block: b}
		if b == Outlook {
			said, answered := own.Answers[Outlook]
			part.Details, part.Stated, part.Answered = said.Details, answered, answered
			if last, known := own.Before[Outlook]; !answered && known {
				part.Details, part.Stated = last.Details, true
			}
		} else if facts := inventory.Of(profile.Kind(b)); len(facts) > 0 {
			f := facts[0]
			part.Details, part.FactID, part.Stated, part.At, part.By = f.Details, f.ID, true, f.ConfirmedAt, f.ConfirmedBy
			part.Answered = r.OpenedAt != nil && !f.ConfirmedAt.Before(*r.OpenedAt)
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

// Left are the blocks that nobody has answered yet.
func (s *Sheet) Left() []Part {
	var found []Part
	for _, p := range s.Parts {
		if !p.Answered {
			found = append(found, p)
		}
	}
	return found
}

// answers are what the sheet says now, compared with the last response that counted.
func (s *Sheet) answers() Answers {
	found := Answers{}
	for _, p := range s.Parts {
		last, known := s.Own.Before[p.Block]
		found[p.Block] = Answer{Details: p.Details, Changed: !known || !maps.Equal(last.Details, p.Details)}
	}
	return found
}

// submitted says where a response stands once it is submitted: what does not differ from the last round needs no check.
func (a Answers) submitted() Progress {
	for _, answer := range a {
		if answer.Changed {
			return Submitted
		}
	}
	return Unchanged
}
