package onboarding

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// asked are the checklists, and the steps in them, that an act on many steps asks for.
const asked = `unnest(@bodies::text[], @services::text[], @keys::text[]) AS asked (body, service, key)`

func askedFor(tx *postgres.Tx, steps []Address) pgx.StrictNamedArgs {
	bodies, services, keys := make([]string, len(steps)), make([]string, len(steps)), make([]string, len(steps))
	for i, a := range steps {
		bodies[i], services[i], keys[i] = a.Body, a.Service, a.Key
	}
	return pgx.StrictNamedArgs{"land": tx.Land(), "bodies": bodies, "services": services, "keys": keys}
}

// lockMany holds what lock holds, for many steps, in the same order.
func lockMany(ctx context.Context, tx *postgres.Tx, steps []Address) error {
	_, err := tx.Exec(ctx, `
		SELECT o.onboarding_id
		FROM portal.onboarding o
		WHERE o.land_id = @land AND EXISTS (
			SELECT FROM `+asked+`
			JOIN portal.organisation b ON b.land_id = @land AND b.key = asked.body
			JOIN portal.service v ON v.land_id = @land AND v.slug = asked.service
			WHERE b.org_id = o.org_id AND (v.service_id = o.service_id
				OR EXISTS (SELECT FROM portal.step s
					WHERE s.land_id = @land AND s.org_id = o.org_id AND s.service_id IS NULL AND s.key = asked.key)))
		ORDER BY o.onboarding_id
		FOR NO KEY UPDATE OF o`, askedFor(tx, steps))
	if err != nil {
		return fmt.Errorf("lock %d steps: %w", len(steps), err)
	}
	return nil
}

// loadMany reads the checklists that many steps stand in, kreisfreie Städte first as the matrix shows them. Those that do not exist for the reader are missing.
func loadMany(ctx context.Context, tx *postgres.Tx, steps []Address) (map[place]*Checklist, error) {
	args := askedFor(tx, steps)
	delete(args, "keys")
	lists, err := collect(ctx, tx, workable+` AND (b.key, v.slug) IN (SELECT body, service FROM unnest(@bodies::text[], @services::text[]) AS asked (body, service))
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", v.name COLLATE "de-x-icu", o.onboarding_id
		LIMIT 2000`, args)
	if err != nil {
		return nil, fmt.Errorf("read the checklists of %d steps: %w", len(steps), err)
	}
	found := make(map[place]*Checklist, len(lists))
	for i, c := range lists {
		c.rank = i
		found[place{c.BodyKey, c.ServiceSlug}] = c
	}
	return found, nil
}

