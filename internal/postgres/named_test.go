package postgres_test

import (
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// TestArgumentsStandWherePgxPutsThem: the second time as the first, and what is wrong is wrong each time.
func TestArgumentsStandWherePgxPutsThem(t *testing.T) {
	t.Parallel()
	const statement = `SELECT a FROM t WHERE land = @land AND (b = @b OR c = '@c' OR d = @land) -- @d`
	for _, args := range []pgx.StrictNamedArgs{
		{"land": 1, "b": "x"}, {"b": "y", "land": nil}, {"land": 1}, {"land": 1, "b": 2, "c": 3}, {"land": 1, "c": 3}, {},
	} {
		for range 2 {
			sql, values, err := postgres.Rewrite(t.Context(), statement, args)
			wantSQL, wantValues, wantErr := args.RewriteQuery(t.Context(), nil, statement, nil)
			if sql != wantSQL || (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(values, wantValues) {
				t.Errorf("%v: %q %v %v, pgx says %q %v %v", args, sql, values, err, wantSQL, wantValues, wantErr)
			}
		}
	}
}

// TestFixedWordsArePartOfTheStatement: each in its own, and only words.
func TestFixedWordsArePartOfTheStatement(t *testing.T) {
	t.Parallel()
	const statement = `SELECT a FROM t WHERE land = @land AND CASE @circle WHEN 'land' THEN b = @circles ELSE @circle = '' END`
	for range 2 {
		for word, wants := range map[postgres.Fixed]string{
			"land": `SELECT a FROM t WHERE land = $1 AND CASE 'land' WHEN 'land' THEN b = $2 ELSE 'land' = '' END`,
			"":     `SELECT a FROM t WHERE land = $1 AND CASE '' WHEN 'land' THEN b = $2 ELSE '' = '' END`,
		} {
			sql, values, err := postgres.Rewrite(t.Context(), statement, pgx.StrictNamedArgs{"land": 1, "circle": word, "circles": 2})
			if sql != wants || err != nil || !reflect.DeepEqual(values, []any{1, 2}) {
				t.Errorf("%q: %q %v %v", word, sql, values, err)
			}
		}
		for _, args := range []pgx.StrictNamedArgs{
			{"land": 1, "circle": postgres.Fixed("x' OR true --"), "circles": 2},
			{"land": 1, "circle": postgres.Fixed("land"), "circles": 2, "more": postgres.Fixed("land")},
			{"land": 1, "circle": postgres.Fixed("land")},
		} {
			if sql, _, err := postgres.Rewrite(t.Context(), statement, args); err == nil {
				t.Errorf("%v became %q", args, sql)
			}
		}
	}
}
