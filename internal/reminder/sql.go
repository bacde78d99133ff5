package reminder

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/template"
)

// due is a step that somebody is to be reminded of now.
type due struct {
	Days        int // from its date
	DueOn       time.Time
	Scope       template.Scope
	BodyID      uuid.UUID
	BodyKey     string
	BodyName    string
	ServiceSlug string // of a basis step: of a checklist that shows it
	ServiceName string // of a basis step: ""
	Key, Title  string
	Parties     []uuid.UUID // organisations that it lies with, none if it is the body's
	Deputies    []uuid.UUID // of the body, people who can sign in
}

// possible holds for a step s of template step t and onboarding o that no other step stands before, as its checklist says.
const possible = `NOT EXISTS (
			SELECT FROM portal.step p
			WHERE p.land_id = @land AND p.org_id = s.org_id AND p.service_id = s.service_id AND p.key = ANY (t.predecessors)
				AND p.state NOT IN ('done', 'not_applicable'))
		AND NOT EXISTS (
			SELECT FROM portal.step p
			WHERE p.land_id = @land AND p.org_id = s.org_id AND p.service_id IS NULL AND p.key = ANY (t.predecessors)
				AND p.state NOT IN ('done', 'not_applicable') AND NOT EXISTS (
					SELECT FROM portal.onboarding_basis l
					WHERE l.land_id = @land AND l.org_id = s.org_id AND l.onboarding_id = s.onboarding_id AND l.step_id = p.step_id AND l.reason <> ''))
		AND NOT EXISTS (
			SELECT FROM portal.step p
			WHERE p.land_id = @land AND p.service_id = s.service_id AND p.scope = 'land' AND p.state NOT IN ('done', 'not_applicable')
				AND (p.key = ANY (t.predecessors) OR p.key = @eval AND t.phase = ANY (@late) AND NOT o.pilot))`

// lies says which organisations a step lies with: those it was handed to, or those that check it (see dashboard.toCheck).
// A party that is none of the Land's organisations makes it NULL.
const lies = `CASE
		WHEN w.waiting_id IS NOT NULL THEN CASE WHEN w.party_id IS NOT NULL THEN ARRAY[w.party_id] END
		WHEN s.state <> 'submitted' THEN '{}'
		WHEN t.review = 'fachressort' THEN ARRAY[v.ministry_id]
		WHEN t.review = 'it_dienstleister' AND s.submitted_org = s.org_id AND h.providers <> '{}' THEN h.providers
		ELSE ARRAY(SELECT c.org_id FROM portal.organisation c WHERE c.land_id = @land AND c.kind = 'state_coordination') END`

// note finds the steps that somebody is to be reminded of, at most a portion, and notes that this is done. Each distance
// is a short way along the index step_to_do.
func note(ctx context.Context, tx *postgres.Tx, today []span) ([]due, error) {
	rows, err := json.Marshal(today)
	if err != nil {
		return nil, fmt.Errorf("encode the days to remind of: %w", err)
	}
	list, _ := tx.Query(ctx, `
		WITH found AS (
			SELECT s.org_id, s.step_id, s.due_on, g.days, s.scope, s.service_id, s.key, t.title, t.no, l.parties
			FROM jsonb_to_recordset(@rows) AS g (days int, first date, last date)
			JOIN portal.step s ON s.land_id = @land AND s.due_on BETWEEN g.first AND g.last AND s.state NOT IN ('done', 'not_applicable') AND NOT s.resting
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
			LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
			LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
			LEFT JOIN portal.waiting w ON w.land_id = @land AND w.org_id = s.org_id AND w.step_id = s.step_id AND w.ended_at IS NULL
			CROSS JOIN LATERAL (SELECT ARRAY(SELECT a.provider_id FROM portal.assignment a WHERE a.land_id = @land AND a.org_id = s.org_id) AS providers) h
			CROSS JOIN LATERAL (SELECT `+lies+` AS parties) l
			WHERE l.parties IS NOT NULL
				AND NOT EXISTS (
					SELECT FROM portal.reminder r
					WHERE r.land_id = @land AND r.org_id = s.org_id AND r.step_id = s.step_id AND r.due_on = s.due_on AND r.days = g.days)
				AND NOT EXISTS (
					SELECT FROM portal.obstacle_affected a
					JOIN portal.obstacle b ON b.land_id = @land AND b.obstacle_id = a.obstacle_id
					WHERE a.land_id = @land AND a.org_id = s.org_id AND a.step_id = s.step_id AND a.blocking AND a.left_at IS NULL
						AND b.merged_into IS NULL AND portal.obstacle_open(b))
				AND `+possible+`
			ORDER BY g.days, s.org_id, s.service_id, s.step_id
			LIMIT @portion
		), noted AS (
			INSERT INTO portal.reminder (land_id, org_id, step_id, due_on, days, told_at)
			SELECT @land, f.org_id, f.step_id, f.due_on, f.days, @now FROM found f
			ON CONFLICT DO NOTHING
		), deputy AS MATERIALIZED (
			SELECT m.org_id, array_agg(DISTINCT m.person_id) AS people
			FROM portal.profile_fact p
			JOIN ctx.mailboxes() m ON m.org_id = p.org_id AND m.email <> '' AND lower(m.email) = lower(p.details ->> @email)
			WHERE p.land_id = @land AND p.kind = @contact AND p.details ->> @role = @deputy AND EXISTS (SELECT FROM found f WHERE f.days = @to_deputy)
			GROUP BY m.org_id
		)
		SELECT f.days, f.due_on, f.scope, f.org_id AS body_id, b.key AS body_key, b.name AS body_name, coalesce(v.slug, n.slug, '') AS service_slug,
			coalesce(v.name, '') AS service_name, f.key, f.title, f.parties, coalesce(d.people, '{}') AS deputies
		FROM found f
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = f.org_id
		LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = f.service_id
		LEFT JOIN deputy d ON d.org_id = f.org_id
		LEFT JOIN LATERAL (
			SELECT x.slug
			FROM portal.onboarding_basis l
			JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = l.org_id AND o.onboarding_id = l.onboarding_id
			JOIN portal.service x ON x.land_id = @land AND x.service_id = o.service_id
			WHERE l.land_id = @land AND l.org_id = f.org_id AND l.step_id = f.step_id AND l.reason = '' AND NOT portal.rests(o.state, o.held)
			ORDER BY x.slug
			LIMIT 1) n ON f.scope = 'basis'
		ORDER BY f.days, b.key, f.service_id, f.due_on, f.no, f.step_id
		LIMIT @portion`, planned, pgx.StrictNamedArgs{
		"land": tx.Land(), "now": tx.Now, "rows": rows, "portion": portion, "eval": template.PilotEval,
		"late": []template.Phase{template.GoLive, template.Operation}, "to_deputy": toDeputy,
		"contact": profile.Contact, "role": profile.Role, "deputy": profile.Deputy, "email": profile.Email,
	})
	found, err := pgx.CollectRows(list, pgx.RowToStructByName[due])
	if err != nil {
		return nil, fmt.Errorf("find dates to remind of: %w", err)
	}
	return found, nil
}

// planned has Postgres plan the statement for the dates it gets.
const planned = pgx.QueryExecModeCacheDescribe

// forget removes what no reminder of today asks for any more.
func forget(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM portal.reminder WHERE land_id = @land AND due_on < @before`,
		pgx.StrictNamedArgs{"land": tx.Land(), "before": tx.Today().AddDate(0, 0, -2*toLand)})
	if err != nil {
		return fmt.Errorf("forget old reminders: %w", err)
	}
	return nil
}
