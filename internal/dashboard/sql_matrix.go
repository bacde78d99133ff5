package dashboard

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/savedview"
)

// readMatrix reads a window in one statement. Of services and bodies it looks at all that the filter finds, because it
// says how many there are; of onboardings it reads those of the window.
func readMatrix(ctx context.Context, tx *postgres.Tx, f MatrixFilter) (*Matrix, error) {
	m := &Matrix{}
	var found cells
	var rows, columns []int
	var since, confirmed []*time.Time
	services, bodies := f.windows()
	row, column := offset(f.Rows, services), offset(f.Columns, bodies)
	var batch *batchRow
	err := tx.QueryRow(ctx, matrixStatement, args(tx, pgx.StrictNamedArgs{
		"today": tx.Today(), "aside": asideStates(), "known_from": knownFrom(tx), "topic": f.Topic, "service": f.Service, "kind": f.Kind,
		"staged": fixed(f.Stage != ""), "states": f.states(), "row": row, "rows": services, "column": column, "columns": bodies,
		"only": append([]string{}, f.Bodies...), "lines": f.Lines, "across": f.Across, "batch": f.Batch, "who": tx.Who.Person,
	})).Scan(append(found.targets(), &rows, &columns, &since, &confirmed,
		&m.Services, &m.AllServices, &m.Bodies, &m.AllBodies, &m.Topics, &m.Choices, &m.AllColumns, &m.Views, &batch)...)
	if err != nil {
		return nil, fmt.Errorf("read the matrix: %w", err)
	}
	m.rows = make([][]MatrixCell, len(m.Services))
	for i := range m.rows {
		m.rows[i] = make([]MatrixCell, len(m.Bodies))
	}
	for n, c := range found.all() {
		cell := MatrixCell{Cell: c, ConfirmedAt: confirmed[n], Changed: found.is(n, changed)}
		if since[n] != nil {
			cell.Since = *since[n]
		}
		m.rows[rows[n]-row-1][columns[n]-column-1] = cell
	}
	if batch != nil {
		m.Batch = &MatrixBatch{onboarding.Batch{No: batch.No, MadeBy: batch.MadeBy, MadeAt: batch.MadeAt, UndoneAt: batch.UndoneAt}, batch.Count}
	}
	return m, nil
}

// batchRow is a batch as the statement of the matrix gathers it.
type batchRow struct {
	No       int        `json:"no"`
	MadeBy   uuid.UUID  `json:"made_by"`
	MadeAt   time.Time  `json:"made_at"`
	UndoneAt *time.Time `json:"undone_at"`
	Count    int        `json:"count"`
}

