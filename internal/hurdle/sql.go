package hurdle

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// oneByOne lets only one transaction of a Land number, join or merge obstacles at a time.
func oneByOne(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('obstacle ' || @land::text, 0))`, pgx.StrictNamedArgs{"land": tx.Land()})
	return err
}

// place reads a step of the acting person's own body; of a body that row security shows, if it is a provider's.
func place(ctx context.Context, tx *postgres.Tx, at Where) (Place, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.org_id AS body_id, b.key AS body_key, b.name AS body_name, v.service_id, v.slug AS service_slug, v.name AS service_name,
			s.step_id, s.key AS step_key, t.title AS step_title, s.scope = 'basis' AS basis,
			CASE WHEN coalesce(l.reason, '') = '' THEN s.state ELSE 'not_applicable' END AS step_state, o.state
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		JOIN portal.step s ON s.land_id = @land AND s.org_id = o.org_id AND s.key = @step
		LEFT JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id AND l.step_id = s.step_id
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE o.land_id = @land AND (o.org_id = @org OR @provider AND t.responsible = 'it_dienstleister') AND b.key = @body AND v.slug = @service
			AND (s.onboarding_id = o.onboarding_id OR l.step_id IS NOT NULL)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "provider": tx.Who.Role == access.Provider, "body": at.Body, "service": at.Service, "step": at.Step})
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Place])
	if err != nil {
		return p, fmt.Errorf("find step %s of %s in %s: %w", at.Step, at.Service, at.Body, err)
	}
	return p, nil
}

// alike finds what is open and shares words or letters with a text, as Similar: the row asked has the text folded, its
// words, the step and service where it was met, and whether it is only a few words yet. Then half of the words is enough
// there; elsewhere it takes all of them, or nearly the same letters. What was met at the same step comes first, then what was met in
// the same service, and of each the likest.
const alike = `SELECT n.no, n.text, n.dimension, v.name AS service_name, coalesce(r.bodies, 0) AS bodies
		FROM asked
		JOIN portal.obstacle n ON n.land_id = @land AND portal.obstacle_open(n)
		JOIN portal.service v ON v.land_id = @land AND v.service_id = n.service_id
		LEFT JOIN ctx.obstacle_reach() r ON r.obstacle_id = n.obstacle_id
		CROSS JOIN LATERAL (
			SELECT n.step_key = asked.step_key AS same_step, n.service_id = asked.service_id AS same_service, ts_rank(n.words, asked.words) AS words,
				portal.similarity(asked.folded, n.folded) AS whole,
				greatest(portal.similarity(asked.folded, n.folded), portal.word_similarity(asked.folded, n.folded),
					portal.word_similarity(n.folded, asked.folded)) AS letters
		) AS shared
		WHERE (shared.letters >= 0.45
				OR shared.words > CASE WHEN asked.few AND (shared.same_step OR shared.same_service) THEN 0.03 ELSE 0.06 END)`

const alikeOrder = `
		ORDER BY shared.same_step DESC, shared.same_service DESC, shared.letters + shared.whole + shared.words DESC, n.no
		LIMIT 5`

// anyWord is a search for any of the words of a folded text. Postgres knows the German stop words, but not those with
// an umlaut once they are folded.
const anyWord = `replace(plainto_tsquery('pg_catalog.german',
	regexp_replace(%s, '\m(fuer|ueber|waehrend|koennen|koennte|wuerden?)\M', ' ', 'g'))::text, ' & ', ' | ')::tsquery`

// similar looks for open obstacles like a text. What the body has joined at this very step is not offered again.
func similar(ctx context.Context, tx *postgres.Tx, p Place, text string) ([]Similar, error) {
	rows, _ := tx.Query(ctx, `
		WITH asked AS (
			SELECT portal.fold(@text) AS folded, `+fmt.Sprintf(anyWord, "portal.fold(@text)")+` AS words, @step AS step_key, @service::uuid AS service_id, true AS few
		)
		`+alike+` AND NOT EXISTS (
			SELECT FROM portal.obstacle_affected x
			WHERE x.land_id = @land AND x.org_id = @org AND x.obstacle_id = n.obstacle_id AND x.step_id = @step_id AND x.left_at IS NULL)`+alikeOrder,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": p.BodyID, "text": text, "step": p.StepKey, "step_id": p.StepID, "service": p.ServiceID})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Similar])
	if err != nil {
		return nil, fmt.Errorf("find similar obstacles: %w", err)
	}
	return found, nil
}

// insert numbers a new obstacle and lets the body be the first one affected. No row comes back if it is there already.
func insert(ctx context.Context, tx *postgres.Tx, p Place, r Report) (no int, err error) {
	err = tx.QueryRow(ctx, `
		WITH made AS (
			INSERT INTO portal.obstacle (land_id, org_id, obstacle_id, no, text, dimension, service_id, step_key, step_title, state_since, reported_at)
			SELECT @land, l.org_id, @id, 1 + coalesce((SELECT max(o.no) FROM portal.obstacle o WHERE o.land_id = @land), 0), @text, @dimension,
				@service, @key, @title, @now, @now
			FROM (SELECT b.org_id FROM portal.organisation b
				WHERE b.land_id = @land AND b.kind = 'state_coordination'
				ORDER BY b.valid_to DESC NULLS FIRST, b.org_id
				LIMIT 1) l
			ON CONFLICT (land_id, obstacle_id) DO NOTHING
			RETURNING no
		), hit AS (
			INSERT INTO portal.obstacle_affected (land_id, org_id, obstacle_id, step_id, service_id, basis, blocking, since)
			SELECT @land, @org, @id, @step, @service, @basis, @blocking, @now
			FROM made
		)
		SELECT no FROM made`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": p.BodyID, "id": r.ID, "text": r.Text, "dimension": r.Dimension, "service": p.ServiceID, "key": p.StepKey,
			"title": p.StepTitle, "step": p.StepID, "basis": p.Basis, "blocking": *r.Blocking, "now": tx.Now,
		}).Scan(&no)
	return no, err
}

// reported returns the number of what the body has reported with a form before.
func reported(ctx context.Context, tx *postgres.Tx, p Place, id uuid.UUID) (no int, err error) {
	err = tx.QueryRow(ctx, `
		SELECT o.no
		FROM portal.obstacle o
		WHERE o.land_id = @land AND o.obstacle_id = @id AND EXISTS (
			SELECT FROM portal.obstacle_affected a WHERE a.land_id = @land AND a.org_id = @org AND a.obstacle_id = o.obstacle_id)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": p.BodyID, "id": id}).Scan(&no)
	return no, err
}

