package demo

import (
	"context"
	"slices"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/identity"
	"rollinportal/internal/pilot"
	"rollinportal/internal/planning"
)

// planWaves has the Land plan and start a roll-in in waves. Its pilots are at work; the Land may evaluate them, and has
// not yet.
func (p *player) planWaves(slug, start string, pilots ...string) {
	plans := planning.NewService(p.DB)
	p.by("land", day(start), "waves of "+slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		if err := p.letPilot(ctx, who, slug); err != nil {
			return over, err
		}
		found, err := plans.Plan(ctx, who, slug)
		if err != nil {
			return over, err
		}
		waves := found.Waves
		for i := range waves {
			waves[i].Bodies = slices.DeleteFunc(waves[i].Bodies, func(key string) bool { return slices.Contains(pilots, key) })
		}
		waves[0].Bodies = pilots
		if err := plans.SaveWaves(ctx, who, slug, found.Version, waves); err != nil {
			return over, err
		}
		if found, err = plans.Plan(ctx, who, slug); err != nil {
			return over, err
		}
		if err := plans.SaveDates(ctx, who, slug, found.Version, spans(found), map[string]int{"KIV": 3}); err != nil {
			return over, err
		}
		if err := plans.Start(ctx, who, slug, found.Version+1); err != nil {
			return over, err
		}
		return over, p.planWork(ctx, who, caseOf{Slug: slug, Rollin: &rollin{Pace: 1}}, now)
	})
}

// spans let every wave go live for six weeks, the next one three months later.
func spans(p *planning.Plan) []planning.Span {
	var found []planning.Span
	for i, w := range p.Waves {
		from := p.Earliest(w).AddDate(0, 0, 7+91*i)
		for from.Weekday() != time.Monday {
			from = from.AddDate(0, 0, 1)
		}
		found = append(found, planning.Span{From: from, Until: from.AddDate(0, 0, 39)})
	}
	return found
}

// letPilot says in the catalogue that a service is piloted.
func (p *player) letPilot(ctx context.Context, who access.Actor, slug string) error {
	found, err := p.services.Edit(ctx, who, slug)
	if err != nil {
		return err
	}
	fields := found.Fields
	fields.Piloting = true
	return p.services.Save(ctx, who, slug, catalog.Edit{Version: found.Version, Fields: fields, Bodies: found.Chosen})
}

// applicants say why they want to try a service first.
var applicants = []struct{ Body, Day, Sentence string }{
	{"16051", "2026-11-09", "Unser Standesamt arbeitet schon mit der elektronischen Akte und hat zwei feste Ansprechpersonen."},
	{"16053", "2026-11-11", "Wir wollen den Rückkanal früh erproben und teilen unsere Testfälle gern."},
	{"16055", "2026-11-16", "Bei uns fallen viele Eheschließungen von auswärts an; der Dienst entlastet uns sofort."},
}

// planCall has the Land call for pilots, and towns apply.
func (p *player) planCall(slug, published, closes string) {
	pilots := pilot.NewService(p.DB)
	id := identity.ID("land", "pilot call", slug)
	p.by("land", day(published), "call for pilots of "+slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		if err := p.letPilot(ctx, who, slug); err != nil {
			return over, err
		}
		return over, pilots.Publish(ctx, who, slug, pilot.Draft{
			ID: id, Places: 2, ClosesOn: day(closes).Truncate(24 * time.Hour),
			Text: "Wir suchen zwei Einheiten, die den Dienst ab Frühjahr 2027 als Erste erproben. Sie brauchen eine feste Ansprechperson im Standesamt und einen Tag in der Woche für die Tests. Das Land begleitet Sie eng.",
		})
	})
	for _, a := range applicants {
		p.by("k"+a.Body, day(a.Day), "apply for "+slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			return over, pilots.Apply(ctx, who, slug, id, a.Sentence)
		})
	}
}
