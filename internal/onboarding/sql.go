package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

const onboardingColumns = `o.onboarding_id, o.org_id AS body_id, b.key AS body_key, b.name AS body_name,
	b.kind AS body_kind, h.providers, h.providers <> '{}' AS assigned, o.service_id, v.slug AS service_slug, v.name AS service_name, o.state AS onboarding_state, o.state_since AS onboarding_since,
	o.state_reason, o.resume_on, o.target_on, o.committed_at, o.live_on, o.confirmed_at, r.started_at, o.pilot, o.wave_no, coalesce(q.name, '') AS wave_name, o.held, i.org_id IS NOT NULL AS letter, o.steps_relevant, o.steps_done,
	o.version AS onboarding_version`

// onboardings are the tables that onboardingColumns come from.
const onboardings = `portal.onboarding o
	JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
	JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
	JOIN portal.rollin r ON r.land_id = @land AND r.service_id = o.service_id
	LEFT JOIN portal.rollin_letter i ON i.land_id = @land AND i.org_id = o.org_id AND i.service_id = o.service_id
	LEFT JOIN portal.wave q ON q.land_id = @land AND q.service_id = o.service_id AND q.no = o.wave_no
	CROSS JOIN LATERAL (
		SELECT coalesce(array_agg(p.name ORDER BY p.name COLLATE "de-x-icu", p.org_id), '{}') AS providers
		FROM portal.assignment a
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = a.provider_id
		WHERE a.land_id = @land AND a.org_id = o.org_id) h`

const stepColumns = `s.step_id, s.state, s.reason, s.evidence AS given, s.evidence_url AS given_url, s.due_on, s.state_since,
	s.submitted_by, s.submitted_org, s.valid_until, s.changed_by, s.version AS step_version, s.checked_days`

const templateColumns = `t.key, t.no, t.title, t.description, t.pillar, t.phase, t.responsible, t.predecessors, t.duration_days,
	coalesce(t.repeat_months, 0) AS repeat_months, t.scope, t.evidence, t.conditions, t.review, t.dated`

// counting turns steps n into the three figures that are kept of them.
const counting = `count(*) FILTER (WHERE n.state <> 'not_applicable')::int AS relevant,
	count(*) FILTER (WHERE n.state = 'done')::int AS done,
	count(*) FILTER (WHERE n.state IN ('in_progress', 'submitted', 'returned'))::int AS active`

