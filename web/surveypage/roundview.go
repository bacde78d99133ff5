package surveypage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// roundView is a round as the Land steers it.
type roundView struct {
	Late    ui.AlertProps
	Note    string
	KPIs    ui.KPIProps
	Next    nextView
	Remind  remindView
	Heading string
	Filter  ui.Link // what narrows the list, to be removed
	Rows    []responseView
	Empty   ui.EmptyProps
	Counted ui.FactsProps
	Results []resultView
	Matrix  matrixView
}

type nextView struct{ URL, Version, To, Text, Explain string }

type remindView struct {
	URL, Version, Text, Said string
	First                    bool // the last day is still to come: rather remind than close
}

type responseView struct {
	Name, URL, When string
	State           ui.StatusProps
	Changes         []changeView
}

type changeView struct{ Word, Was, Is string }

// resultView is how the answers to a block are distributed.
type resultView struct {
	ID, Heading, Note, Caption string
	Answers                    ui.Link // in place of the note, where each of them can be read
	Compared                   bool    // with the round before
	Groups                     []groupView
}

type groupView struct {
	ID, Name, Delta string
	Count           ui.Link
	Value, Max      string // of the bar
}

// matrixView lays what bodies use side by side; only the Land sees it.
type matrixView struct {
	Heads []string
	Rows  []matrixRow
}

type matrixRow struct {
	Name  string
	Cells []matrixCell
}

type matrixCell struct {
	Text    string
	Changed bool
}

func newRoundView(q page.Query, p *survey.Page, x extra) roundView {
	v := roundView{Late: x.Late, Note: p.Note, Next: nextOf(p), Remind: remindOf(p), Empty: ui.EmptyProps{Text: "Eingeladen wird, sobald Sie die Runde eröffnen."}}
	if p.OpenedAt == nil {
		return v
	}
	v.KPIs = kpis(p)
	picked, some := pickOf(q, p)
	for _, r := range p.Responses {
		if !some || picked.fits(r) {
			v.Rows = append(v.Rows, newResponse(p, r))
		}
	}
	v.Heading = ui.Count(len(v.Rows), "Kommune", "Kommunen") + " eingeladen"
	if some {
		v.Heading = ui.Count(len(v.Rows), "Kommune", "Kommunen") + " " + picked.text
		v.Filter = ui.Link{Text: "Alle zeigen", URL: picksOf(p.ID)}
		v.Empty = ui.EmptyProps{Text: "Keine Kommune passt dazu.", ResetURL: q.Reset()}
	}
	counted := p.Counted()
	if counted.Answered > 0 {
		last := p.Last
		if p.ClosedAt == nil {
			last = nil // a round that runs has fewer answers, and that is no change
		}
		v.Counted, v.Results, v.Matrix = summary(counted, p.ID), resultViews(counted, last), newMatrix(p)
		listResults(v.Results, counted, p.ID)
	}
	return v
}

func kpis(p *survey.Page) ui.KPIProps {
	kpi := func(label, key string) ui.KPI {
		return ui.KPI{Label: label, URL: picksOf(p.ID, answerParam, key), Value: ui.Number(int64(p.Count(progressPicks[key].fits)))}
	}
	answered, waiting := kpi("Geantwortet", "ja"), kpi("Antwort fehlt", "fehlt")
	answered.Whole, answered.Unit = ui.OutOf(p.Count(survey.Progress.Answered), len(p.Responses), picksOf(p.ID))
	waiting.Alarm = p.Round.Late() && waiting.Value != "0"
	return ui.KPIProps{Heading: "Stand der Runde", Items: []ui.KPI{answered, kpi("Unverändert bestätigt", "unveraendert"), kpi("Zu prüfen", "pruefen"), waiting}}
}

// nextOf is the act that takes the round a state further.
func nextOf(p *survey.Page) nextView {
	v := nextView{URL: link.TurnSurvey(p.ID), Version: versionText(p.Version), To: string(p.State.Next())}
	switch p.State {
	case survey.Draft:
		v.Text, v.Explain = "Runde eröffnen", "Alle Landkreise und kreisfreien Städte werden eingeladen und sehen ihre letzten Angaben."
	case survey.Open:
		v.Text, v.Explain = "Runde schließen", "Wenn Sie die Runde schließen, ändern sich die Antworten nicht mehr."
	case survey.Closed:
		v.Text, v.Explain = "Ergebnis veröffentlichen", "Alle lesen dann die Verteilung, ohne Namen. Gruppen unter drei Kommunen sind zusammengefasst."
	case survey.Published:
		v.Text, v.Explain = "Runde ablegen", "Sie steht dann nicht mehr in der Liste. Das Ergebnis bleibt lesbar."
	default:
		return nextView{}
	}
	return v
}

func remindOf(p *survey.Page) remindView {
	n := p.Count(func(s survey.Progress) bool { return !s.Answered() })
	if p.State != survey.Open || n == 0 {
		return remindView{}
	}
	v := remindView{URL: link.RemindSurvey(p.ID), Version: versionText(p.Version), Text: ui.Count(n, "Kommune", "Kommunen") + " erinnern", First: !p.Round.Late()}
	v.Said = "Das Portal erinnert eine Woche und einen Tag vor dem Ende von selbst."
	if p.RemindedAt != nil {
		v.Said = "Zuletzt erinnert am " + ui.Date(*p.RemindedAt) + ". " + v.Said
	}
	return v
}

