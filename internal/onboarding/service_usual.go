package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// CountUsualTimes counts how many working days of their own the bodies of a Land needed for each step and how many it lay
// with others besides, and keeps that for their start pages. It runs once a day, because it reads every finished step; a second run finds nothing to change.
func (s *Service) CountUsualTimes(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.ChecklistState, func(tx *postgres.Tx) error {
		if err := tx.TakeTime(ctx, 2*time.Minute); err != nil {
			return err
		}
		changed, err := countUsualTimes(ctx, tx)
		if err == nil && changed == 0 {
			return postgres.ErrRepeated
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "usual_time.count", Kind: "usual_time", Record: tx.Land(), Title: "Übliche Bearbeitungszeiten", Visibility: audit.Org,
		})
	})
}

// countUsualTimes returns how many of the kept times changed. The days of a step begin when the last step before it was
// finished, or the roll-in began; days with others, and with those who check it, count apart. One body or four say nothing usual.
// Each step looks up what it needs: freshly loaded tables have no statistics, and joined sets would be run through each for each.
func countUsualTimes(ctx context.Context, tx *postgres.Tx) (int64, error) {
	var changed int64
	err := tx.QueryRow(ctx, `
		WITH finished AS MATERIALIZED (
			SELECT s.org_id, s.service_id, s.step_id, s.key, s.state_since, s.checked_workdays, t.predecessors, r.started_at
			FROM portal.step s
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
			JOIN portal.rollin r ON r.land_id = @land AND r.service_id = s.service_id
			WHERE s.land_id = @land AND s.scope = 'kommune' AND s.state = 'done'
		), spans AS (
			SELECT f.org_id, f.step_id, f.key, f.state_since, f.checked_workdays, greatest(f.started_at, own.at, land.at)::date AS began
			FROM finished f
			CROSS JOIN LATERAL (
				SELECT max(p.state_since) AS at
				FROM portal.step p
				WHERE p.land_id = @land AND p.org_id = f.org_id AND p.service_id = f.service_id AND p.key = ANY (f.predecessors)
					AND p.state_since <= f.state_since) own
			CROSS JOIN LATERAL (
				SELECT max(p.state_since) AS at
				FROM portal.step p
				WHERE p.land_id = @land AND p.scope = 'land' AND p.service_id = f.service_id AND p.key = ANY (f.predecessors)
					AND p.state_since <= f.state_since) land
		), apart AS (
			SELECT f.org_id, f.key, portal.workdays(f.began, f.state_since::date) AS days, a.days + f.checked_workdays AS away
			FROM spans f
			CROSS JOIN LATERAL (
				SELECT coalesce(sum(portal.workdays(greatest(w.since, f.began), least(w.ended_at, f.state_since)::date)), 0)::int AS days
				FROM portal.waiting w
				WHERE w.land_id = @land AND w.org_id = f.org_id AND w.step_id = f.step_id) a
		), counted AS (
			SELECT f.key, (percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(0, f.days - f.away)))::int AS days,
				(percentile_disc(0.5) WITHIN GROUP (ORDER BY f.away))::int AS away_days
			FROM apart f
			GROUP BY f.key
			HAVING count(DISTINCT f.org_id) >= 5
		), gone AS (
			DELETE FROM portal.usual_time u
			WHERE u.land_id = @land AND NOT EXISTS (SELECT FROM counted c WHERE c.key = u.key)
			RETURNING u.key
		), kept AS (
			INSERT INTO portal.usual_time AS u (land_id, org_id, key, days, away_days)
			SELECT @land, @org, c.key, c.days, c.away_days
			FROM counted c
			ON CONFLICT (land_id, key) DO UPDATE SET days = excluded.days, away_days = excluded.away_days, org_id = excluded.org_id
			WHERE (u.days, u.away_days) <> (excluded.days, excluded.away_days)
			RETURNING u.key
		)
		SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()}).Scan(&changed)
	if err != nil {
		return 0, fmt.Errorf("count usual times: %w", err)
	}
	return changed, nil
}
