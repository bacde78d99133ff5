package batchpage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Steps lists the steps of a service that the reader may set for many bodies.
func (p Pages) Steps(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Onboardings.StepsOfBodies(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Ein Schritt, viele Einheiten", Meta: found.ServiceName, Crumbs: crumbs(found.ServiceName, found.ServiceSlug)}
	return p.Shell.Render(w, r, who, http.StatusOK, head, stepList(newStepList(found), newFresh(found.Fresh)))
}

// Step shows one step of a service in all bodies, to be ticked.
func (p Pages) Step(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Onboardings.StepOfBodies(r.Context(), who, chi.URLParam(r, "leistung"), chi.URLParam(r, "schritt"))
	if err != nil {
		return err
	}
	c, s := found[0].Checklist, found[0].Step
	head := ui.Page{Heading: s.Title, Meta: c.ServiceName + " · Nachweis: " + ui.OrDash(s.Evidence)}
	head.Crumbs = append(crumbs(c.ServiceName, c.ServiceSlug), ui.Link{Text: s.Title})
	head.Crumbs[3].URL = link.StepsOfBodies(c.ServiceSlug)
	return p.Shell.Render(w, r, who, http.StatusOK, head, stepEverywhere(newStepEverywhere(found)))
}

func crumbs(name, slug string) []ui.Link {
	return []ui.Link{
		{Text: "Leistungen", URL: link.Services},
		{Text: name, URL: link.Service(slug)},
		{Text: "Roll-in", URL: link.Rollin(slug)},
		{Text: "Ein Schritt, viele Einheiten"},
	}
}

// countRow is a step with how far the bodies are with it.
type countRow struct {
	Title, URL, Meta string
	Progress         ui.ProgressProps
}

func newStepList(found onboarding.Everywhere) []countRow {
	rows := make([]countRow, len(found.Steps))
	for i, s := range found.Steps {
		rows[i] = countRow{
			Title: s.Title, URL: link.StepOfBodies(found.ServiceSlug, s.Key),
			Meta: page.LegTitle(s.Phase.Leg()) + " · zuständig: " + page.Responsible(s.Responsible, "Einheit"),
			Progress: ui.ProgressProps{
				ID: "stand-" + strconv.Itoa(i+1), Value: s.Done, Max: s.Bodies, Label: ui.Share(s.Done, s.Bodies) + " erledigt",
			},
		}
		if s.Active > 0 {
			rows[i].Meta += " · " + ui.Number(int64(s.Active)) + " in Arbeit"
		}
	}
	return rows
}

// newFresh leads back to what can still be undone.
func newFresh(batches []onboarding.Batch) []ui.Link {
	links := make([]ui.Link, len(batches))
	for i, b := range batches {
		links[i] = ui.Link{
			Text: "Sammeländerung Nr. " + strconv.Itoa(b.No), URL: link.Batch(b.No),
			Note: "„" + b.Title + "“: " + b.To.Word() + " · rückgängig möglich bis " + ui.Clock(b.Until()),
		}
	}
	return links
}

type everywhereView struct {
	Rows []tickRow
	Ask  page.Ask
}

// tickRow is the step in one body.
type tickRow struct {
	ID, Body, URL string
	Value         string // nothing where there is nothing to set
	Status        ui.StatusProps
	Note, Due     string
}

func newStepEverywhere(found []onboarding.Task) everywhereView {
	v := everywhereView{Ask: page.NewAsk()}
	for _, t := range found {
		c := t.Checklist
		row := tickRow{
			ID: "einheit-" + c.BodyKey, Body: c.BodyName, URL: link.Step(c.BodyKey, c.ServiceSlug, t.Key), Due: ui.Date(t.DueOn),
			Status: status(t), Note: note(t),
		}
		if !t.State.Finished() && !c.State.Aside() {
			row.Value = page.StepValue(onboarding.Address{Body: c.BodyKey, Service: c.ServiceSlug, Key: t.Key, Version: t.Version})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func status(t onboarding.Task) ui.StatusProps {
	switch with := t.With(); {
	case with != nil:
		return page.WaitingFor(with.Party)
	case t.Checklist.State.Aside():
		return page.OnboardingState(t.Checklist.State)
	case t.Blocked():
		return page.Blocked()
	}
	return page.StepState(t.State, t.Possible(), t.Overdue)
}

// note says what holds a step up, or since when it is done.
func note(t onboarding.Task) string {
	switch with := t.With(); {
	case with != nil:
		return "seit dem " + ui.Date(with.Since)
	case t.State == onboarding.Done && !t.Checklist.State.Aside():
		return "seit dem " + ui.Date(t.StateSince)
	case t.State.Finished() || t.Possible() || t.Checklist.State.Aside():
		return ""
	case len(t.WaitsFor) == 1:
		return "Vorher: „" + t.WaitsFor[0].Title + "“"
	}
	return "Vorher fehlen " + ui.Number(int64(len(t.WaitsFor))) + " Schritte"
}
