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
