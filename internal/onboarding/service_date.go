package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// ChangeDate moves the planned Produktivstart, for the Land, or corrects the reported one, for the body. What was known
// before stays known: the history gains an event.
func (s *Service) ChangeDate(ctx context.Context, who access.Actor, bodyKey, slug string, in DateInput) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.ChecklistState, func(tx *postgres.Tx) error {
		c, err := lockAndLoad(ctx, tx, bodyKey, slug)
		if err != nil {
			return err
		}
		after, err := c.dated(in, who)
		if err != nil {
			return err
		}
		if c.LiveOn != nil {
			if err := save(ctx, tx, after, true, nil); err != nil {
				return err
			}
			changes := append(onboardingChanges(c.Onboarding, after), audit.Diff("Grund", "", in.Reason)...)
			return audit.Record(ctx, tx, onboardingEntry(after, "onboarding.correct", changes))
		}
		if err := moveTarget(ctx, tx, c.Onboarding, in); err != nil {
			return err
		}
		changes := append(audit.Diff("Zieltermin", workday.Written(c.TargetOn), workday.Written(in.On)), audit.Diff("Ursache", "", in.Cause.Word())...)
		return notify.Record(ctx, tx, []audit.Entry{
			onboardingEntry(after, "onboarding.move", append(changes, audit.Diff("Grund", "", in.Reason)...)),
		}, after.moved(in))
	})
}

func (o Onboarding) moved(in DateInput) notify.Notice {
	return notify.Notice{
		Kind: notify.TargetMoved, To: notify.Orgs(o.BodyID), Path: notify.AtChecklist(o.BodyKey, o.ServiceSlug), About: o.ServiceName,
		Text: "Der Produktivstart von „" + o.ServiceName + "“ ist jetzt für den " + workday.Written(in.On) + " geplant. Ursache: " + in.Cause.Word() + ". " + in.Reason,
	}
}

// moveTarget moves a date and with it the unfinished steps of this onboarding by as many days, off weekends. Basis steps
// serve other services too: they stay. What comes earlier is not due before today.
func moveTarget(ctx context.Context, tx *postgres.Tx, o Onboarding, in DateInput) error {
	args := pgx.StrictNamedArgs{
		"land": tx.Land(), "org": o.BodyID, "onboarding": o.ID, "service": o.ServiceID, "wave": o.WaveNo, "on": in.On,
		"cause": in.Cause, "reason": in.Reason, "days": int(in.On.Sub(o.TargetOn) / (24 * time.Hour)), "today": tx.Today(),
	}
	_, err := tx.Exec(ctx, `
		WITH moved AS (
			UPDATE portal.onboarding SET target_on = @on, target_cause = @cause, target_reason = @reason, version = version + 1
			WHERE land_id = @land AND org_id = @org AND onboarding_id = @onboarding
		), stretched AS (
			UPDATE portal.wave SET first_on = least(first_on, @on::date), last_on = greatest(last_on, @on::date)
			WHERE land_id = @land AND service_id = @service AND no = @wave::int
		)
		UPDATE portal.step s SET due_on = n.due_on + CASE extract(isodow FROM n.due_on)::int WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END
		FROM (
			SELECT s.step_id, CASE WHEN @days::int < 0 THEN greatest(s.due_on + @days::int, least(s.due_on, @today::date)) ELSE s.due_on + @days::int END AS due_on
			FROM portal.step s
			WHERE s.land_id = @land AND s.org_id = @org AND s.onboarding_id = @onboarding AND s.state NOT IN ('done', 'not_applicable')) n
		WHERE s.land_id = @land AND s.org_id = @org AND s.step_id = n.step_id`, args)
	if err != nil {
		return fmt.Errorf("move the date of onboarding %s: %w", o.ID, err)
	}
	return nil
}
