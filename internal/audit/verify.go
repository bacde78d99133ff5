package audit

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Report says how much of the trail was checked.
type Report struct{ Entries, Chains int }

// Verify recomputes every chain with the rights of an operator who may bypass row security. The error names the
// first link that is broken: changed, removed, inserted, or cut off at the end.
func Verify(ctx context.Context, url string) (Report, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return Report{}, fmt.Errorf("connect to verify: %w", err)
	}
	defer conn.Close(ctx)
	return Check(ctx, conn)
}

// Querier is the connection or transaction of somebody who sees past row security.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// ErrTampered is what every tampering is found as.
var ErrTampered = errors.New("der Prüfpfad ist verändert")

// Check is Verify over a connection that is there already.
func Check(ctx context.Context, conn Querier) (Report, error) {
	var sees bool
	err := conn.QueryRow(ctx, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`).Scan(&sees)
	if err != nil || !sees {
		return Report{}, errors.Join(err, errors.New("verifying needs a role that sees past row security (BYPASSRLS): it would take hidden entries for missing ones"))
	}
	var broken *string
	var r Report
	err = conn.QueryRow(ctx, `
		WITH link AS (
			SELECT e.land_id, e.org_id, e.seq, e.hash, e.prev,
				portal.audit_hash(e) AS computed,
				lag(e.seq, 1, 0::bigint) OVER w AS before,
				lag(e.hash, 1, sha256('genesis'::bytea)) OVER w AS wanted
			FROM portal.audit_event e
			WINDOW w AS (PARTITION BY e.land_id, e.org_id ORDER BY e.seq)
		), tail AS (
			SELECT land_id, org_id, coalesce(h.seq, e.seq) AS seq
			FROM (SELECT DISTINCT ON (land_id, org_id) land_id, org_id, seq, hash FROM portal.audit_event ORDER BY land_id, org_id, seq DESC) e
			FULL JOIN auth.chain_head h USING (land_id, org_id)
			WHERE e.hash IS DISTINCT FROM h.hash OR e.seq IS DISTINCT FROM h.seq
		)
		SELECT (SELECT count(*) FROM link)::int, (SELECT count(*) FROM auth.chain_head)::int,
			coalesce(
				(SELECT format('Kette %s, Eintrag %s', org_id, seq) FROM link
				WHERE hash <> computed OR prev <> wanted OR seq <> before + 1
				ORDER BY land_id, org_id, seq LIMIT 1),
				(SELECT format('Kette %s endet nicht mit Eintrag %s', org_id, seq) FROM tail ORDER BY land_id, org_id LIMIT 1))`).
		Scan(&r.Entries, &r.Chains, &broken)
	if err != nil {
		return Report{}, fmt.Errorf("read the trail: %w", err)
	}
	if broken != nil {
		return r, fmt.Errorf("%w: %s", ErrTampered, *broken)
	}
	return r, nil
}
