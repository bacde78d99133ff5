package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Service is an EfA service in the catalogue.
type Service struct {
	ID   uuid.UUID `db:"service_id"`
	Slug string
	Fields
	MinistryID    *uuid.UUID
	MinistryName  *string
	PublishedAt   *time.Time
	ChangedBy     uuid.UUID
	Version       int64
	Competent     int // number of competent bodies
	DecisionState *string
	RollinStarted *time.Time
	Relevant      int // onboardings that the reader sees, without those of bodies that are not competent: the denominator
	Live          int // bodies that are productive
}

// Fields is what people enter about a service.
type Fields struct {
	Name           string
	OzgIDs         []string `db:"ozg_ids"`
	LeikaKeys      []string `db:"leika_keys"`
	AlsoSought     []string `db:"also_sought"` // other words that people type when they look for it
	TopicField     string
	Lifecycle      Lifecycle
	LifecycleNote  string
	ProvidingState string
	Operator       string
	MinistryKey    string // the ministry that decides, "" while nobody is named
	MinistryNote   string // what the ministry wants bodies to know
	Transports     []string
	TransportNote  string
	Focus          bool
	ExecutionLevel Level
	Competence     Competence
	Declaration    bool `db:"declaration_required"`
	Piloting       bool
	Payment        bool
	Backend        bool
	PriceOnce      *int64     `db:"price_once_cents"`
	PriceYearly    *int64     `db:"price_yearly_cents"`
	PriceUntil     *time.Time `db:"price_bound_until"`
	AvailableFrom  *time.Time
	Conditions     string
	Note           string
	Source         string
	CheckedOn      *time.Time
}

// Lifecycle is where the provider stands with a service.
type Lifecycle string

// The provider's states.
const (
	Announced     Lifecycle = "announced"
	InDevelopment Lifecycle = "in_development"
	Piloting      Lifecycle = "piloting"
	Reusable      Lifecycle = "reusable"
	Restricted    Lifecycle = "restricted"
	PhaseOut      Lifecycle = "phase_out"
	Ended         Lifecycle = "ended"
)

// Lifecycles lists the states in the order of a service's life.
var Lifecycles = []Lifecycle{Announced, InDevelopment, Piloting, Reusable, Restricted, PhaseOut, Ended}

var lifecycleNames = map[Lifecycle]string{
	Announced: "angekündigt", InDevelopment: "in Umsetzung", Piloting: "in Pilotierung", Reusable: "nachnutzbar",
	Restricted: "eingeschränkt nachnutzbar", PhaseOut: "abgekündigt", Ended: "beendet",
}

// Name is the state in the words of the field, for screens and the trail.
func (l Lifecycle) Name() string { return lifecycleNames[l] }

// Level is where a service is executed.
type Level string

// Execution levels. Gemeinde level means that only the kreisfreie Städte among the bodies are competent.
const (
	Kreis    Level = "kreis"
	Gemeinde Level = "gemeinde"
)

// Name is the level in words.
func (l Level) Name() string {
	if l == Gemeinde {
		return "Gemeindeebene"
	}
	return "Kreisebene"
}

// Competence says how the set of competent bodies is made.
type Competence string

// All bodies of the Kreis level, only kreisfreie Städte, or a set chosen by hand.
const (
	AllBodies  Competence = "all"
	CitiesOnly Competence = "cities"
	Chosen     Competence = "chosen"
)

// Name is the set in words.
func (c Competence) Name() string {
	switch c {
	case CitiesOnly:
		return "nur kreisfreie Städte"
	case Chosen:
		return "ausgewählte Einheiten"
	}
	return "alle Landkreise und kreisfreien Städte"
}

// The transports that the template's conditions know.
const (
	OSCI       = "osci"
	FITConnect = "fitc"
)

// TransportNames says transports in words.
func TransportNames(keys []string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = map[string]string{OSCI: "OSCI/XTA", FITConnect: "FIT-Connect"}[key]
	}
	return strings.Join(names, ", ")
}

