// Package figurepage says what the figures of the Lagebild mean, from the values that compute them.
package figurepage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages is the page of definitions.
type Pages struct{ Shell page.Shell }

// Show defines every figure.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	head := ui.Page{
		Heading: "Kennzahlen", Meta: "Was jede Zahl des Lagebilds bedeutet und woraus sie sich ergibt",
		Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Kennzahlen"}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, definitions(newDefinitions()))
}

type definitionView struct {
	ID, Name, Definition string
	Facts                []ui.Fact
}

func newDefinitions() []definitionView {
	var found []definitionView
	for _, f := range dashboard.Figures {
		v := definitionView{ID: f.Key, Name: f.Name, Definition: f.Definition}
		if f.Whole == "" {
			v.Facts = append(v.Facts, ui.Fact{Term: "Gezählt wird", Value: f.Part})
		} else {
			v.Facts = append(v.Facts, ui.Fact{Term: "Zähler", Value: f.Part}, ui.Fact{Term: "Nenner", Value: f.Whole}, ui.Fact{Term: "Rundung", Value: dashboard.Rounding})
		}
		v.Facts = append(v.Facts, ui.Fact{Term: "Nicht mitgezählt", Value: f.Apart}, ui.Fact{Term: "Grundlage", Value: f.Source})
		found = append(found, v)
	}
	for no := 1; no <= len(dashboard.PillarNames); no++ {
		found = append(found, newPillar(no))
	}
	return found
}

// newPillar says what a pillar is the mean of.
func newPillar(no int) definitionView {
	n := strconv.Itoa(no)
	v := definitionView{ID: "saeule-" + n, Name: "Säule " + n + ": " + dashboard.PillarNames[no], Definition: dashboard.PillarMeans}
	for _, f := range dashboard.FactsOf(no) {
		what := f.Part + ". Von: " + f.Whole + "."
		if f.Key == dashboard.TasksKey {
			what += " " + dashboard.PillarTasksMean
		}
		if f.Missing != "" {
			what = f.Missing + " Zählt nicht mit."
		}
		v.Facts = append(v.Facts, ui.Fact{Term: f.Name, Value: what})
	}
	return v
}
