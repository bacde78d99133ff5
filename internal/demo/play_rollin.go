package demo

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// planStart has the Land start the roll-in two weeks after the decision.
func (p *player) planStart(c caseOf, decided time.Time) {
	p.by(c.land(), p.later(decided, 10), "start "+c.Slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		if err := p.onboardings.Start(ctx, who, c.Slug, onboarding.StartInput{
			Pilots: c.Rollin.Pilots, StartOn: template.AddWorkingDays(now.Truncate(24*time.Hour), c.Rollin.Lead),
		}); err != nil {
			return over, err
		}
		return over, p.planWork(ctx, who, c, now)
	})
}

// planWork has the Land and the bodies work off what a start laid out. What waits for the pilots is left alone, and so is
// the judgement about them.
func (p *player) planWork(ctx context.Context, who access.Actor, c caseOf, now time.Time) error {
	found, err := p.onboardings.LandSteps(ctx, who, c.Slug)
	if err != nil {
		return err
	}
	for _, s := range found.Steps {
		if s.Key != template.PilotEval || !found.Waits() {
			p.planLandStep(c, s, now)
		}
	}
	for _, b := range found.Bodies {
		if !b.Held {
			p.planBody(c, b.BodyKey, now)
		}
	}
	return nil
}

// patience is how many working days somebody waits for others before looking again.
const patience = 5

// planLandStep has the Land work off a step, as soon as what stands before it is done.
func (p *player) planLandStep(c caseOf, s onboarding.Step, started time.Time) {
	if s.State == onboarding.Done || s.State == onboarding.NotApplicable {
		return
	}
	ready := time.Time{}
	p.by(c.land(), p.later(started, 1), "land step "+s.Key, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		_, step, err := p.onboardings.LandStep(ctx, who, c.Slug, s.Key, 0)
		switch {
		case err != nil:
			return over, err
		case !step.Possible():
			return p.later(now, patience), nil
		case ready.IsZero():
			ready = p.later(now, float64(step.DurationDays)*0.8)
			return ready, nil
		}
		return over, p.onboardings.ChangeLandStep(ctx, who, c.Slug, s.Key, onboarding.StepInput{
			Version: step.Version, To: onboarding.Done, Evidence: "Akte der Landeskoordination: " + step.Evidence,
		})
	})
}

// planBody has a body work through its checklist at its own pace. A body that is known to be live has lived through
// all of it before: its steps are entered at once.
func (p *player) planBody(c caseOf, body string, started time.Time) {
	w := &walker{player: p, coordinator: c.coordinator(body), slug: c.Slug, body: body, pace: c.Rollin.Pace * p.pace[body], liveOn: c.Rollin.Known[body], taken: map[string]bool{}}
	if w.liveOn != "" {
		w.pace = 0.05
	}
	w.planLook(p.later(started, 4+10*p.chance.Float64()))
}

// walker is a body on its way through one checklist.
type walker struct {
	*player
	coordinator string // login
	slug, body  string
	pace        float64
	liveOn      string
	taken       map[string]bool // steps that somebody has taken on
	looks       bool            // somebody will look soon
}

// planLook has the coordinator look at the checklist soon.
func (w *walker) planLook(at time.Time) {
	if !w.looks {
		w.looks = true
		w.by(w.coordinator, at, "look at "+w.slug, w.look)
	}
}

// look takes on every step that has become possible. What waits for others is looked at again after a while.
func (w *walker) look(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
	w.looks = false
	list, err := w.onboardings.Checklist(ctx, who, w.body, w.slug, 0)
	if err != nil {
		return over, err
	}
	waits := list.State.Aside()
	for _, s := range list.Steps {
		finished := s.Unneeded || s.State == onboarding.NotApplicable || s.State == onboarding.Done
		if finished || w.taken[s.Key] {
			continue
		}
		if !s.Possible() || list.State.Aside() {
			waits = true
			continue
		}
		w.take(s, now)
	}
	if waits {
		w.planLook(w.later(now, 15))
	}
	return over, nil
}

