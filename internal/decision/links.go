package decision

import (
	"strings"

	"rollinportal/internal/fault"
	"rollinportal/internal/webaddress"
)

const maxLinks = 20

// tidyLinks drops empty lines.
func tidyLinks(links []string) []string {
	kept := []string{}
	for _, l := range links {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// checkLinks complains about what is no link.
func checkLinks(links []string) fault.Wrong {
	if len(links) > maxLinks {
		return fault.Wrong{{Name: "links", Text: "Nennen Sie höchstens 20 Unterlagen."}}
	}
	for _, l := range links {
		if !webaddress.Valid(l) {
			return fault.Wrong{{Name: "links", Text: "Schreiben Sie je Zeile eine Adresse, zum Beispiel https://akte.example/52-2027. Prüfen Sie „" + shortened(l) + "“."}}
		}
	}
	return nil
}

func shortened(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}
