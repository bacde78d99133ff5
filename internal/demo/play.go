package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/decision"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

// player plays the story: everybody acts through the use cases that the pages call.
type player struct {
	Stage
	timeline
	chance      *rand.Rand
	actors      map[string]access.Actor
	services    *catalog.Catalog
	decisions   *decision.Service
	onboardings *onboarding.Service
	hurdles     *hurdle.Service
	end         time.Time
	pace        map[string]float64 // how fast a body works; the same for all its services
}

// Play tells the story up to the end. The seed is fixed: the same day tells the same story.
func (s Stage) Play(ctx context.Context, clock *Clock, end time.Time) error {
	p := &player{
		Stage: s, end: end, timeline: timeline{clock: clock}, chance: rand.New(rand.NewPCG(22, 605)), actors: map[string]access.Actor{},
		services: catalog.New(s.DB), decisions: decision.NewService(s.DB), onboardings: onboarding.NewService(s.DB), hurdles: hurdle.NewService(s.DB), pace: map[string]float64{},
	}
	for _, b := range append(bodies(), demolandBodies...) {
		p.pace[b.Key] = 0.7 + 1.3*p.chance.Float64()
	}
	for _, c := range plot {
		p.planCase(c)
	}
	for _, m := range moves {
		p.planMove(m.Slug, m.Body, day(m.Day), onboarding.DateInput{On: day(m.On).Truncate(24 * time.Hour), Cause: onboarding.Cause(m.Cause), Reason: m.Reason})
	}
	for _, pause := range pauses {
		p.planPause(pause.Slug, pause.Body, day(pause.Day), pause.Reason)
	}
	p.planConfirmations(end)
	p.planFunding(end)
	p.planProfiles()
	p.planRoles()
	for _, o := range obstacles {
		p.planHurdle(o)
	}
	p.planRegister()
	p.planSurveys()
	p.planEvents()
	p.planErasure("k16066", "k16066-b", "2026-11-18")
	for _, q := range questions {
		p.planQuestion(q)
	}
	p.planExperience("16053", "wohngeld", "2026-10-05", "Wir haben den Testfall zuerst mit einem erfundenen Antrag durchgespielt. Das hat zwei Runden mit dem Hersteller erspart.")
	p.planWaves("geburtsurkunde-und-bescheinigung", "2026-09-21", "16051", "16053")
	p.planCall("eheschliessung-und-beurkundung", "2026-11-03", "2026-12-18")
	p.planBatch("bildung-und-teilhabe", "k_config", "Beim Anbieter beauftragt", end.Add(-2*time.Minute))
	if err := p.timeline.play(ctx, end); err != nil {
		return err
	}
	if err := p.catchUp(ctx, end.AddDate(0, 0, -4)); err != nil {
		return err
	}
	return p.countUsualTimes(ctx)
}

// countUsualTimes is the round of a day, for towns that open the portal before dawn.
func (p *player) countUsualTimes(ctx context.Context) error {
	land, err := p.as(ctx, "land")
	if err != nil {
		return err
	}
	return p.onboardings.CountUsualTimes(ctx, land)
}

// catchUp has everybody read what they were told up to a day: people look at their notices every week.
func (p *player) catchUp(ctx context.Context, until time.Time) error {
	notices := notify.NewService(p.DB)
	for _, person := range People() {
		who, err := p.as(ctx, person.Login)
		if err != nil {
			return err
		}
		if err := notices.ReadAll(ctx, who, until); err != nil {
			return fmt.Errorf("%s reads notices: %w", person.Login, err)
		}
	}
	return nil
}

// as signs people in when they first act.
func (p *player) as(ctx context.Context, login string) (access.Actor, error) {
	if who, known := p.actors[login]; known {
		return who, nil
	}
	who, err := p.As(ctx, login)
	p.actors[login] = who
	return who, err
}

// by plans an act of a person.
func (p *player) by(login string, at time.Time, what string, do func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error)) {
	p.plan(at, login+": "+what, func(ctx context.Context, now time.Time) (time.Time, error) {
		who, err := p.as(ctx, login)
		if err != nil {
			return time.Time{}, err
		}
		return do(ctx, who, now)
	})
}

// over is the answer of an act that does not come again.
var over time.Time

// day reads a day of the plot, at eight in the morning.
func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(fmt.Sprintf("day of the plot: %v", err))
	}
	return t.Add(7 * time.Hour)
}

// later is a moment of office hours, n working days after a day.
func (p *player) later(from time.Time, n float64) time.Time {
	on := template.AddWorkingDays(from.Truncate(24*time.Hour), max(0, int(n)))
	return on.Add(7*time.Hour + time.Duration(p.chance.IntN(8*60))*time.Minute)
}
