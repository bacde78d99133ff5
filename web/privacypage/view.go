package privacypage

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/privacy"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

func newPeopleRows(found []privacy.Person) []ui.Row {
	rows := make([]ui.Row, len(found))
	for i, p := range found {
		rows[i] = ui.Row{Title: p.Name, URL: link.Person(p.ID), Meta: strings.Join(p.Places, ", ")}
		if !p.Active {
			rows[i].Tag = "ausgeschieden"
		}
	}
	return rows
}

type personView struct {
	Name, Places      string
	Errors            []ui.FieldError
	Late              ui.AlertProps
	Action, FileURL   string
	EraseURL          string
	WasName, WasEmail string
	NameField, Email  ui.Field
}

func formOf(p privacy.Person) privacy.Correction {
	return privacy.Correction{Name: p.Name, Email: p.Email, WasName: p.Name, WasEmail: p.Email}
}

func newPersonView(p privacy.Person, c privacy.Correction, late ui.AlertProps, wrong page.Errors) personView {
	v := personView{
		Name: p.Name, Places: strings.Join(p.Places, ", "), Errors: wrong.Summary(), Late: late,
		Action: link.Person(p.ID), FileURL: link.DisclosePerson(p.ID), EraseURL: link.NewErasure(p.ID), WasName: c.WasName, WasEmail: c.WasEmail,
		NameField: ui.Field{Name: "name", Label: "Name", Value: c.Name, Error: wrong.For("name"), MaxLength: 200},
		Email:     ui.Field{Name: "email", Label: "E-Mail-Adresse", Value: c.Email, Error: wrong.For("email"), Type: "email", Optional: true, MaxLength: 254},
	}
	if !p.Active {
		v.Places += " · ausgeschieden"
	}
	return v
}

// documentView is a disclosure to read.
type documentView struct {
	At       string
	Sections []sectionView
}

type sectionView struct {
	Heading, Count string
	Columns        []string
	Rows           [][]string
}

func newDocumentView(d privacy.Disclosure) documentView {
	v := documentView{At: ui.DateTime(d.MadeAt)}
	for _, s := range d.Sections {
		v.Sections = append(v.Sections, newSectionView(s))
	}
	return v
}

// newSectionView sets a section as a table of the fields that say something to people.
func newSectionView(s privacy.Section) sectionView {
	v := sectionView{Heading: s.Title, Count: ui.Count(len(s.Entries), "Eintrag", "Einträge"), Rows: make([][]string, len(s.Entries))}
	if word := partWords[s.Part]; word != "" {
		v.Heading += ": " + word
	}
	for _, c := range columnsOf(s) {
		v.Columns = append(v.Columns, c.word)
		for i, entry := range s.Entries {
			v.Rows[i] = append(v.Rows[i], shown(c.name, entry[c.name]))
		}
	}
	return v
}

type column struct{ name, word string }

// columnsOf are the fields that some entry has, in the order of the page; whatever it does not know comes last, by its name.
func columnsOf(s privacy.Section) []column {
	has := map[string]bool{}
	for _, entry := range s.Entries {
		for name, value := range entry {
			if value != nil && value != "" && !technical[name] && !isNumber(value) {
				has[name] = true
			}
		}
	}
	if has["action"] {
		delete(has, "kind") // the deed says what it was done to
	}
	var found []column
	for _, f := range fields {
		if has[f.name] {
			found = append(found, column(f))
			delete(has, f.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(has)) {
		found = append(found, column{name, name})
	}
	return found
}

// isNumber reports whether a value is the number of a record.
func isNumber(value any) bool {
	text, ok := value.(string)
	return ok && uuid.Validate(text) == nil
}

// shown writes a value for people; times as they are in Germany.
func shown(field string, value any) string {
	switch v := value.(type) {
	case nil:
		return ui.NotApplicable
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return ui.DateTime(at)
		}
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return ui.Date(day)
		}
		if v == "" {
			return ui.NotApplicable
		}
		return worded(field, v)
	case bool:
		return ui.YesNo(v)
	case float64:
		return fmt.Sprint(v)
	case []any:
		words := make([]string, len(v))
		for i, one := range v {
			words[i] = shown("kind", one)
		}
		return strings.Join(words, ", ")
	}
	return fmt.Sprint(value)
}