// loadService reads every checklist of a service, kreisfreie Städte first.
func loadService(ctx context.Context, tx *postgres.Tx, slug string) ([]*Checklist, error) {
	lists, err := collect(ctx, tx, workable+` AND v.slug = @slug
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", o.onboarding_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug})
	if err != nil {
		return nil, fmt.Errorf("read the checklists of %s: %w", slug, err)
	}
	return lists, nil
}

// givenStep and givenWay are what saveMany writes, as JSON.
type (
	givenStep struct {
		Org, Step             uuid.UUID
		Service               *uuid.UUID // nil for a basis step
		Scope                 template.Scope
		State                 StepState
		Reason, Evidence, URL string
		Since                 time.Time
		Submitted             *uuid.UUID
		Until                 *time.Time // as ValidUntil
		Waiting               *uuid.UUID // the period that ends, or begins again
	}
	givenWay struct {
		Org, ID   uuid.UUID
		State     State
		Since     time.Time
		Committed *time.Time
	}
)

func givenOf(changed []Outcome, reopened map[uuid.UUID]uuid.UUID) (steps []givenStep, ways []givenWay) {
	seen := map[uuid.UUID]bool{}
	for _, o := range changed {
		s := givenStep{
			Org: o.list.BodyID, Step: o.After.ID, Scope: o.After.Scope, State: o.After.State, Reason: o.After.Reason,
			Evidence: o.After.Given, URL: o.After.GivenURL, Since: o.After.StateSince, Submitted: o.After.SubmittedBy, Until: o.After.ValidUntil,
		}
		if s.Scope != template.Basis {
			s.Service = &o.list.ServiceID
		}
		if id, known := reopened[s.Step]; known {
			s.Waiting = &id
		} else {
			s.Waiting = o.ends()
		}
		steps = append(steps, s)
		if c := o.list; !seen[c.ID] {
			seen[c.ID] = true
			ways = append(ways, givenWay{c.BodyID, c.ID, c.State, c.Since, c.CommittedAt})
		}
	}
	return steps, ways
}

// ends returns the period that ends with the change, or nil.
func (o Outcome) ends() *uuid.UUID {
	if with := o.Before.With(); with != nil && o.After.State != o.Before.State {
		return &with.ID
	}
	return nil
}

// saveMany writes what changed of many steps and their onboardings, and recounts every figure that this alters, as save
// does for one. It is one statement for any number of steps: what is given stands in for the rows that it replaces. The
// periods of reopened (by step) go on as if they had not ended.
func saveMany(ctx context.Context, tx *postgres.Tx, changed []Outcome, reopened map[uuid.UUID]uuid.UUID) error {
	steps, ways := givenOf(changed, reopened)
	stepRows, err := json.Marshal(steps)
	if err != nil {
		return fmt.Errorf("encode %d steps: %w", len(steps), err)
	}
	wayRows, err := json.Marshal(ways)
	if err != nil {
		return fmt.Errorf("encode %d onboardings: %w", len(ways), err)
	}
	_, err = tx.Exec(ctx, `
		WITH given AS MATERIALIZED (
			SELECT g."Org" AS org, g."Step" AS step, g."Service" AS service, g."Scope" AS scope, g."State" AS state, g."Reason" AS reason, g."Evidence" AS evidence,
				g."URL" AS url, g."Since" AS since, g."Submitted" AS submitted, g."Until" AS until, g."Waiting" AS waiting
			FROM jsonb_to_recordset(@steps) AS g ("Org" uuid, "Step" uuid, "Service" uuid, "Scope" text, "State" text, "Reason" text, "Evidence" text,
				"URL" text, "Since" timestamptz, "Submitted" uuid, "Until" date, "Waiting" uuid)
		), ways AS MATERIALIZED (
			SELECT w."Org" AS org, w."ID" AS id, w."State" AS state, w."Since" AS since, w."Committed" AS committed
			FROM jsonb_to_recordset(@ways) AS w ("Org" uuid, "ID" uuid, "State" text, "Since" timestamptz, "Committed" timestamptz)
		), changed AS (
			UPDATE portal.step s SET state = g.state, reason = g.reason, evidence = g.evidence, evidence_url = g.url, state_since = g.since,
				submitted_by = g.submitted, valid_until = g.until, changed_by = @who, version = s.version + 1
			FROM given g
			WHERE s.land_id = @land AND s.org_id = g.org AND s.step_id = g.step
		), passed AS (
			UPDATE portal.waiting w SET ended_at = CASE WHEN @reopening THEN NULL ELSE @now::timestamptz END,
				ended_by = CASE WHEN @reopening THEN NULL ELSE @who::uuid END
			FROM given g
			WHERE w.land_id = @land AND w.org_id = g.org AND w.waiting_id = g.waiting
		), touched AS (
			SELECT o.org_id, o.onboarding_id, coalesce(w.state, o.state) AS state
			FROM portal.onboarding o
			LEFT JOIN ways w ON w.org = o.org_id AND w.id = o.onboarding_id
			WHERE o.land_id = @land AND o.org_id IN (SELECT g.org FROM given g) AND (w.id IS NOT NULL OR EXISTS (
				SELECT FROM portal.onboarding_basis l
				JOIN given g ON g.step = l.step_id
				WHERE l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id))
		), counted AS (
			SELECT n.org_id, n.onboarding_id, `+counting+`
			FROM (
				SELECT t.org_id, t.onboarding_id, CASE WHEN t.state = 'not_applicable' THEN t.state ELSE coalesce(g.state, s.state) END AS state
				FROM touched t
				JOIN portal.step s ON s.land_id = @land AND s.org_id = t.org_id AND s.onboarding_id = t.onboarding_id
				LEFT JOIN given g ON g.step = s.step_id
				UNION ALL
				SELECT t.org_id, t.onboarding_id, CASE WHEN t.state = 'not_applicable' THEN t.state ELSE coalesce(g.state, s.state) END
				FROM touched t
				JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = t.org_id AND l.onboarding_id = t.onboarding_id AND l.reason = ''
				JOIN portal.step s ON s.land_id = @land AND s.org_id = t.org_id AND s.step_id = l.step_id
				LEFT JOIN given g ON g.step = s.step_id
			) n
			GROUP BY n.org_id, n.onboarding_id
		), moved AS (
			UPDATE portal.onboarding o SET steps_relevant = n.relevant, steps_done = n.done, state = coalesce(w.state, o.state),
				state_since = coalesce(w.since, o.state_since), committed_at = CASE WHEN w.id IS NULL THEN o.committed_at ELSE w.committed END
			FROM counted n
			LEFT JOIN ways w ON w.org = n.org_id AND w.id = n.onboarding_id
			WHERE o.land_id = @land AND o.org_id = n.org_id AND o.onboarding_id = n.onboarding_id
		)
		INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
		SELECT @land, n.org, n.service, n.pillar, n.scope, `+counting+`
		FROM (
			SELECT f.org, f.service, f.scope, p.pillar, coalesce(g.state, s.state) AS state
			FROM (SELECT DISTINCT org, service, scope FROM given) f
			JOIN portal.step s ON s.land_id = @land AND s.org_id = f.org AND (s.service_id = f.service OR s.service_id IS NULL AND f.service IS NULL)
			JOIN portal.template_step p ON p.land_id = @land AND p.template_version_id = s.template_version_id AND p.key = s.key
			LEFT JOIN given g ON g.step = s.step_id
		) n
		GROUP BY n.org, n.service, n.scope, n.pillar
		ON CONFLICT (land_id, org_id, service_id, pillar, scope) DO UPDATE SET
			relevant = excluded.relevant, done = excluded.done, active = excluded.active`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "who": tx.Who.Person, "now": tx.Now, "steps": stepRows, "ways": wayRows, "reopening": reopened != nil,
		})
	if err != nil {
		return fmt.Errorf("save %d steps: %w", len(steps), err)
	}
	return nil
}

// Everywhere is the steps of a service's checklists, counted over the bodies.
type Everywhere struct {
	ServiceSlug, ServiceName string
	Steps                    []StepCount // by number, those that apply to somebody
	Fresh                    []Batch     // what the reader did to many steps and can still undo, the newest first; without its steps
}

// StepCount is a step with how many bodies stand where with it. Where it does not apply it does not count.
type StepCount struct {
	Key, Title           string
	No                   int
	Scope                template.Scope
	Phase                template.Phase
	Responsible          template.Responsible
	Bodies, Done, Active int
}

// countSteps counts the steps of a service over the bodies that row security shows to the reader.
func countSteps(ctx context.Context, tx *postgres.Tx, slug string) (Everywhere, error) {
	rows, _ := tx.Query(ctx, `
		SELECT max(v.slug) AS service_slug, max(v.name) AS service_name, t.key, max(t.title) AS title, max(t.no) AS no, max(t.scope) AS scope,
			max(t.phase) AS phase, max(t.responsible) AS responsible, count(*) FILTER (WHERE s.state <> 'not_applicable')::int AS bodies,
			count(*) FILTER (WHERE s.state = 'done')::int AS done, count(*) FILTER (WHERE s.state IN ('in_progress', 'submitted', 'returned'))::int AS active
		FROM portal.service v
		JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = v.service_id AND o.state <> 'not_applicable'
		CROSS JOIN LATERAL (
			SELECT s.key, s.template_version_id, s.state
			FROM portal.step s
			WHERE s.land_id = @land AND s.org_id = o.org_id AND s.onboarding_id = o.onboarding_id
			UNION ALL
			SELECT s.key, s.template_version_id, s.state
			FROM portal.onboarding_basis l
			JOIN portal.step s ON s.land_id = @land AND s.org_id = l.org_id AND s.step_id = l.step_id
			WHERE l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id AND l.reason = ''
		) s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE v.land_id = @land AND v.slug = @slug AND t.key <> @live AND (@all OR t.responsible = @own)
		GROUP BY t.key
		ORDER BY no, t.key
		LIMIT 500`, pgx.StrictNamedArgs{
		"land": tx.Land(), "slug": slug, "live": template.Live, "all": tx.Reach == access.WholeLand, "own": template.ByProvider,
	})
	type counted struct {
		ServiceSlug, ServiceName string
		StepCount
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[counted])
	if err != nil {
		return Everywhere{}, fmt.Errorf("count the steps of %s: %w", slug, err)
	}
	if len(found) == 0 {
		return Everywhere{}, fault.Missing()
	}
	all := Everywhere{ServiceSlug: found[0].ServiceSlug, ServiceName: found[0].ServiceName}
	for _, c := range found {
		if c.Bodies > 0 {
			all.Steps = append(all.Steps, c.StepCount)
		}
	}
	return all, nil
}
