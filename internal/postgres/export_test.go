package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// MigrateFiles is Migrate with files of a test.
var MigrateFiles = migrateFiles

// Rewrite is how a statement with named arguments reaches Postgres.
func Rewrite(ctx context.Context, sql string, args pgx.StrictNamedArgs) (string, []any, error) {
	return named(args).RewriteQuery(ctx, nil, sql, nil)
}
