package demo

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/economics"
	"rollinportal/internal/funding"
	"rollinportal/internal/identity"
)

// planFulfilment has the Land report the Auflage of a case fulfilled, and the ministry confirm it.
func (p *player) planFulfilment(c caseOf, decided time.Time) {
	conditions := condition.NewService(p.DB)
	version := func(ctx context.Context, who access.Actor) (condition.Condition, error) {
		found, _, err := conditions.List(ctx, who, condition.Filter{Service: c.Slug})
		if err != nil || len(found) == 0 {
			return condition.Condition{}, err
		}
		return found[0], nil
	}
	at := p.later(decided, 30)
	p.by(c.land(), at, "report the Auflage of "+c.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		k, err := version(ctx, who)
		if err != nil {
			return over, err
		}
		return over, conditions.Report(ctx, who, k.ID, condition.Report{Version: k.Version, Evidence: "Anlaufstelle benannt und allen Einheiten mitgeteilt.", Link: "https://akte.example/anlaufstelle"})
	})
	p.by(c.Ministry+"-referat", p.later(at, 5), "confirm the Auflage of "+c.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		k, err := version(ctx, who)
		if err != nil {
			return over, err
		}
		return over, conditions.Settle(ctx, who, k.ID, condition.Settlement{Version: k.Version, Act: condition.Confirm})
	})
}

// inventedTitle is the source of every amount of the story.
const inventedTitle = "Haushaltstitel 00 00 (für die Demonstration erfunden)"

// planFunding writes down a funding that ends soon, a contract that ends at once, and one that runs on.
func (p *player) planFunding(end time.Time) {
	at := end.AddDate(0, 0, -30)
	today := end.Truncate(24 * time.Hour)
	for _, f := range []struct {
		login, slug string
		record      funding.Record
	}{
		{"land", "einbuergerung", funding.Record{
			Kind: funding.Grant, Purpose: funding.Connection, Payer: economics.Land, Cents: 25_000_000, To: today.AddDate(0, 0, 40),
			Reservation: "vorbehaltlich der Haushaltsmittel", PayerAfter: "Kommunen; über eine Anschlussregelung wird gesprochen",
		}},
		{"tmdi-referat", "wohngeld", funding.Record{Kind: funding.Contract, Purpose: funding.Reuse, Payer: economics.Land, Cents: 9_000_000, To: today.AddDate(0, 0, 10)}},
		{"land", "fuehrerschein", funding.Record{Kind: funding.Grant, Purpose: funding.Interface, Payer: economics.Federal, Cents: 12_000_000, To: today.AddDate(1, 0, 0), PayerAfter: "Land"}},
	} {
		r := f.record
		r.ID, r.From, r.Source = identity.ID(Thueringen, "funding", f.slug), today.AddDate(-1, 0, 0), inventedTitle
		p.by(f.login, at, "write down who pays for "+f.slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			return over, funding.NewService(p.DB).Save(ctx, who, f.slug, r)
		})
	}
}