// take begins a step and plans its end.
func (w *walker) take(s onboarding.Step, now time.Time) {
	w.taken[s.Key] = true
	w.by(w.hand(s.Key), w.later(now, 1), "begin "+s.Key, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		return over, w.begin(ctx, who, s)
	})
	hand := w.hand(s.Key)
	days, stuck := w.effort(s)
	if stuck && s.Key != template.Live {
		w.planHandOver(s, now)
	}
	w.by(hand, w.later(now, 1+days), s.Key+" of "+w.slug+" in "+w.body, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		list, err := w.onboardings.Checklist(ctx, who, w.body, w.slug, 0)
		if err != nil {
			return over, err
		}
		step, _ := list.Find(s.Key)
		switch {
		case step.State == onboarding.Done || step.State == onboarding.Submitted:
		case list.State.Aside() || !step.Possible() || step.Blocked() || len(step.Gate) > 0:
			return w.later(now, patience), nil
		default:
			err = w.finish(ctx, who, list, step, now)
		}
		w.planLook(w.later(now, 1))
		return over, err
	})
}

// hand chooses who does a step: mostly the coordinator, often a colleague. Only the coordinator goes live.
func (w *walker) hand(key string) string {
	if colleague := w.colleague(); colleague != "" && key != template.Live && w.chance.Float64() < 0.4 {
		return colleague
	}
	return w.coordinator
}

// colleague is the login of the body's second person; "" in Demoland, where there is none.
func (w *walker) colleague() string {
	if w.coordinator == "k"+w.body {
		return w.coordinator + "-b"
	}
	return ""
}

// longestStuck is for how many working days a step lies with others at most: half a year, then somebody escalates.
const longestStuck = 90

// effort is how many working days a step takes here. One in twenty gets stuck with others.
func (w *walker) effort(s onboarding.Step) (days float64, stuck bool) {
	days = float64(s.DurationDays) * w.pace * (0.5 + w.chance.Float64())
	if w.liveOn == "" && w.chance.Float64() < 0.05 {
		return min(days*3+20, longestStuck), true
	}
	return days, false
}

// begin marks some steps as being in work: not everybody does. Another checklist may have moved a basis step already.
func (w *walker) begin(ctx context.Context, who access.Actor, s onboarding.Step) error {
	if s.Key == template.Live || s.State != onboarding.Open || w.chance.Float64() < 0.5 {
		return nil
	}
	err := w.onboardings.ChangeStep(ctx, who, w.body, w.slug, s.Key, onboarding.StepInput{Version: s.Version, To: onboarding.InProgress})
	if fault.KindOf(err) == fault.Conflict {
		return nil
	}
	return err
}

func (w *walker) finish(ctx context.Context, who access.Actor, list *onboarding.Checklist, s onboarding.Step, now time.Time) error {
	if err := w.attach(ctx, who, s, now); err != nil {
		return err
	}
	switch {
	case s.Key == template.Live:
		return w.goLive(ctx, who, list, now)
	case s.RequiresReview():
		return w.submit(ctx, who, s, now)
	}
	return w.onboardings.ChangeStep(ctx, who, w.body, w.slug, s.Key, onboarding.StepInput{
		Version: s.Version, To: onboarding.Done, Evidence: "Liegt in der Akte: " + s.Evidence, ValidUntil: w.holdsUntil(s, now),
	})
}

// holdsUntil is until when evidence holds that expires: two years, as certificates of the Verwaltungs-PKI do. Jena has its
// certificate since before, and its profile says until when.
func (w *walker) holdsUntil(s onboarding.Step, now time.Time) *time.Time {
	if !s.Dated {
		return nil
	}
	until := workday.Day(now).AddDate(2, 0, 0)
	if w.body == "16053" && s.Key == "k_cert" {
		until, _ = time.Parse(time.DateOnly, jenaCertificateEnds)
	}
	return &until
}

// submit hands in what another organisation has to check. It looks at it some days later; every ninth comes back once.
func (w *walker) submit(ctx context.Context, who access.Actor, s onboarding.Step, now time.Time) error {
	err := w.onboardings.ChangeStep(ctx, who, w.body, w.slug, s.Key, onboarding.StepInput{
		Version: s.Version, To: onboarding.Submitted, Evidence: "Liegt in der Akte: " + s.Evidence, ValidUntil: w.holdsUntil(s, now),
	})
	if err != nil {
		return err
	}
	w.planReview(s.Key, w.later(now, 2+4*w.chance.Float64()), w.count%9 == 0 && w.liveOn == "")
	return nil
}

