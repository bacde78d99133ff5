package question

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// place reads a step of a checklist, or the checklist as a whole, and who answers there. A step that lies with a
// provider or a ministry is theirs to speak about; else its kind says whose it is.
func place(ctx context.Context, tx *postgres.Tx, at Where) (Place, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.onboarding_id, b.org_id AS body_id, b.key AS body_key, b.name AS body_name, v.service_id, v.slug AS service_slug,
			v.name AS service_name, s.step_id, coalesce(s.key, '') AS step_key, coalesce(t.title, '') AS step_title,
			coalesce(s.scope, '') AS step_scope, coalesce(CASE WHEN coalesce(l.reason, '') = '' THEN s.state ELSE 'not_applicable' END, '') AS step_state,
			p.org_id AS side_id, p.name AS side_name
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		LEFT JOIN portal.step s ON s.land_id = @land AND s.key = @step AND (
			s.org_id = o.org_id AND (s.onboarding_id = o.onboarding_id OR s.scope = 'basis' AND EXISTS (
				SELECT FROM portal.onboarding_basis x
				WHERE x.land_id = @land AND x.org_id = o.org_id AND x.onboarding_id = o.onboarding_id AND x.step_id = s.step_id))
			OR s.scope = 'land' AND s.service_id = o.service_id)
		LEFT JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id AND l.step_id = s.step_id
		LEFT JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		CROSS JOIN LATERAL (
			SELECT coalesce(
				CASE WHEN o.org_id <> @org THEN o.org_id END,
				(SELECT w.party_id
					FROM portal.waiting w
					JOIN portal.organisation h ON h.land_id = @land AND h.org_id = w.party_id
					WHERE w.land_id = @land AND w.org_id = o.org_id AND w.step_id = s.step_id AND w.ended_at IS NULL AND (h.kind = 'ministry'
						OR EXISTS (SELECT FROM portal.assignment a WHERE a.land_id = @land AND a.org_id = o.org_id AND a.provider_id = h.org_id))),
				CASE t.responsible
					WHEN @by_provider THEN (SELECT a.provider_id FROM portal.assignment a WHERE a.land_id = @land AND a.org_id = o.org_id ORDER BY a.provider_id LIMIT 1)
					WHEN @by_ministry THEN v.ministry_id END,
				(SELECT c.org_id
					FROM portal.organisation c
					WHERE c.land_id = @land AND c.kind = 'state_coordination'
					ORDER BY c.valid_to DESC NULLS FIRST, c.org_id
					LIMIT 1)) AS org_id) side
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = side.org_id
		WHERE o.land_id = @land AND b.key = @body AND v.slug = @service AND (@step = '' OR s.step_id IS NOT NULL)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "body": at.Body, "service": at.Service, "step": at.Step,
			"by_provider": template.ByProvider, "by_ministry": template.ByMinistry,
		})
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Place])
	if err != nil {
		return p, fmt.Errorf("find step %s of %s in %s: %w", at.Step, at.Service, at.Body, err)
	}
	return p, nil
}

// insert adds a question; false if it is there already.
func insert(ctx context.Context, tx *postgres.Tx, p Place, d Draft) (bool, error) {
	done, err := tx.Exec(ctx, `
		INSERT INTO portal.question (land_id, org_id, question_id, service_id, step_key, step_title, step_scope, kind, text, state,
			asker_id, asked_by, asked_at, side_id, waits_since, last_at, last_by)
		VALUES (@land, @body, @id, @service, @step, @title, @scope, @kind, @text, CASE WHEN @waits THEN 'open' ELSE 'answered' END,
			@org, @who, @now, @side, CASE WHEN @waits THEN @now::timestamptz END, @now, @who)
		ON CONFLICT DO NOTHING`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "body": p.BodyID, "id": d.ID, "service": p.ServiceID, "step": p.StepKey, "title": p.StepTitle, "scope": p.StepScope,
			"kind": d.Kind, "text": d.Text, "waits": d.Kind == Asked, "org": tx.Org(), "who": tx.Who.Person, "now": tx.Now, "side": p.SideID,
		})
	if err != nil {
		return false, fmt.Errorf("ask: %w", err)
	}
	return done.RowsAffected() > 0, nil
}

// columns are those of a question q as its readers see it.
const columns = `q.question_id AS id, q.org_id AS body_id, b.key AS body_key, b.name AS body_name, v.slug AS service_slug, v.name AS service_name,
	q.step_key, q.step_title, q.step_scope, q.kind, q.text, q.state, q.asker_id, a.name AS asker_name, q.side_id, p.name AS side_name, q.asked_at,
	q.waits_since, q.last_at, q.published_at, q.version, q.last_by <> @who AND NOT EXISTS (
		SELECT FROM portal.question_seen e
		WHERE e.land_id = @land AND e.question_id = q.question_id AND e.org_id = @org AND e.person_id = @who AND e.seen_at >= q.last_at) AS unread,
	(SELECT count(*)::int FROM portal.question_post x WHERE x.land_id = @land AND x.org_id = q.org_id AND x.question_id = q.question_id) AS posts`

