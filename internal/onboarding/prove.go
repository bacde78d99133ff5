package onboarding

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// Prove says what there is to prove the basis steps of these keys in a body, and finishes or reopens the steps
// accordingly, in every checklist that leans on them. A key without a proof has none any more.
func Prove(ctx context.Context, tx *postgres.Tx, body uuid.UUID, keys []string, proofs []Proof) error {
	if err := lockBody(ctx, tx, body); err != nil {
		return err
	}
	steps, err := basisSteps(ctx, tx, body, keys)
	if err != nil {
		return err
	}
	if err := saveProofs(ctx, tx, body, keys, proofs); err != nil {
		return err
	}
	for _, s := range steps {
		var is *Proof
		if i := slices.IndexFunc(proofs, func(p Proof) bool { return p.Key == s.Key }); i >= 0 {
			is = &proofs[i]
		}
		if _, _, err := settle(ctx, tx, body, s.Step, s.Proof, is); err != nil {
			return err
		}
	}
	return nil
}

// Settled is a basis step that stands differently since its proof was looked at.
type Settled struct {
	Body uuid.UUID
	Step // as it is now
}

// Settle brings every basis step of the Land in line with its proof: on the day on which a certificate ends, the step
// is work again. It runs once a day; a second run changes nothing.
func Settle(ctx context.Context, tx *postgres.Tx) ([]Settled, error) {
	bodies, err := unsettled(ctx, tx, tx.Today())
	if err != nil {
		return nil, err
	}
	var found []Settled
	for _, body := range bodies {
		changed, err := settleBody(ctx, tx, body)
		if err != nil {
			return nil, err
		}
		found = append(found, changed...)
	}
	return found, nil
}

func settleBody(ctx context.Context, tx *postgres.Tx, body uuid.UUID) ([]Settled, error) {
	if err := lockBody(ctx, tx, body); err != nil {
		return nil, err
	}
	steps, err := basisSteps(ctx, tx, body, nil)
	if err != nil {
		return nil, err
	}
	var found []Settled
	for _, s := range steps {
		if s.State != Open && s.State != Done {
			continue
		}
		after, changed, err := settle(ctx, tx, body, s.Step, s.Proof, s.Proof)
		if err != nil {
			return nil, err
		}
		if changed {
			found = append(found, Settled{body, after})
		}
	}
	return found, nil
}

// settle saves what a proof makes of a basis step, if anything.
func settle(ctx context.Context, tx *postgres.Tx, body uuid.UUID, before Step, was, is *Proof) (Step, bool, error) {
	after, changed := before.settled(was, is, tx.Today())
	if !changed {
		return before, false, nil
	}
	if err := save(ctx, tx, Onboarding{BodyID: body}, false, &after); err != nil {
		return before, false, err
	}
	return after, true, audit.Record(ctx, tx, audit.Entry{
		Org: body, Action: "step." + string(after.State), Kind: "step", Record: after.ID, Title: after.Title, Visibility: audit.Org,
		Changes: stepChanges(before, after),
	})
}

// Reopen makes a finished step of a checklist work again, because what showed that it was done shows nothing any more.
// It reports false if the step was not done. The Produktivstart stays: citizens use the service.
func Reopen(ctx context.Context, tx *postgres.Tx, bodyKey, slug, key, reason string) (bool, error) {
	c, before, err := lockStep(ctx, tx, bodyKey, slug, key)
	if err != nil || before.State != Done || before.Unneeded || before.Key == template.Live {
		return false, err
	}
	if reason == "" {
		return false, fault.New(fault.Invalid, "Nennen Sie, warum die Aufgabe noch einmal offen ist.")
	}
	after := before.reopened(reason, tx.Today())
	was := c.put(after, tx.Now)
	entry := stepEntry(c, before, after, audit.Diff("Stand der Anbindung", was.Word(), c.State.Word()))
	return true, c.saveStep(ctx, tx, was, false, before, after, entry)
}
