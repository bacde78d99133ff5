package checklistpage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// nextView is the one thing that matters now: a sentence around the task it is about, and the way there.
type nextView struct {
	Before, After string
	Task          ui.Link
	Alarm         bool
	Button        ui.ButtonProps
	Links         []ui.Link
}

func next(c *onboarding.Checklist, who access.Actor) nextView {
	if c.State.Aside() {
		return resting(c)
	}
	step := c.Next()
	switch {
	case c.Held:
		return nextView{
			Before: "Ihre Welle beginnt, sobald das Land die Pilotierung ausgewertet hat. Bis dahin ist hier nichts zu tun, und nichts ist überfällig.",
			Links:  []ui.Link{{Text: "Stand des Roll-ins ansehen", URL: link.Rollin(c.ServiceSlug)}},
		}
	case step == nil && c.Done == c.Relevant:
		return nextView{Before: "Alle Aufgaben sind erledigt."}
	case step == nil && len(c.Blockers()) > 0:
		return blocked(c)
	case step == nil:
		return waiting(c)
	case step.Key == template.Live && len(c.Missing()) == 0 && len(c.Blockers()) == 0:
		return goLiveNow(c, who)
	}
	url := link.Step(c.BodyKey, c.ServiceSlug, step.Key)
	v := nextView{Task: ui.Link{Text: step.Number + " " + step.Title, URL: url}, Button: ui.ButtonProps{Text: "Aufgabe " + step.Number + " öffnen", URL: url}}
	switch with := step.With(); {
	case with != nil:
		v.Before, v.After = "Zurzeit sind andere am Zug. Die Aufgabe ", " liegt "+ui.DaysSince(with.Since, c.Today)+" bei "+with.Party+"."
	case step.Checks:
		v.Before, v.After = "Die Aufgabe ", " wartet auf Ihre Prüfung."
		v.Button.Text = "Aufgabe " + step.Number + " prüfen"
	case step.State == onboarding.Submitted:
		v.Before, v.After = "Die Aufgabe ", " liegt zur Prüfung "+page.CheckedBy(step.Checker)+"."
	case step.State == onboarding.Returned:
		v.Alarm = true
		v.Before, v.After = "Die Aufgabe ", " kam zurück: "+step.Reason
	case step.Overdue:
		v.Alarm = true
		v.Before, v.After = "Die Aufgabe ", " war am "+ui.Date(step.DueOn)+" fällig."
	default:
		v.Before, v.After = "Als Nächstes ist die Aufgabe ", " dran. Sie ist am "+ui.Date(step.DueOn)+" fällig."
	}
	return v
}

func goLiveNow(c *onboarding.Checklist, who access.Actor) nextView {
	if !who.Can(access.ChecklistSubmit) {
		return nextView{Before: "Alles ist vorbereitet. Die Koordination der Einheit meldet den Produktivstart."}
	}
	return nextView{
		Before: "Alles ist vorbereitet. Schalten Sie den Dienst frei und melden Sie den Produktivstart.",
		Button: ui.ButtonProps{Text: "Produktivstart melden", URL: link.GoLive(c.BodyKey, c.ServiceSlug)},
	}
}

// blocked names the obstacles that have to be resolved first.
func blocked(c *onboarding.Checklist) nextView {
	v := nextView{Before: "Zurzeit kann vor Ort niemand weiterarbeiten. Zuerst ist zu lösen:"}
	for _, no := range c.Blockers() {
		v.Links = append(v.Links, ui.Link{Text: "Hürde Nr. " + strconv.Itoa(no), URL: link.Hurdle(no)})
	}
	return v
}

// waiting names the Land's steps that everything waits for.
func waiting(c *onboarding.Checklist) nextView {
	v := nextView{Before: "Zurzeit kann vor Ort niemand weiterarbeiten. Zuerst erledigt das Land:"}
	seen := map[string]bool{}
	for _, s := range c.Steps {
		for _, r := range s.WaitsFor {
			if r.Scope == template.Land && !seen[r.Key] {
				seen[r.Key] = true
				v.Links = append(v.Links, ui.Link{Text: r.Title, URL: link.LandStep(c.ServiceSlug, r.Key)})
			}
		}
	}
	return v
}

// resting says why nothing happens and how it goes on.
func resting(c *onboarding.Checklist) nextView {
	since := "seit " + ui.Date(c.Since)
	v := nextView{}
	switch c.State {
	case onboarding.Paused:
		v.Before = "Die Anbindung pausiert " + since + "."
		if c.ResumeOn != nil {
			v.Before += " Weiter geht es voraussichtlich am " + ui.Date(*c.ResumeOn) + "."
		}
	case onboarding.Declined:
		v.Before = "Die Einheit nimmt " + since + " nicht teil."
	case onboarding.NotCompetent:
		v.Before = "Die Einheit gilt " + since + " als nicht zuständig und zählt nicht mit."
	case onboarding.Decommissioned:
		v.Before = "Der Dienst ist " + since + " außer Betrieb."
	}
	v.Before += " Grund: " + c.StateReason
	if len(c.Acts) > 0 {
		v.Links = []ui.Link{{Text: "Stand ändern", URL: link.OnboardingState(c.BodyKey, c.ServiceSlug)}}
	}
	return v
}
