package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// pairs are the cells of the matrix as the database hands them over.
type pairs struct {
	Service   string           `json:"service"`
	Body      string           `json:"body"`
	Competent bool             `json:"competent"`
	State     onboarding.State `json:"state"`
	Blocked   bool             `json:"blocked"`
}

// readPicture reads everything that is counted, in one statement that looks at each unfinished step once.
func readPicture(ctx context.Context, tx *postgres.Tx) (*Picture, error) {
	p := &Picture{}
	var cells []pairs
	err := tx.QueryRow(ctx, moving+`, todo AS MATERIALIZED (
			SELECT s.org_id, s.template_version_id, s.key, s.due_on
			FROM portal.step s
			WHERE s.land_id = @land AND s.state NOT IN ('done', 'not_applicable') AND `+within("s")+` AND `+running+`
		), days AS MATERIALIZED (
			SELECT t.pillar, t.no, t.title, d.due_on, d.count
			FROM (SELECT template_version_id, key, due_on, count(*) AS count FROM todo GROUP BY template_version_id, key, due_on) d
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = d.template_version_id AND t.key = d.key
		), late AS MATERIALIZED (
			SELECT org_id, count(*) AS count FROM todo WHERE due_on < @today GROUP BY org_id
		)
		SELECT (`+pictureBodies+`), (`+pictureLines+`), (`+pictureCells+`), (`+picturePillars+`), (`+openDecisions+`)`,
		args(tx, pgx.StrictNamedArgs{"today": template.Day(tx.Now), "aside": asideStates()})).
		Scan(&p.Bodies, &p.Services, &cells, &p.Pillars, &p.Open)
	if err != nil {
		return nil, fmt.Errorf("read the Lagebild: %w", err)
	}
	p.cells = make(map[place]Cell, len(cells))
	for _, c := range cells {
		p.cells[place{c.Service, c.Body}] = Cell{c.Competent, c.State, c.Blocked}
	}
	return p, nil
}

const pictureBodies = `
	SELECT coalesce(json_agg(json_build_object('key', b.key, 'name', b.name, 'short', b.short, 'city', b.kind = 'independent_city',
		'column', b.tile_column, 'row', b.tile_row, 'overdue', coalesce(late.count, 0))
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", b.org_id), '[]')
	FROM portal.organisation b
	LEFT JOIN late ON late.org_id = b.org_id
	WHERE b.land_id = @land AND ` + existing

// linesWithin limits services v to the reader's circle: a ministry's own, everybody else's all.
const linesWithin = `(@circle <> 'ministry' OR v.ministry_id = @org)`

// latestDecision joins to a service v the case that counts.
const latestDecision = `
	LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
	LEFT JOIN LATERAL (
		SELECT d.state
		FROM portal.decision d
		WHERE d.land_id = @land AND d.service_id = v.service_id AND d.state <> 'withdrawn'
		ORDER BY d.no DESC
		LIMIT 1) d ON true`

const pictureLines = `
	SELECT coalesce(json_agg(json_build_object('slug', v.slug, 'name', v.name, 'decision', coalesce(d.state, ''), 'rolling_in', r.service_id IS NOT NULL)
		ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
	FROM portal.service v` + latestDecision + `
	WHERE v.land_id = @land AND ` + linesWithin

const pictureCells = `
	SELECT coalesce(json_agg(json_build_object('service', v.slug, 'body', b.key, 'competent', c.org_id IS NOT NULL, 'state', coalesce(o.state, ''), 'blocked', k.onboarding_id IS NOT NULL)), '[]')
	FROM portal.rollin r
	JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
	JOIN portal.organisation b ON b.land_id = @land AND b.kind IN ('district', 'independent_city')
	LEFT JOIN portal.service_body c ON c.land_id = @land AND c.service_id = r.service_id AND c.org_id = b.org_id
	LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = r.service_id AND o.org_id = b.org_id
	` + blockedJoin + `
	WHERE r.land_id = @land AND (c.org_id IS NOT NULL OR o.org_id IS NOT NULL) AND ` + linesWithin

// picturePillars sums what is kept of the steps; what is late and what is due next come from the days of those that are
// still to do.
const picturePillars = `
	SELECT json_agg(json_build_object('no', n.no, 'done', p.done, 'active', p.active, 'relevant', p.relevant,
		'overdue', (SELECT coalesce(sum(d.count), 0) FROM days d WHERE d.pillar = n.no AND d.due_on < @today), 'next', (` + nextStep + `)) ORDER BY n.no)
	FROM generate_series(1, 4) AS n (no)
	CROSS JOIN LATERAL (
		SELECT coalesce(sum(p.done), 0)::int AS done, coalesce(sum(p.active), 0)::int AS active, coalesce(sum(p.relevant), 0)::int AS relevant
		FROM portal.progress p
		WHERE p.land_id = @land AND p.pillar = n.no AND ` + progressWithin + `) p`

const nextStep = `
	SELECT json_build_object('title', d.title, 'due_on', d.due_on::timestamp AT TIME ZONE 'UTC', 'count', d.count)
	FROM days d
	WHERE d.pillar = n.no AND d.due_on >= @today
	ORDER BY d.due_on, d.no, d.title
	LIMIT 1`

// progressWithin limits sums p like within limits steps. No single body asks for them.
const progressWithin = `(@circle <> 'ministry' OR p.service_id IN (
	SELECT m.service_id FROM portal.service m WHERE m.land_id = @land AND m.ministry_id = @org))`

const openDecisions = `
	SELECT count(*)::int
	FROM portal.decision d
	JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
	WHERE d.land_id = @land AND d.state IN ('draft', 'in_review', 'submitted') AND (@circle <> 'ministry' OR d.org_id = @org OR v.ministry_id = @org)`
