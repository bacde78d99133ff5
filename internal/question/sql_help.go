package question

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// read reads a question with its posts, and marks nothing.
func read(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Thread, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, '' AS asked_by, '[]'::jsonb AS seen, (
			SELECT coalesce(jsonb_agg(jsonb_build_object('ID', x.post_id, 'Text', x.text, 'OrgID', x.by_org, 'At', x.at) ORDER BY x.at, x.post_id), '[]')
			FROM portal.question_post x
			WHERE x.land_id = @land AND x.org_id = q.org_id AND x.question_id = q.question_id) AS list
		FROM `+questions+`
		WHERE q.land_id = @land AND q.question_id = @id`, reader(tx, pgx.StrictNamedArgs{"id": id}))
	t, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Thread])
	if err != nil {
		return t, fmt.Errorf("read question %s: %w", id, err)
	}
	return t, nil
}

// listNames reads the people and the bodies that the Land knows.
func listNames(ctx context.Context, tx *postgres.Tx) (n Names, err error) {
	err = tx.QueryRow(ctx, `
		SELECT (SELECT coalesce(array_agg(DISTINCT p.name), '{}') FROM ctx.people() p),
			(SELECT coalesce(array_agg(DISTINCT o.name), '{}')
				FROM portal.organisation o
				WHERE o.land_id = @land AND o.kind IN ('district', 'independent_city'))`,
		pgx.StrictNamedArgs{"land": tx.Land()}).Scan(&n.People, &n.Bodies)
	if err != nil {
		return n, fmt.Errorf("list names: %w", err)
	}
	return n, nil
}

// publish adds a help and notes at the question that there is one; false if the help is there already.
func publish(ctx context.Context, tx *postgres.Tx, q Question, in HelpInput) (bool, error) {
	done, err := tx.Exec(ctx, `
		WITH published AS (
			INSERT INTO portal.help (land_id, org_id, help_id, step_key, step_title, question, answer, published_by, published_at)
			VALUES (@land, @org, @help, @step, @title, @question, @answer, @who, @now)
			ON CONFLICT (land_id, org_id, help_id) DO NOTHING
			RETURNING help_id
		)
		UPDATE portal.question SET published_at = @now
		WHERE land_id = @land AND question_id = @id AND EXISTS (SELECT FROM published)`,
		reader(tx, pgx.StrictNamedArgs{
			"id": q.ID, "help": in.ID, "step": q.StepKey, "title": q.StepTitle, "question": in.Question, "answer": in.Answer, "now": tx.Now,
		}))
	if err != nil {
		return false, fmt.Errorf("publish a help: %w", err)
	}
	return done.RowsAffected() > 0, nil
}

const helpColumns = `h.help_id AS id, h.step_key, h.step_title, h.question, h.answer, h.published_at`

func readHelp(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Help, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+helpColumns+`
		FROM portal.help h
		WHERE h.land_id = @land AND h.help_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id})
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Help])
	if err != nil {
		return h, fmt.Errorf("read help %s: %w", id, err)
	}
	return h, nil
}

func withdraw(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (bool, error) {
	done, err := tx.Exec(ctx, `
		UPDATE portal.help SET withdrawn_at = @now, withdrawn_by = @who
		WHERE land_id = @land AND help_id = @id AND withdrawn_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "now": tx.Now, "who": tx.Who.Person})
	if err != nil {
		return false, fmt.Errorf("withdraw help %s: %w", id, err)
	}
	return done.RowsAffected() > 0, nil
}

// Helps are not many: the page shows them all.
const mostHelps = 500

func listHelps(ctx context.Context, tx *postgres.Tx) ([]Help, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+helpColumns+`
		FROM portal.help h
		WHERE h.land_id = @land AND h.withdrawn_at IS NULL
		ORDER BY h.step_title COLLATE "de-x-icu", h.published_at DESC, h.help_id
		LIMIT @most`, pgx.StrictNamedArgs{"land": tx.Land(), "most": mostHelps})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Help])
	if err != nil {
		return nil, fmt.Errorf("list helps: %w", err)
	}
	return found, nil
}
