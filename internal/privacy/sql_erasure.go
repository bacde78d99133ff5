package privacy

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

const candidateColumns = `c.person_id, c.name, c.email, c.active, c.places, c.body, c.elsewhere, c.last, ctx.coordinates_alone(c.person_id) AS alone, e.erasure_id AS open`

func candidate(ctx context.Context, tx *postgres.Tx, person uuid.UUID) (Candidate, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+candidateColumns+`
		FROM ctx.erasable(@person) c
		LEFT JOIN portal.erasure e ON e.land_id = @land AND e.person_id = c.person_id AND e.state IN ('asked', 'approved')`,
		pgx.StrictNamedArgs{"land": tx.Land(), "person": person})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Candidate])
}

func whoLeft(ctx context.Context, tx *postgres.Tx) ([]Candidate, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+candidateColumns+`
		FROM ctx.erasable(NULL) c
		LEFT JOIN portal.erasure e ON e.land_id = @land AND e.person_id = c.person_id AND e.state IN ('asked', 'approved')
		WHERE NOT c.active
		ORDER BY c.name COLLATE "de-x-icu", c.person_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Candidate])
	if err != nil {
		return nil, fmt.Errorf("list who left: %w", err)
	}
	return found, nil
}

const erasureQuery = `
		SELECT e.erasure_id, e.person_id, n.name, n.places, e.ground, e.state, e.asked_by, e.asked_at, e.asked_org, a.name AS asker,
			e.org_id, o.name AS office, o.kind IN ('district', 'independent_city') AS of_body, e.decided_at, e.done_at
		FROM portal.erasure e
		JOIN ctx.erasure_names() n ON n.erasure_id = e.erasure_id
		JOIN portal.organisation a ON a.land_id = @land AND a.org_id = e.asked_org
		JOIN portal.organisation o ON o.land_id = @land AND o.org_id = e.org_id
		WHERE e.land_id = @land `

func erasures(ctx context.Context, tx *postgres.Tx) ([]Requested, error) {
	rows, _ := tx.Query(ctx, erasureQuery+`
		ORDER BY e.state = 'asked' DESC, e.asked_at DESC, e.erasure_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Requested])
	if err != nil {
		return nil, fmt.Errorf("list requests to erase: %w", err)
	}
	return found, nil
}

func erasure(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Requested, error) {
	rows, _ := tx.Query(ctx, erasureQuery+`AND e.erasure_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Requested])
}

func insertErasure(ctx context.Context, tx *postgres.Tx, org uuid.UUID, r Request) error {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.erasure (land_id, org_id, erasure_id, person_id, ground, asked_by, asked_org, asked_at)
		VALUES (@land, @org, @id, @person, @ground, @who, @own, @now)
		ON CONFLICT (land_id, erasure_id) DO NOTHING`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": org, "id": r.ID, "person": r.Person, "ground": r.Ground, "who": tx.Who.Person, "own": tx.Org(), "now": tx.Now,
	})
	switch {
	case postgres.Violates(err, "erasure_open"):
		return fault.New(fault.Conflict, "Für diese Person wartet schon ein Löschantrag.")
	case err != nil:
		return fmt.Errorf("ask to erase %s: %w", r.Person, err)
	case tag.RowsAffected() == 0:
		return postgres.ErrRepeated
	}
	return nil
}

func decideErasure(ctx context.Context, tx *postgres.Tx, id uuid.UUID, to ErasureState) error {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.erasure SET state = @to, decided_by = @who, decided_at = @now
		WHERE land_id = @land AND erasure_id = @id AND state = 'asked'`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "to": to, "who": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return fmt.Errorf("settle erasure %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return errNotOpen
	}
	return nil
}

func endForErasure(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (result string, err error) {
	if err := tx.QueryRow(ctx, `SELECT ctx.end_for_erasure($1)`, id).Scan(&result); err != nil {
		return "", fmt.Errorf("end what the person of erasure %s may do: %w", id, err)
	}
	return result, nil
}

// addressee is whom the workers tell that their data go.
type addressee struct {
	Name, Email string
	DecidedAt   time.Time
}

// addressFor returns whom to tell; false if the erasure is not approved, or done.
func addressFor(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (to addressee, open bool, err error) {
	rows, _ := tx.Query(ctx, `SELECT name, email, decided_at FROM ctx.address_for_erasure($1)`, id)
	to, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[addressee])
	if postgres.IsNoRow(err) {
		return to, false, nil
	}
	return to, err == nil, err
}

// erase erases the person of an approved request; false if that is done.
func erase(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (org uuid.UUID, done bool, err error) {
	err = tx.QueryRow(ctx, `
		SELECT e.org_id, ctx.erase(e.erasure_id, @now)
		FROM portal.erasure e
		WHERE e.land_id = @land AND e.erasure_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "now": tx.Now}).Scan(&org, &done)
	if err != nil {
		return org, false, fmt.Errorf("erase for %s: %w", id, err)
	}
	return org, done, nil
}
