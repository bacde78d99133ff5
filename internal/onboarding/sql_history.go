package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// compareHistory asks whether the history ends where the onboardings stand, and whether a date moved without a cause.
func compareHistory(ctx context.Context, tx *postgres.Tx) ([]Difference, error) {
	rows, _ := tx.Query(ctx, `
		WITH blocked AS MATERIALIZED (
			SELECT k.onboarding_id FROM portal.blocked_onboarding k WHERE k.land_id = @land
		)
		SELECT b.key AS body, v.slug AS service, n.what, n.kept, n.counted
		FROM (
			SELECT o.org_id, o.service_id, 'history' AS what, coalesce(concat_ws(' ', h.state, h.held, h.target_on, h.live_on), 'nothing') AS kept,
				concat_ws(' ', o.state, o.held, o.target_on, o.live_on) AS counted
			FROM portal.onboarding o
			LEFT JOIN LATERAL (
				SELECT h.state, h.held, h.target_on, h.live_on
				FROM portal.onboarding_history h
				WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
				ORDER BY h.seq DESC
				LIMIT 1) h ON true
			WHERE o.land_id = @land
			UNION ALL
			SELECT o.org_id, o.service_id, 'beginning', concat_ws(' ', o.begun_on, o.first_target_on), concat_ws(' ', h.known_on, h.target_on)
			FROM portal.onboarding o
			JOIN LATERAL (
				SELECT h.known_on, h.target_on
				FROM portal.onboarding_history h
				WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
				ORDER BY h.seq
				LIMIT 1) h ON true
			WHERE o.land_id = @land
			UNION ALL
			SELECT m.org_id, m.service_id, 'cause of the date since ' || m.known_on, 'none', 'one'
			FROM (
				SELECT h.org_id, h.service_id, h.known_on, h.target_cause, h.target_on,
					lag(h.target_on) OVER (PARTITION BY h.onboarding_id ORDER BY h.seq) AS before
				FROM portal.onboarding_history h
				WHERE h.land_id = @land) m
			WHERE m.before <> m.target_on AND m.target_cause = ''
			UNION ALL
			SELECT o.org_id, o.service_id, 'blocked', coalesce(h.blocked, false)::text, (o.onboarding_id IN (SELECT k.onboarding_id FROM blocked k))::text
			FROM portal.onboarding o
			LEFT JOIN LATERAL (
				SELECT h.blocked
				FROM portal.blocked_history h
				WHERE h.land_id = @land AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
				ORDER BY h.seq DESC
				LIMIT 1) h ON true
			WHERE o.land_id = @land
			UNION ALL
			SELECT o.org_id, o.service_id, 'obstacle ' || o.no, coalesce(h.open, false)::text, portal.obstacle_open(o)::text
			FROM portal.obstacle o
			LEFT JOIN LATERAL (
				SELECT h.open
				FROM portal.obstacle_history h
				WHERE h.land_id = @land AND h.obstacle_id = o.obstacle_id
				ORDER BY h.seq DESC
				LIMIT 1) h ON true
			WHERE o.land_id = @land
			UNION ALL
			SELECT h.org_id, coalesce(h.service_id, x.service_id), 'late until ' || h.until_on, 'again', 'once'
			FROM portal.late_history h
			JOIN portal.step s ON s.land_id = @land AND s.org_id = h.org_id AND s.step_id = h.step_id
			LEFT JOIN LATERAL (SELECT r.service_id FROM portal.rollin r WHERE r.land_id = @land ORDER BY r.service_id LIMIT 1) x ON true
			WHERE h.land_id = @land AND (s.to_do_on < h.until_on OR EXISTS (
				SELECT FROM portal.late_history n
				WHERE n.land_id = @land AND n.org_id = h.org_id AND n.step_id = h.step_id AND n.seq > h.seq AND n.from_on < h.until_on))
			UNION ALL
			SELECT h.org_id, coalesce(h.service_id, x.service_id), h.scope || ', pillar ' || h.pillar || ' as of ' || h.from_on, 'until ' || h.until_on, 'until ' || coalesce(h.next, p.counted_on)
			FROM (
				SELECT h.org_id, h.service_id, h.scope, h.pillar, h.from_on, h.until_on,
					lead(h.from_on) OVER (PARTITION BY h.org_id, h.service_id, h.scope, h.pillar ORDER BY h.seq) AS next
				FROM portal.progress_history h
				WHERE h.land_id = @land) h
			JOIN portal.progress p ON p.land_id = @land AND p.org_id = h.org_id AND p.service_id IS NOT DISTINCT FROM h.service_id AND p.scope = h.scope AND p.pillar = h.pillar
			LEFT JOIN LATERAL (SELECT r.service_id FROM portal.rollin r WHERE r.land_id = @land ORDER BY r.service_id LIMIT 1) x ON true
		) n
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = n.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = n.service_id
		WHERE n.kept <> n.counted
		ORDER BY body, service, what`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Difference])
	if err != nil {
		return nil, fmt.Errorf("compare the history: %w", err)
	}
	return found, nil
}
