package searchpage

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/survey"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Words  string
	Total  string // heading above the groups
	Groups []groupView
	Empty  string    // what to do when nothing was found, or nothing asked
	Ways   []ui.Link // where to look instead
}

// groupView are the hits of a kind.
type groupView struct {
	ID, Heading string
	Rows        []ui.Row
	More        string // how many are not shown
}

var kinds = map[dashboard.HitKind]struct{ one, many string }{
	dashboard.HitService:    {"Leistung", "Leistungen"},
	dashboard.HitBody:       {"Einheit", "Einheiten"},
	dashboard.HitOnboarding: {"Anbindung", "Anbindungen"},
	dashboard.HitStep:       {"Aufgabe", "Aufgaben"},
	dashboard.HitObstacle:   {"Hürde", "Hürden"},
	dashboard.HitDocument:   {"Dokument", "Dokumente"},
	dashboard.HitEvent:      {"Termin", "Termine"},
	dashboard.HitSurvey:     {"Umfrage", "Umfragen"},
}

func newView(words string, found []dashboard.Hits, who access.Actor) view {
	v := view{Words: words}
	total := 0
	for _, h := range found {
		total += h.Total
		kind := kinds[h.Kind]
		g := groupView{ID: string(h.Kind), Heading: ui.Count(h.Total, kind.one, kind.many)}
		for _, hit := range h.Found {
			g.Rows = append(g.Rows, newRow(h.Kind, hit))
		}
		if more := h.Total - len(h.Found); more > 0 {
			g.More = "Und " + ui.Number(int64(more)) + " weitere. Ergänzen Sie ein Wort, um sie zu finden."
		}
		v.Groups = append(v.Groups, g)
	}
	switch {
	case total > 0:
		v.Total = ui.Count(total, "Treffer", "Treffer")
	case utf8.RuneCountInString(words) < dashboard.ShortestQuery:
		v.Empty = "Geben Sie mindestens zwei Zeichen ein, zum Beispiel „Wohngeld“, „Zertifikat“ oder den Namen einer Einheit."
	default:
		v.Total = "Kein Treffer"
		v.Empty = "Nichts, was Sie sehen, heißt so oder ähnlich. Versuchen Sie ein einzelnes Wort oder ein kürzeres."
		v.Ways = ways(who)
	}
	return v
}

// found says by which other words a record was found, before what else there is to say.
func found(via, rest string) string {
	if via == "" {
		return rest
	}
	return strings.TrimSuffix("gefunden über „"+via+"“ · "+rest, " · ")
}

// ways lead on whoever found nothing. Who keeps the catalogue can see to it that others find a service by the same word.
func ways(who access.Actor) []ui.Link {
	found := []ui.Link{{Text: "Alle Leistungen nach Themenfeld und Fachressort", URL: link.Services}}
	if reach := who.Reach(access.RolloutView); reach == access.WholeLand || reach == access.Responsible {
		found = append(found, ui.Link{Text: "Alle Landkreise und kreisfreien Städte", URL: link.Bodies})
	}
	if who.Reach(access.ServiceEdit) == access.WholeLand {
		found = append(found, ui.Link{Text: "Suchwort ergänzen: Leistung öffnen, „Angaben bearbeiten“, „Auch gesucht als“", URL: link.Services})
	}
	return append(found, ui.Link{Text: "Hilfe und Kontakt", URL: link.Help})
}

func newRow(kind dashboard.HitKind, h dashboard.Hit) ui.Row {
	row := ui.Row{Title: h.Title, Meta: h.Note}
	switch kind {
	case dashboard.HitService:
		row.URL, row.Meta, row.Status = link.Service(h.Key), found(h.Via, h.Note), ui.StatusProps{Kind: ui.Open, Text: "Noch nicht im Roll-in"}
		if h.State != "" {
			row.Status = ui.StatusProps{Kind: ui.InProgress, Text: "Im Roll-in"}
		}
	case dashboard.HitBody:
		row.URL = link.Body(h.Key)
		row.Meta = found(h.Via, "Noch keine Leistung im Roll-in")
		if h.Whole > 0 {
			live, all := link.With(link.Onboardings, "einheit", h.Key, "stand", "produktiv"), link.With(link.Onboardings, "einheit", h.Key)
			row.Meta, row.Share = found(h.Via, "Produktiv:"), ui.NewFraction(h.Part, h.Whole, live, all, "Anbindungen, "+h.Title)
		}
	case dashboard.HitOnboarding:
		body, service, _ := strings.Cut(h.Key, " ")
		row.URL, row.Status = link.Checklist(body, service), page.OnboardingState(onboarding.State(h.State))
	case dashboard.HitStep:
		row.URL = link.With(link.Tasks, "art", h.Key, "status", "alle")
		row.Meta = page.LegTitle(template.Phase(h.State).Leg()) + " · zuständig: " + page.Responsible(template.Responsible(h.Note), "Einheit")
		if h.Via != "" {
			row.Meta += " · gefunden in der Beschreibung"
		}
	case dashboard.HitEvent:
		id, _ := uuid.Parse(h.Key)
		row.URL, row.Meta = link.Event(id), ui.DateTime(*h.On)
		if h.Note != "" {
			row.Meta += " · " + h.Note
		}
		if h.State != "" {
			row.Status = ui.StatusProps{Kind: ui.Blocked, Text: "Fällt aus"}
		}
	case dashboard.HitSurvey:
		id, _ := uuid.Parse(h.Key)
		row.URL, row.Meta = link.Survey(id), "Antwort bis "+ui.Date(*h.On)
		row.Status = ui.StatusProps{Kind: ui.Open, Text: survey.State(h.State).Word()}
	case dashboard.HitObstacle:
		if no, err := strconv.Atoi(h.Key); err == nil {
			row.URL = link.Hurdle(no)
		}
		row.Title, row.Meta = ui.Excerpt(h.Title, 120), "Nr. "+h.Key+" · "+h.Note+" · "+hurdle.State(h.State).Word()
	case dashboard.HitDocument:
		row.URL = documentURL(h.State, strings.Fields(h.Key))
		row.Meta = strings.TrimPrefix(strings.Join([]string{documentWords[h.State], h.Note}, " · "), " · ")
		row.Meta = strings.TrimSuffix(row.Meta, " · ")
		if h.On != nil {
			row.Meta += " · gültig bis " + ui.Date(*h.On)
		}
	}
	return row
}
