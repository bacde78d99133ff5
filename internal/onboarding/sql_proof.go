package onboarding

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// lockBody holds every onboarding of a body: one of its basis steps is about to change.
func lockBody(ctx context.Context, tx *postgres.Tx, body uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		SELECT o.onboarding_id
		FROM portal.onboarding o
		WHERE o.land_id = @land AND o.org_id = @body
		ORDER BY o.onboarding_id
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "body": body})
	if err != nil {
		return fmt.Errorf("lock the onboardings of a body: %w", err)
	}
	return nil
}

// basisStep is a basis step of a body beside its proof.
type basisStep struct {
	Step
	Proof *Proof
}

// basisSteps reads the basis steps of a body that exist, with their proofs: those of the keys, or all if keys is nil.
func basisSteps(ctx context.Context, tx *postgres.Tx, body uuid.UUID, keys []string) ([]basisStep, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+templateColumns+`, `+stepColumns+`, `+unproven+`, '[]'::json AS periods, '[]'::json AS obstacles,
			CASE WHEN p.key IS NOT NULL THEN json_build_object('Key', p.key, 'What', p.what, 'Evidence', p.evidence,
				'ValidUntil', p.valid_until::timestamp AT TIME ZONE 'UTC') END AS proof
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		LEFT JOIN portal.basis_proof p ON p.land_id = @land AND p.org_id = s.org_id AND p.key = s.key
		WHERE s.land_id = @land AND s.org_id = @body AND s.service_id IS NULL AND (@keys::text[] IS NULL OR s.key = ANY (@keys))
		ORDER BY t.no, s.step_id
		LIMIT 100`, pgx.StrictNamedArgs{"land": tx.Land(), "body": body, "keys": keys})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[basisStep])
	if err != nil {
		return nil, fmt.Errorf("read basis steps: %w", err)
	}
	return found, nil
}

// saveProofs makes these the proofs of the keys: others of the same keys go.
func saveProofs(ctx context.Context, tx *postgres.Tx, body uuid.UUID, keys []string, proofs []Proof) error {
	list, err := json.Marshal(proofs)
	if err != nil {
		return fmt.Errorf("encode proofs: %w", err)
	}
	args := pgx.StrictNamedArgs{"land": tx.Land(), "body": body, "keys": keys, "proofs": list}
	batch := &pgx.Batch{}
	batch.Queue(`
		DELETE FROM portal.basis_proof
		WHERE land_id = @land AND org_id = @body AND key = ANY (@keys)
			AND key NOT IN (SELECT p."Key" FROM jsonb_to_recordset(coalesce(NULLIF(@proofs::jsonb, 'null'), '[]')) AS p ("Key" text))`, args)
	batch.Queue(`
		INSERT INTO portal.basis_proof (land_id, org_id, key, what, evidence, valid_until)
		SELECT @land, @body, p."Key", p."What", p."Evidence", p."ValidUntil"
		FROM jsonb_to_recordset(coalesce(NULLIF(@proofs::jsonb, 'null'), '[]')) AS p ("Key" text, "What" text, "Evidence" text, "ValidUntil" date)
		WHERE p."Key" = ANY (@keys)
		ON CONFLICT (land_id, org_id, key) DO UPDATE SET what = excluded.what, evidence = excluded.evidence, valid_until = excluded.valid_until`, args)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("save what proves basis steps: %w", err)
	}
	return nil
}

// unsettled finds the bodies of the Land with a basis step that does not stand as its proof says: the proof has ended,
// or it was not known when the step was laid out. Whoever opened a step by hand has a reason and is left alone.
func unsettled(ctx context.Context, tx *postgres.Tx, today time.Time) ([]uuid.UUID, error) {
	rows, _ := tx.Query(ctx, `
		SELECT DISTINCT p.org_id
		FROM portal.basis_proof p
		JOIN portal.step s ON s.land_id = @land AND s.org_id = p.org_id AND s.service_id IS NULL AND s.key = p.key
		WHERE p.land_id = @land
			AND CASE WHEN p.valid_until <= @today THEN s.state = 'done' ELSE s.state = 'open' END
		ORDER BY p.org_id
		LIMIT 5000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": today})
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("find basis steps whose proofs ended: %w", err)
	}
	return found, nil
}
