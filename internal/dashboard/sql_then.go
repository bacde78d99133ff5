package dashboard

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/postgres"
)

// lateOn finds the steps that were late at the end of a day: those that still are and have been since, and those of which it
// was written down when it ended (migration 114).
func lateOn(day string) string {
	return `
		SELECT s.step_id, s.org_id, s.service_id, s.due_on
		FROM portal.step s
		WHERE s.land_id = @land AND ` + within("s") + ` AND ` + toDo + ` AND s.due_on < ` + day + ` AND (s.to_do_on IS NULL OR s.to_do_on <= ` + day + `)
		UNION ALL
		SELECT h.step_id, h.org_id, h.service_id, h.due_on
		FROM portal.late_history h
		WHERE h.land_id = @land AND ` + within("h") + ` AND h.until_on > ` + day + ` AND h.from_on <= ` + day
}

// punctualOn finds the bodies of that day without a late step.
func punctualOn(day string) string {
	return `
		SELECT b.org_id
		FROM portal.organisation b
		WHERE b.land_id = @land AND ` + existingOn(day) + ` AND ` + bodiesWithin + ` AND b.org_id NOT IN (SELECT l.org_id FROM (` + lateOn(day) + `) l)`
}

// blockedOn finds the onboardings of which the last that was written down by that day is that they are blocked.
func blockedOn(day string) string {
	return `
		SELECT k.onboarding_id, k.org_id, k.service_id
		FROM (
			SELECT DISTINCT ON (h.onboarding_id) h.onboarding_id, h.org_id, h.service_id, h.blocked
			FROM portal.blocked_history h
			WHERE h.land_id = @land AND ` + within("h") + ` AND h.known_on <= ` + day + `
			ORDER BY h.onboarding_id, h.seq DESC) k
		WHERE k.blocked`
}

// undecidedOn finds the cases that were asked for by that day and not decided yet. A decided case never changes.
func undecidedOn(day string) string {
	return `
		SELECT d.decision_id, d.service_id, d.due_on
		FROM portal.decision d
		JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
		WHERE d.land_id = @land AND ` + casesWithin + ` AND ` + decision.OpenOn(day)
}

// hinderingOn finds the obstacles of which the last that was written down by that day is that they are open.
func hinderingOn(day string) string {
	return `
		SELECT o.obstacle_id, o.no, o.text, o.service_id, o.reported_at
		FROM (
			SELECT DISTINCT ON (h.obstacle_id) h.obstacle_id, h.open
			FROM portal.obstacle_history h
			WHERE h.land_id = @land AND h.known_on <= ` + day + `
			ORDER BY h.obstacle_id, h.seq DESC) k
		JOIN portal.obstacle o ON o.land_id = @land AND o.obstacle_id = k.obstacle_id
		WHERE k.open AND ` + hurdle.VisibleOn(day)
}

// pillarSumsOn sums what was kept of the steps at the end of a day: what has not changed since, and what was written down
// when it did.
func pillarSumsOn(day string) string {
	return `
		SELECT k.pillar, sum(k.done)::int AS done, sum(k.relevant)::int AS relevant
		FROM (
			SELECT p.pillar, p.done, p.relevant
			FROM portal.progress p
			WHERE p.land_id = @land AND p.counted_on <= ` + day + `
			UNION ALL
			SELECT h.pillar, h.done, h.relevant
			FROM portal.progress_history h
			WHERE h.land_id = @land AND h.until_on > ` + day + ` AND h.from_on <= ` + day + `) k
		GROUP BY k.pillar`
}

// recordedOn says whether a day was written down by then: what was late or blocked since figures_since, which obstacles
// were open since obstacles_since, how far the steps were since progress_since.
func recordedOn(since, day string) string {
	return `(SELECT coalesce(l.` + since + ` <= ` + day + `, true) FROM portal.land l WHERE l.land_id = @land)`
}

const (
	figuresSince   = "figures_since"
	obstaclesSince = "obstacles_since"
	progressSince  = "progress_since"
)

// thenCounted counts what was at the end of a day.
func thenCounted(day string) string {
	return `
	SELECT json_build_object('late', CASE WHEN r.recorded THEN (SELECT count(*) FROM (` + lateOn(day) + `) n) END,
		'punctual', CASE WHEN r.recorded THEN (SELECT count(*) FROM (` + punctualOn(day) + `) n) END,
		'blocked', CASE WHEN r.recorded THEN (SELECT count(*) FROM (` + blockedOn(day) + `) n) END,
		'decisions', (SELECT count(*) FROM (` + undecidedOn(day) + `) n), 'conditions', (SELECT count(*) ` + condition.UnfinishedOn(day) + `),
		'obstacles', CASE WHEN r.hindering THEN (SELECT count(*) FROM (` + hinderingOn(day) + `) n) END)
	FROM (SELECT ` + recordedOn(figuresSince, day) + ` AS recorded, ` + recordedOn(obstaclesSince, day) + ` AS hindering) r`
}

