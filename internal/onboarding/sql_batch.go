package onboarding

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// keptStep is what a batch keeps of a step, as JSON.
type keptStep struct {
	Org, Step, Onboarding uuid.UUID
	Waiting               *uuid.UUID
	Version               int64
	State                 StepState
	Before                Prior
}

// insertBatch numbers a batch and keeps what is needed to undo it.
func insertBatch(ctx context.Context, tx *postgres.Tx, in ManyInput, found []Outcome) (no int, err error) {
	left := []Left{}
	var steps []keptStep
	first := map[*Checklist]Onboarding{} // as they were before the whole batch
	for _, o := range found {
		if o.LeftOut != "" {
			left = append(left, Left{o.BodyName, o.ServiceName, o.Before.Title, o.LeftOut})
			continue
		}
		if _, seen := first[o.list]; !seen {
			first[o.list] = o.was
		}
		steps = append(steps, keptStep{o.list.BodyID, o.After.ID, o.list.ID, o.ends(), o.After.Version, o.After.State, priorOf(o.Before, first[o.list])})
	}
	leftOut, err := json.Marshal(left)
	if err != nil {
		return 0, fmt.Errorf("encode what is left out: %w", err)
	}
	rows, err := json.Marshal(steps)
	if err != nil {
		return 0, fmt.Errorf("encode the steps of a batch: %w", err)
	}
	err = tx.QueryRow(ctx, `
		WITH kept AS (
			INSERT INTO portal.batch_step (land_id, org_id, batch_id, step_id, onboarding_id, waiting_id, version, state, before)
			SELECT @land, k."Org", @id, k."Step", k."Onboarding", k."Waiting", k."Version", k."State", k."Before"
			FROM jsonb_to_recordset(@steps) AS k ("Org" uuid, "Step" uuid, "Onboarding" uuid, "Waiting" uuid, "Version" bigint, "State" text, "Before" jsonb)
		)
		INSERT INTO portal.batch (land_id, org_id, batch_id, no, title, state, made_by, made_at, left_out)
		VALUES (@land, @org, @id, ctx.next_batch(), @title, @state, @who, @now, @left)
		RETURNING no`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": in.ID, "title": titleOf(found), "state": in.To, "who": tx.Who.Person, "now": tx.Now,
		"left": leftOut, "steps": rows,
	}).Scan(&no)
	if err != nil {
		return 0, fmt.Errorf("keep batch %s: %w", in.ID, err)
	}
	return no, nil
}

func priorOf(s Step, o Onboarding) Prior {
	return Prior{s.State, s.Reason, s.Given, s.GivenURL, s.StateSince, s.SubmittedBy, s.ValidUntil, o.State, o.Since, o.CommittedAt}
}

// titleOf names the step that changed, or says that there were several.
func titleOf(found []Outcome) string {
	title := ""
	for _, o := range changedOf(found) {
		if title != "" && title != o.After.Title {
			return "Mehrere Aufgaben"
		}
		title = o.After.Title
	}
	return title
}

// numberOf returns the number of the person's batch with an id; 0 if there is none.
func numberOf(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (no int, err error) {
	err = tx.QueryRow(ctx, `
		SELECT coalesce(max(no), 0)
		FROM portal.batch
		WHERE land_id = @land AND org_id = @org AND batch_id = @id AND made_by = @who`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "who": tx.Who.Person}).Scan(&no)
	if err != nil {
		return 0, fmt.Errorf("look for batch %s: %w", id, err)
	}
	return no, nil
}

const lockedBatch locking = ` FOR NO KEY UPDATE OF a`

// readBatch reads a batch of the acting person's organisation with its steps; NotFound if there is none.
func readBatch(ctx context.Context, tx *postgres.Tx, no int, how locking) (Batch, error) {
	rows, _ := tx.Query(ctx, `
		SELECT a.batch_id, a.no, a.title AS batch_title, a.state AS batch_state, a.made_by, a.made_at, a.left_out, a.undone_at AS batch_undone_at,
			b.key AS body, b.name AS body_name, v.slug AS service, v.name AS service_name, k.step_id, t.key, t.title, k.before, k.state, k.version, k.waiting_id,
			k.undone_at, k.kept
		FROM portal.batch a
		JOIN portal.batch_step k ON k.land_id = @land AND k.batch_id = a.batch_id
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = k.org_id
		JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = k.org_id AND o.onboarding_id = k.onboarding_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		JOIN portal.step s ON s.land_id = @land AND s.org_id = k.org_id AND s.step_id = k.step_id
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE a.land_id = @land AND a.org_id = @org AND a.no = @no
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", v.name COLLATE "de-x-icu", t.no, k.step_id
		LIMIT 500`+string(how), pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "no": no})
	type row struct {
		Batch
		BatchStep
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return Batch{}, fmt.Errorf("read batch %d: %w", no, err)
	}
	if len(found) == 0 {
		return Batch{}, fault.Missing()
	}
	b := found[0].Batch
	b.At = tx.Now
	for _, r := range found {
		b.Steps = append(b.Steps, r.BatchStep)
	}
	return b, nil
}

// markUndone notes what was undone, and of the rest why it was not.
func markUndone(ctx context.Context, tx *postgres.Tx, b Batch, found []Outcome) error {
	type mark struct {
		Step uuid.UUID
		Kept string
	}
	marks := make([]mark, len(found))
	for i, o := range found {
		marks[i] = mark{b.Steps[len(b.Steps)-1-i].StepID, o.LeftOut}
	}
	rows, err := json.Marshal(marks)
	if err != nil {
		return fmt.Errorf("encode what was undone: %w", err)
	}
	_, err = tx.Exec(ctx, `
		WITH steps AS (
			UPDATE portal.batch_step k SET kept = m."Kept", undone_at = CASE WHEN m."Kept" = '' THEN @now::timestamptz END
			FROM jsonb_to_recordset(@marks) AS m ("Step" uuid, "Kept" text)
			WHERE k.land_id = @land AND k.batch_id = @id AND k.step_id = m."Step"
		)
		UPDATE portal.batch SET undone_at = @now
		WHERE land_id = @land AND org_id = @org AND batch_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": b.ID, "now": tx.Now, "marks": rows})
	if err != nil {
		return fmt.Errorf("mark batch %d as undone: %w", b.No, err)
	}
	return nil
}

// freshBatches returns what the acting person did to many steps and can still undo.
func freshBatches(ctx context.Context, tx *postgres.Tx) ([]Batch, error) {
	rows, _ := tx.Query(ctx, `
		SELECT batch_id, no, title AS batch_title, state AS batch_state, made_by, made_at, left_out, undone_at AS batch_undone_at
		FROM portal.batch
		WHERE land_id = @land AND org_id = @org AND made_by = @who AND undone_at IS NULL AND made_at > @since
		ORDER BY made_at DESC, no DESC
		LIMIT 5`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "who": tx.Who.Person, "since": tx.Now.Add(-UndoTime)})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Batch])
	if err != nil {
		return nil, fmt.Errorf("look for what can be undone: %w", err)
	}
	return found, nil
}
