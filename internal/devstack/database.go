package devstack

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// duplicateDatabase is what Postgres answers when the database is there already.
const duplicateDatabase = "42P04"

// EnsureDatabase creates a database unless it exists.
func EnsureDatabase(ctx context.Context, adminURL, name string) error {
	conn, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return fmt.Errorf("ensure database %s: %w", name, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, `CREATE DATABASE `+pgx.Identifier{name}.Sanitize())
	var refusal *pgconn.PgError
	if err != nil && !(errors.As(err, &refusal) && refusal.Code == duplicateDatabase) {
		return fmt.Errorf("ensure database %s: %w", name, err)
	}
	return nil
}
