package onboarding

import (
	"context"

	"rollinportal/internal/postgres"
)

// Twice reads a step in both ways: as a change reads it, and as its page does. What the page alone says is left out.
func Twice(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key string) (alone, shown Step, err error) {
	c, alone, err := lockStep(ctx, tx, bodyKey, slug, key)
	if err != nil {
		return alone, shown, err
	}
	page, shown, err := StepOf(ctx, tx, bodyKey, slug, key)
	if err != nil {
		return alone, shown, err
	}
	for _, s := range []*Step{&alone, &shown} {
		s.Number, s.Talk, s.CrossLand, s.ProofOf, s.ProofEnds = "", Talk{}, nil, "", nil
		for i, r := range s.WaitsFor {
			s.WaitsFor[i] = Ref{Key: r.Key, Title: r.Title, No: r.No, Scope: r.Scope, State: r.State}
		}
	}
	if c.State != page.State || c.suggested() != page.suggested() || c.tally(ofBody) != page.tally(ofBody) {
		alone.State = "of another checklist"
	}
	return alone, shown, nil
}
