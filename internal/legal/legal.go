package legal

import (
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/mailaddress"
)

// Page is one of the pages that a Land words itself.
type Page string

// The pages, as their addresses name them.
const (
	Imprint       Page = "impressum"
	Privacy       Page = "datenschutz"
	Accessibility Page = "barrierefreiheit"
)

// Pages lists them as the administration shows them.
var Pages = []Page{Imprint, Privacy, Accessibility}

// Title is the heading of the page.
func (p Page) Title() string {
	switch p {
	case Imprint:
		return "Impressum"
	case Privacy:
		return "Datenschutz"
	case Accessibility:
		return "Erklärung zur Barrierefreiheit"
	}
	return ""
}

// Text is a version of a page. Version 0 is the portal's own wording, which nobody published.
type Text struct {
	Version     int
	Body        string // Markdown
	PublishedAt *time.Time
	Publisher   string // "" where the reader may not know
}

// Land is a Land as strangers see it.
type Land struct {
	Key, Name    string
	ContactEmail string
}

// Public is what everybody reads on a page. Without a Chosen Land the reader has to say which one they mean.
type Public struct {
	Text
	Chosen  *Land
	Laender []Land
}

// Draft is a new version of a page, made on top of a seen one.
type Draft struct {
	Seen int
	Body string
}

const longestBody = 50000

func (d Draft) wrong() error {
	switch {
	case d.Body == "":
		return fault.InField("body", "Schreiben Sie den Text der Seite.")
	case utf8.RuneCountInString(d.Body) > longestBody:
		return fault.InField("body", "Kürzen Sie den Text auf höchstens 50.000 Zeichen.")
	}
	return nil
}

// Report is a barrier that somebody met. Name and Email are theirs to give or not.
type Report struct {
	ID                          uuid.UUID
	Place, Message, Name, Email string
}

// Wrong says what is to be mended before the report can be taken in.
func (r Report) Wrong() error {
	var found fault.Wrong
	found.If(r.Message == "", "message", "Beschreiben Sie, was nicht ging.")
	found.If(utf8.RuneCountInString(r.Message) > 5000, "message", "Kürzen Sie die Beschreibung auf höchstens 5.000 Zeichen.")
	found.If(utf8.RuneCountInString(r.Place) > 300, "place", "Kürzen Sie die Angabe auf höchstens 300 Zeichen.")
	found.If(utf8.RuneCountInString(r.Name) > 200, "name", "Kürzen Sie den Namen auf höchstens 200 Zeichen.")
	found.If(r.Email != "" && !mailaddress.Valid(r.Email), "email", "Geben Sie eine E-Mail-Adresse ein wie name@stadt.example, oder lassen Sie das Feld leer.")
	return found.Err()
}

// Barrier is a report as the Land reads it.
type Barrier struct {
	ID         uuid.UUID `db:"report_id"`
	At         time.Time
	Place      string
	Message    string
	Name       string
	Email      string
	Answer     string
	AnsweredAt *time.Time
	AnsweredBy string
}

// Answered reports whether the Land has noted what it did.
func (b Barrier) Answered() bool { return b.AnsweredAt != nil }

// ReplyWithin is by when whoever left an address hears of their report.
const ReplyWithin = 28 * 24 * time.Hour
