package survey

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
)

// Block is a part of the survey that is answered as a whole.
type Block string

// The blocks. All but the outlook are kinds of facts of the profile.
const (
	PostOffice = Block(profile.PostOffice)
	DMS        = Block(profile.DMS)
	Variant    = Block(profile.Variant)
	Payment    = Block(profile.Payment)
	Outlook    = Block("outlook")
)

// Blocks lists the blocks in the order in which they are asked.
var Blocks = []Block{PostOffice, DMS, Variant, Payment, Outlook}

// kinds are the facts of the profile that the survey looks at.
var kinds = []profile.Kind{profile.PostOffice, profile.DMS, profile.Variant, profile.Payment}

// FromProfile reports whether a block is a view on the profile.
func (b Block) FromProfile() bool { return slices.Contains(kinds, profile.Kind(b)) }

// Word is the block as people call it.
func (b Block) Word() string {
	if spec, known := profile.Kind(b).Spec(); known {
		return spec.Word
	}
	return "Ausblick"
}

// Field is a detail of a block.
type Field struct {
	Name, Word string
	Day        bool
}

// Fields are the details of a block, in the order in which they are read.
func (b Block) Fields() []Field {
	if !b.FromProfile() {
		return []Field{{Name: Plans, Word: "Geplanter Wechsel"}, {Name: Wish, Word: "Wunsch an das Land"}}
	}
	spec, _ := profile.Kind(b).Spec()
	found := make([]Field, len(spec.Fields))
	for i, f := range spec.Fields {
		found[i] = Field{f.Name, f.Word, f.Day}
	}
	return found
}

// The details of the outlook.
const (
	Plans = "plans"
	Wish  = "wish"
)

// PlanOptions are what a body may say of the twelve months to come.
var PlanOptions = []string{"kein Wechsel", "ein anderes DMS", "eine andere virtuelle Poststelle", "ein anderes E-Payment", "mehrere Wechsel"}

// longestWish is how many letters a wish may have.
const longestWish = 500

func checkOutlook(details map[string]string) error {
	var wrong fault.Wrong
	wrong.If(!slices.Contains(PlanOptions, details[Plans]), Plans, "Wählen Sie aus, was Sie planen.")
	wrong.If(utf8.RuneCountInString(details[Wish]) > longestWish, Wish, "Kürzen Sie den Text auf höchstens "+strconv.Itoa(longestWish)+" Zeichen.")
	wrong.If(profile.CarriesKey(details[Wish]), Wish, "Hier steht ein privater Schlüssel oder ein Passwort. Das gehört nicht in das Portal und ist nicht gespeichert.")
	return wrong.Err()
}

// names are what an answer to a block calls what is counted.
func (b Block) names(details map[string]string) []string {
	if b == Outlook {
		return []string{details[Plans]}
	}
	return profile.Named(details)
}

// Said is an answer to a block in one line.
func (b Block) Said(details map[string]string) string {
	var parts []string
	for _, name := range b.names(details) {
		if name != "" {
			parts = append(parts, name)
		}
	}
	return strings.Join(parts, ", ")
}
