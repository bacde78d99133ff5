package survey

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// begin notes that a body works on its response, if it has not begun.
func begin(ctx context.Context, tx *postgres.Tx, round uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.survey_response SET state = 'draft', version = version + 1
		WHERE land_id = @land AND org_id = @org AND round_id = @round AND state = 'none'`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "round": round})
	if err != nil {
		return fmt.Errorf("begin a response: %w", err)
	}
	return nil
}

// revise notes that a body went on with its response; one that was returned stays so, with its reason, until it is
// submitted again. False if somebody was faster.
func revise(ctx context.Context, tx *postgres.Tx, round uuid.UUID, version int64) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.survey_response SET state = CASE WHEN state = 'none' THEN 'draft' ELSE state END, version = version + 1
		WHERE land_id = @land AND org_id = @org AND round_id = @round AND version = @version`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "round": round, "version": version})
	if err != nil {
		return false, fmt.Errorf("revise a response: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// saveAnswers writes what the own body says.
func saveAnswers(ctx context.Context, tx *postgres.Tx, round uuid.UUID, answers Answers) error {
	type row struct {
		Block   Block
		Details map[string]string
		Changed bool
	}
	list := make([]row, 0, len(answers))
	for _, b := range Blocks {
		if a, given := answers[b]; given {
			list = append(list, row{b, a.Details, a.Changed})
		}
	}
	rows, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("encode answers: %w", err)
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO portal.survey_answer (land_id, org_id, round_id, block, details, changed)
		SELECT @land, @org, @round, a."Block", a."Details", a."Changed"
		FROM jsonb_to_recordset(@rows) AS a ("Block" text, "Details" jsonb, "Changed" boolean)
		ON CONFLICT (land_id, org_id, round_id, block) DO UPDATE SET details = excluded.details, changed = excluded.changed`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "round": round, "rows": rows})
	if err != nil {
		return fmt.Errorf("save answers: %w", err)
	}
	return nil
}

// submit writes that the own body has answered; false if somebody was faster, or the round closed.
func submit(ctx context.Context, tx *postgres.Tx, round uuid.UUID, version int64, to Progress) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.survey_response SET state = @to, reason = '', submitted_by = @who, submitted_at = @now,
			settled_by = NULL, settled_at = CASE WHEN @to = 'confirmed_unchanged' THEN @now::timestamptz END, version = version + 1
		WHERE land_id = @land AND org_id = @org AND round_id = @round AND version = @version`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "round": round, "version": version, "to": to, "who": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return false, fmt.Errorf("submit a response: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}
