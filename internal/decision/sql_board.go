package decision

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// readBoard counts in one statement, so that all figures of the page are from one moment. How long cases took is computed from
// decision_course. While an organisation is asked about a case in preparation the time is its, all other time is the
// ministry's: two that are asked at once each count their own.
func readBoard(ctx context.Context, tx *postgres.Tx) (Board, error) {
	rows, _ := tx.Query(ctx, `
		WITH cases AS MATERIALIZED (
			SELECT d.decision_id, d.service_id, s.slug, s.name AS service_name, o.key AS ministry_key, o.name AS ministry_name, d.state, d.outcome,
				d.state_since, d.decided_at, d.valid_until, `+open+` AS open, `+unstarted+` AS unstarted
			FROM portal.decision d
			JOIN portal.service s ON s.land_id = d.land_id AND s.service_id = d.service_id
			JOIN portal.organisation o ON o.land_id = d.land_id AND o.org_id = d.org_id
			WHERE d.land_id = @land AND `+visible+`
		), asked AS MATERIALIZED (
			SELECT n.decision_id, p.key, p.name, n.asked_at, n.until
			FROM ctx.decision_asked() n
			JOIN portal.organisation p ON p.land_id = @land AND p.org_id = n.party_id
		), awaited AS (
			SELECT c.decision_id, n.key, n.name, min(n.asked_at) AS since
			FROM cases c
			JOIN asked n ON n.decision_id = c.decision_id
			WHERE c.state IN ('draft', 'in_review') AND n.until IS NULL
			GROUP BY c.decision_id, n.key, n.name
		), ball AS (
			SELECT decision_id, key, name, since FROM awaited
			UNION ALL
			SELECT c.decision_id, c.ministry_key, c.ministry_name,
				greatest(c.state_since, (SELECT max(n.until) FROM asked n WHERE n.decision_id = c.decision_id))
			FROM cases c
			WHERE c.open AND NOT EXISTS (SELECT FROM awaited n WHERE n.decision_id = c.decision_id)
		), stays AS (
			SELECT h.decision_id, h.state, h.since, lead(h.since) OVER (PARTITION BY h.decision_id ORDER BY h.since, h.seq) AS until
			FROM portal.decision_course h
			WHERE h.land_id = @land
		), past AS MATERIALIZED (
			SELECT c.decision_id, h.state, h.since, h.until
			FROM cases c
			JOIN stays h ON h.decision_id = c.decision_id
			WHERE c.outcome <> '' AND h.state IN ('draft', 'in_review', 'submitted') AND h.until >= h.since
		), prepared AS (
			SELECT decision_id, range_agg(tstzrange(since, until)) AS span FROM past WHERE state <> 'submitted' GROUP BY decision_id
		), others AS (
			SELECT n.decision_id, n.key, n.name, range_agg(tstzrange(n.asked_at, greatest(n.asked_at, n.until))) * p.span AS span
			FROM asked n
			JOIN prepared p ON p.decision_id = n.decision_id
			WHERE n.until IS NOT NULL
			GROUP BY n.decision_id, n.key, n.name, p.span
		), own AS (
			SELECT p.decision_id, range_agg(tstzrange(p.since, p.until)) - coalesce((
				SELECT range_agg(r) FROM others x, unnest(x.span) AS r WHERE x.decision_id = p.decision_id), '{}') AS span
			FROM past p
			GROUP BY p.decision_id
		), days AS (
			SELECT p.decision_id, p.state, '' AS key, '' AS name, sum(extract(epoch FROM p.until - p.since)) / 86400 AS took
			FROM past p
			GROUP BY p.decision_id, p.state
			UNION ALL
			SELECT w.decision_id, '', w.key, w.name, coalesce((SELECT sum(extract(epoch FROM upper(r) - lower(r))) / 86400 FROM unnest(w.span) AS r), 0)
			FROM (SELECT decision_id, key, name, span FROM others
				UNION ALL
				SELECT u.decision_id, '', 'Ressort', u.span FROM own u) w
		)
		SELECT @now::timestamptz AS at,
			(SELECT coalesce(jsonb_agg(x ORDER BY x.ministry_key, x.state), '[]') FROM (
				SELECT c.ministry_key, c.ministry_name, c.state, count(*) AS cases, min(c.state_since) AS oldest,
					percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM @now::timestamptz - c.state_since)) / 86400 AS median
				FROM cases c
				GROUP BY c.ministry_key, c.ministry_name, c.state) x) AS counts,
			(SELECT coalesce(jsonb_agg(x ORDER BY x.cases DESC, x.key), '[]') FROM (
				SELECT b.key, b.name, count(*) AS cases, min(b.since) AS oldest FROM ball b GROUP BY b.key, b.name) x) AS waiting,
			(SELECT coalesce(jsonb_agg(x ORDER BY x.decided_at, x.id), '[]') FROM (
				SELECT c.decision_id AS id, c.service_name, c.slug AS service_slug, c.ministry_key, c.decided_at,
					c.valid_until::timestamp AT TIME ZONE 'UTC' AS valid_until, count(*) OVER () AS total
				FROM cases c
				WHERE c.unstarted
				ORDER BY c.decided_at, c.decision_id
				LIMIT @shown) x) AS unstarted,
			(SELECT coalesce(jsonb_agg(x ORDER BY array_position(ARRAY['draft', 'in_review', 'submitted', ''], x.state), x.key), '[]') FROM (
				SELECT t.state, t.key, t.name, count(*) AS cases, percentile_cont(0.5) WITHIN GROUP (ORDER BY t.took) AS median
				FROM days t
				GROUP BY t.state, t.key, t.name) x) AS times`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "now": tx.Now, "shown": shownUnstarted})
	b, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Board])
	if err != nil {
		return b, fmt.Errorf("count decisions: %w", err)
	}
	return b, nil
}
