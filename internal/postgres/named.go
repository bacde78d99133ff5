package postgres

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// named are arguments by name whose places in a statement are looked up and not looked for: pgx reads a statement letter
// by letter for every request, which costs as much as sending it. Statements are constants, so there are as many as the
// code has.
type named pgx.StrictNamedArgs

// Fixed is an argument with a few values that the code knows, and none that anybody typed: it becomes a word of the
// statement. So Postgres plans the statement for each of them, and leaves out what only another one asks for.
type Fixed string

// written is a statement as the code has it, and the words that are fixed in it.
type written struct{ sql, fixed string }

// numbered is a statement as Postgres takes it, and the names of its arguments in their order.
type numbered struct {
	sql   string
	names []any
}

var statements sync.Map // numbered, by written

// RewriteQuery does what pgx.StrictNamedArgs does, and leaves to it to say what is wrong.
func (n named) RewriteQuery(ctx context.Context, conn *pgx.Conn, sql string, args []any) (string, []any, error) {
	w := written{sql, n.fixed()}
	known, found := statements.Load(w)
	if !found {
		s, err := n.number(ctx, conn, sql)
		if err != nil {
			return "", nil, err
		}
		known = s
		statements.Store(w, known)
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
	if len(n) != len(values)+strings.Count(w.fixed, ";") {
		return pgx.StrictNamedArgs(n).RewriteQuery(ctx, conn, sql, args)
	}
	return s.sql, values, nil
}

// fixed are the words for a statement, each with its name, "" if there are none.
func (n named) fixed() string {
	var words []string
	for name, value := range n {
		if word, ok := value.(Fixed); ok {
			words = append(words, name+"="+string(word)+";")
		}
	}
	slices.Sort(words)
	return strings.Join(words, "")
}

// number writes the fixed words into a statement and numbers its other arguments.
func (n named) number(ctx context.Context, conn *pgx.Conn, sql string) (numbered, error) {
	names := make(pgx.StrictNamedArgs, len(n))
	for name, value := range n {
		word, fixed := value.(Fixed)
		place := regexp.MustCompile("@" + name + `\b`)
		switch {
		case !fixed || !place.MatchString(sql):
			names[name] = name
		case !plain.MatchString(string(word)):
			return numbered{}, fmt.Errorf("%q is no word of a statement", word)
		default:
			sql = place.ReplaceAllLiteralString(sql, "'"+string(word)+"'")
		}
	}
	s, inOrder, err := names.RewriteQuery(ctx, conn, sql, nil)
	return numbered{s, inOrder}, err
}

var plain = regexp.MustCompile("^[a-z_]*$")

// quick replaces arguments by name, which stand last.
func quick(args []any) []any {
	if len(args) > 0 {
		if n, byName := args[len(args)-1].(pgx.StrictNamedArgs); byName {
			return append(slices.Clone(args[:len(args)-1]), named(n))
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
