// Package figure says what a number on a page means. A room that counts defines its figures here: the words beside the rule
// that computes them. Pages show what the rule says, and the page of definitions shows the words of the same values, so
// that nothing is written down twice.
package figure

// Figure is something that is counted from a T, with what it means.
type Figure[T any] struct {
	Meaning
	Of func(T) Share // computes it; a mere count has no whole
}

// Meaning is what a figure says.
type Meaning struct {
	Key        string // in addresses
	Name       string
	Definition string
	Part       string // what is counted
	Whole      string // out of what; "" for a mere count
	Apart      string // what does not count
	Source     string // in the description of the field (domain.md)
}

// Rounding is how shares are rounded, everywhere.
const Rounding = "Anteile sind abgerundet: 21 von 22 sind 95 %, und 100 % heißt alle. Ein Anteil ohne Nenner ist nicht angegeben."

// Share is a part of a whole: what counts, and out of what.
type Share struct{ Part, Whole int }

// Plus adds two shares.
func (s Share) Plus(other Share) Share { return Share{s.Part + other.Part, s.Whole + other.Whole} }

// Complete reports whether nothing is left; an empty whole is never complete.
func (s Share) Complete() bool { return s.Whole > 0 && s.Part == s.Whole }
