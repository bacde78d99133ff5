package pilot

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// State is where an application stands.
type State string

// The states of an application.
const (
	Applied   State = "applied"
	Withdrawn State = "withdrawn"
	Selected  State = "selected"
	Declined  State = "declined"
)

// Word is the state as people call it.
func (s State) Word() string {
	return map[State]string{Applied: "Beworben", Withdrawn: "Zurückgezogen", Selected: "Ausgewählt", Declined: "Nicht ausgewählt"}[s]
}

// Call is a call for pilots.
type Call struct {
	ID          uuid.UUID `db:"call_id"`
	Text        string
	ClosesOn    time.Time
	Places      int
	PublishedAt time.Time
	PublishedBy uuid.UUID
	DecidedAt   *time.Time
}

// Open reports whether bodies may apply on a day.
func (c *Call) Open(today time.Time) bool {
	return c != nil && c.DecidedAt == nil && !c.ClosesOn.Before(today)
}

// Application is what a body says to a call.
type Application struct {
	Body      uuid.UUID
	Key, Name string
	Sentence  string
	State     State
	Reason    string // of the Land's choice
	AppliedAt time.Time
	Version   int64
}

// Page is the newest call for a service with the applications that the reader may see.
type Page struct {
	ServiceID                uuid.UUID
	ServiceName, ServiceSlug string
	Piloting, Started        bool
	Competent                bool  // the reader's body is
	Call                     *Call // nil if there was none yet
	Applications             []Application
	Today                    time.Time
}

// Own returns the application of a body, or nil.
func (p *Page) Own(body uuid.UUID) *Application {
	for i := range p.Applications {
		if p.Applications[i].Body == body {
			return &p.Applications[i]
		}
	}
	return nil
}

// Draft is a call to publish. ID is made with the form, so that sending it twice publishes one call.
type Draft struct {
	ID       uuid.UUID
	Text     string
	ClosesOn time.Time
	Places   int
}

func (d Draft) wrong(today time.Time) error {
	var wrong fault.Wrong
	wrong.If(strings.TrimSpace(d.Text) == "", "text", "Schreiben Sie, wen Sie suchen und was Pilotkommunen erwartet.")
	wrong.If(utf8.RuneCountInString(d.Text) > 3000, "text", "Kürzen Sie den Aufruf auf höchstens 3.000 Zeichen.")
	wrong.If(d.ClosesOn.Before(today), "closes_on", "Nennen Sie einen Tag, der nicht in der Vergangenheit liegt.")
	wrong.If(d.ClosesOn.After(today.AddDate(1, 0, 0)), "closes_on", "Der Aufruf läuft höchstens ein Jahr.")
	wrong.If(d.Places < 1 || d.Places > 100, "places", "Geben Sie an, wie viele Pilotkommunen Sie suchen: 1 bis 100.")
	return wrong.Err()
}

// Choice is the Land's answer to one application, with the version it saw.
type Choice struct {
	Key      string
	Version  int64
	Selected bool
	Reason   string
}

// chosen says what becomes of every application, or why the choice does not hold.
func (p *Page) chosen(choices []Choice) ([]Application, error) {
	var found []Application
	var wrong fault.Wrong
	selected := 0
	for _, a := range p.Applications {
		if a.State == Withdrawn {
			continue
		}
		i := slices.IndexFunc(choices, func(c Choice) bool { return c.Key == a.Key })
		if i < 0 || choices[i].Version != a.Version {
			return nil, fault.New(fault.Conflict, "Die Bewerbungen haben sich inzwischen geändert. Sehen Sie sie noch einmal durch.")
		}
		c := choices[i]
		a.State, a.Reason = Declined, strings.TrimSpace(c.Reason)
		if c.Selected {
			a.State = Selected
			selected++
		}
		wrong.If(a.Reason == "" || utf8.RuneCountInString(a.Reason) > 500, "reason_"+a.Key, "Begründen Sie die Auswahl in einem Satz (höchstens 500 Zeichen).")
		found = append(found, a)
	}
	wrong.If(selected > p.Call.Places, "selected", "Sie haben mehr Einheiten ausgewählt, als der Aufruf Plätze hat.")
	return found, wrong.Err()
}
