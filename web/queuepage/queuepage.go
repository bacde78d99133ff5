// Package queuepage changes several tasks at once: what was ticked is previewed, then saved in one go.
package queuepage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about several tasks.
type Pages struct {
	Shell       page.Shell
	Onboardings *onboarding.Service
}

// Preview shows what would become of the ticked tasks. It changes nothing.
func (p Pages) Preview(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	in, err := readMany(w, r)
	if err != nil {
		return err
	}
	found, err := p.Onboardings.PreviewMany(r.Context(), who, in)
	if err != nil {
		return p.wrong(w, r, who, in, err)
	}
	head := ui.Page{Heading: "Vorschau", Meta: "Noch ist nichts gespeichert", Crumbs: crumbs("Vorschau")}
	return p.Shell.Render(w, r, who, http.StatusOK, head, many(newView(found, in)))
}

// Change saves the ticked tasks. What was left out stands on the page that follows.
func (p Pages) Change(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	in, err := readMany(w, r)
	if err != nil {
		return err
	}
	found, err := p.Onboardings.ChangeMany(r.Context(), who, in)
	if err != nil {
		return p.wrong(w, r, who, in, err)
	}
	v := newView(found, in)
	if len(v.Left) == 0 {
		return page.Redirect(w, r, link.Home, page.ManyDone)
	}
	v.URL = ""
	head := ui.Page{Heading: "Nicht alles ist gespeichert", Meta: ui.Count(len(v.Rows), "Aufgabe", "Aufgaben") + " gespeichert, " + ui.Number(int64(len(v.Left))) + " ausgelassen", Crumbs: crumbs("Ergebnis")}
	return p.Shell.Render(w, r, who, http.StatusConflict, head, many(v))
}

func (p Pages) wrong(w http.ResponseWriter, r *http.Request, who access.Actor, in onboarding.ManyInput, cause error) error {
	var wrong page.Errors
	if err := wrong.Merge(cause); err != nil {
		return err
	}
	v := newView(nil, in)
	v.Errors, v.URL = wrong.Summary(), ""
	head := ui.Page{Heading: "Vorschau", ErrorPrefix: true, Crumbs: crumbs("Vorschau")}
	return p.Shell.Render(w, r, who, http.StatusUnprocessableEntity, head, many(v))
}

func readMany(w http.ResponseWriter, r *http.Request) (onboarding.ManyInput, error) {
	sent, err := page.ReadForm(w, r, page.StepsField, "to", "evidence")
	if err != nil {
		return onboarding.ManyInput{}, err
	}
	steps, err := sent.Steps()
	return onboarding.ManyInput{Steps: steps, To: onboarding.StepState(sent.Text("to")), Evidence: sent.Text("evidence")}, err
}

func crumbs(here string) []ui.Link {
	return []ui.Link{{Text: "Warteschlange", URL: link.Home}, {Text: here}}
}
