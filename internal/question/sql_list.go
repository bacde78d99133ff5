package question

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Question, int, error) {
	rows, _ := tx.Query(ctx, `
		SELECT n.*, count(*) OVER ()::int AS total
		FROM (
			SELECT `+columns+`
			FROM `+questions+`
			WHERE q.land_id = @land AND (@all OR q.state <> 'closed') AND (NOT @asked OR q.kind = 'question') AND (NOT @answered OR q.state <> 'open')
		) n
		ORDER BY n.state <> 'open', n.state = 'open' AND n.side_id <> @org, n.waits_since, NOT n.unread, n.last_at DESC, n.id
		LIMIT @limit OFFSET @offset`, reader(tx, pgx.StrictNamedArgs{"all": f.All, "asked": f.Asked, "answered": f.Answered, "limit": PageSize, "offset": (max(f.Page, 1) - 1) * PageSize}))
	type row struct {
		Question
		Total int
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, 0, fmt.Errorf("list questions: %w", err)
	}
	page, total := make([]Question, len(found)), 0
	for i, r := range found {
		page[i], total = r.Question, r.Total
	}
	return page, total, nil
}

// most is how many questions the page of one checklist shows.
const most = 200

// listOf lists the questions of a checklist: at its steps, at the basis steps it leans on, and at itself.
func listOf(ctx context.Context, tx *postgres.Tx, p Place) ([]Question, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`
		FROM `+questions+`
		WHERE q.land_id = @land AND q.org_id = @body AND (q.service_id = @service OR q.step_scope = 'basis')
		ORDER BY q.last_at DESC, q.question_id
		LIMIT @most`, reader(tx, pgx.StrictNamedArgs{"body": p.BodyID, "service": p.ServiceID, "most": most}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Question])
	if err != nil {
		return nil, fmt.Errorf("list the questions of %s in %s: %w", p.ServiceSlug, p.BodyKey, err)
	}
	return found, nil
}