var matrixStatement = `
	WITH changed AS MATERIALIZED (
		SELECT a.no, a.made_by, a.made_at, a.undone_at, k.onboarding_id
		FROM portal.batch a
		JOIN portal.batch_step k ON k.land_id = @land AND k.batch_id = a.batch_id AND k.undone_at IS NULL
		WHERE a.land_id = @land AND a.org_id = @org AND a.no = @batch
	), shown AS MATERIALIZED (
		SELECT v.service_id, v.slug, v.name, v.topic_field
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		WHERE r.land_id = @land AND ` + linesWithin + ` AND (@circle IN ('land', 'ministry') OR EXISTS (
			SELECT FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = r.service_id AND ` + within("o") + `))
	), services AS MATERIALIZED (
		SELECT v.service_id, v.slug, v.name, v.topic_field, count(*) OVER () AS total,
			row_number() OVER (ORDER BY CASE WHEN @lines = '' THEN v.topic_field END COLLATE "de-x-icu", v.name COLLATE "de-x-icu", v.service_id)::int AS place
		FROM shown v
		WHERE (@topic = '' OR v.topic_field = @topic) AND (@service = '' OR v.slug = @service) AND (NOT @staged OR EXISTS (
			SELECT FROM portal.onboarding o
			WHERE o.land_id = @land AND o.service_id = v.service_id AND (o.state = ANY (@states) OR o.onboarding_id IN (SELECT c.onboarding_id FROM changed c)) AND ` + within("o") + `))
	), reach AS MATERIALIZED (
		SELECT b.org_id, b.key, b.name, b.short, b.kind
		FROM portal.organisation b
		WHERE b.land_id = @land AND ` + existing + ` AND ` + bodiesWithin + `
	), bodies AS MATERIALIZED (
		SELECT b.org_id, b.key, b.name, b.short, b.kind, coalesce(w.name, '') AS wave, count(*) OVER () AS total,
			row_number() OVER (ORDER BY w.no, CASE WHEN @across = '' THEN b.kind END DESC, b.name COLLATE "de-x-icu", b.org_id)::int AS place
		FROM reach b
		LEFT JOIN (
			SELECT o.org_id, q.no, q.name
			FROM services
			JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = services.service_id
			JOIN portal.wave q ON q.land_id = @land AND q.service_id = o.service_id AND q.no = o.wave_no
			WHERE @across = 'wave' AND @service <> '') w ON w.org_id = b.org_id
		WHERE (@kind = '' OR b.kind = @kind) AND (cardinality(@only::text[]) = 0 OR b.key = ANY (@only)) AND (NOT @staged OR EXISTS (
			SELECT FROM portal.onboarding o
			JOIN services ON services.service_id = o.service_id
			WHERE o.land_id = @land AND o.org_id = b.org_id AND (o.state = ANY (@states) OR o.onboarding_id IN (SELECT c.onboarding_id FROM changed c))))
	), lines AS MATERIALIZED (
		SELECT v.service_id, v.slug, v.name, v.topic_field, v.place, ARRAY (
			SELECT c.org_id FROM portal.service_body c WHERE c.land_id = @land AND c.service_id = v.service_id) AS competent
		FROM services v
		WHERE v.place > @row AND v.place <= @row + @rows
	)
	SELECT c.*,
		(SELECT coalesce(json_agg(json_build_object('slug', v.slug, 'name', v.name, 'topic', v.topic_field) ORDER BY v.place), '[]')
			FROM lines v),
		(SELECT coalesce(max(v.total), 0)::int FROM services v),
		(SELECT coalesce(json_agg(json_build_object('key', b.key, 'name', b.name, 'short', b.short, 'city', b.kind = 'independent_city', 'wave', b.wave) ORDER BY b.place), '[]')
			FROM bodies b WHERE b.place > @column AND b.place <= @column + @columns),
		(SELECT coalesce(max(b.total), 0)::int FROM bodies b),
		(SELECT coalesce(array_agg(t.topic_field ORDER BY t.topic_field COLLATE "de-x-icu"), '{}')
			FROM (SELECT DISTINCT v.topic_field FROM shown v WHERE v.topic_field <> '') t),
		(SELECT coalesce(json_agg(json_build_object('key', v.slug, 'name', v.name) ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]') FROM shown v),
		(SELECT coalesce(json_agg(json_build_object('key', b.key, 'name', b.name) ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", b.org_id), '[]') FROM reach b),
		(` + savedview.Gathered + `),
		(SELECT json_build_object('no', c.no, 'made_by', c.made_by, 'made_at', c.made_at, 'undone_at', c.undone_at, 'count', count(*))
			FROM changed c GROUP BY c.no, c.made_by, c.made_at, c.undone_at)
	FROM (
		SELECT ` + cellColumns("b.org_id = ANY (v.competent)", "coalesce(o.onboarding_id IN (SELECT c.onboarding_id FROM changed c), false)") + `,
			coalesce(array_agg(v.place), '{}') AS rows, coalesce(array_agg(b.place), '{}') AS columns,
			coalesce(array_agg(CASE WHEN o.state IN (` + onboarding.Named(onboarding.State.IsLive) + `) THEN ` + midnight("o.live_on") + ` ELSE o.state_since END), '{}') AS since,
			coalesce(array_agg(o.confirmed_at), '{}') AS confirmed
		FROM lines v
		CROSS JOIN bodies b
		LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = b.org_id AND o.service_id = v.service_id
		` + onboarding.EndingJoin + `
		WHERE b.place > @column AND b.place <= @column + @columns AND (o.org_id IS NOT NULL OR b.org_id = ANY (v.competent))
	) c`
