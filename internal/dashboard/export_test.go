package dashboard

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// HasCircle reports whether a role is shown rows at all.
func HasCircle(role access.Role) bool { return circleOf(access.Actor{Role: role}) != nobody }

// Merge is merge.
func Merge(groups []Group) []Group { return merge(groups) }

// Mean is mean.
func Mean(shares []Share) (percent, of int) { return mean(shares) }

// PillarsOn returns how many steps of each pillar were done on a day.
func PillarsOn(ctx context.Context, s *Service, who access.Actor, day time.Time) (found [4]Share, err error) {
	err = s.db.Read(ctx, who, access.DashboardView, func(tx *postgres.Tx) error {
		var no int
		var sum Share
		rows, _ := tx.Query(ctx, pillarSumsOn("@day"), pgx.StrictNamedArgs{"land": tx.Land(), "day": day})
		_, err := pgx.ForEachRow(rows, []any{&no, &sum.Part, &sum.Whole}, func() error {
			found[no-1] = sum
			return nil
		})
		return err
	})
	return found, err
}

// WordsOf is wordsOf.
func WordsOf(query string) []string { return wordsOf(query) }

// ExplainSearch returns how Postgres goes about a search, with the times it took.
func ExplainSearch(ctx context.Context, s *Service, who access.Actor, query string) (plan []string, err error) {
	err = s.db.Read(ctx, who, access.SearchRun, func(tx *postgres.Tx) error {
		rows, _ := tx.Query(ctx, "EXPLAIN (ANALYZE, COSTS OFF) "+searchStatement, searchArgs(tx, query))
		plan, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return plan, err
}

// ExplainTasks returns how Postgres would list tasks.
func ExplainTasks(ctx context.Context, s *Service, who access.Actor, f TaskFilter) (plan []string, err error) {
	err = s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		rows, _ := tx.Query(ctx, "EXPLAIN (COSTS OFF) "+tasksStatement(f), planned, tasksArgs(tx, f))
		plan, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return plan, err
}
