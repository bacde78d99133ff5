package question

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names are what must not stand in a text for everybody: the people and the bodies that the system knows.
type Names struct {
	People []string // first and last name
	Bodies []string // "Sonneberg", "Landkreis Sonneberg"
}

// What stands in place of what was taken out.
const (
	somebody  = "[Person]"
	someBody  = "[Einheit]"
	someMail  = "[E-Mail-Adresse]"
	someCall  = "[Telefonnummer]"
	fewDigits = 7 // from so many on, a number is one to call
)

var (
	mails = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}`)
	calls = regexp.MustCompile(`(?:\+|\b0)[\d][\d /()-]{5,}\d`)
	// titled is how people are called by their last name alone, known to the system or not.
	titled = regexp.MustCompile(`\b(?:Herrn?|Frau|Kolleg(?:e|en|in)) \p{Lu}[\p{L}-]+`)
)

// Strip returns the text without what names a person or a body, and what it took out, in the order of the text's kinds.
// A last name alone goes only if it is not the word of a sentence for something else: it is known and stands in full.
func (n Names) Strip(text string) (clean string, taken []string) {
	take := func(by string) func(string) string {
		return func(found string) string {
			taken = append(taken, found)
			return by
		}
	}
	text = mails.ReplaceAllStringFunc(text, take(someMail))
	text = calls.ReplaceAllStringFunc(text, func(found string) string {
		if strings.IndexFunc(found, unicode.IsDigit) < 0 || digits(found) < fewDigits {
			return found
		}
		return take(someCall)(found)
	})
	for _, name := range longestFirst(n.People) {
		text = replaceWord(text, name, "s", take(somebody))
		if _, last, two := strings.Cut(name, " "); two {
			text = replaceWord(text, last, "s", take(somebody))
		}
	}
	text = titled.ReplaceAllStringFunc(text, take(somebody))
	for _, name := range longestFirst(bodyNames(n.Bodies)) {
		text = replaceWord(text, name, "s es er ers ern", take(someBody))
	}
	return text, taken
}

// Named returns what a text still names. A last name without a title is a word like others: who leaves it in, means it.
func (n Names) Named(text string) []string {
	whole := Names{Bodies: n.Bodies}
	_, taken := whole.Strip(text)
	for _, name := range longestFirst(n.People) {
		replaceWord(text, name, "s", func(found string) string {
			taken = append(taken, found)
			return found
		})
	}
	return taken
}

func digits(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

func longestFirst(names []string) []string {
	sorted := slices.Clone(names)
	slices.SortFunc(sorted, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	return slices.Compact(sorted)
}

// bodyNames adds how people call a body in a sentence: with what kind of body it is, and by its place alone.
func bodyNames(names []string) []string {
	var all []string
	for _, name := range names {
		place := name
		for _, kind := range []string{"Landkreis ", "Stadt ", "LK ", "Kreisfreie Stadt "} {
			place = strings.TrimPrefix(place, kind)
		}
		all = append(all, name, place)
		for _, kind := range []string{"Landkreis ", "Landratsamt ", "LRA ", "LK ", "Stadt ", "Stadtverwaltung ", "SV ", "Kreis "} {
			all = append(all, kind+place)
		}
	}
	return all
}

// replaceWord replaces a word wherever it stands alone, whatever its case, with the endings it may have.
func replaceWord(text, word, endings string, by func(string) string) string {
	if word == "" {
		return text
	}
	lower, wanted := strings.ToLower(text), strings.ToLower(word)
	if len(lower) != len(text) { // a letter whose small form has another length: positions would not fit
		lower = text
	}
	var out strings.Builder
	at := 0
	for {
		i := strings.Index(lower[at:], wanted)
		if i < 0 {
			out.WriteString(text[at:])
			return out.String()
		}
		start, end := at+i, at+i+len(wanted)
		end += ending(lower[end:], endings)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if unicode.IsLetter(before) || unicode.IsLetter(after) {
			out.WriteString(text[at : start+len(wanted)])
			at = start + len(wanted)
			continue
		}
		out.WriteString(text[at:start])
		out.WriteString(by(text[start:end]))
		at = end
	}
}

// ending is how long the longest of the endings is that a rest begins with, if nothing follows it.
func ending(rest, endings string) int {
	word := rest
	if i := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = rest[:i]
	}
	if slices.Contains(strings.Fields(endings), word) {
		return len(word)
	}
	return 0
}
