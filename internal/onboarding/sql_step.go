package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// saveStep writes a step that was put into its checklist, with the onboarding, every figure that this alters, the trail and
// who is told. An own step counts in this checklist alone, and how all its steps stand was read to judge it: its figures
// are counted there. A basis step counts in others as well, which save recounts. acted says that the act was one on the
// onboarding.
func (c *Checklist) saveStep(ctx context.Context, tx *postgres.Tx, was State, acted bool, before, after Step, entry audit.Entry, notices ...notify.Notice) error {
	if after.Scope == template.Basis {
		if err := save(ctx, tx, c.Onboarding, acted, &after); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{entry}, notices...)
	}
	whole, part := c.tally(ofBody), c.tally(func(s *Step) bool { return s.Scope == template.Kommune && s.Pillar == after.Pillar })
	args := pgx.StrictNamedArgs{
		"body": c.BodyID, "onboarding": c.ID, "service": c.ServiceID,
		"step": after.ID, "state": after.State, "reason": after.Reason, "given": after.Given, "given_url": after.GivenURL, "due_on": after.DueOn,
		"submitted_by": after.SubmittedBy, "valid_until": after.ValidUntil,
		"steps_relevant": whole.Relevant, "steps_done": whole.Done, "committed_at": c.CommittedAt, "own": tx.Org() == c.BodyID, "acted": acted,
		"pillar": after.Pillar, "relevant": part.Relevant, "done": part.Done, "active": part.Active,
	}
	var more, also string
	if with := before.With(); with != nil && after.State != before.State {
		more, args["waiting"] = returning, with.ID
	}
	if was != c.State {
		also, args["became"], args["live_on"] = becoming, c.State, c.LiveOn
	}
	if err := notify.RecordWith(ctx, tx, saving(more, also), args, []audit.Entry{entry}, notices...); err != nil {
		return fmt.Errorf("save step %s: %w", after.ID, err)
	}
	return nil
}

// What is written besides: with its state changed, a step no longer lies with others; and the onboarding may have come
// further. Columns that stay are not named where triggers watch them.
const (
	returning = `, returned AS (
			UPDATE portal.waiting SET ended_at = @now, ended_by = @actor
			WHERE land_id = @land AND org_id = @body AND waiting_id = @waiting
		)`
	becoming = `state = @became, state_since = @now, live_on = @live_on, `
)

// saving is what the statement that writes the trail does besides for an own step. The trail has the land, the moment and
// the actor.
func saving(more, also string) string {
	return more + `, changed AS (
			UPDATE portal.step SET state = @state, reason = @reason, evidence = @given, evidence_url = @given_url, due_on = @due_on,
				state_since = CASE WHEN state = @state THEN state_since ELSE @now END,
				submitted_by = @submitted_by, valid_until = @valid_until, changed_by = @actor, version = version + 1
			WHERE land_id = @land AND org_id = @body AND step_id = @step
		), counted AS (
			UPDATE portal.progress SET relevant = @relevant, done = @done, active = @active
			WHERE land_id = @land AND org_id = @body AND service_id = @service AND pillar = @pillar AND scope = 'kommune'
		), moved AS (
			UPDATE portal.onboarding SET ` + also + `steps_relevant = @steps_relevant, steps_done = @steps_done, committed_at = @committed_at,
				confirmed_at = CASE WHEN @own THEN @now ELSE confirmed_at END, version = version + CASE WHEN @acted THEN 1 ELSE 0 END
			WHERE land_id = @land AND org_id = @body AND onboarding_id = @onboarding
		)`
}
