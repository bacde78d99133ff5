package event

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/webaddress"
	"rollinportal/internal/workday"
)

// Kind is what sort of event it is.
type Kind string

// Kinds lists the kinds with what people call them (domain.md 1.12).
var Kinds = []struct {
	Kind Kind
	Word string
}{
	{"consultation", "Sprechstunde"},
	{"information", "Informationsveranstaltung"},
	{"on_site", "Vor-Ort-Termin"},
	{"advice", "Einzelberatung"},
	{"jour_fixe", "Jour fixe"},
	{"committee", "Gremiensitzung"},
	{"pilod", "PILOD-Treffen"},
	{"workshop", "Workshop"},
	{"training", "Schulung"},
	{"network", "Netzwerktreffen"},
}

// Consultation is the kind that comes in a numbered series.
const Consultation Kind = "consultation"

// Word is the kind as people call it; "" if there is no such kind.
func (k Kind) Word() string {
	for _, known := range Kinds {
		if known.Kind == k {
			return known.Word
		}
	}
	return ""
}

// Link is something to read beside an event.
type Link struct{ Title, URL string }

// Event is a date that people attend.
type Event struct {
	ID            uuid.UUID `db:"event_id"`
	Kind          Kind
	SeriesNo      *int
	Title         string
	Goal          string
	Audience      string
	Place         string
	Address       string // where it is held online
	StartsAt      time.Time
	EndsAt        time.Time
	Seats         *int
	RegisterUntil *time.Time
	Materials     []Link
	Result        string
	Cancelled     string // why it does not take place; "" if it does
	ChangedBy     uuid.UUID
	Version       int64
	Registered    int // bodies that registered and did not withdraw
	BeforeOwn     int // of them, before the reader's body
	Own           *Registration
	Now           time.Time
}

// Begun reports whether the event has begun.
func (e Event) Begun() bool { return !e.StartsAt.After(e.Now) }

// Registering reports whether bodies may register and withdraw now.
func (e Event) Registering() bool {
	return e.Cancelled == "" && !e.Begun() && (e.RegisterUntil == nil || !e.RegisterUntil.Before(workday.Day(e.Now)))
}

// Waits reports whether the reader's body registered and has no seat.
func (e Event) Waits() bool {
	return e.Own.Active() && e.Seats != nil && e.BeforeOwn >= *e.Seats
}

// Waiting is how many bodies registered and have no seat.
func (e Event) Waiting() int {
	if e.Seats == nil {
		return 0
	}
	return max(0, e.Registered-*e.Seats)
}

// Registration is what a body has to do with an event.
type Registration struct {
	Body         uuid.UUID
	Key, Name    string
	Question     string
	RegisteredAt time.Time
	WithdrawnAt  *time.Time
	Attended     *bool // nil until the Land noted who came
}

// Active reports whether the body is registered.
func (r *Registration) Active() bool { return r != nil && r.WithdrawnAt == nil }

// Input is what the Land says of an event.
type Input struct {
	ID            uuid.UUID // made with the form, so that sending it twice makes one event
	Version       int64
	Kind          Kind
	SeriesNo      *int
	Title         string
	Goal          string
	Audience      string
	Place         string
	Address       string
	StartsAt      time.Time
	EndsAt        time.Time
	Seats         *int
	RegisterUntil *time.Time
	Materials     []Link
	Result        string
	Services      []string // slugs
}

const (
	longestTitle = 200
	longestText  = 4000
	mostLinks    = 20
)

func (in Input) check() error {
	var wrong fault.Wrong
	letters := utf8.RuneCountInString
	wrong.If(in.Kind.Word() == "", "kind", "Wählen Sie die Art des Termins.")
	wrong.If(in.Title == "", "title", "Geben Sie dem Termin einen Namen, zum Beispiel 12. OZG-Sprechstunde.")
	wrong.If(letters(in.Title) > longestTitle, "title", "Kürzen Sie den Namen auf höchstens 200 Zeichen.")
	wrong.If(in.SeriesNo != nil && (*in.SeriesNo < 1 || *in.SeriesNo > 9999), "series_no", "Geben Sie eine Nummer zwischen 1 und 9999 ein.")
	wrong.If(letters(in.Goal) > longestText, "goal", "Kürzen Sie den Text auf höchstens 4.000 Zeichen.")
	wrong.If(letters(in.Result) > longestText, "result", "Kürzen Sie den Text auf höchstens 4.000 Zeichen.")
	wrong.If(letters(in.Audience) > longestTitle, "audience", "Kürzen Sie den Text auf höchstens 200 Zeichen.")
	wrong.If(in.Place == "" && in.Address == "", "place", "Sagen Sie, wo der Termin stattfindet: ein Ort oder ein Link.")
	wrong.If(letters(in.Place) > longestTitle, "place", "Kürzen Sie den Ort auf höchstens 200 Zeichen.")
	wrong.If(in.Address != "" && !webaddress.Valid(in.Address), "address", "Geben Sie einen Link ein, der mit https:// beginnt.")
	wrong.If(!in.EndsAt.After(in.StartsAt), "ends", "Das Ende liegt vor dem Anfang. Prüfen Sie beide Uhrzeiten.")
	wrong.If(in.Seats != nil && (*in.Seats < 1 || *in.Seats > 10000), "seats", "Geben Sie die Zahl der Plätze ein, 1 bis 10.000, oder lassen Sie das Feld frei.")
	wrong.If(in.RegisterUntil != nil && in.RegisterUntil.After(workday.Day(in.StartsAt)), "register_until", "Die Anmeldung endet spätestens am Tag des Termins.")
	wrong.If(len(in.Materials) > mostLinks, "materials", "Höchstens 20 Links. Fassen Sie Unterlagen zusammen.")
	for _, m := range in.Materials {
		if !webaddress.Valid(m.URL) || m.Title == "" || letters(m.Title) > longestTitle {
			wrong.Add("materials", "Schreiben Sie je Zeile einen Namen und dahinter einen Link, der mit https:// beginnt.")
			break
		}
	}
	return wrong.Err()
}

func (in Input) tidy() Input {
	for _, text := range []*string{&in.Title, &in.Goal, &in.Audience, &in.Place, &in.Address, &in.Result} {
		*text = strings.TrimSpace(*text)
	}
	in.Services = slices.Compact(slices.Sorted(slices.Values(in.Services)))
	return in
}

// checkQuestion says what is wrong with what a body asks beforehand.
func checkQuestion(text string) error {
	if utf8.RuneCountInString(text) > 1000 {
		return fault.InField("question", "Kürzen Sie die Frage auf höchstens 1.000 Zeichen.")
	}
	return nil
}

var (
	errStale  = fault.New(fault.Conflict, "Der Termin hat sich inzwischen geändert. Lesen Sie ihn noch einmal.")
	errOver   = fault.New(fault.Conflict, "Die Anmeldung ist geschlossen. Wenden Sie sich an die Landeskoordination.")
	errNotYet = fault.New(fault.Conflict, "Der Termin hat noch nicht begonnen. Die Teilnahme tragen Sie danach ein.")
)
