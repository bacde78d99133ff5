package catalog

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rollinportal/internal/fault"
	"rollinportal/internal/webaddress"
)

// Fact is what one source says about a service, and when somebody looked. The Steckbrief is what the Land makes of it.
type Fact struct {
	Kind      FactKind
	Source    Source
	Value     string
	CheckedOn time.Time
	Address   string // where it stands, may be ""
	Version   int64  // 0 for what nobody has entered yet
}

// FactKind says what a fact is about.
type FactKind string

// The facts that a decision leans on.
const (
	FactState     FactKind = "providing_state"
	FactOperator  FactKind = "operator"
	FactLifecycle FactKind = "lifecycle"
	FactTransport FactKind = "transport"
	FactOnce      FactKind = "price_once"
	FactYearly    FactKind = "price_yearly"
	FactBound     FactKind = "price_until"
	FactAvailable FactKind = "available_from"
)

// FactKinds lists them in the order people read them.
var FactKinds = []FactKind{FactState, FactOperator, FactLifecycle, FactTransport, FactOnce, FactYearly, FactBound, FactAvailable}

var factNames = map[FactKind]string{
	FactState: "Umsetzendes Land", FactOperator: "Betreiber", FactLifecycle: "Stand beim Anbieter", FactTransport: "Transportweg",
	FactOnce: "Einmalig je Einheit", FactYearly: "Je Jahr", FactBound: "Preis gebunden bis", FactAvailable: "Verfügbar ab",
}

// Word is the fact as people call it.
func (k FactKind) Word() string { return factNames[k] }

// Shape says how the value of a fact is written: an amount of money and a day have one way each, so that the same is not
// taken for a contradiction.
type Shape int

// The shapes of a value.
const (
	Words Shape = iota
	Money
	Day
)

// Shape is how the value of this fact is written.
func (k FactKind) Shape() Shape {
	switch k {
	case FactOnce, FactYearly:
		return Money
	case FactBound, FactAvailable:
		return Day
	}
	return Words
}

// Source is who says it.
type Source string

// The sources that a Land looks into.
const (
	FITStore            Source = "fit_store"
	Marketplace         Source = "marketplace"
	InformationPlatform Source = "information_platform"
)

// Sources lists them in the order of the columns.
var Sources = []Source{FITStore, Marketplace, InformationPlatform}

// Word is the source as people call it.
func (s Source) Word() string {
	return map[Source]string{FITStore: "FIT-Store", Marketplace: "Marktplatz", InformationPlatform: "Informationsplattform"}[s]
}

// Contradicted reports whether the sources say different things about one fact. Letters and spaces aside, what is written
// differently is different: whether it means the same is for people to say.
func Contradicted(facts []Fact, k FactKind) bool {
	said := ""
	for _, f := range facts {
		if f.Kind != k {
			continue
		}
		plain := strings.ToLower(strings.Join(strings.Fields(f.Value), " "))
		if said != "" && said != plain {
			return true
		}
		said = plain
	}
	return false
}

func (f Fact) check(today time.Time) error {
	var wrong fault.Wrong
	wrong.If(!slices.Contains(FactKinds, f.Kind), "fact", "Wählen Sie, worum es geht.")
	wrong.If(!slices.Contains(Sources, f.Source), "source", "Wählen Sie die Quelle.")
	switch {
	case f.Value == "":
		wrong.Add("value", "Schreiben Sie, was die Quelle sagt.")
	case utf8.RuneCountInString(f.Value) > 300:
		wrong.Add("value", "Kürzen Sie die Angabe auf höchstens 300 Zeichen.")
	}
	wrong.If(f.CheckedOn.After(today), "checked_on", "Dieser Tag liegt in der Zukunft. Geben Sie ein, wann Sie nachgesehen haben.")
	wrong.If(f.Address != "" && !webaddress.Valid(f.Address), "address", "Geben Sie eine vollständige Adresse ein, zum Beispiel https://fit-store.example/dienst, oder lassen Sie das Feld leer.")
	return wrong.Err()
}
