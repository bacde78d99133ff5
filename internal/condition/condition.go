package condition

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/webaddress"
)

// Condition is an Auflage with what became of it.
type Condition struct {
	ID          uuid.UUID
	Decision    uuid.UUID
	No          int
	Text        string
	DueOn       time.Time
	ServiceSlug string
	ServiceName string
	Ministry    uuid.UUID
	MinistryOf  string // its name
	Owner       uuid.UUID
	OwnerKey    string
	OwnerName   string
	Function    string // within the owner, may be ""
	State       State
	Evidence    string
	Link        string
	ReportedBy  *uuid.UUID
	ReportedAt  *time.Time
	SettledBy   *uuid.UUID
	SettledAt   *time.Time
	Reason      string // of waiving, or of sending a report back
	InForce     bool   // its decision is
	Late        bool   // its day has passed and nobody reported
	Version     int64
}

// State is what became of an Auflage.
type State string

// The states.
const (
	Open      State = "open"
	Reported  State = "reported"
	Confirmed State = "confirmed"
	Waived    State = "waived"
)

// Word is the state as people read it.
func (s State) Word() string {
	switch s {
	case Open:
		return "Offen"
	case Reported:
		return "Als erfüllt gemeldet"
	case Confirmed:
		return "Erfüllt"
	case Waived:
		return "Erlassen"
	}
	return ""
}

// Unfinished reports whether somebody still has to act.
func (s State) Unfinished() bool { return s == Open || s == Reported }

// MayReport reports whether a person may say that the Auflage is fulfilled.
func (c Condition) MayReport(who access.Actor) bool {
	return c.InForce && c.State == Open && c.Owner == who.Org.ID && who.Can(access.ConditionReport)
}

// MaySettle reports whether a person may confirm, send back, waive or hand over.
func (c Condition) MaySettle(who access.Actor) bool {
	return c.InForce && c.State.Unfinished() && c.Ministry == who.Org.ID && who.Can(access.ConditionSettle) && c.secondPerson(who.Person) == nil
}

func (c Condition) secondPerson(person uuid.UUID) error {
	if c.ReportedBy != nil && *c.ReportedBy == person {
		return fault.New(fault.Forbidden, "Vier-Augen-Prinzip: Sie haben die Auflage als erfüllt gemeldet. Prüfen muss eine andere Person des Ressorts.")
	}
	return nil
}

var errStale = fault.New(fault.Conflict, "Inzwischen hat jemand anders diese Auflage geändert. Vergleichen Sie den aktuellen Stand mit Ihren Angaben.")

// seen is a Conflict unless the person acts on the newest version of something that still counts.
func (c Condition) seen(version int64, states ...State) error {
	if !c.InForce {
		return fault.New(fault.Conflict, "Der Beschluss gilt nicht mehr. Mit ihm sind seine Auflagen beendet.")
	}
	for _, s := range states {
		if c.State == s && c.Version == version {
			return nil
		}
	}
	if c.Version != version {
		return errStale
	}
	return fault.New(fault.Conflict, "Das geht in diesem Stand nicht. Die Auflage ist: "+c.State.Word()+".")
}

// Report is what the owner says.
type Report struct {
	Version  int64
	Evidence string
	Link     string
}

func (r Report) fit() Report {
	r.Evidence, r.Link = strings.TrimSpace(r.Evidence), strings.TrimSpace(r.Link)
	return r
}

func (r Report) check() error {
	var wrong fault.Wrong
	switch {
	case r.Evidence == "":
		wrong.Add("evidence", "Beschreiben Sie, womit die Auflage erfüllt ist.")
	case utf8.RuneCountInString(r.Evidence) > maxText:
		wrong.Add("evidence", "Kürzen Sie den Nachweis auf höchstens 2.000 Zeichen.")
	}
	wrong.If(r.Link != "" && webaddress.WrongOpenly(r.Link) != "", "link", "Geben Sie eine vollständige Adresse ein, zum Beispiel https://akte.example/nachweis, oder lassen Sie das Feld leer.")
	return wrong.Err()
}

const maxText = 2000

// report says that the Auflage is fulfilled.
func (c *Condition) report(r Report, person uuid.UUID, now time.Time) error {
	if err := c.seen(r.Version, Open); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	c.State, c.Evidence, c.Link, c.ReportedBy, c.ReportedAt, c.Reason = Reported, r.Evidence, r.Link, &person, &now, ""
	c.Version++
	return nil
}

// Act is what the ministry does with an Auflage.
type Act string

// The acts.
const (
	Confirm  Act = "confirm"
	SendBack Act = "send_back"
	Waive    Act = "waive"
)

// Settlement is what the ministry makes of an Auflage. Confirming needs no reason.
type Settlement struct {
	Version int64
	Act     Act
	Reason  string
}

// becomes is the state that an act leads to, "" for no act.
func (a Act) becomes() State {
	switch a {
	case Confirm:
		return Confirmed
	case SendBack:
		return Open
	case Waive:
		return Waived
	}
	return ""
}

// has reports whether the person did just this a moment ago: they sent the form twice.
func (c Condition) has(s Settlement, person uuid.UUID) bool {
	return c.Version == s.Version+1 && c.State == s.Act.becomes() && c.Reason == s.Reason && (c.State == Open || c.SettledBy != nil && *c.SettledBy == person)
}

// settle confirms, sends back or waives.
func (c *Condition) settle(s Settlement, person uuid.UUID) error {
	to, from := s.Act.becomes(), []State{Reported}
	if to == "" {
		return fault.InField("act", "Wählen Sie, was mit der Auflage geschieht.")
	}
	if s.Act == Waive {
		from = append(from, Open)
	}
	if err := c.seen(s.Version, from...); err != nil {
		return err
	}
	if err := c.secondPerson(person); err != nil {
		return err
	}
	switch {
	case s.Act != Confirm && s.Reason == "":
		return fault.InField("reason", "Begründen Sie das in einem Satz.")
	case utf8.RuneCountInString(s.Reason) > maxText:
		return fault.InField("reason", "Kürzen Sie die Begründung auf höchstens 2.000 Zeichen.")
	}
	c.State, c.Reason = to, s.Reason
	if to == Open {
		c.ReportedBy, c.ReportedAt = nil, nil
	}
	c.Version++
	return nil
}

// Handover is who sees to an Auflage from now on.
type Handover struct {
	Version  int64
	OwnerKey string
	Function string
}
