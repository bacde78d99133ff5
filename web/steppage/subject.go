package steppage

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/profile"
	"rollinportal/internal/template"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// subject is a step with what surrounds it: a body's checklist or the Land's roll-in.
type subject struct {
	onboarding.Step
	Trail   []audit.Event
	files   templ.Component
	talk    templ.Component
	kind    string // "Aufgabe" of a body, "Schritt" of the Land
	place   string
	doer    string
	crumbs  []ui.Link
	url     string // of this page
	form    string // where the form is sent
	today   time.Time
	back    ui.Link
	address func(onboarding.Ref) string
	idle    string         // why nobody changes it now, as a sentence
	gate    ui.ButtonProps // where a Produktivstart is reported instead
	handing handing
	hurdle  ui.Link // where an obstacle is reported
	profile ui.Link // where the body states what proves a basis step
	except  ui.Link // where this service is excepted from a basis step
}

func ofTask(t onboarding.Task, who access.Actor) subject {
	c := t.Checklist
	checklist := link.Checklist(c.BodyKey, c.ServiceSlug)
	s := subject{
		Step: t.Step, Trail: t.Trail, kind: "Aufgabe", place: c.ServiceName + " · " + c.BodyName, doer: page.Responsible(t.Responsible, c.BodyName),
		crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services},
			{Text: c.ServiceName, URL: link.Service(c.ServiceSlug)},
			{Text: "Roll-in", URL: link.Rollin(c.ServiceSlug)},
			{Text: c.BodyName, URL: checklist},
			{Text: "Aufgabe " + t.Number},
		},
		url: link.Step(c.BodyKey, c.ServiceSlug, t.Key), back: ui.Link{Text: "Zur Checkliste", URL: checklist},
		address: func(r onboarding.Ref) string {
			if r.Scope == template.Land {
				return link.LandStep(c.ServiceSlug, r.Key)
			}
			return link.Step(c.BodyKey, c.ServiceSlug, r.Key)
		},
	}
	s.form, s.today = s.url, c.Today
	if t.Checks {
		s.form, s.back = link.ReviewStep(c.BodyKey, c.ServiceSlug, t.Key), ui.Link{Text: "Zu allen Prüfungen", URL: link.ToCheck()}
	}
	s.handing = newHanding(t)
	if kinds := profile.KindsFor(t.Key); len(kinds) > 0 && !t.Unneeded && who.Can(access.ProfileView) {
		s.profile = ui.Link{Text: "Im Profil ansehen", URL: link.ProfileSection(c.BodyKey, string(kinds[0]))}
		if who.Org.ID == c.BodyID && t.ProofOf == "" {
			s.profile.Text = "Im Profil eintragen: erledigt die Aufgabe für alle Leistungen"
		}
	}
	if who.Can(access.ChecklistOverrule) && c.CanOverrule(who, t.Step) {
		s.except = ui.Link{Text: "Für diese Leistung trifft das nicht zu", URL: link.Overrule(c.BodyKey, c.ServiceSlug, t.Key)}
		if t.Overruled {
			s.except.Text = "Ausnahme für diese Leistung aufheben"
		}
	}
	if who.Can(access.ObstacleReport) && t.Mine && !t.State.Finished() && !c.State.Aside() {
		s.hurdle = ui.Link{Text: "Hürde melden", URL: link.ReportHurdle(c.BodyKey, c.ServiceSlug, t.Key)}
	}
	switch {
	case c.State.Aside():
		s.idle = "Die Anbindung steht auf „" + page.OnboardingState(c.State).Text + "“. Solange ruht die Checkliste."
	case t.Key == template.Live && t.State != onboarding.Done && who.Can(access.ChecklistSubmit):
		s.gate = ui.ButtonProps{Text: "Produktivstart melden", URL: link.GoLive(c.BodyKey, c.ServiceSlug)}
	}
	return s
}

