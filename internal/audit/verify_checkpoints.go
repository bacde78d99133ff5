package audit

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/workday"
)

// VerifyCheckpoints holds the chains against checkpoints: all that the database has, and those that organisations kept. It
// returns how many hold. The error names the first that does not: signed by nobody we know, of an entry that is gone, or of
// one that was written anew.
func VerifyCheckpoints(ctx context.Context, url string, keys []ed25519.PublicKey, kept []Checkpoint) (int, error) {
	if len(keys) == 0 {
		return 0, errors.New("AUDIT_PUBLIC_KEYS is missing: without the public key, no checkpoint can be told from a forged one")
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, fmt.Errorf("connect to verify: %w", err)
	}
	defer conn.Close(ctx)
	return CheckCheckpoints(ctx, conn, keys, kept)
}

// CheckCheckpoints is VerifyCheckpoints over a connection of somebody who sees past row security.
func CheckCheckpoints(ctx context.Context, conn Querier, keys []ed25519.PublicKey, kept []Checkpoint) (int, error) {
	rows, _ := conn.Query(ctx, `
		SELECT land_id AS land, org_id AS org, seq, hash, at, signature
		FROM portal.checkpoint
		ORDER BY land_id, org_id, seq`)
	stored, err := pgx.CollectRows(rows, pgx.RowToStructByName[Checkpoint])
	if err != nil {
		return 0, fmt.Errorf("read the checkpoints: %w", err)
	}
	all := append(stored, kept...)
	for _, c := range all {
		if !c.SignedBy(keys) {
			return 0, fmt.Errorf("%w: den Prüfpunkt der Kette %s bei Eintrag %d hat keiner der bekannten Schlüssel unterschrieben", ErrTampered, c.Org, c.Seq)
		}
	}
	found, err := readLinks(ctx, conn, all)
	if err != nil {
		return 0, err
	}
	for i, c := range all {
		switch on := workday.Written(c.At); {
		case found[i] == nil:
			return 0, fmt.Errorf("%w: der Kette %s fehlt Eintrag %d, den das Portal am %s bezeugt hat", ErrTampered, c.Org, c.Seq, on)
		case string(found[i]) != string(c.Hash):
			return 0, fmt.Errorf("%w: die Kette %s ist bis Eintrag %d neu geschrieben, seit das Portal sie am %s bezeugt hat", ErrTampered, c.Org, c.Seq, on)
		}
	}
	return len(all), nil
}

// readLinks finds the hash of each entry that a checkpoint is about, nil where there is none.
func readLinks(ctx context.Context, conn Querier, all []Checkpoint) ([][]byte, error) {
	lands, orgs, seqs := make([]uuid.UUID, len(all)), make([]uuid.UUID, len(all)), make([]int64, len(all))
	for i, c := range all {
		lands[i], orgs[i], seqs[i] = c.Land, c.Org, c.Seq
	}
	rows, _ := conn.Query(ctx, `
		SELECT e.hash
		FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) WITH ORDINALITY AS c (land_id, org_id, seq, no)
		LEFT JOIN portal.audit_event e ON e.land_id = c.land_id AND e.org_id = c.org_id AND e.seq = c.seq
		ORDER BY c.no`, lands, orgs, seqs)
	found, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return nil, fmt.Errorf("read the entries of the checkpoints: %w", err)
	}
	return found, nil
}
