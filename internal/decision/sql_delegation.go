package decision

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// standsInJSON reads for whom the reader may decide a case d today.
const standsInJSON = `(
	SELECT jsonb_agg(to_jsonb(g) || jsonb_build_object('from_name', p.name, 'valid_from', g.valid_from::timestamp AT TIME ZONE 'UTC',
		'valid_to', g.valid_to::timestamp AT TIME ZONE 'UTC') ORDER BY g.valid_from, g.delegation_id)
	FROM portal.delegation g JOIN people p ON p.person_id = g.from_person
	WHERE g.land_id = @land AND g.org_id = @org AND g.org_id = d.org_id AND g.to_person = @person AND g.ended_at IS NULL
		AND @today::date BETWEEN g.valid_from AND g.valid_to) AS stands_in`

const delegations = `
	WITH people AS (SELECT DISTINCT ON (person_id) person_id, name FROM ctx.people() ORDER BY person_id, name)
	SELECT g.delegation_id, g.from_person, f.name AS from_name, g.to_person, t.name AS to_name, g.valid_from, g.valid_to, g.reason, g.ended_at
	FROM portal.delegation g
	JOIN people f ON f.person_id = g.from_person
	JOIN people t ON t.person_id = g.to_person
	WHERE g.land_id = @land AND g.org_id = @org`

func listDelegations(ctx context.Context, tx *postgres.Tx) ([]Delegation, error) {
	rows, _ := tx.Query(ctx, delegations+`
		ORDER BY g.valid_to DESC, g.valid_from, g.delegation_id
		LIMIT 100`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Delegation])
	if err != nil {
		return nil, fmt.Errorf("list delegations: %w", err)
	}
	return found, nil
}

func oneDelegation(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Delegation, error) {
	rows, _ := tx.Query(ctx, delegations+` AND g.delegation_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id})
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Delegation])
	return g, wrapped("read delegation "+id.String(), err)
}

// Colleague is a person of the own ministry who may decide.
type Colleague struct {
	ID   uuid.UUID `db:"person_id"`
	Name string
}

// listColleagues returns the other deciders of the ministry.
func listColleagues(ctx context.Context, tx *postgres.Tx) ([]Colleague, error) {
	rows, _ := tx.Query(ctx, `
		SELECT DISTINCT p.person_id, p.name
		FROM ctx.people() p
		WHERE p.org_id = @org AND p.role = 'FE' AND p.person_id <> @person
		ORDER BY p.name, p.person_id
		LIMIT 500`, pgx.StrictNamedArgs{"org": tx.Org(), "person": tx.Who.Person})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Colleague])
	if err != nil {
		return nil, fmt.Errorf("list deciders: %w", err)
	}
	return found, nil
}

// insertDelegation reports false if the form was sent before.
func insertDelegation(ctx context.Context, tx *postgres.Tx, in DelegateInput) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.delegation (land_id, org_id, delegation_id, from_person, to_person, valid_from, valid_to, reason, made_at)
		VALUES (@land, @org, @id, @from, @to, @begins, @ends, @reason, @now)
		ON CONFLICT (land_id, org_id, delegation_id) DO NOTHING`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": in.ID, "from": tx.Who.Person, "to": in.To, "begins": in.Begins, "ends": in.Ends,
			"reason": in.Reason, "now": tx.Now,
		})
	return err == nil && tag.RowsAffected() == 1, wrapped("delegate", err)
}

func endDelegation(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.delegation SET ended_at = @now
		WHERE land_id = @land AND org_id = @org AND delegation_id = @id AND from_person = @person AND ended_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "person": tx.Who.Person, "now": tx.Now})
	return wrapped("end delegation "+id.String(), err)
}