func ofLand(r *onboarding.Rollin, step onboarding.Step) subject {
	rollin := link.Rollin(r.ServiceSlug)
	return subject{
		Step: step, Trail: r.Trail, kind: "Schritt", place: r.ServiceName + " · Land", doer: page.Responsible(step.Responsible, "Kommunen"),
		crumbs: []ui.Link{
			{Text: "Leistungen", URL: link.Services},
			{Text: r.ServiceName, URL: link.Service(r.ServiceSlug)},
			{Text: "Roll-in", URL: rollin},
			{Text: "Schritt " + step.Number},
		},
		url: link.LandStep(r.ServiceSlug, step.Key), form: link.LandStep(r.ServiceSlug, step.Key), today: r.Today, back: ui.Link{Text: "Zum Roll-in", URL: rollin},
		address: func(ref onboarding.Ref) string { return link.LandStep(r.ServiceSlug, ref.Key) },
	}
}

func (s subject) head() ui.Page {
	return ui.Page{
		Heading: s.Title, Meta: s.kind + " " + s.Number + " · " + s.place, Crumbs: s.crumbs,
		State: s.status(),
	}
}

func (s subject) status() ui.StatusProps {
	if s.Blocked() {
		return page.Blocked()
	}
	if with := s.With(); with != nil {
		return page.WaitingFor(with.Party)
	}
	if until, soon := s.Expiring(s.today); soon {
		return page.Expiring(until)
	}
	if s.Again() {
		return page.Again()
	}
	return page.StepState(s.State, s.Possible(), s.Overdue)
}

// name calls a step that is waited for by its number, unless the number is one of the Land's beside those of a body.
func (s subject) name(r onboarding.Ref) string {
	if r.Scope == template.Land && s.Scope != template.Land {
		return r.Title
	}
	return r.Number + " " + r.Title
}

// offers reports whether the reader may give the step a state now.
func (s subject) offers(to onboarding.StepState) bool { return slices.Contains(s.May, to) }

// facts are what the template says about the step.
func (s subject) facts() []ui.Fact {
	due := ui.Fact{Term: "Fällig am", Value: ui.Date(s.DueOn)}
	if s.State == onboarding.Done {
		due = ui.Fact{Term: "Erledigt am", Value: ui.Date(s.StateSince)}
	}
	facts := []ui.Fact{{Term: "Zuständig", Value: s.doer}}
	if !s.Unneeded {
		facts = append(facts, due)
	}
	facts = append(facts,
		ui.Fact{Term: "Richtwert", Value: ui.Count(s.DurationDays, "Arbeitstag", "Arbeitstage")},
		ui.Fact{Term: "Phase", Value: page.LegTitle(s.Phase.Leg())},
		ui.Fact{Term: "Säule", Value: strconv.Itoa(s.Pillar) + ", " + page.PillarTitle(s.Pillar)},
		ui.Fact{Term: "Gefragter Nachweis", Value: s.Evidence},
	)
	if text := page.Processing(s.Step); text != "" {
		facts = append(facts, ui.Fact{Term: "Auftragsverarbeitung", Value: text})
	}
	if until := s.HoldsUntil(); until != nil && s.State == onboarding.Done {
		facts = append(facts, ui.Fact{Term: s.holds(), Value: ui.Date(*until)})
	}
	if s.handing.Spent != "" {
		facts = append(facts, ui.Fact{Term: "Dauer", Value: s.handing.Spent})
	}
	return facts
}

// holds says whose word it is until when the evidence holds. What the profile says outweighs what was said at the step.
func (s subject) holds() string {
	if s.ProofEnds != nil && !s.Unneeded {
		return "Gültig bis (laut Profil)"
	}
	return "Gültig bis"
}

// given is what was said about the step so far; while it is done, the day it holds until stands among its facts.
func (s subject) given() []ui.Fact {
	var facts []ui.Fact
	if s.Given != "" {
		facts = append(facts, ui.Fact{Term: "Nachweis", Value: s.Given})
	}
	if s.GivenURL != "" {
		facts = append(facts, ui.Fact{Term: "Link zum Nachweis", Value: s.GivenURL, URL: s.GivenURL})
	}
	if s.ValidUntil != nil && s.State != onboarding.Done && !s.Unneeded {
		facts = append(facts, ui.Fact{Term: "Gültig bis", Value: ui.Date(*s.ValidUntil)})
	}
	if s.Reason != "" && s.State != onboarding.Returned {
		facts = append(facts, ui.Fact{Term: "Grund", Value: s.Reason})
	}
	return facts
}