func newResponse(p *survey.Page, r survey.Response) responseView {
	v := responseView{Name: r.Name, URL: link.SurveyAnswer(p.ID, r.Key), State: progressOf(r.State), When: ui.NotApplicable}
	if r.SubmittedAt != nil {
		v.When = ui.Date(*r.SubmittedAt)
	}
	if len(r.Before) == 0 {
		return v
	}
	for _, b := range r.Changed() {
		v.Changes = append(v.Changes, changeView{Word: b.Word(), Was: ui.OrDash(b.Said(r.Before[b].Details)), Is: ui.OrDash(b.Said(r.Answers[b].Details))})
	}
	return v
}

// resultViews show each block with its groups, and how they differ from the round before.
func resultViews(r, last *survey.Results) []resultView {
	if r == nil {
		return nil
	}
	var found []resultView
	for _, q := range r.Questions {
		v := resultView{
			ID: "ergebnis-" + string(q.Block), Heading: q.Block.Word(), Note: ui.Count(q.Answered, "Antwort", "Antworten"),
			Caption: "Wie viele Kommunen was angeben: " + q.Block.Word(),
		}
		before, compared := last.Of(q.Block)
		v.Compared = compared
		for i, g := range q.Groups {
			id := v.ID + "-" + strconv.Itoa(i)
			group := groupView{ID: id, Name: g.Name, Count: ui.Counted(g.Count, ""), Delta: ui.NotApplicable, Value: strconv.Itoa(g.Count), Max: strconv.Itoa(max(q.Answered, 1))}
			if n, known := before.Count(g.Name); known && !g.Rest {
				group.Delta = signed(g.Count - n)
			}
			v.Groups = append(v.Groups, group)
		}
		found = append(found, v)
	}
	return found
}

// listResults leads from each figure of the results to the bodies behind it, for whoever may read them one by one.
func listResults(found []resultView, r *survey.Results, round uuid.UUID) {
	for i, q := range r.Questions {
		if q.Answered > 0 {
			found[i].Answers, found[i].Note = ui.Link{Text: found[i].Note, URL: picksOf(round, blockParam, string(q.Block))}, ""
		}
		for j, g := range q.Groups {
			found[i].Groups[j].Count.URL = picksOf(round, blockParam, string(q.Block), productParam, g.Name)
		}
	}
}

// comparedID is the sentence that says why a difference has no list.
const comparedID = "seit-letzter-runde"

func comparesAny(found []resultView) bool {
	return slices.ContainsFunc(found, func(r resultView) bool { return r.Compared })
}

func signed(n int) string {
	switch {
	case n > 0:
		return "+" + strconv.Itoa(n)
	case n < 0:
		return "−" + strconv.Itoa(-n)
	}
	return "±0"
}

func newMatrix(p *survey.Page) matrixView {
	v := matrixView{}
	for _, b := range survey.Blocks {
		v.Heads = append(v.Heads, b.Word())
	}
	for _, r := range p.Responses {
		if !r.State.Answered() {
			continue
		}
		row := matrixRow{Name: r.Name}
		for _, b := range survey.Blocks {
			row.Cells = append(row.Cells, matrixCell{
				Text: ui.OrDash(strings.Join(p.Products(b, r.Answers[b].Details), ", ")), Changed: r.Answers[b].Changed && len(r.Before) > 0,
			})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// productsView is the Land's product list.
type productsView struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	Groups []spellingGroup
	Empty  string
	New    spellingView
}

type spellingGroup struct {
	ID, Heading, Note string
	Rows              []spellingView
}

type spellingView struct {
	Spelling, Counts, Version string
	Products                  ui.Field
	Open                      bool
}

func newProductsView(found []survey.Counted, f spellingForm, x extra) productsView {
	v := productsView{Errors: x.Wrong.Summary(), Late: x.Late}
	unknown := spellingGroup{ID: "unbekannt", Heading: "Noch nicht zugeordnet", Note: "zählen für sich allein"}
	known := spellingGroup{ID: "zugeordnet", Heading: "Zugeordnet"}
	for i, c := range found {
		row := spellingView{
			Spelling: c.Spelling.Spelling, Counts: strings.Join(c.Products, ", "), Version: versionText(c.Version),
			Products: ui.Field{Name: "products", ID: "produkte-" + strconv.Itoa(i), Label: "Zählt als", Context: "für „" + c.Spelling.Spelling + "“", Value: strings.Join(c.Products, ", "), Hint: "mehrere mit Komma trennen"},
		}
		if f.Spelling == c.Spelling.Spelling && len(x.Wrong)+len(x.Late.Text) > 0 {
			row.Open, row.Products.Value, row.Products.Error, row.Products.ID = true, f.Products, x.Wrong.For("products"), "products"
		}
		if c.Known {
			known.Rows = append(known.Rows, row)
		} else {
			unknown.Rows = append(unknown.Rows, row)
		}
	}
	for _, g := range []spellingGroup{unknown, known} {
		if len(g.Rows) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	if len(found) == 0 {
		v.Empty = "Noch hat niemand ein Produkt genannt. Die Liste füllt sich mit den Antworten."
	}
	return v
}
