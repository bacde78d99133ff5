package planning

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rollinportal/internal/fault"
)

// Letter is the Informationsschreiben: a text with fields in double braces, the same for all bodies.
type Letter struct{ Subject, Text, Contact string }

// LetterFields are all fields that a letter may have. Nothing else between double braces is understood.
var LetterFields = []string{"Leistung", "Einheit", "Welle", "Termin", "Dienstleister", "Ansprechstelle", "Datum"}

// StandardLetter is what a draft begins with.
var StandardLetter = Letter{
	Subject: "{{Leistung}}: Anbindung in {{Einheit}}",
	Text: `Sehr geehrte Damen und Herren,

das Land bindet die Leistung „{{Leistung}}“ in allen zuständigen Einheiten an. {{Einheit}} gehört zu „{{Welle}}“. Geplant ist, dass Sie am {{Termin}} produktiv gehen.

Ihre Checkliste liegt im Portal bereit. Sie nennt jede Aufgabe mit Frist und sagt, wer Ihnen hilft. Technisch unterstützt Sie: {{Dienstleister}}.

Passt der Termin nicht? Dann melden Sie sich bald bei {{Ansprechstelle}}.

Mit freundlichen Grüßen
{{Ansprechstelle}}`,
	Contact: "OZG-Landeskoordination",
}

var letterField = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// Fill puts values into the fields of a text. A field is replaced once: a value is never read as a text with fields.
func Fill(text string, values map[string]string) string {
	return letterField.ReplaceAllStringFunc(text, func(found string) string {
		return values[strings.TrimSpace(strings.Trim(found, "{}"))]
	})
}

func (l Letter) tidy() Letter {
	return Letter{strings.TrimSpace(l.Subject), strings.TrimSpace(l.Text), strings.TrimSpace(l.Contact)}
}

func (l Letter) wrong() error {
	var wrong fault.Wrong
	wrong.If(l.Subject == "", "subject", "Geben Sie einen Betreff ein.")
	wrong.If(utf8.RuneCountInString(l.Subject) > 200 || strings.Contains(l.Subject, "\n"), "subject", "Kürzen Sie den Betreff auf eine Zeile mit höchstens 200 Zeichen.")
	wrong.If(l.Text == "", "text", "Schreiben Sie den Einheiten, was auf sie zukommt.")
	wrong.If(utf8.RuneCountInString(l.Text) > 10000, "text", "Kürzen Sie das Schreiben auf höchstens 10.000 Zeichen.")
	wrong.If(l.Contact == "", "contact", "Nennen Sie die Stelle, an die sich Einheiten wenden.")
	wrong.If(utf8.RuneCountInString(l.Contact) > 200, "contact", "Kürzen Sie die Ansprechstelle auf höchstens 200 Zeichen.")
	for _, f := range []fault.Field{{Name: "subject", Text: l.Subject}, {Name: "text", Text: l.Text}} {
		if unknown := unknownField(f.Text); unknown != "" {
			wrong.Add(f.Name, "Das Feld „"+unknown+"“ gibt es nicht. Möglich sind: "+strings.Join(LetterFields, ", ")+".")
		}
	}
	return wrong.Err()
}

// unknownField returns the first field of a text that is none, or the braces that belong to no field.
func unknownField(text string) string {
	for _, found := range letterField.FindAllStringSubmatch(text, -1) {
		if name := strings.TrimSpace(found[1]); !slices.Contains(LetterFields, name) {
			return name
		}
	}
	rest := letterField.ReplaceAllString(text, "")
	for _, braces := range []string{"{{", "}}"} {
		if strings.Contains(rest, braces) {
			return braces
		}
	}
	return ""
}
