package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/decision"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// countLines counts onboardings by service and state. It names no body.
func countLines(ctx context.Context, tx *postgres.Tx) ([]Counted, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.slug, v.name, coalesce(d.state, '') AS decision, r.service_id IS NOT NULL AS rolling_in, coalesce(c.state, '') AS state,
			coalesce(c.count, 0)::int AS count
		FROM portal.service v`+latestDecision+`
		LEFT JOIN LATERAL (
			SELECT o.state, count(*) AS count
			FROM (SELECT b.org_id FROM portal.service_body b WHERE b.land_id = @land AND b.service_id = r.service_id) b
			FULL JOIN (SELECT o.org_id, o.state FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = r.service_id) o
				ON o.org_id = b.org_id
			GROUP BY o.state) c ON true
		WHERE v.land_id = @land
		ORDER BY v.name COLLATE "de-x-icu", v.service_id, c.state
		LIMIT 20000`, pgx.StrictNamedArgs{"land": tx.Land()})
	type row struct {
		Slug, Name string
		Decision   decision.State
		RollingIn  bool
		State      onboarding.State
		Count      int
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, fmt.Errorf("count services: %w", err)
	}
	var lines []Counted
	for _, r := range found {
		if len(lines) == 0 || lines[len(lines)-1].Slug != r.Slug {
			lines = append(lines, Counted{Line: Line{Slug: r.Slug, Name: r.Name, Decision: r.Decision, RollingIn: r.RollingIn}, Stages: map[Stage]int{}})
		}
		l := &lines[len(lines)-1]
		if r.State == "" {
			l.Pending += r.Count
		} else {
			l.Stages[StageOf(r.State)] += r.Count
		}
	}
	return lines, nil
}

// countPillars sums what is kept of the steps, without looking at one.
func countPillars(ctx context.Context, tx *postgres.Tx) ([]Pillar, error) {
	rows, _ := tx.Query(ctx, `
		SELECT n.no, coalesce(sum(p.done), 0)::int AS done, coalesce(sum(p.active), 0)::int AS active,
			coalesce(sum(p.relevant), 0)::int AS relevant, 0 AS overdue
		FROM generate_series(1, 4) AS n (no)
		LEFT JOIN portal.progress p ON p.land_id = @land AND p.pillar = n.no
		GROUP BY n.no
		ORDER BY n.no
		LIMIT 4`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Pillar])
	if err != nil {
		return nil, fmt.Errorf("count pillars: %w", err)
	}
	return found, nil
}
