package hurdlepage

import (
	"rollinportal/internal/hurdle"
	"rollinportal/web/ui"
)

var dimensionHints = map[hurdle.Dimension]string{
	hurdle.Organisational: "zum Beispiel fehlendes Personal, unklare Zuständigkeit",
	hurdle.Technical:      "zum Beispiel fehlende Schnittstelle, Fehler in der Anwendung",
	hurdle.Financial:      "zum Beispiel ungeklärte Kosten, fehlende Haushaltsmittel",
	hurdle.Legal:          "zum Beispiel Datenschutz, fehlende Rechtsgrundlage",
}

func dimensionOptions(hints bool) []ui.Option {
	options := make([]ui.Option, len(hurdle.Dimensions))
	for i, d := range hurdle.Dimensions {
		options[i] = ui.Option{Value: string(d), Text: d.Word()}
		if hints {
			options[i].Hint = dimensionHints[d]
		}
	}
	return options
}

// howMany says whom an obstacle affects: "9 Einheiten, 4 Leistungen".
func howMany(o hurdle.Obstacle) string {
	return ui.Count(hurdle.AffectedBodies.Of(o).Part, "Einheit", "Einheiten") + ", " + ui.Count(o.Services, "Leistung", "Leistungen")
}
