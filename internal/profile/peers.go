package profile

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// ReleasedContact is a person of another body who may be asked, because that body released it.
type ReleasedContact struct {
	BodyID                             uuid.UUID
	BodyKey, BodyName                  string
	Role, Name, Function, Email, Phone string
}

// ReleasedContacts returns the contacts that these bodies released, coordinators first. A release that was taken back a
// moment ago counts no more.
func ReleasedContacts(ctx context.Context, tx *postgres.Tx, bodies []uuid.UUID) ([]ReleasedContact, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.org_id AS body_id, b.key AS body_key, b.name AS body_name, coalesce(f.details ->> 'role', '') AS role,
			coalesce(f.details ->> 'name', '') AS name, coalesce(f.details ->> 'function', '') AS function,
			coalesce(f.details ->> 'email', '') AS email, coalesce(f.details ->> 'phone', '') AS phone
		FROM portal.profile_fact f
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = f.org_id
		WHERE f.land_id = @land AND f.org_id = ANY (@bodies) AND f.kind = 'contact' AND f.released
		ORDER BY b.name COLLATE "de-x-icu", f.details ->> 'role', f.details ->> 'name' COLLATE "de-x-icu", f.fact_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "bodies": bodies})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[ReleasedContact])
	if err != nil {
		return nil, fmt.Errorf("read released contacts: %w", err)
	}
	return found, nil
}

// SameBackend returns the other bodies that use the acting person's Fachverfahren for a service, and what that is
// called in the own profile; none if the own profile names none.
func SameBackend(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (product string, bodies []uuid.UUID, err error) {
	rows, _ := tx.Query(ctx, `
		SELECT org_id, product
		FROM ctx.same_backend(@service)
		ORDER BY org_id
		LIMIT 2000`, pgx.StrictNamedArgs{"service": service})
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id, &product}, func() error {
		bodies = append(bodies, id)
		return nil
	})
	if err != nil {
		return "", nil, fmt.Errorf("find bodies with the same Fachverfahren: %w", err)
	}
	return product, bodies, nil
}
