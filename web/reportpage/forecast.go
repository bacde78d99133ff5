package reportpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/forecast"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// Forecast shows when a service is likely to be live everywhere, and what that rests on.
func (p Pages) Forecast(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := p.History.Forecast(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Prognose: " + f.Name, Meta: "Stand: " + ui.LongDate(f.Today), Narrow: true,
		Crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services}, {Text: f.Name, URL: link.Service(f.Slug)}, {Text: "Roll-in", URL: link.Rollin(f.Slug)}, {Text: "Prognose"},
		},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, likely(newForecastView(f)))
}

type forecastView struct {
	Answer string
	Facts  []ui.Fact
	Rests  []string // what the answer rests on
}

func newForecastView(f *history.Forecast) forecastView {
	switch {
	case f.Open == 0:
		return forecastView{Answer: "Keine Anbindung dieser Leistung ist noch unterwegs: Es gibt nichts vorherzusagen."}
	case f.P50 == nil:
		return forecastView{Answer: "Eine Prognose braucht mindestens " + number(forecast.Fewest) + " abgeschlossene Anbindungen im Land. Bisher sind es " + number(f.Finished) + "."}
	}
	return forecastView{
		Answer: "Flächendeckend voraussichtlich bis zum " + ui.LongDate(*f.P50) + " (Wahrscheinlichkeit 50 %) oder bis zum " + ui.LongDate(*f.P85) + " (85 %).",
		Facts: []ui.Fact{
			{Term: history.StillOpen.Name, Value: ui.Count(history.StillOpen.Of(f).Part, "Anbindung", "Anbindungen"), URL: link.With(link.Onboardings, "leistung", f.Slug, "stand", "unterwegs")},
			{Term: history.AlreadyLive.Name, Value: ui.Count(history.AlreadyLive.Of(f).Part, "Anbindung", "Anbindungen"), URL: link.With(link.Onboardings, "leistung", f.Slug, "stand", "produktiv")},
		},
		Rests: assumptions(f),
	}
}

func assumptions(f *history.Forecast) []string {
	found := []string{
		"Grundlage sind die Dauern von " + ui.Count(f.Finished, "abgeschlossenen Anbindung", "abgeschlossenen Anbindungen") + " dieses Landes, höchstens die 500 neuesten, aus allen Leistungen.",
		"Jede offene Anbindung braucht von ihrem Stand an so lange wie eine zufällig gewählte abgeschlossene, abzüglich der Tage, die schon vergangen sind. Dauert sie länger als alle bisherigen, braucht sie noch einmal so lange.",
		"Was noch nicht begonnen hat oder pausiert, braucht die ganze Dauer und wird nicht vor seinem Zieltermin produktiv.",
		"Flächendeckend ist die Leistung, wenn die letzte Anbindung produktiv ist. 2.000 solche Verläufe sind gerechnet, immer mit derselben Zufallsfolge für Leistung und Tag.",
		"Neue Hürden, Feiertage und knappe Kapazität sind nur so weit enthalten, wie sie die abgeschlossenen Anbindungen aufgehalten haben.",
	}
	if f.Declined > 0 {
		found = append(found, ui.Count(f.Declined, "Anbindung ist", "Anbindungen sind")+" abgelehnt oder beendet und nicht mitgerechnet. Solange das so bleibt, wird die Fläche nicht erreicht.")
	}
	return found
}
