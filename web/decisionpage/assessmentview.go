package decisionpage

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// assessmentView is the Wirtschaftlichkeitsbetrachtung in short; the whole of it has its own page.
type assessmentView struct {
	Open     ui.Link
	Sentence string
	Rows     []assessmentRow
	Missing  []missingRow
}

type assessmentRow struct{ Name, Nominal, Present string }

type missingRow struct{ ID, Text, URL string }

func newAssessmentView(d decision.Shown, who access.Actor) assessmentView {
	a := d.Assessment()
	v := assessmentView{Open: ui.Link{Text: "Berechnung öffnen", URL: link.Assessment(d.ID)}}
	for _, m := range a.Missing() {
		row := missingRow{ID: anchor(m.Name), Text: strings.TrimPrefix(m.Text, decision.Economic.Word()+": ")}
		if d.May(who, decision.ToReview) {
			row.URL = link.AssessmentPart(d.ID, assessmentParts[m.Name])
		}
		v.Missing = append(v.Missing, row)
	}
	figures := a.Figures()
	result := figures.Compute()
	if len(result.Figures) > 0 {
		v.Sentence = ui.CapitalValue(result.Figures[0].CapitalValue, figures.Years)
	}
	for _, f := range result.Figures {
		v.Rows = append(v.Rows, assessmentRow{f.Alternative.Word(), ui.RoundEuro(f.Nominal), ui.RoundEuro(f.PresentValue)})
	}
	return v
}

// assessmentParts are the sections of the Wirtschaftlichkeitsbetrachtung as addresses name them.
var assessmentParts = map[string]string{"frame": "grundlagen", string(economics.Reuse): "nachnutzung", string(economics.Own): "eigenloesung", string(economics.AsIs): "weiter-wie-bisher"}
