package hurdle

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// rank orders the states as an obstacle lives through them.
const rank = `array_position(ARRAY['reported', 'confirmed', 'in_progress', 'resolved', 'accepted', 'rejected'], o.state)`

// sorts are the orders of the list; the request only names a key.
var sorts = map[string]string{
	"":           `r.bodies DESC NULLS LAST, r.oldest`,
	"betroffen":  `r.bodies DESC NULLS LAST, r.oldest`,
	"-betroffen": `r.bodies NULLS FIRST, r.oldest DESC`,
	"alter":      `r.oldest NULLS LAST`,
	"-alter":     `r.oldest DESC NULLS LAST`,
	"art":        `o.dimension, r.bodies DESC NULLS LAST`,
	"-art":       `o.dimension DESC, r.bodies DESC NULLS LAST`,
	"stand":      rank + `, r.bodies DESC NULLS LAST`,
	"-stand":     rank + ` DESC, r.bodies DESC NULLS LAST`,
}

// FirstAsJSON are the eight open obstacles that the Lagebild names: those that wait for somebody else's decision before the
// others, and of each the oldest. Its names are those of the fields of Obstacle; @reach is ReachOf. Whom an obstacle
// affects is counted for those who see all of them.
const FirstAsJSON = `
	SELECT coalesce(json_agg(x.it ORDER BY x.place), '[]')
	FROM (
		SELECT json_build_object('No', o.no, 'Text', o.text, 'Dimension', o.dimension, 'ServiceName', v.name, 'State', o.state, 'ReportedAt', o.reported_at,
				'EscalatedTo', o.escalated_to, 'Decision', o.decision, 'Solution', o.solution, 'Bodies', CASE WHEN @reach = 'L' THEN (
					SELECT count(DISTINCT a.org_id)
					FROM portal.obstacle_affected a
					WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND a.left_at IS NULL) ELSE 0 END) AS it,
			row_number() OVER (ORDER BY o.escalated_to <> '' AND o.decision = '' DESC, o.reported_at, o.no) AS place
		FROM portal.obstacle o
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		WHERE o.land_id = @land AND ` + Visible + ` AND portal.obstacle_open(o)
		ORDER BY place
		LIMIT 8) x`

// aged says for which of Ages an obstacle o with its reach r has stood.
const aged = `width_bucket(greatest(0, @today::date - coalesce(r.oldest, o.reported_at)::date), @ages::int[])`

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Obstacle, int, error) {
	sort, known := sorts[f.Sort]
	if !known {
		sort = sorts[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, count(*) OVER ()::int AS total
		FROM `+obstacles+`
		WHERE o.land_id = @land AND `+Visible+`
			AND (cardinality(@states::text[]) = 0 OR o.state = ANY (@states::text[]) AND o.merged_into IS NULL)
			AND (NOT @escalated OR o.escalated_to <> '' AND o.decision = '')
			AND (@dimension = '' OR o.dimension = @dimension)
			AND (@age = 0 OR `+aged+` = @age)
			AND (@service = '' OR v.slug = @service OR EXISTS (
				SELECT FROM portal.obstacle_affected a
				JOIN portal.service w ON w.land_id = @land AND w.service_id = a.service_id
				WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND w.slug = @service AND (@reach <> 'O' OR a.org_id = @org)))
		ORDER BY `+sort+`, o.no
		LIMIT @limit OFFSET @offset`, reader(tx, pgx.StrictNamedArgs{
		"states": f.states(), "escalated": f.Escalated, "dimension": f.Dimension, "age": f.Age, "ages": Ages, "today": tx.Today(), "service": f.Service,
		"limit": PageSize, "offset": (max(f.Page, 1) - 1) * PageSize,
	}))
	type row struct {
		Obstacle
		Total int
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, 0, fmt.Errorf("list obstacles: %w", err)
	}
	page := make([]Obstacle, len(found))
	total := 0
	for i, r := range found {
		page[i], total = r.Obstacle, r.Total
	}
	return page, total, nil
}

// count returns how many open obstacles of each dimension and age the reader may see, and the services to filter by.
func count(ctx context.Context, tx *postgres.Tx) (map[Dimension]int, []Cluster, []ServiceChoice, error) {
	var open map[Dimension]int
	var clusters []Cluster
	var services []ServiceChoice
	err := tx.QueryRow(ctx, `
		WITH seen AS (
			SELECT o.dimension, portal.obstacle_open(o) AS open, v.slug, v.name, r.bodies, `+aged+` AS age
			FROM portal.obstacle o
			JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
			LEFT JOIN ctx.obstacle_reach() r ON r.obstacle_id = o.obstacle_id
			WHERE o.land_id = @land AND `+Visible+`
		)
		SELECT
			(SELECT coalesce(json_object_agg(d.dimension, d.n), '{}') FROM (SELECT dimension, count(*) AS n FROM seen WHERE open GROUP BY dimension) d),
			(SELECT coalesce(json_agg(json_build_object('dimension', c.dimension, 'age', c.age, 'obstacles', c.n, 'bodies', c.bodies) ORDER BY c.age, c.dimension), '[]')
				FROM (SELECT dimension, age, count(*) AS n, coalesce(max(bodies), 0) AS bodies FROM seen WHERE open GROUP BY dimension, age) c),
			(SELECT coalesce(json_agg(json_build_object('slug', s.slug, 'name', s.name) ORDER BY s.name COLLATE "de-x-icu", s.slug), '[]')
				FROM (SELECT DISTINCT slug, name FROM seen) s)`,
		reader(tx, pgx.StrictNamedArgs{"ages": Ages, "today": tx.Today()})).Scan(&open, &clusters, &services)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("count obstacles: %w", err)
	}
	return open, clusters, services, nil
}

// countAll counts for those who learn no more than that.
func countAll(ctx context.Context, tx *postgres.Tx) (map[Dimension]int, error) {
	var open map[Dimension]int
	err := tx.QueryRow(ctx, `
		SELECT coalesce(json_object_agg(d.dimension, d.n), '{}')
		FROM (SELECT r.dimension, count(*) AS n FROM ctx.obstacle_reach() r WHERE r.open GROUP BY r.dimension) d`).Scan(&open)
	if err != nil {
		return nil, fmt.Errorf("count obstacles: %w", err)
	}
	return open, nil
}
