package profile

import (
	"strings"
	"unicode"
)

// noise are words that people add to a product's name, or leave out.
var noise = map[string]bool{
	"gmbh": true, "ag": true, "se": true, "kg": true, "co": true, "mbh": true, "der": true, "die": true, "das": true,
	"firma": true, "von": true, "fuer": true, "version": true, "release": true, "v": true,
}

// spellings are wrong spellings that were met (domain.md 1.9).
var spellings = map[string]string{"commundus": "comundus", "enayo": "enaio"}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// ProductKey is the name of a product without spelling variants, legal forms and versions: bodies whose products have
// the same key use the same one.
func ProductKey(name string) string {
	words := strings.FieldsFunc(umlauts.Replace(strings.ToLower(name)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	var key string
	for _, word := range words {
		if noise[word] || strings.Trim(strings.TrimPrefix(word, "v"), "0123456789") == "" {
			continue
		}
		if right, known := spellings[word]; known {
			word = right
		}
		key += word
	}
	if key == "" {
		return strings.Join(words, "")
	}
	return key
}
