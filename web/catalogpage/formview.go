package catalogpage

import (
	"slices"
	"strings"

	"rollinportal/internal/catalog"
	"rollinportal/internal/organisation"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type formView struct {
	Errors      []ui.FieldError
	Action      string
	Back        string
	ID, Version string
	NoteOnly    bool // a ministry keeps only its own note
	F           map[string]ui.Field
}

func newFormView(f form, e catalog.Editable, wrong page.Errors, action, back string) formView {
	v := formView{Errors: wrong.Summary(), Action: action, Back: back, ID: f.ID, F: map[string]ui.Field{}}
	if f.Version > 0 {
		v.Version = versionText(f.Version)
	}
	for _, field := range questions(f, e) {
		field.Error = wrong.For(field.Name)
		v.F[field.Name] = field
	}
	return v
}

// questions are the fields of the form with what was typed.
func questions(f form, e catalog.Editable) []ui.Field {
	return []ui.Field{
		{Name: "name", Label: "Name der Leistung", Value: f.Name, MaxLength: 200},
		{Name: "ozg_ids", Label: "OZG-ID", Value: f.OzgIDs, Hint: "5 Ziffern, mehrere mit Leerzeichen getrennt", InputMode: "numeric", Optional: true, Width: ui.Medium},
		{Name: "leika_keys", Label: "LeiKa-Schlüssel", Value: f.LeikaKeys, Hint: "14 Ziffern, mehrere mit Leerzeichen getrennt", InputMode: "numeric", Optional: true},
		{Name: "also_sought", Label: "Auch gesucht als", Value: f.AlsoSought, Hint: "Wörter, mit denen Menschen danach suchen, mit Komma getrennt. Zum Beispiel: Bauantrag, Hausbau", Optional: true, Rows: 2},
		{Name: "topic_field", Label: "Themenfeld", Value: f.TopicField, Optional: true, Width: ui.Medium},
		{Name: "lifecycle", Label: "Stand beim Anbieter", Value: f.Lifecycle, Options: lifecycleOptions()},
		{Name: "lifecycle_note", Label: "Grund der Einschränkung", Value: f.LifecycleNote, Optional: true, Hint: "nur bei eingeschränkter Nachnutzung"},
		{Name: "providing_state", Label: "Umsetzendes Land", Value: f.ProvidingState, Hint: "Kürzel, zum Beispiel NW oder Bund", Optional: true, Width: ui.Small},
		{Name: "operator", Label: "Betreiber", Value: f.Operator, Optional: true, Width: ui.Medium},
		{Name: "ministry", Label: "Entscheidendes Fachressort", Value: f.Ministry, Empty: "noch nicht benannt", Options: ministryOptions(e.Ministries), Optional: true},
		{Name: "ministry_note", Label: "Hinweis des Ressorts", Value: f.MinistryNote, Hint: "Fachkontakt und fachliche Hinweise für die Einheiten", Optional: true, Rows: 3},
		{Name: "transports", Label: "Transportweg", Options: checked([]ui.Option{{Value: catalog.OSCI, Text: "OSCI/XTA"}, {Value: catalog.FITConnect, Text: "FIT-Connect"}}, f.Transports), Optional: true},
		{Name: "transport_note", Label: "Hinweis zum Transportweg", Value: f.TransportNote, Optional: true, Width: ui.Medium},
		{Name: "flags", Label: "Das gehört zur Leistung", Optional: true, Options: checked([]ui.Option{
			{Value: flagFocus, Text: "Fokusleistung"},
			{Value: flagDeclaration, Text: "Nutzungserklärung nötig"},
			{Value: flagPiloting, Text: "Pilotierung vor der Fläche"},
			{Value: flagPayment, Text: "Zahlung online"},
			{Value: flagBackend, Text: "Fachverfahren ist anzubinden"},
		}, f.Flags)},
		{Name: "execution_level", Label: "Vollzugsebene", Value: f.ExecutionLevel, Options: []ui.Option{
			{Value: string(catalog.Kreis), Text: "Kreisebene"}, {Value: string(catalog.Gemeinde), Text: "Gemeindeebene"},
		}},
		{Name: "competence", Label: "Welche Einheiten sind zuständig?", Value: f.Competence, Hint: "Diese Menge ist der Nenner in allen Zahlen.", Options: []ui.Option{
			{Value: string(catalog.AllBodies), Text: "Alle Landkreise und kreisfreien Städte"},
			{Value: string(catalog.CitiesOnly), Text: "Nur kreisfreie Städte"},
			{Value: string(catalog.Chosen), Text: "Eine Auswahl", Reveals: "a"},
		}},
		{Name: "bodies", Label: "Zuständige Einheiten", Hint: "nur bei „Eine Auswahl“", Optional: true, Options: checked(bodyOptions(e.Bodies), f.Bodies)},
		{Name: "price_once", Label: "Preis einmalig je Einheit", Value: f.PriceOnce, Optional: true},
		{Name: "price_yearly", Label: "Preis je Jahr", Value: f.PriceYearly, Optional: true},
		{Name: "price_until", Label: "Preis gebunden bis", Value: f.PriceUntil, Optional: true},
		{Name: "available_from", Label: "Verfügbar ab", Value: f.AvailableFrom, Optional: true},
		{Name: "conditions", Label: "Bedingungen der Nachnutzung", Value: f.Conditions, Optional: true, Rows: 3},
		{Name: "note", Label: "Hinweis", Value: f.Note, Optional: true, Rows: 3},
		{Name: "source", Label: "Quelle der Angaben", Value: f.Source, Optional: true},
		{Name: "checked_on", Label: "Angaben geprüft am", Value: f.CheckedOn, Optional: true},
	}
}

func lifecycleOptions() []ui.Option {
	var found []ui.Option
	for _, l := range catalog.Lifecycles {
		found = append(found, ui.Option{Value: string(l), Text: l.Name()})
	}
	return found
}

func ministryOptions(ministries []organisation.Organisation) []ui.Option {
	var found []ui.Option
	for _, m := range ministries {
		found = append(found, ui.Option{Value: m.Key, Text: m.Key + ": " + m.Name})
	}
	return found
}

func bodyOptions(bodies []organisation.Organisation) []ui.Option {
	var found []ui.Option
	for _, b := range bodies {
		found = append(found, ui.Option{Value: b.Key, Text: b.Name})
	}
	return found
}

func checked(options []ui.Option, chosen []string) []ui.Option {
	for i := range options {
		options[i].Checked = slices.Contains(chosen, options[i].Value)
	}
	return options
}

// clashRows puts both states of every field side by side, in the words of the form.
func clashRows(mine, theirs form, e catalog.Editable, noteOnly bool) []ui.ConflictRow {
	if noteOnly {
		return []ui.ConflictRow{{Field: "Hinweis des Ressorts", Mine: mine.MinistryNote, Theirs: theirs.MinistryNote}}
	}
	var rows []ui.ConflictRow
	now := questions(theirs, e)
	for i, field := range questions(mine, e) {
		rows = append(rows, ui.ConflictRow{Field: field.Label, Mine: words(field), Theirs: words(now[i])})
	}
	return rows
}

// words says what a field holds.
func words(f ui.Field) string {
	if len(f.Options) == 0 {
		return f.Value
	}
	var found []string
	for _, o := range f.Options {
		if o.Checked || f.Value != "" && o.Value == f.Value {
			found = append(found, o.Text)
		}
	}
	return strings.Join(found, ", ")
}