// shortcomings are why a check returns a step.
var shortcomings = map[string]string{
	"k_declaration": "Es fehlt die Unterschrift der zeichnungsbefugten Person.",
	"k_tenant_req":  "Die Organisationseinheit-ID fehlt. Sie steht im Redaktionssystem.",
	"k_release":     "Der Termin des Produktivstarts fehlt.",
}

// planReview has the organisation that checks a step judge it. What it returns, the body hands in anew.
func (w *walker) planReview(key string, at time.Time, returns bool) {
	w.by(w.checker(key), at, "check "+key, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		list, err := w.onboardings.Checklist(ctx, who, w.body, w.slug, 0)
		if err != nil {
			return over, err
		}
		step, _ := list.Find(key)
		switch {
		case step.State != onboarding.Submitted:
			return over, nil
		case !step.Checks || !step.Possible() || step.Blocked() || len(step.Gate) > 0: // paused, or blocked meanwhile
			return w.later(now, patience), nil
		}
		in := onboarding.StepInput{Version: step.Version, To: onboarding.Done}
		if returns {
			in.To, in.Reason = onboarding.Returned, shortcomings[key]
			w.planAgain(key, now)
		}
		return over, w.onboardings.ReviewStep(ctx, who, w.body, w.slug, key, in)
	})
}

// planAgain has the body hand in once more what came back.
func (w *walker) planAgain(key string, returned time.Time) {
	w.by(w.coordinator, w.later(returned, 3+12*w.chance.Float64()), "hand in again "+key, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		list, err := w.onboardings.Checklist(ctx, who, w.body, w.slug, 0)
		if err != nil {
			return over, err
		}
		step, _ := list.Find(key)
		switch {
		case step.State != onboarding.Returned:
			return over, nil
		case list.State.Aside() || !step.Possible() || step.Blocked() || len(step.Gate) > 0:
			return w.later(now, patience), nil
		}
		w.planReview(key, w.later(now, 3), false)
		return over, w.onboardings.ChangeStep(ctx, who, w.body, w.slug, key, onboarding.StepInput{
			Version: step.Version, To: onboarding.Submitted, Evidence: "Nachgereicht und ergänzt: " + step.Evidence, ValidUntil: w.holdsUntil(step, now),
		})
	})
}

// checker is the login of whoever checks a step.
func (w *walker) checker(key string) string {
	abroad := w.colleague() == ""
	switch {
	case abroad:
		return "d-land" // Demoland has no provider
	case key == "k_tenant_req":
		return providerOf(w.body)
	}
	return "land"
}

func (w *walker) goLive(ctx context.Context, who access.Actor, list *onboarding.Checklist, now time.Time) error {
	on, evidence := now.Truncate(24*time.Hour), "Erster Echtantrag eingegangen"
	if w.liveOn != "" {
		on, evidence = day(w.liveOn).Truncate(24*time.Hour), "Öffentlich bekannt; der genaue Tag im Monat ist nicht überliefert"
	}
	return w.onboardings.GoLive(ctx, who, w.body, w.slug, onboarding.GoLiveInput{Version: list.Version, On: on, Evidence: evidence})
}

// planPause has the Land interrupt a body's onboarding.
func (p *player) planPause(slug, body string, on time.Time, reason string) {
	p.by("land", on, "pause "+slug+" in "+body, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		list, err := p.onboardings.Checklist(ctx, who, body, slug, 0)
		if err != nil {
			return over, err
		}
		resume := now.AddDate(1, 0, 0).Truncate(24 * time.Hour)
		err = p.onboardings.ChangeState(ctx, who, body, slug, onboarding.StateInput{Version: list.Version, Act: onboarding.Pause, Reason: reason, ResumeOn: &resume})
		if fault.KindOf(err) == fault.Conflict { // live already
			return over, nil
		}
		return over, err
	})
}

// planMove has the Land plan a Produktivstart for another day.
func (p *player) planMove(slug, body string, at time.Time, in onboarding.DateInput) {
	p.by("land", at, "move "+slug+" in "+body, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		list, err := p.onboardings.Checklist(ctx, who, body, slug, 0)
		if err != nil {
			return over, err
		}
		in.Version = list.Version
		if err = p.onboardings.ChangeDate(ctx, who, body, slug, in); fault.KindOf(err) == fault.Conflict { // live already
			return over, nil
		}
		return over, err
	})
}
