package catalogpage

import (
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/catalog"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what people typed, as they typed it.
type form struct {
	ID                                                 string
	Version                                            int64
	Name, OzgIDs, LeikaKeys, AlsoSought, TopicField    string
	Lifecycle, LifecycleNote, ProvidingState, Operator string
	Ministry, MinistryNote, TransportNote              string
	Transports, Flags, Bodies                          []string
	ExecutionLevel, Competence                         string
	PriceOnce, PriceYearly, PriceUntil                 string
	AvailableFrom, Conditions, Note, Source, CheckedOn string
}

var formFields = []string{
	"id", "version", "name", "ozg_ids", "leika_keys", "also_sought", "topic_field", "lifecycle", "lifecycle_note", "providing_state", "operator",
	"ministry", "ministry_note", "transports" + page.Many, "transport_note", "flags" + page.Many, "execution_level", "competence", "bodies" + page.Many, "price_once",
	"price_yearly", "price_until", "available_from", "conditions", "note", "source", "checked_on",
}

func newForm(id string) form {
	return form{ID: id, Lifecycle: string(catalog.Reusable), ExecutionLevel: string(catalog.Kreis), Competence: string(catalog.AllBodies)}
}

func readForm(sent page.Form) form {
	return form{
		ID: sent.Text("id"), Name: sent.Text("name"), OzgIDs: sent.Text("ozg_ids"), LeikaKeys: sent.Text("leika_keys"),
		AlsoSought: sent.Text("also_sought"), TopicField: sent.Text("topic_field"), Lifecycle: sent.Text("lifecycle"), LifecycleNote: sent.Text("lifecycle_note"),
		ProvidingState: sent.Text("providing_state"), Operator: sent.Text("operator"), Ministry: sent.Text("ministry"),
		MinistryNote: sent.Text("ministry_note"), Transports: sent.All("transports"), TransportNote: sent.Text("transport_note"),
		Flags: sent.All("flags"), ExecutionLevel: sent.Text("execution_level"), Competence: sent.Text("competence"), Bodies: sent.All("bodies"),
		PriceOnce: sent.Text("price_once"), PriceYearly: sent.Text("price_yearly"), PriceUntil: sent.Text("price_until"),
		AvailableFrom: sent.Text("available_from"), Conditions: sent.Text("conditions"), Note: sent.Text("note"),
		Source: sent.Text("source"), CheckedOn: sent.Text("checked_on"),
	}
}

// The flags of a service, as the form names them.
const (
	flagFocus       = "fokus"
	flagDeclaration = "nutzungserklaerung"
	flagPiloting    = "pilotierung"
	flagPayment     = "zahlung"
	flagBackend     = "fachverfahren"
)

// fields reads what was typed. Rules of the field are the catalogue's: here only the form of dates and amounts counts.
func (f form) fields() (catalog.Fields, page.Errors) {
	var wrong page.Errors
	flags := map[string]bool{}
	for _, name := range f.Flags {
		flags[name] = true
	}
	fields := catalog.Fields{
		Name: f.Name, OzgIDs: split(f.OzgIDs), LeikaKeys: split(f.LeikaKeys), AlsoSought: catalog.SplitSought(f.AlsoSought), TopicField: f.TopicField,
		Lifecycle: catalog.Lifecycle(f.Lifecycle), LifecycleNote: f.LifecycleNote, ProvidingState: f.ProvidingState, Operator: f.Operator,
		MinistryKey: f.Ministry, MinistryNote: f.MinistryNote, Transports: f.Transports, TransportNote: f.TransportNote, Focus: flags[flagFocus],
		ExecutionLevel: catalog.Level(f.ExecutionLevel), Competence: catalog.Competence(f.Competence), Declaration: flags[flagDeclaration],
		Piloting: flags[flagPiloting], Payment: flags[flagPayment], Backend: flags[flagBackend],
		Conditions: f.Conditions, Note: f.Note, Source: f.Source,
		PriceOnce: money(&wrong, "price_once", f.PriceOnce), PriceYearly: money(&wrong, "price_yearly", f.PriceYearly),
		PriceUntil: date(&wrong, "price_until", f.PriceUntil), AvailableFrom: date(&wrong, "available_from", f.AvailableFrom),
		CheckedOn: date(&wrong, "checked_on", f.CheckedOn),
	}
	return fields, wrong
}

// split takes ids with spaces, commas or line breaks between them.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) })
}

func date(wrong *page.Errors, field, text string) *time.Time {
	if text == "" {
		return nil
	}
	t, err := ui.ParseDate(text)
	if err != nil {
		wrong.Add(field, err.Error())
		return nil
	}
	return &t
}

func money(wrong *page.Errors, field, text string) *int64 {
	if text == "" {
		return nil
	}
	cents, err := ui.ParseMoney(text)
	if err != nil {
		wrong.Add(field, err.Error())
		return nil
	}
	return &cents
}

// formOf fills the form with what is saved.
func formOf(s catalog.Editable) form {
	f := form{
		Version: s.Version, Name: s.Name, OzgIDs: strings.Join(s.OzgIDs, " "), LeikaKeys: strings.Join(s.LeikaKeys, " "),
		AlsoSought: strings.Join(s.AlsoSought, ", "), TopicField: s.TopicField, Lifecycle: string(s.Lifecycle), LifecycleNote: s.LifecycleNote, ProvidingState: s.ProvidingState,
		Operator: s.Operator, Ministry: s.MinistryKey, MinistryNote: s.MinistryNote, Transports: s.Transports, TransportNote: s.TransportNote,
		ExecutionLevel: string(s.ExecutionLevel), Competence: string(s.Competence), Bodies: s.Chosen,
		PriceOnce: moneyText(s.PriceOnce), PriceYearly: moneyText(s.PriceYearly), PriceUntil: dateText(s.PriceUntil),
		AvailableFrom: dateText(s.AvailableFrom), Conditions: s.Conditions, Note: s.Note, Source: s.Source, CheckedOn: dateText(s.CheckedOn),
	}
	for flag, set := range map[string]bool{
		flagFocus: s.Focus, flagDeclaration: s.Declaration, flagPiloting: s.Piloting, flagPayment: s.Payment, flagBackend: s.Backend,
	} {
		if set {
			f.Flags = append(f.Flags, flag)
		}
	}
	return f
}

func dateText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return ui.Date(*t)
}

func moneyText(cents *int64) string {
	if cents == nil {
		return ""
	}
	return strings.TrimSuffix(ui.EuroExact(*cents), "\u00a0€")
}

func versionText(v int64) string { return strconv.FormatInt(v, 10) }
