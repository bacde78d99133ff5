package history

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// Obstacle is a Hürde that was reported between the two days.
type Obstacle struct {
	No          int
	Text        string
	ServiceName string
	Dimension   string
	ReportedAt  time.Time
	AgendaOn    *time.Time // when a committee speaks about it
	Bodies      int        // that the reader knows to be affected by the Stichtag
}

// listObstacles returns what was reported after the earlier day and up to the Stichtag. A report is a fact: it stays,
// whatever became of the obstacle. A committee reads those on its agenda.
func listObstacles(ctx context.Context, tx *postgres.Tx, r *Report) ([]Obstacle, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.no, o.text, v.name AS service_name, o.dimension, o.reported_at, o.agenda_on, a.bodies
		FROM portal.obstacle o
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		CROSS JOIN LATERAL (
			SELECT count(DISTINCT a.org_id)::int AS bodies, coalesce(bool_or(a.org_id = @org), false) AS own
			FROM portal.obstacle_affected a
			WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND (a.since AT TIME ZONE 'Europe/Berlin')::date <= @day) a
		WHERE o.land_id = @land AND (o.reported_at AT TIME ZONE 'Europe/Berlin')::date > @since AND (o.reported_at AT TIME ZONE 'Europe/Berlin')::date <= @day
			AND (@reach = 'L' OR @reach = 'G' AND o.escalated_org = @org OR @reach = 'Z' AND a.bodies > 0 OR @reach = 'O' AND a.own)
		ORDER BY o.no
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "day": r.Day, "since": r.Since})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Obstacle])
	if err != nil {
		return nil, fmt.Errorf("list new obstacles: %w", err)
	}
	return found, nil
}
