package ui

import "strings"

// hyphenated shows where long compounds may break: Chromium on Linux has no
// German hyphenation of its own. "|" stands for the soft hyphen.
var hyphenated = map[string]string{
	"Aufenthaltstitel":               "Aufenthalts|titel",
	"Ausbildungsförderung":           "Ausbildungs|förderung",
	"Anlagengenehmigung":             "Anlagen|genehmigung",
	"Barrierefreiheit":               "Barriere|freiheit",
	"Eheschließung":                  "Ehe|schließung",
	"Einbürgerung":                   "Ein|bürgerung",
	"Eingliederungshilfe":            "Einglie|derungs|hilfe",
	"Fachverfahrenshersteller":       "Fach|verfahrens|hersteller",
	"Fischereischein":                "Fischerei|schein",
	"Folgenabschätzung":              "Folgen|abschätzung",
	"Führerschein":                   "Führer|schein",
	"Geburtsurkunde":                 "Geburts|urkunde",
	"bescheinigung":                  "beschei|nigung",
	"Hildburghausen":                 "Hildburg|hausen",
	"Informationsveranstaltung":      "Informations|veranstaltung",
	"Kommunalberatung":               "Kommunal|beratung",
	"Kyffhäuserkreis":                "Kyff|häuser|kreis",
	"Landesentwicklung":              "Landes|entwicklung",
	"Landeskoordination":             "Landes|koordination",
	"Landesrechenzentrum":            "Landes|rechen|zentrum",
	"Lebensunterhalt":                "Lebens|unterhalt",
	"Nachnutzungsentscheidung":       "Nachnutzungs|entscheidung",
	"Nachnutzungsvereinbarung":       "Nachnutzungs|vereinbarung",
	"Nutzungserklärung":              "Nutzungs|erklärung",
	"Standardschnittstelle":          "Standard|schnittstelle",
	"Unterhaltsvorschuss":            "Unterhalts|vorschuss",
	"Verbraucherschutz":              "Verbraucher|schutz",
	"Verwaltungsvereinbarung":        "Verwaltungs|vereinbarung",
	"Wirtschaftlichkeitsbetrachtung": "Wirtschaftlichkeits|betrachtung",
	"Wohnsitzanmeldung":              "Wohnsitz|anmeldung",
	"Zusammenarbeit":                 "Zusammen|arbeit",
	"Zuständigkeitsfinder":           "Zuständigkeits|finder",
}

var hyphenator = newHyphenator()

func newHyphenator() *strings.Replacer {
	pairs := make([]string, 0, 2*len(hyphenated)+2)
	pairs = append(pairs, " -", " -\u2060") // "Geburtsurkunde und -bescheinigung": the hyphen stands for a word and stays with its rest
	for word, parts := range hyphenated {
		pairs = append(pairs, word, strings.ReplaceAll(parts, "|", "\u00ad"))
	}
	return strings.NewReplacer(pairs...)
}

// SoftHyphens lets the long compounds in a text break in narrow places: head
// cells, tiles, phone headings, and nothing break behind a hyphen that begins a word. Text that is copied or compared keeps the
// original.
func SoftHyphens(text string) string {
	return hyphenator.Replace(text)
}
