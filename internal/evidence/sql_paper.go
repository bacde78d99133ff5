package evidence

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// knows reports whether the record has a file with the same bytes.
func knows(ctx context.Context, tx *postgres.Tx, f stored) (known bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM portal.evidence e WHERE `+beside+` AND e.sha256 = @sha256 AND e.deleted_at IS NULL)`,
		f.Of.args(pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "sha256": f.SHA256})).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("look for a file of the same bytes: %w", err)
	}
	return known, nil
}

// removed is what the trail keeps of a file that somebody took away.
type removed struct {
	Name    string
	Version int
	SHA256  string
}

func removeFrom(ctx context.Context, tx *postgres.Tx, from record, file uuid.UUID) (removed, error) {
	rows, _ := tx.Query(ctx, `
		UPDATE portal.evidence e SET deleted_at = @now, deleted_by = @who
		WHERE `+beside+` AND e.evidence_id = @id AND e.deleted_at IS NULL
		RETURNING e.name, e.version, encode(e.sha256, 'hex') AS sha256`,
		from.args(pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": file, "now": tx.Now, "who": tx.Who.Person}))
	gone, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[removed])
	if err != nil {
		return gone, fmt.Errorf("delete file %s: %w", file, err)
	}
	return gone, nil
}

// selectOf finds a file of a case, of an Auflage or of a Stellungnahme. Row security shows it to those who may have it.
func selectOf(ctx context.Context, tx *postgres.Tx, of record, file uuid.UUID) (Download, error) {
	rows, _ := tx.Query(ctx, `
		SELECT e.evidence_id AS id, e.name, e.kind, e.size::bigint AS size, e.sha256
		FROM portal.evidence e
		WHERE e.land_id = @land AND e.evidence_id = @id AND e.deleted_at IS NULL AND (e.decision_id = @decision OR e.condition_id = @condition OR e.opinion_id = @opinion)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": file, "decision": of.Decision, "condition": of.Condition, "opinion": of.Opinion})
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Download])
	if err != nil {
		return Download{}, fmt.Errorf("read file %s: %w", file, err)
	}
	return d, nil
}

func selectPiece(ctx context.Context, tx *postgres.Tx, file uuid.UUID, no int) (piece []byte, err error) {
	err = tx.QueryRow(ctx, `
		SELECT c.bytes
		FROM portal.evidence e
		JOIN portal.evidence_chunk c ON c.land_id = @land AND c.org_id = e.org_id AND c.evidence_id = e.evidence_id AND c.no = @no
		WHERE e.land_id = @land AND e.evidence_id = @id AND e.deleted_at IS NULL AND e.step_id IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": file, "no": no}).Scan(&piece)
	return piece, err
}
