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

// Named returns what a fact calls its products, in the words of the body: what stands beside "anderes" in place of it.
func Named(details map[string]string) []string {
	var found []string
	for _, name := range strings.Split(details[Product], "\n") {
		if name == OtherProduct {
			name = details[Other]
		}
		if name != "" {
			found = append(found, name)
		}
	}
	return found
}

// products are the products that the literal answers of the survey count as, by ProductKey; each product is a spelling of
// itself.
var products = func() map[string][]string {
	found := map[string][]string{}
	for _, row := range answers {
		if row[4] == "" {
			continue
		}
		counted := strings.Split(row[4], "+")
		found[ProductKey(row[2])] = counted
		for _, name := range counted {
			if _, known := found[ProductKey(name)]; !known {
				found[ProductKey(name)] = []string{name}
			}
		}
	}
	return found
}()

// ProductsOf returns which products a spelling counts as; none if nobody knows it.
func ProductsOf(spelling string) []string { return products[ProductKey(spelling)] }