// standing is what somebody who joins has to know of an obstacle.
type standing struct {
	ID       uuid.UUID `db:"obstacle_id"`
	Open     bool
	Joined   bool
	Blocking *bool // as the body said before
}

func known(ctx context.Context, tx *postgres.Tx, no int, p Place) (standing, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.obstacle_id, portal.obstacle_open(o) AS open, a.step_id IS NOT NULL AS joined, a.blocking
		FROM portal.obstacle o
		LEFT JOIN portal.obstacle_affected a ON a.land_id = @land AND a.org_id = @org AND a.obstacle_id = o.obstacle_id
			AND a.step_id = @step AND a.left_at IS NULL
		WHERE o.land_id = @land AND o.no = @no`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": p.BodyID, "no": no, "step": p.StepID})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[standing])
}

func join(ctx context.Context, tx *postgres.Tx, p Place, obstacle uuid.UUID, blocking bool) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.obstacle_affected (land_id, org_id, obstacle_id, step_id, service_id, basis, blocking, since)
		VALUES (@land, @org, @obstacle, @step, @service, @basis, @blocking, @now)
		ON CONFLICT (land_id, org_id, obstacle_id, step_id) DO UPDATE SET blocking = excluded.blocking, left_at = NULL`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": p.BodyID, "obstacle": obstacle, "step": p.StepID, "service": p.ServiceID, "basis": p.Basis,
			"blocking": blocking, "now": tx.Now,
		})
	if err != nil {
		return fmt.Errorf("join an obstacle: %w", err)
	}
	return nil
}