// save writes what changed of an onboarding and a basis step (or of the onboarding alone, if step is nil) and recounts
// every figure that this alters. An onboarding that is not competent has nothing to count.
//
// It is one statement, and a statement does not see what it writes: where it recounts, the changed step and the
// onboarding's new state stand in for the rows they replace. With its state changed, a step no longer lies with others.
func save(ctx context.Context, tx *postgres.Tx, o Onboarding, acted bool, step *Step) error {
	args := pgx.StrictNamedArgs{
		"land": tx.Land(), "org": o.BodyID, "onboarding": o.ID, "now": tx.Now, "who": tx.Who.Person,
		"o_state": o.State, "o_reason": o.StateReason, "resume_on": o.ResumeOn, "committed_at": o.CommittedAt, "live_on": o.LiveOn,
		"acted": acted, "own": tx.Org() == o.BodyID, "service": &o.ServiceID, "scope": template.Kommune, "step": (*uuid.UUID)(nil),
		"s_state": Open, "s_reason": "", "given": "", "given_url": "", "submitted_by": (*uuid.UUID)(nil), "due_on": tx.Now,
		"valid_until": (*time.Time)(nil), "pillar": 0, // of all
	}
	if step != nil {
		args["step"], args["s_state"], args["s_reason"] = &step.ID, step.State, step.Reason
		args["given"], args["given_url"], args["submitted_by"], args["due_on"] = step.Given, step.GivenURL, step.SubmittedBy, step.DueOn
		args["valid_until"], args["pillar"] = step.ValidUntil, step.Pillar
		if args["scope"] = step.Scope; step.Scope == template.Basis {
			args["service"] = (*uuid.UUID)(nil)
		}
	}
	_, err := tx.Exec(ctx, `
		WITH changed AS (
			UPDATE portal.step SET state = @s_state, reason = @s_reason, evidence = @given, evidence_url = @given_url, due_on = @due_on,
				state_since = CASE WHEN state = @s_state THEN state_since ELSE @now END,
				submitted_by = @submitted_by, valid_until = @valid_until, changed_by = @who, version = version + 1
			WHERE land_id = @land AND org_id = @org AND step_id = @step
			RETURNING step_id, state
		), returned AS (
			UPDATE portal.waiting w SET ended_at = @now, ended_by = @who
			FROM portal.step s
			WHERE w.land_id = @land AND w.org_id = @org AND w.step_id = @step AND w.ended_at IS NULL
				AND s.land_id = @land AND s.org_id = @org AND s.step_id = @step AND s.state <> @s_state
		), touched AS (
			SELECT o.onboarding_id, o.onboarding_id = @onboarding AS acting,
				CASE WHEN o.onboarding_id = @onboarding THEN @o_state ELSE o.state END AS state
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.org_id = @org AND (o.onboarding_id = @onboarding OR EXISTS (
				SELECT FROM portal.onboarding_basis l
				WHERE l.land_id = @land AND l.org_id = @org AND l.onboarding_id = o.onboarding_id AND l.step_id = @step))
		), counted AS (
			SELECT n.onboarding_id, `+counting+`
			FROM (
				SELECT t.onboarding_id, CASE WHEN t.state = 'not_applicable' THEN t.state ELSE coalesce(c.state, s.state) END AS state
				FROM touched t
				JOIN portal.step s ON s.land_id = @land AND s.org_id = @org AND s.onboarding_id = t.onboarding_id
				LEFT JOIN changed c ON c.step_id = s.step_id
				UNION ALL
				SELECT t.onboarding_id, CASE WHEN t.state = 'not_applicable' THEN t.state ELSE coalesce(c.state, s.state) END
				FROM touched t
				JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = @org AND l.onboarding_id = t.onboarding_id AND l.reason = ''
				JOIN portal.step s ON s.land_id = @land AND s.org_id = @org AND s.step_id = l.step_id
				LEFT JOIN changed c ON c.step_id = s.step_id
			) n
			GROUP BY n.onboarding_id
		), moved AS (
			UPDATE portal.onboarding o SET steps_relevant = n.relevant, steps_done = n.done, state = t.state,
				state_since = CASE WHEN o.state = t.state THEN o.state_since ELSE @now END,
				state_reason = CASE WHEN t.acting THEN @o_reason ELSE o.state_reason END,
				resume_on = CASE WHEN t.acting THEN @resume_on ELSE o.resume_on END,
				committed_at = CASE WHEN t.acting THEN @committed_at ELSE o.committed_at END,
				live_on = CASE WHEN t.acting THEN @live_on ELSE o.live_on END,
				confirmed_at = CASE WHEN t.acting AND @own THEN @now ELSE o.confirmed_at END,
				version = o.version + CASE WHEN t.acting AND @acted THEN 1 ELSE 0 END
			FROM touched t
			JOIN counted n ON n.onboarding_id = t.onboarding_id
			WHERE o.land_id = @land AND o.org_id = @org AND o.onboarding_id = t.onboarding_id
		)
		INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
		SELECT @land, @org, @service, n.pillar, @scope, `+counting+`
		FROM (
			SELECT p.pillar, CASE WHEN @o_state = 'not_applicable' AND @scope = 'kommune' THEN 'not_applicable' ELSE coalesce(c.state, s.state) END AS state
			FROM portal.step s
			JOIN portal.template_step p ON p.land_id = @land AND p.template_version_id = s.template_version_id AND p.key = s.key
			LEFT JOIN changed c ON c.step_id = s.step_id
			WHERE s.land_id = @land AND s.org_id = @org AND (s.service_id = @service OR s.service_id IS NULL AND @scope = 'basis')
				AND (@pillar = 0 OR p.pillar = @pillar)
		) n
		GROUP BY n.pillar
		ON CONFLICT (land_id, org_id, service_id, pillar, scope) DO UPDATE SET
			relevant = excluded.relevant, done = excluded.done, active = excluded.active`, args)
	if err != nil {
		return fmt.Errorf("save onboarding %s: %w", o.ID, err)
	}
	return nil
}
