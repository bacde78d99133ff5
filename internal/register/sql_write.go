package register

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// insert numbers a new entry; no row comes back if it is there already.
func insert(ctx context.Context, tx *postgres.Tx, in Input, l linked) (no int, err error) {
	err = tx.QueryRow(ctx, `
		INSERT INTO portal.matter (land_id, org_id, matter_id, no, question, background, decider_id, decider, due_on, made_at, changed_by)
		SELECT @land, @org, @id, coalesce(max(m.no), 0) + 1, @question, @background, @decider_id, @decider, @due_on, @now, @who
		FROM portal.matter m
		WHERE m.land_id = @land
		ON CONFLICT (land_id, matter_id) DO NOTHING
		RETURNING no`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": in.ID, "question": in.Question, "background": in.Background, "decider_id": l.DeciderID,
			"decider": in.Decider, "due_on": in.DueOn, "now": tx.Now, "who": tx.Who.Person,
		}).Scan(&no)
	return no, err
}

// save writes what the Land changed about an open entry.
func save(ctx context.Context, tx *postgres.Tx, id uuid.UUID, in Input, l linked) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.matter SET question = @question, background = @background, decider_id = @decider_id, decider = @decider, due_on = @due_on,
			changed_by = @who, version = version + 1
		WHERE land_id = @land AND matter_id = @id`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "id": id, "question": in.Question, "background": in.Background, "decider_id": l.DeciderID, "decider": in.Decider,
			"due_on": in.DueOn, "who": tx.Who.Person,
		})
	if err != nil {
		return fmt.Errorf("save matter %s: %w", id, err)
	}
	return nil
}

// saveTurn writes how a matter ended, or that it is open again.
func saveTurn(ctx context.Context, tx *postgres.Tx, m Matter) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.matter SET state = @state, result = @result, decided_on = @decided_on, reason = @reason, changed_by = @who, version = @version
		WHERE land_id = @land AND matter_id = @id`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "id": m.ID, "state": m.State, "result": m.Result, "decided_on": m.DecidedOn, "reason": m.Reason, "who": tx.Who.Person,
			"version": m.Version,
		})
	if err != nil {
		return fmt.Errorf("turn matter %d: %w", m.No, err)
	}
	return nil
}

// relink makes the links of an entry those of its form, in one statement each.
func relink(ctx context.Context, tx *postgres.Tx, id uuid.UUID, l linked) error {
	args := pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "services": l.Services, "obstacles": l.Obstacles}
	_, err := tx.Exec(ctx, `
		WITH gone AS (
			DELETE FROM portal.matter_service s WHERE s.land_id = @land AND s.matter_id = @id AND s.service_id <> ALL (@services::uuid[])
		), away AS (
			DELETE FROM portal.matter_obstacle b WHERE b.land_id = @land AND b.matter_id = @id AND b.obstacle_id <> ALL (@obstacles::uuid[])
		), services AS (
			INSERT INTO portal.matter_service (land_id, org_id, matter_id, service_id)
			SELECT m.land_id, m.org_id, m.matter_id, s FROM portal.matter m, unnest(@services::uuid[]) AS s
			WHERE m.land_id = @land AND m.matter_id = @id
			ON CONFLICT DO NOTHING
		)
		INSERT INTO portal.matter_obstacle (land_id, org_id, matter_id, obstacle_id)
		SELECT m.land_id, m.org_id, m.matter_id, b FROM portal.matter m, unnest(@obstacles::uuid[]) AS b
		WHERE m.land_id = @land AND m.matter_id = @id
		ON CONFLICT DO NOTHING`, args)
	if err != nil {
		return fmt.Errorf("link matter %s: %w", id, err)
	}
	return nil
}

// Choice is something to choose in the form: an organisation that decides, or a service.
type Choice struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Kind string `json:"kind"` // of an organisation
}

// Choices are what the form offers.
type Choices struct{ Deciders, Services []Choice }

func choices(ctx context.Context, tx *postgres.Tx) (Choices, error) {
	rows, _ := tx.Query(ctx, `
		SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('key', o.key, 'name', o.name, 'kind', o.kind) ORDER BY array_position(@kinds::text[], o.kind), o.name COLLATE "de-x-icu", o.org_id), '[]')
				FROM portal.organisation o
				WHERE o.land_id = @land AND o.kind = ANY (@kinds) AND (o.valid_to IS NULL OR o.valid_to >= @today::date)) AS deciders,
			(SELECT coalesce(jsonb_agg(jsonb_build_object('key', s.slug, 'name', s.name) ORDER BY s.name COLLATE "de-x-icu", s.service_id), '[]')
				FROM portal.service s WHERE s.land_id = @land) AS services`,
		pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "kinds": deciders})
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Choices])
	if err != nil {
		return c, fmt.Errorf("list what a matter may name: %w", err)
	}
	return c, nil
}
