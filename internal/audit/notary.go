package audit

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Notary signs how far the chains reach, and hands organisations the checkpoints of their own.
type Notary struct {
	db  *postgres.DB
	key ed25519.PrivateKey
}

// NewNotary returns a notary. Without a key, it signs nothing.
func NewNotary(db *postgres.DB, key ed25519.PrivateKey) *Notary { return &Notary{db, key} }

// head is the last link of a chain.
type head struct {
	OrgID uuid.UUID
	Seq   int64
	Hash  []byte
}

// Sign makes a checkpoint for every chain of the Land that grew since its last one.
func (n *Notary) Sign(ctx context.Context, who access.Actor) error {
	if n.key == nil {
		return nil
	}
	return n.db.Write(ctx, who, access.AuditSign, func(tx *postgres.Tx) error {
		Personal(tx) // no record changes: what is signed is the trail itself
		heads, err := readHeads(ctx, tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			c := Checkpoint{Land: tx.Land(), Org: h.OrgID, Seq: h.Seq, Hash: h.Hash, At: tx.Now.Truncate(time.Microsecond)}
			c.Signature = ed25519.Sign(n.key, c.statement())
			if err := insertCheckpoint(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Checkpoints returns the newest checkpoints of the own organisation, newest first.
func (n *Notary) Checkpoints(ctx context.Context, who access.Actor) (found []Checkpoint, err error) {
	err = n.db.Read(ctx, who, access.AuditVerify, func(tx *postgres.Tx) error {
		found, err = readCheckpoints(ctx, tx)
		return err
	})
	return found, err
}

func readHeads(ctx context.Context, tx *postgres.Tx) ([]head, error) {
	rows, _ := tx.Query(ctx, `
		SELECT h.org_id, h.seq, h.hash
		FROM ctx.chain_heads() h
		WHERE NOT EXISTS (
			SELECT FROM portal.checkpoint c
			WHERE c.land_id = @land AND c.org_id = h.org_id AND c.seq = h.seq)
		ORDER BY h.org_id
		LIMIT 10000`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[head])
	if err != nil {
		return nil, fmt.Errorf("read the heads of the trail: %w", err)
	}
	return found, nil
}

func insertCheckpoint(ctx context.Context, tx *postgres.Tx, c Checkpoint) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.checkpoint (land_id, org_id, seq, hash, at, signature)
		VALUES (@land, @org, @seq, @hash, @at, @signature)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": c.Org, "seq": c.Seq, "hash": c.Hash, "at": c.At, "signature": c.Signature})
	if err != nil {
		return fmt.Errorf("insert a checkpoint of %s: %w", c.Org, err)
	}
	return nil
}

func readCheckpoints(ctx context.Context, tx *postgres.Tx) ([]Checkpoint, error) {
	rows, _ := tx.Query(ctx, `
		SELECT c.land_id AS land, c.org_id AS org, c.seq, c.hash, c.at, c.signature
		FROM portal.checkpoint c
		WHERE c.land_id = @land AND c.org_id = @org
		ORDER BY c.seq DESC
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Checkpoint])
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	return found, nil
}