// thenLists say what the figures of a day counted, each with its records and their order.
var thenLists = map[string]string{
	OverdueTasks.Key: `
		SELECT t.title, n.org_id, n.service_id, n.due_on, n.due_on AS first, t.no, n.step_id AS id
		FROM (` + lateOn("@day") + `) n
		JOIN portal.step s ON s.land_id = @land AND s.org_id = n.org_id AND s.step_id = n.step_id
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key`,
	PunctualBodies.Key:     `SELECT '' AS title, n.org_id, NULL::uuid AS service_id, NULL::date AS due_on, NULL::date AS first, 0 AS no, n.org_id AS id FROM (` + punctualOn("@day") + `) n`,
	BlockedOnboardings.Key: `SELECT '' AS title, n.org_id, n.service_id, NULL::date AS due_on, NULL::date AS first, 0 AS no, n.onboarding_id AS id FROM (` + blockedOn("@day") + `) n`,
	OpenDecisions.Key:      `SELECT '' AS title, NULL::uuid AS org_id, n.service_id, n.due_on, n.due_on AS first, 0 AS no, n.decision_id AS id FROM (` + undecidedOn("@day") + `) n`,
	OpenConditions.Key:     `SELECT c.text AS title, k.owner_id AS org_id, k.service_id, c.due_on, c.due_on AS first, k.no, k.condition_id AS id ` + condition.UnfinishedOn("@day"),
	OpenObstacles.Key:      `SELECT n.text AS title, NULL::uuid AS org_id, n.service_id, NULL::date AS due_on, n.reported_at::date AS first, n.no, n.obstacle_id AS id FROM (` + hinderingOn("@day") + `) n`,
}

// written are the figures that somebody has to have written down, each with the column that says since when; the others
// follow from what never changes.
var written = map[string]string{OverdueTasks.Key: figuresSince, PunctualBodies.Key: figuresSince, BlockedOnboardings.Key: figuresSince, OpenObstacles.Key: obstaclesSince}

// recorded reports whether a day was written down; what needs no writing always was.
func recorded(ctx context.Context, tx *postgres.Tx, since string, day time.Time) (known bool, err error) {
	if since == "" {
		return true, nil
	}
	err = tx.QueryRow(ctx, `SELECT `+recordedOn(since, "@day"), pgx.StrictNamedArgs{"land": tx.Land(), "day": day}).Scan(&known)
	return known, err
}

func listOn(ctx context.Context, tx *postgres.Tx, key string, day time.Time) (found []Entry, known bool, err error) {
	entries, some := thenLists[key]
	if !some {
		return nil, false, fault.Missing()
	}
	if known, err = recorded(ctx, tx, written[key], day); err != nil || !known {
		return nil, known, err
	}
	asked := pgx.StrictNamedArgs{"land": tx.Land(), "day": day, "limit": mostEntries, "numbered": key == OpenObstacles.Key}
	switch key {
	case OpenConditions.Key: // row security alone says who reads Auflagen
	case OpenObstacles.Key:
		asked["org"], asked["reach"] = tx.Org(), hurdle.ReachOf(tx.Who)
	default:
		asked = args(tx, asked)
	}
	rows, _ := tx.Query(ctx, `
		SELECT CASE WHEN @numbered THEN n.no ELSE 0 END AS no, n.title, coalesce(b.key, '') AS body_key, coalesce(b.name, '') AS body_name, coalesce(w.slug, '') AS service_slug,
			coalesce(w.name, '') AS service_name, n.due_on, count(*) OVER ()::int AS total
		FROM (`+entries+`) n
		LEFT JOIN portal.organisation b ON b.land_id = @land AND b.org_id = n.org_id
		LEFT JOIN portal.service w ON w.land_id = @land AND w.service_id = n.service_id
		ORDER BY n.first NULLS LAST, n.no, b.name COLLATE "de-x-icu", w.name COLLATE "de-x-icu", n.id
		LIMIT @limit`, asked)
	found, err = pgx.CollectRows(rows, pgx.RowToStructByName[Entry])
	if err != nil {
		return nil, known, fmt.Errorf("list what %s counted: %w", key, err)
	}
	return found, known, nil
}