func leave(ctx context.Context, tx *postgres.Tx, obstacle uuid.UUID) (int64, error) {
	done, err := tx.Exec(ctx, `
		UPDATE portal.obstacle_affected SET left_at = @now
		WHERE land_id = @land AND org_id = @org AND obstacle_id = @obstacle AND left_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "obstacle": obstacle, "now": tx.Now})
	if err != nil {
		return 0, fmt.Errorf("leave an obstacle: %w", err)
	}
	return done.RowsAffected(), nil
}

const columns = `o.obstacle_id, o.no, o.text, o.dimension, v.slug AS service_slug, v.name AS service_name, o.step_title, o.state, o.state_since,
	o.reported_at, o.severity, o.solvable_by, o.scope, o.due_on, o.solution, o.reason, o.escalated_to, o.escalated_on,
	coalesce(g.key, '') AS committee, o.agenda_on, o.decision, o.decided_on,
	m.no AS merged_into, o.changed_by, o.version, coalesce(r.bodies, 0) AS bodies, coalesce(r.services, 0) AS services, r.oldest`

// obstacles are the tables that columns come from.
const obstacles = `portal.obstacle o
	JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
	LEFT JOIN portal.obstacle m ON m.land_id = @land AND m.obstacle_id = o.merged_into
	LEFT JOIN portal.organisation g ON g.land_id = @land AND g.org_id = o.escalated_org
	LEFT JOIN ctx.obstacle_reach() r ON r.obstacle_id = o.obstacle_id`

// Visible limits obstacles o to what the permission reaches: the Land all, a body those it is affected by, ministries and
// providers those that affect a body they see (row security knows which), a committee those on its agenda. Its
// arguments are @land, @org and @reach.
const Visible = `(@reach = 'L' OR @reach = 'G' AND o.escalated_org = @org OR @reach IN ('O', 'Z') AND EXISTS (
	SELECT FROM portal.obstacle_affected a
	WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND (@reach <> 'O' OR a.org_id = @org)))`

// VisibleOn limits obstacles o to what Visible reached at the end of a day. No committee asks.
func VisibleOn(day string) string {
	return `(@reach = 'L' OR @reach IN ('O', 'Z') AND EXISTS (
	SELECT FROM portal.obstacle_affected a
	WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND a.known_on <= ` + day + ` AND (@reach <> 'O' OR a.org_id = @org)))`
}

func reader(tx *postgres.Tx, more pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	more["land"], more["org"], more["reach"] = tx.Land(), tx.Org(), ReachOf(tx.Who)
	return more
}

// ReachOf is the argument @reach of Visible.
func ReachOf(who access.Actor) access.Reach {
	if who.Org.IsBody() {
		return access.Own
	}
	return who.Reach(access.ObstacleView)
}

// read returns an obstacle and those affected by it whom the reader may know, by name.
func read(ctx context.Context, tx *postgres.Tx, no int) (Shown, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`,
			(SELECT coalesce(array_agg(f.no ORDER BY f.no), '{}') FROM portal.obstacle f WHERE f.land_id = @land AND f.merged_into = o.obstacle_id) AS took_over, (
			SELECT coalesce(json_agg(json_build_object('Key', f.key, 'Name', f.name) ORDER BY f.name COLLATE "de-x-icu", f.org_id), '[]')
			FROM portal.organisation f
			WHERE @reach = 'L' AND f.land_id = @land AND f.kind IN ('committee', 'association') AND f.valid_to IS NULL) AS forums, (
			SELECT coalesce(json_agg(json_build_object('BodyKey', b.key, 'BodyName', b.name, 'ServiceSlug', w.slug, 'ServiceName', w.name,
				'StepKey', s.key, 'StepTitle', t.title, 'Blocking', a.blocking, 'Since', a.since, 'LeftAt', a.left_at)
				ORDER BY b.name COLLATE "de-x-icu", w.name COLLATE "de-x-icu", t.no, s.step_id), '[]')
			FROM portal.obstacle_affected a
			JOIN portal.organisation b ON b.land_id = @land AND b.org_id = a.org_id
			JOIN portal.service w ON w.land_id = @land AND w.service_id = a.service_id
			JOIN portal.step s ON s.land_id = @land AND s.org_id = a.org_id AND s.step_id = a.step_id
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
			WHERE a.land_id = @land AND a.obstacle_id = o.obstacle_id AND (@reach <> 'O' OR a.org_id = @org)) AS affected, (
			SELECT coalesce(jsonb_agg(jsonb_build_object('no', m.no, 'question', m.question, 'result', m.result, 'decided_on', m.decided_on::timestamp AT TIME ZONE 'UTC')
				ORDER BY m.no), '[]')
			FROM portal.matter_obstacle l
			JOIN portal.matter m ON m.land_id = @land AND m.matter_id = l.matter_id
			WHERE l.land_id = @land AND l.obstacle_id = o.obstacle_id) AS matters, (
			WITH asked AS (
				SELECT o.obstacle_id AS itself, o.folded, `+fmt.Sprintf(anyWord, "o.folded")+` AS words, o.step_key, o.service_id, false AS few
				WHERE @reach = 'L' AND portal.obstacle_open(o)
			)
			SELECT coalesce(jsonb_agg(l), '[]')
			FROM (`+alike+` AND n.obstacle_id <> asked.itself`+alikeOrder+`) AS l) AS alike
		FROM `+obstacles+`
		WHERE o.land_id = @land AND o.no = @no AND `+Visible, reader(tx, pgx.StrictNamedArgs{"no": no}))
	type row struct {
		Obstacle
		TookOver []int
		Affected []Affected
		Forums   []Forum
		Matters  []Matter
		Alike    []Similar
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
	if postgres.IsNoRow(err) {
		return Shown{}, fault.Missing()
	}
	if err != nil {
		return Shown{}, fmt.Errorf("read obstacle %d: %w", no, err)
	}
	return Shown{Obstacle: found.Obstacle, TookOver: found.TookOver, Affected: found.Affected, Forums: found.Forums, Matters: found.Matters, Alike: found.Alike}, nil
}
