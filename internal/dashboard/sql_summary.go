package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/decision"
	"rollinportal/internal/history"
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

// summaryPillars sums what is kept of the steps, today and at the end of past.day.
var summaryPillars = `
	SELECT json_agg(json_build_object('no', n.no, 'done', coalesce(p.done, 0), 'active', coalesce(p.active, 0), 'relevant', coalesce(p.relevant, 0),
		'before', CASE WHEN ` + recordedOn(progressSince, "past.day") + ` THEN json_build_object('part', coalesce(b.done, 0), 'whole', coalesce(b.relevant, 0)) END) ORDER BY n.no)
	FROM generate_series(1, 4) AS n (no)
	LEFT JOIN (` + pillarSums("true") + `) p ON p.pillar = n.no
	LEFT JOIN (` + pillarSumsOn("past.day") + `) b ON b.pillar = n.no`

// addPast reads the pillars, and how the Land stood on the day that it is compared with.
func (s *Summary) addPast(ctx context.Context, tx *postgres.Tx) error {
	past, args := history.AskCourse(tx)
	err := tx.QueryRow(ctx, `SELECT (`+summaryPillars+`), past.* FROM (`+history.CourseStatement+`) past`, args).Scan(append([]any{&s.Pillars}, past.Targets()...)...)
	if err != nil {
		return fmt.Errorf("count pillars and the past: %w", err)
	}
	s.Past = past.Course()
	return nil
}
