package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// loadAll reads every checklist that the reader may see.
func loadAll(ctx context.Context, tx *postgres.Tx) ([]*Checklist, error) {
	lists, err := collect(ctx, tx, workable+`
		ORDER BY o.onboarding_id`, pgx.StrictNamedArgs{"land": tx.Land()})
	if err != nil {
		return nil, fmt.Errorf("read all checklists: %w", err)
	}
	return lists, nil
}

// compareCounters counts for each onboarding what it says of its steps.
func compareCounters(ctx context.Context, tx *postgres.Tx) ([]Difference, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.key AS body, v.slug AS service, 'steps' AS what, o.steps_done || ' of ' || o.steps_relevant AS kept,
			coalesce(n.done, 0) || ' of ' || coalesce(n.relevant, 0) AS counted
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		LEFT JOIN (
			SELECT n.onboarding_id, `+counting+`
			FROM (
				SELECT s.onboarding_id, s.state
				FROM portal.step s
				WHERE s.land_id = @land AND s.scope = 'kommune'
				UNION ALL
				SELECT l.onboarding_id, s.state
				FROM portal.onboarding_basis l
				JOIN portal.step s ON s.land_id = @land AND s.org_id = l.org_id AND s.step_id = l.step_id
				WHERE l.land_id = @land AND l.reason = ''
			) n
			GROUP BY n.onboarding_id
		) n ON n.onboarding_id = o.onboarding_id AND o.state <> 'not_applicable'
		WHERE o.land_id = @land AND (o.steps_done, o.steps_relevant) IS DISTINCT FROM (coalesce(n.done, 0), coalesce(n.relevant, 0))
		ORDER BY body, service, what`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Difference])
	if err != nil {
		return nil, fmt.Errorf("count the steps of onboardings: %w", err)
	}
	return found, nil
}

// compareProgress counts what the summary table says.
func compareProgress(ctx context.Context, tx *postgres.Tx) ([]Difference, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.key AS body, coalesce(v.slug, '') AS service, n.scope || ', pillar ' || n.pillar AS what, n.kept, n.counted
		FROM (
			SELECT coalesce(p.org_id, c.org_id) AS org_id, coalesce(p.service_id, c.service_id) AS service_id,
				coalesce(p.scope, c.scope) AS scope, coalesce(p.pillar, c.pillar) AS pillar,
				coalesce(p.done || '+' || p.active || ' of ' || p.relevant, 'nothing') AS kept,
				coalesce(c.done || '+' || c.active || ' of ' || c.relevant, 'nothing') AS counted
			FROM (
				SELECT org_id, service_id, scope, pillar, done, active, relevant
				FROM portal.progress
				WHERE land_id = @land) p
			FULL JOIN (
				SELECT n.org_id, n.service_id, n.scope, n.pillar, `+counting+`
				FROM (
					SELECT s.org_id, s.service_id, s.scope, t.pillar,
						CASE WHEN o.state = 'not_applicable' THEN o.state ELSE s.state END AS state
					FROM portal.step s
					JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
					LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
					WHERE s.land_id = @land
				) n
				GROUP BY n.org_id, n.service_id, n.scope, n.pillar
			) c ON c.org_id = p.org_id AND coalesce(c.service_id, c.org_id) = coalesce(p.service_id, p.org_id) AND c.scope = p.scope AND c.pillar = p.pillar
		) n
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = n.org_id
		LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = n.service_id
		WHERE n.kept <> n.counted
		ORDER BY body, service, what`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Difference])
	if err != nil {
		return nil, fmt.Errorf("count the summary: %w", err)
	}
	return found, nil
}

// compareResting asks the onboardings which steps nobody has to do now.
func compareResting(ctx context.Context, tx *postgres.Tx) ([]Difference, error) {
	rows, _ := tx.Query(ctx, `
		WITH running AS (
			SELECT o.onboarding_id
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.state <> ALL (@aside) AND NOT o.held
		)
		SELECT b.key AS body, coalesce(v.slug, '') AS service, s.key || ' rests' AS what, s.resting::text AS kept, n.resting::text AS counted
		FROM portal.step s
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = s.org_id
		LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
		CROSS JOIN LATERAL (SELECT CASE s.scope
			WHEN 'land' THEN false
			WHEN 'kommune' THEN s.onboarding_id NOT IN (SELECT running.onboarding_id FROM running)
			ELSE s.step_id NOT IN (
				SELECT l.step_id
				FROM portal.onboarding_basis l
				JOIN running ON running.onboarding_id = l.onboarding_id
				WHERE l.land_id = @land AND l.reason = '') END AS resting) n
		WHERE s.land_id = @land AND s.resting <> n.resting
		ORDER BY body, service, what`, pgx.StrictNamedArgs{"land": tx.Land(), "aside": []State{Paused, Declined, NotCompetent, Decommissioned}})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Difference])
	if err != nil {
		return nil, fmt.Errorf("ask which steps rest: %w", err)
	}
	return found, nil
}