// DecidedBy reports whether an organisation is the ministry that decides about the service.
func (s Service) DecidedBy(org uuid.UUID) bool { return s.MinistryID != nil && *s.MinistryID == org }

// check returns a fault for every field that does not hold.
func (f Fields) check(chosen []string) error {
	var wrong fault.Wrong
	wrong.If(strings.TrimSpace(f.Name) == "", "name", "Geben Sie den Namen der Leistung ein.")
	wrong.If(slugOf(f.Name) == "" && f.Name != "", "name", "Der Name braucht mindestens einen Buchstaben oder eine Ziffer.")
	for _, id := range f.OzgIDs {
		wrong.If(!digits(id, 5), "ozg_ids", "Eine OZG-ID hat 5 Ziffern, zum Beispiel 10169. Prüfen Sie „"+id+"“.")
	}
	for _, key := range f.LeikaKeys {
		wrong.If(!digits(key, 14), "leika_keys", "Ein LeiKa-Schlüssel hat 14 Ziffern, zum Beispiel 99107023017000. Prüfen Sie „"+key+"“.")
	}
	wrong.If(len(f.AlsoSought) > soughtWords, "also_sought", fmt.Sprintf("Geben Sie höchstens %d Suchwörter ein.", soughtWords))
	long := func(word string) bool { return utf8.RuneCountInString(word) > soughtLetters }
	wrong.If(slices.ContainsFunc(f.AlsoSought, long), "also_sought", fmt.Sprintf("Ein Suchwort hat höchstens %d Zeichen. Trennen Sie die Wörter mit Komma.", soughtLetters))
	wrong.If(!slices.Contains(Lifecycles, f.Lifecycle), "lifecycle", "Wählen Sie den Stand beim Anbieter.")
	wrong.If(f.Lifecycle == Restricted && f.LifecycleNote == "", "lifecycle_note", "Nennen Sie den Grund, warum die Leistung nur eingeschränkt nachnutzbar ist.")
	wrong.If(f.ExecutionLevel != Kreis && f.ExecutionLevel != Gemeinde, "execution_level", "Wählen Sie die Vollzugsebene.")
	switch {
	case f.Competence != AllBodies && f.Competence != CitiesOnly && f.Competence != Chosen:
		wrong.Add("competence", "Wählen Sie, welche Einheiten zuständig sind.")
	case f.Competence == Chosen && len(chosen) == 0:
		wrong.Add("bodies", "Wählen Sie mindestens eine zuständige Einheit.")
	case f.Competence == AllBodies && f.ExecutionLevel == Gemeinde:
		wrong.Add("competence", "Auf Gemeindeebene sind von den Einheiten nur die kreisfreien Städte zuständig. Wählen Sie „Nur kreisfreie Städte“ oder eine Auswahl.")
	}
	for _, t := range f.Transports {
		wrong.If(t != OSCI && t != FITConnect, "transports", "Wählen Sie OSCI/XTA, FIT-Connect oder beides.")
	}
	return wrong.Err()
}

// soughtWords and soughtLetters bound the other words of a service: a list of them is read, a text is not.
const (
	soughtWords   = 30
	soughtLetters = 60
)

// SplitSought reads other words for a service as they are typed: with commas, semicolons or line breaks between them. A
// word that stands there twice counts once.
func SplitSought(text string) (words []string) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		word = strings.Join(strings.Fields(word), " ")
		if word != "" && !slices.ContainsFunc(words, func(known string) bool { return strings.EqualFold(known, word) }) {
			words = append(words, word)
		}
	}
	return words
}

func digits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}

var slugLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// slugOf makes the readable part of a service's address: "Führerschein" becomes "fuehrerschein".
func slugOf(name string) string {
	words := strings.FieldsFunc(slugLetters.Replace(strings.ToLower(name)), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	return strings.Join(words, "-")
}
