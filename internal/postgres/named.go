package postgres

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// named are arguments by name whose places in a statement are looked up and not looked for: pgx reads a statement letter
// by letter for every request, which costs as much as sending it. Statements are constants, so there are as many as the
// code has.
type named pgx.StrictNamedArgs

// numbered is a statement as Postgres takes it, and the names of its arguments in their order.
type numbered struct {
	sql   string
	names []any
}

var statements sync.Map // numbered, by the statement as written

// RewriteQuery does what pgx.StrictNamedArgs does, and leaves to it to say what is wrong.
func (n named) RewriteQuery(ctx context.Context, conn *pgx.Conn, sql string, args []any) (string, []any, error) {
	known, found := statements.Load(sql)
	if !found {
		names := make(pgx.StrictNamedArgs, len(n))
		for name := range n {
			names[name] = name
		}
		s, inOrder, err := names.RewriteQuery(ctx, conn, sql, nil)
		if err != nil {
			return "", nil, err
		}
		known = numbered{s, inOrder}
		statements.Store(sql, known)
	}
	s := known.(numbered)
	values := make([]any, len(s.names))
	for i, name := range s.names {
		value, given := n[name.(string)]
		if !given {
			return pgx.StrictNamedArgs(n).RewriteQuery(ctx, conn, sql, args)
		}
		values[i] = value
	}
	if len(n) != len(values) {
		return pgx.StrictNamedArgs(n).RewriteQuery(ctx, conn, sql, args)
	}
	return s.sql, values, nil
}

// quick replaces arguments by name.
func quick(args []any) []any {
	if len(args) == 1 {
		if n, byName := args[0].(pgx.StrictNamedArgs); byName {
			return []any{named(n)}
		}
	}
	return args
}

// Query is that of pgx.
func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return tx.Tx.Query(ctx, sql, quick(args)...)
}

// QueryRow is that of pgx.
func (tx *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return tx.Tx.QueryRow(ctx, sql, quick(args)...)
}

// Exec is that of pgx.
func (tx *Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return tx.Tx.Exec(ctx, sql, quick(args)...)
}
