package privacy

import (
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/mailaddress"
)

// Section is what one table holds on a person, or one of its columns: Part says how the person comes into it.
type Section struct {
	Title   string
	Part    string
	Entries []map[string]any
}

// Disclosure is all that a Land holds on a person.
type Disclosure struct {
	MadeAt   time.Time
	Sections []Section
}

// Entries counts what is told.
func (d Disclosure) Entries() (n int) {
	for _, s := range d.Sections {
		n += len(s.Entries)
	}
	return n
}

// sectionRow is a section as the database tells it.
type sectionRow struct {
	Title, Part string
	Entries     json.RawMessage
}

// Person is somebody with a role in the Land, now or once.
type Person struct {
	ID     uuid.UUID `db:"person_id"`
	Name   string
	Email  string
	Active bool
	Places []string
}

// Correction is what a person is really called, with what the form showed.
type Correction struct {
	Name, Email       string
	WasName, WasEmail string
}

func (c Correction) wrong() error {
	var found fault.Wrong
	found.If(c.Name == "" || utf8.RuneCountInString(c.Name) > 200, "name", "Geben Sie einen Namen mit höchstens 200 Zeichen ein.")
	found.If(c.Email != "" && !mailaddress.Valid(c.Email), "email", "Geben Sie eine E-Mail-Adresse ein wie name@stadt.example, oder lassen Sie das Feld leer.")
	return found.Err()
}
