package privacypage

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

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
	Heading string
	Count   string
	Entries [][]ui.Fact
}

func newDocumentView(d privacy.Disclosure) documentView {
	v := documentView{At: ui.DateTime(d.MadeAt)}
	for _, s := range d.Sections {
		section := sectionView{Heading: s.Title, Count: ui.Count(len(s.Entries), "Eintrag", "Einträge")}
		if word := partWords[s.Part]; word != "" {
			section.Heading += ": " + word
		}
		for _, entry := range s.Entries {
			section.Entries = append(section.Entries, factsOf(entry))
		}
		v.Sections = append(v.Sections, section)
	}
	return v
}

// partWords say how a person comes into a record.
var partWords = map[string]string{
	"actor": "selbst getan", "answered_by": "beantwortet", "applied_by": "beworben", "asked_by": "gefragt", "by_person": "geschrieben", "changed_by": "zuletzt geändert",
	"confirmed_by": "bestätigt", "decided_by": "entschieden", "deleted_by": "gelöscht", "ended_by": "beendet", "from_person": "vertreten lassen", "invited_by": "eingeladen",
	"last_by": "zuletzt geschrieben", "left_out_by": "ausgenommen", "made_by": "ausgeführt", "overruled_by": "begründet", "published_by": "veröffentlicht", "released_by": "freigegeben",
	"reported_by": "gemeldet", "requested_by": "angefragt", "reviewed_by": "geprüft", "revoked_by": "aufgehoben", "saved_by": "gespeichert", "sent_by": "versandt",
	"settled_by": "abgeschlossen", "started_by": "begonnen", "submitted_by": "eingereicht", "taken_by": "übernommen", "to_person": "vertretend", "uploaded_by": "hochgeladen",
	"withdrawn_by": "zurückgenommen",
}

// fieldWords are the fields that everybody reads; the others keep the name they have in the JSON file beside.
var fieldWords = map[string]string{
	"org": "Organisation", "name": "Name", "email": "E-Mail-Adresse", "role": "Rolle", "kind": "Art", "action": "Vorgang", "at": "Zeitpunkt", "text": "Text", "status": "Stand",
	"created_at": "angelegt", "seen_at": "zuletzt benutzt", "expires_at": "läuft ab", "ended_at": "beendet", "read_at": "gelesen", "issuer": "Anmeldedienst", "subject": "Kennung beim Anmeldedienst",
}

func factsOf(entry map[string]any) []ui.Fact {
	var facts []ui.Fact
	for _, name := range slices.Sorted(maps.Keys(entry)) {
		value := shown(entry[name])
		if value == "" {
			continue
		}
		term := name
		if word := fieldWords[name]; word != "" {
			term = word
		}
		facts = append(facts, ui.Fact{Term: term, Value: value})
	}
	return facts
}

// shown writes a value for people; times as they are in Germany.
func shown(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return ui.DateTime(at)
		}
		return v
	case bool:
		if v {
			return "ja"
		}
		return "nein"
	case float64:
		return fmt.Sprint(v)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
