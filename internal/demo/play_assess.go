package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
)

// invented stands for the source of every figure of the demo: none of them is a fact.
const invented = "Annahme der Demonstration"

// assess fills in the Wirtschaftlichkeitsbetrachtung before the ministry judges it. A service that was refused does
// not pay; all others do.
func (p *player) assess(ctx context.Context, who access.Actor, id uuid.UUID, c caseOf, now time.Time) error {
	until := time.Date(now.Year()+3, time.December, 31, 0, 0, 0, 0, time.UTC)
	cases := int64(4_100)
	if c.Outcome == decision.Rejected {
		cases = 160
	}
	frame := economics.Frame{
		FirstYear: now.Year() + 1, Years: 5, RateBP: 250, RateSource: invented, Cases: cases, CasesSource: invented, HourCents: 5_740, HourSource: invented,
		PriceUntil: &until, PayerAfter: "Land, vorbehaltlich des Haushalts",
	}
	if err := p.decisions.AssessFrame(ctx, who, id, 1, frame); err != nil {
		return err
	}
	item := func(label string, kind economics.Kind, payer economics.Payer, euro int64) economics.Item {
		return economics.Item{Label: label, Kind: kind, Payer: payer, Cents: euro * 100, Source: invented, ValidUntil: &until}
	}
	for _, o := range []economics.Option{
		{Alternative: economics.Reuse, Minutes: 22, Items: []economics.Item{
			item("Anbindung der Einheiten", economics.CostOnce, economics.Land, 39_600), item("Schnittstelle der Fachverfahren", economics.CostOnce, economics.Bodies, 8_400),
			item("Nutzungsentgelt", economics.CostYearly, economics.Land, 31_000), item("Porto und Druck", economics.SavingYearly, economics.Bodies, 4_920),
		}},
		{Alternative: economics.Own, Minutes: 24, Items: []economics.Item{
			item("Entwicklung in ThAVEL", economics.CostOnce, economics.Land, 164_000), item("Betrieb und Pflege", economics.CostYearly, economics.Land, 42_500),
		}},
		{Alternative: economics.AsIs, Minutes: 35, Items: []economics.Item{item("Vordrucke und Ablage", economics.CostYearly, economics.Bodies, 3_280)}},
	} {
		if o.Minutes > 0 {
			o.MinutesSource = invented
		}
		if err := p.decisions.AssessOption(ctx, who, id, 1, o); err != nil {
			return err
		}
	}
	return nil
}
