package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/decision"
	"rollinportal/internal/identity"
	"rollinportal/internal/workday"
)

// planCase has the Land ask, the Referat review and submit, and the Leitung decide.
func (p *player) planCase(c caseOf) {
	id := identity.ID(c.land(), "decision", c.Slug)
	start := day(c.Start)
	p.by(c.land(), start, "request "+c.Slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		if err := p.amend(ctx, who, c, now); err != nil {
			return over, err
		}
		due := now.AddDate(0, 3, 0).Truncate(24 * time.Hour)
		return over, p.decisions.Request(ctx, who, decision.Request{ID: id, ServiceSlug: c.Slug, Occasion: "Roll-in-Planung des Landes", DueOn: &due})
	})
	at := start
	for i, kind := range decision.Kinds {
		if i >= c.Reviews {
			break
		}
		at = p.later(at, 4+6*p.chance.Float64())
		p.by(c.Ministry+"-referat", at, "review "+c.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			return over, p.review(ctx, who, id, kind)
		})
	}
	for _, a := range c.Asked {
		at = p.later(at, 1)
		p.planAsking(c, id, a, at)
	}
	if c.Reviews < len(decision.Kinds) && !c.Assessed {
		return
	}
	p.by(c.Ministry+"-referat", p.later(at, 1), "assess "+c.Slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		return over, p.assess(ctx, who, id, c, now)
	})
	if !c.Submit {
		return
	}
	at = p.later(at, 3)
	p.by(c.Ministry+"-referat", at, "submit "+c.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		found, err := p.decisions.Show(ctx, who, id, 1)
		if err != nil {
			return over, err
		}
		return over, p.decisions.Submit(ctx, who, id, found.Version)
	})
	if c.Outcome == "" {
		return
	}
	at = p.later(at, 5)
	p.by(c.Ministry+"-leitung", at, "decide "+c.Slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		return over, p.decide(ctx, who, id, c, now)
	})
}

// amend adds to the catalogue what the story assumes of a service. Where the master data name operator and transport, the
// Land has looked at its Steckbrief that day; what nobody knows of the others is not made up.
func (p *player) amend(ctx context.Context, who access.Actor, c caseOf, now time.Time) error {
	for _, f := range c.Said {
		if err := p.services.SetFact(ctx, who, c.Slug, f); err != nil {
			return err
		}
	}
	if c.Rollin == nil || c.Rollin.Change == nil {
		return nil
	}
	found, err := p.services.Edit(ctx, who, c.Slug)
	if err != nil {
		return err
	}
	fields := found.Fields
	known := fields.Operator != "" && len(fields.Transports) > 0
	c.Rollin.Change(&fields)
	if today := workday.Day(now); known {
		fields.CheckedOn = &today
	}
	return p.services.Save(ctx, who, c.Slug, catalog.Edit{Version: found.Version, Fields: fields, Bodies: found.Chosen})
}

// crossLand: EfA services run over the borders of Länder; § 8a OZG is made for them.
var crossLand = true

// planAsking has a ministry ask others, and them answer if they do in the story.
func (p *player) planAsking(c caseOf, id uuid.UUID, a asking, at time.Time) {
	opinion := identity.ID(c.land(), "opinion", c.Slug+" "+a.Party)
	p.by(c.Ministry+"-referat", at, "ask "+a.Party+" about "+c.Slug, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		due := now.AddDate(0, 0, 28).Truncate(24 * time.Hour)
		return over, p.decisions.Ask(ctx, who, id, decision.AskInput{ID: opinion, Kind: a.Kind, PartyKey: a.Party, Question: a.Question, DueOn: &due})
	})
	if a.Answer == "" {
		return
	}
	p.by(a.Login, p.later(at, 2), "answer about "+c.Slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		return over, p.decisions.AnswerOpinion(ctx, who, opinion, decision.Answer{Version: 1, Result: decision.PositiveWithConditions, Note: a.Answer})
	})
}

func (p *player) review(ctx context.Context, who access.Actor, id uuid.UUID, kind decision.Kind) error {
	found, err := p.decisions.ShowReviews(ctx, who, id, 1)
	if err != nil {
		return err
	}
	for _, r := range found.Reviews {
		if r.Kind == kind {
			return p.decisions.Review(ctx, who, id, kind, decision.ReviewInput{
				Version: r.Version, Result: decision.Positive, Note: "Geprüft anhand der Unterlagen des Anbieters, keine Einwände.",
				CrossLand: &crossLand,
			})
		}
	}
	return nil
}

func (p *player) decide(ctx context.Context, who access.Actor, id uuid.UUID, c caseOf, now time.Time) error {
	found, err := p.decisions.ShowToDecide(ctx, who, id, 1)
	if err != nil {
		return err
	}
	verdict := decision.Verdict{Version: found.Version, Seen: found.Seen, Outcome: c.Outcome, Ground: decision.Grounds[c.Outcome][0], Reason: c.Reason}
	if c.Holds > 0 {
		until := workday.Day(p.end).AddDate(0, 0, c.Holds)
		verdict.ValidUntil = &until
	}
	switch c.Outcome {
	case decision.Deferred:
		until := now.AddDate(1, 0, 0).Truncate(24 * time.Hour)
		verdict.DeferredUntil = &until
	case decision.ApprovedWithConditions:
		land, err := p.as(ctx, c.land())
		if err != nil {
			return err
		}
		verdict.Conditions = []decision.Condition{
			{Text: "Erste Anlaufstelle für die Einheiten benennen", Owner: land.Org.Name, DueOn: now.AddDate(0, 6, 0).Truncate(24 * time.Hour)},
		}
	}
	if err := p.decisions.Decide(ctx, who, id, verdict); err != nil {
		return err
	}
	if c.Fulfilled {
		p.planFulfilment(c, now)
	}
	if c.Rollin != nil {
		p.planStart(c, now)
	}
	return nil
}
