package operation

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// Load is how many jobs or mails are in a state.
type Load struct {
	What, State string // "job" or "mail"; what River and package notify call their states
	Amount      int64
}

// Workload counts the jobs and mails of all Länder. Only on the workers' connection: others are refused.
func (s *Service) Workload(ctx context.Context) (found []Load, err error) {
	err = s.db.Anonymous(ctx, func(q postgres.Querier) error {
		rows, _ := q.Query(ctx, `SELECT what, state, sum(amount)::bigint AS amount FROM ctx.workload() GROUP BY what, state ORDER BY what, state`)
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[Load])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count jobs and mails: %w", err)
	}
	return found, nil
}
