package searchpage

import (
	"github.com/google/uuid"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
)

// documentWords say what kind a document is; the file of a step names the step.
var documentWords = map[string]string{
	dashboard.Paper: "Unterlage der Prüfung", dashboard.Enclosure: "Anlage der Stellungnahme", dashboard.Proof: "Nachweis zur Auflage",
	dashboard.Record: "Vermerk des Beschlusses", dashboard.Letterhead: "Informationsschreiben",
}

// documentURL leads to a document by the parts of its key.
func documentURL(kind string, key []string) string {
	ids := make([]uuid.UUID, len(key))
	for i, part := range key {
		ids[i], _ = uuid.Parse(part) // a slug and a section are no ids and are read as they are
	}
	switch {
	case kind == dashboard.Letterhead && len(key) == 2:
		return link.Letter(key[0], key[1])
	case kind == dashboard.Record && len(key) == 1:
		return link.Record(ids[0])
	case kind == dashboard.Proof && len(key) == 2:
		return link.Proof(ids[0], ids[1])
	case kind == dashboard.Enclosure && len(key) == 2:
		return link.Enclosure(ids[0], ids[1])
	case kind == dashboard.Enclosure && len(key) == 3:
		return link.Given(ids[0], ids[1], ids[2])
	case kind == dashboard.Paper && len(key) == 3:
		return link.Paper(ids[0], page.ArtOf(decision.Kind(key[1])), ids[2])
	case kind == "" && len(key) == 1:
		return link.File(ids[0])
	}
	return ""
}