// questions are the tables that columns come from.
const questions = `portal.question q
	JOIN portal.organisation b ON b.land_id = @land AND b.org_id = q.org_id
	JOIN portal.organisation a ON a.land_id = @land AND a.org_id = q.asker_id
	JOIN portal.organisation p ON p.land_id = @land AND p.org_id = q.side_id
	JOIN portal.service v ON v.land_id = @land AND v.service_id = q.service_id`

// WaitingCount counts the questions that wait for an answer of the organisation @org.
const WaitingCount = `
	SELECT count(*)::int
	FROM portal.question q
	WHERE q.land_id = @land AND q.side_id = @org AND q.state = 'open'`

// AnsweredAsJSON counts the questions that were answered, of all that the reader sees.
const AnsweredAsJSON = `
	SELECT json_build_object('part', count(*) FILTER (WHERE q.state <> 'open'), 'whole', count(*))
	FROM portal.question q
	WHERE q.land_id = @land AND q.kind = 'question'`

func reader(tx *postgres.Tx, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	args["land"], args["org"], args["who"] = tx.Land(), tx.Org(), tx.Who.Person
	return args
}

// readAndMark reads a question with its posts and who has read them, and marks it as read by the reader, in one go: what
// it returns says what was new.
func readAndMark(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Thread, error) {
	rows, _ := tx.Query(ctx, `
		WITH shown AS (
			SELECT `+columns+`, coalesce(m.name, '') AS asked_by, (
					SELECT coalesce(jsonb_agg(jsonb_build_object('ID', x.post_id, 'Text', x.text, 'OrgID', x.by_org, 'OrgName', o.name,
						'Name', coalesce(n.name, ''), 'At', x.at) ORDER BY x.at, x.post_id), '[]')
					FROM portal.question_post x
					JOIN portal.organisation o ON o.land_id = @land AND o.org_id = x.by_org
					LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) n ON n.person_id = x.by_person
					WHERE x.land_id = @land AND x.org_id = q.org_id AND x.question_id = q.question_id) AS list, (
					SELECT coalesce(jsonb_agg(jsonb_build_object('OrgID', r.org_id, 'OrgName', r.name, 'At', r.at) ORDER BY r.at), '[]')
					FROM (SELECT e.org_id, o.name, max(e.seen_at) AS at
						FROM portal.question_seen e
						JOIN portal.organisation o ON o.land_id = @land AND o.org_id = e.org_id
						WHERE e.land_id = @land AND e.question_id = q.question_id AND e.org_id <> @org
						GROUP BY e.org_id, o.name) r) AS seen
			FROM `+questions+`
			LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) m ON m.person_id = q.asked_by
			WHERE q.land_id = @land AND q.question_id = @id
		), marked AS (
			INSERT INTO portal.question_seen (land_id, org_id, question_id, person_id, seen_at)
			SELECT @land, @org, s.id, @who, @now
			FROM shown s
			WHERE s.unread
			ON CONFLICT (land_id, question_id, org_id, person_id) DO UPDATE SET seen_at = excluded.seen_at
		)
		SELECT *
		FROM shown`, reader(tx, pgx.StrictNamedArgs{"id": id, "now": tx.Now}))
	t, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Thread])
	if err != nil {
		return t, fmt.Errorf("read question %s: %w", id, err)
	}
	return t, nil
}

// lock reads a question to be changed, and whether it has a certain post already.
func lock(ctx context.Context, tx *postgres.Tx, id, post uuid.UUID) (Question, bool, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, EXISTS (
			SELECT FROM portal.question_post y
			WHERE y.land_id = @land AND y.org_id = q.org_id AND y.question_id = q.question_id AND y.post_id = @post) AS again
		FROM `+questions+`
		WHERE q.land_id = @land AND q.question_id = @id
		FOR NO KEY UPDATE OF q`, reader(tx, pgx.StrictNamedArgs{"id": id, "post": post}))
	type row struct {
		Question
		Again bool
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
	if err != nil {
		return found.Question, false, fmt.Errorf("lock question %s: %w", id, err)
	}
	return found.Question, found.Again, nil
}

// add writes a post and what becomes of its question.
func add(ctx context.Context, tx *postgres.Tx, q Question, in PostInput) error {
	_, err := tx.Exec(ctx, `
		WITH talked AS (
			UPDATE portal.question SET state = @state, waits_since = @waits, last_at = @now, last_by = @who, version = version + 1
			WHERE land_id = @land AND question_id = @id
		)
		INSERT INTO portal.question_post (land_id, org_id, question_id, post_id, text, by_org, by_person, at)
		VALUES (@land, @body, @id, @post, @text, @org, @who, @now)`,
		reader(tx, pgx.StrictNamedArgs{
			"id": q.ID, "body": q.BodyID, "state": q.State, "waits": q.WaitsSince, "post": in.ID, "text": in.Text, "now": tx.Now,
		}))
	if err != nil {
		return fmt.Errorf("add to question %s: %w", q.ID, err)
	}
	return nil
}

func closeIt(ctx context.Context, tx *postgres.Tx, q Question) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.question SET state = 'closed', waits_since = NULL, version = version + 1
		WHERE land_id = @land AND question_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": q.ID})
	if err != nil {
		return fmt.Errorf("close question %s: %w", q.ID, err)
	}
	return nil
}
