package onboarding

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// waveColumns gather the waves of roll-in r of service v, what was made of the pilots, and for the Land the competent
// bodies that the roll-in goes without.
const waveColumns = `(
		SELECT coalesce(json_agg(json_build_object('No', q.no, 'Name', q.name, 'Pilot', q.pilot, 'FirstOn', q.first_on::timestamp AT TIME ZONE 'UTC',
			'LastOn', q.last_on::timestamp AT TIME ZONE 'UTC', 'ReleasedAt', q.released_at) ORDER BY q.no), '[]')
		FROM portal.wave q
		WHERE q.land_id = @land AND q.service_id = r.service_id) AS waves, (
		SELECT coalesce(json_agg(json_build_object('No', e.no, 'Outcome', e.outcome, 'Weeks', e.weeks, 'Cause', e.cause, 'Reason', e.reason,
			'DecidedBy', e.decided_by, 'Decider', coalesce(p.name, ''), 'DecidedAt', e.decided_at) ORDER BY e.no), '[]')
		FROM portal.wave_evaluation e
		LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) p ON p.person_id = e.decided_by
		WHERE e.land_id = @land AND e.service_id = r.service_id) AS evaluations, (
		SELECT coalesce(json_agg(json_build_object('Key', b.key, 'Name', b.name, 'Reason', coalesce(x.reason, '')) ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", b.org_id), '[]')
		FROM portal.service_body c
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = c.org_id AND (b.valid_to IS NULL OR b.valid_to >= @today)
		LEFT JOIN portal.rollin_left_out x ON x.land_id = @land AND x.org_id = c.org_id AND x.service_id = c.service_id
		WHERE @whole AND c.land_id = @land AND c.service_id = r.service_id AND NOT EXISTS (
			SELECT FROM portal.onboarding o WHERE o.land_id = @land AND o.org_id = c.org_id AND o.service_id = c.service_id)) AS outside`

// lockWaves holds the waves of a service: two judgements come one after the other.
func lockWaves(ctx context.Context, tx *postgres.Tx, slug string) error {
	_, err := tx.Exec(ctx, `
		SELECT q.no
		FROM portal.wave q
		WHERE q.land_id = @land AND q.service_id = (SELECT v.service_id FROM portal.service v WHERE v.land_id = @land AND v.slug = @slug)
		ORDER BY q.no
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug})
	if err != nil {
		return fmt.Errorf("lock the waves of %s: %w", slug, err)
	}
	return nil
}

// lockHeld holds the onboardings that wait, and reads their checklists as they are then.
func lockHeld(ctx context.Context, tx *postgres.Tx, service uuid.UUID) ([]*Checklist, error) {
	args := pgx.StrictNamedArgs{"land": tx.Land(), "service": service}
	_, err := tx.Exec(ctx, `
		SELECT o.onboarding_id
		FROM portal.onboarding o
		WHERE o.land_id = @land AND o.service_id = @service AND o.held
		ORDER BY o.onboarding_id
		FOR NO KEY UPDATE`, args)
	if err != nil {
		return nil, fmt.Errorf("lock the onboardings that wait: %w", err)
	}
	lists, err := collect(ctx, tx, workable+` AND o.service_id = @service AND o.held
		ORDER BY o.onboarding_id
		LIMIT 2000`, args)
	if err != nil {
		return nil, fmt.Errorf("read the onboardings that wait: %w", err)
	}
	return lists, nil
}

func insertEvaluation(ctx context.Context, tx *postgres.Tx, service uuid.UUID, in EvaluationInput) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.wave_evaluation (land_id, org_id, service_id, no, outcome, weeks, cause, reason, decided_by, decided_at)
		VALUES (@land, @org, @service, @no, @outcome, @weeks, @cause, @reason, @who, @now)`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "service": service, "no": in.No, "outcome": in.Outcome, "weeks": in.Weeks, "cause": in.Cause,
		"reason": in.Reason, "who": tx.Who.Person, "now": tx.Now,
	})
	if err != nil {
		return fmt.Errorf("insert the evaluation of the pilots: %w", err)
	}
	return nil
}

// saveHeld writes the states of onboardings that waited. Released, they wait no longer.
func saveHeld(ctx context.Context, tx *postgres.Tx, service uuid.UUID, after []Onboarding, release bool) error {
	ids, states, reasons := make([]uuid.UUID, len(after)), make([]State, len(after)), make([]string, len(after))
	for i, o := range after {
		ids[i], states[i], reasons[i] = o.ID, o.State, o.StateReason
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		UPDATE portal.onboarding o SET state = n.state, state_reason = n.reason, held = NOT @release, version = o.version + 1,
			resume_on = CASE WHEN o.state = n.state THEN o.resume_on END,
			state_since = CASE WHEN o.state = n.state THEN o.state_since ELSE @now END
		FROM unnest(@ids::uuid[], @states::text[], @reasons::text[]) AS n (id, state, reason)
		WHERE o.land_id = @land AND o.onboarding_id = n.id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now, "ids": ids, "states": states, "reasons": reasons, "release": release})
	if release {
		batch.Queue(`
			UPDATE portal.wave SET released_at = @now
			WHERE land_id = @land AND service_id = @service AND released_at IS NULL`,
			pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "now": tx.Now})
	}
	return tx.SendBatch(ctx, batch).Close()
}

// postpone moves every date of what waits by weeks. A basis step moves where nothing else that runs leans on it.
func postpone(ctx context.Context, tx *postgres.Tx, service uuid.UUID, in EvaluationInput) error {
	batch := &pgx.Batch{}
	batch.Queue(`
		UPDATE portal.onboarding SET target_on = target_on + @days::int, target_cause = @cause, target_reason = @reason, version = version + 1
		WHERE land_id = @land AND service_id = @service AND held`, pgx.StrictNamedArgs{
		"land": tx.Land(), "service": service, "days": in.Weeks * 7, "cause": in.Cause, "reason": in.Reason,
	})
	for _, sql := range []string{`
		UPDATE portal.wave SET first_on = first_on + @days::int, last_on = last_on + @days::int
		WHERE land_id = @land AND service_id = @service AND released_at IS NULL`, `
		UPDATE portal.step s SET due_on = s.due_on + @days::int
		FROM portal.onboarding o
		WHERE o.land_id = @land AND o.service_id = @service AND o.held AND s.land_id = @land AND s.org_id = o.org_id
			AND s.state NOT IN ('done', 'not_applicable') AND (s.onboarding_id = o.onboarding_id OR s.scope = 'basis' AND EXISTS (
				SELECT FROM portal.onboarding_basis l
				WHERE l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id AND l.step_id = s.step_id)
			AND NOT EXISTS (
				SELECT FROM portal.onboarding_basis l
				JOIN portal.onboarding other ON other.land_id = @land AND other.org_id = l.org_id AND other.onboarding_id = l.onboarding_id
				WHERE l.land_id = @land AND l.org_id = o.org_id AND l.step_id = s.step_id AND l.reason = '' AND NOT other.held))`} {
		batch.Queue(sql, pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "days": in.Weeks * 7})
	}
	return tx.SendBatch(ctx, batch).Close()
}
