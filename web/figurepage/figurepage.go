// Package figurepage says what the figures of the portal mean, from the values that compute them.
package figurepage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/decision"
	"rollinportal/internal/figure"
	"rollinportal/internal/history"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages is the page of definitions.
type Pages struct{ Shell page.Shell }

// Show defines every figure.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	head := ui.Page{
		Heading: "Kennzahlen", Meta: "Was jede Zahl bedeutet und woraus sie sich ergibt",
		Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Kennzahlen"}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, definitions(newChapters()))
}

// chapterView has the figures of one page of the portal.
type chapterView struct {
	ID, Heading string
	Rules       []string // that hold for all of them
	Found       []definitionView
}

// definitionView is a number with what it counts, out of what, and what it leaves out.
type definitionView struct{ ID, Name, Definition, Part, Whole, Apart string }

func contents(chapters []chapterView) []ui.Link {
	links := make([]ui.Link, len(chapters))
	for i, c := range chapters {
		links[i] = ui.Link{Text: c.Heading, URL: "#" + c.ID}
	}
	return links
}

func newChapters() []chapterView {
	return []chapterView{
		{ID: "lagebild", Heading: "Lagebild", Rules: []string{figure.Rounding, dashboard.GroupsMean}, Found: newDefinitions(meanings(dashboard.Figures))},
		newPillars(),
		{ID: "lagebild-mehr", Heading: "Weitere Zahlen des Lagebilds", Found: newDefinitions(append(meanings(dashboard.Panels), dashboard.ThenMeans, dashboard.CoverageByBodies.Meaning, dashboard.CoverageByPeople.Meaning))},
		{ID: "bericht", Heading: "Bericht zum Stichtag", Found: newDefinitions(reported())},
		{ID: "prognose", Heading: "Prognose", Found: newDefinitions([]figure.Meaning{history.Likely, history.Surely, history.StillOpen.Meaning, history.AlreadyLive.Meaning, history.Sample.Meaning})},
		{ID: "roll-in", Heading: "Leistung und Roll-in", Found: newDefinitions([]figure.Meaning{onboarding.ProductiveBodies.Meaning, onboarding.LandStepsDone.Meaning})},
		{ID: "einheiten", Heading: "Einheiten", Found: newDefinitions([]figure.Meaning{dashboard.LiveInBody.Meaning, dashboard.InWorkInBody.Meaning, dashboard.LateInBody.Meaning})},
		{ID: "entscheidungen", Heading: "Entscheidungen", Found: newDefinitions([]figure.Meaning{decision.CasesInState.Meaning, decision.CasesWaiting.Meaning, decision.CasesTimed.Meaning})},
		{ID: "huerden", Heading: "Hürden", Found: newDefinitions([]figure.Meaning{hurdle.OpenByAge.Meaning, hurdle.AffectedBodies.Meaning})},
		{ID: "wartet-auf", Heading: "Wartet auf", Found: newDefinitions([]figure.Meaning{dashboard.WaitingSteps.Meaning, dashboard.WaitingBodies.Meaning, dashboard.WaitingMedian.Meaning, dashboard.WaitingLongest.Meaning})},
	}
}

func meanings(figures []dashboard.Figure) []figure.Meaning {
	found := make([]figure.Meaning, len(figures))
	for i, f := range figures {
		found[i] = f.Meaning
	}
	return found
}

// reported are the figures of a report: on a day, between two days, and month by month.
func reported() []figure.Meaning {
	found := []figure.Meaning{history.Covered.Meaning, history.Begun.Meaning}
	for _, k := range history.Kinds {
		found = append(found, k.Meaning)
	}
	for _, c := range history.Columns {
		found = append(found, c.Meaning)
	}
	return found
}

func newDefinitions(found []figure.Meaning) []definitionView {
	views := make([]definitionView, len(found))
	for i, m := range found {
		views[i] = definitionView{m.Key, m.Name, m.Definition, m.Part, ui.OrDash(m.Whole), m.Apart}
	}
	return views
}

// newPillars says what each pillar is the mean of. What holds of a part without a whole, holds of all parts.
func newPillars() chapterView {
	c := chapterView{ID: "saeulen", Heading: "Die vier Säulen", Rules: []string{dashboard.PillarMeans, dashboard.PillarTasksMean, dashboard.PillarLeavesOut}}
	for no := 1; no <= len(dashboard.PillarNames); no++ {
		n := strconv.Itoa(no)
		for i, f := range dashboard.FactsOf(no) {
			d := definitionView{ID: "saeule-" + n, Name: f.Name, Definition: "Säule " + n + ": " + dashboard.PillarNames[no], Part: f.Part, Whole: f.Whole, Apart: "Was entfällt"}
			if i > 0 {
				d.ID += "-" + f.Key
			}
			c.Found = append(c.Found, d)
		}
	}
	return c
}
