package profile

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// load reads a profile; NotFound if the body is none of the reader's business.
func load(ctx context.Context, tx *postgres.Tx, bodyKey string) (*Profile, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.org_id AS body_id, b.key AS body_key, b.name AS body_name, coalesce(p.version, 0) AS version, (
			SELECT coalesce(json_object_agg(u.key, u.count), '{}')
			FROM (
				SELECT s.key, count(*) AS count
				FROM portal.step s
				JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = s.org_id AND l.step_id = s.step_id AND l.reason = ''
				WHERE s.land_id = @land AND s.org_id = b.org_id AND s.service_id IS NULL
				GROUP BY s.key) u) AS uses, (
			SELECT coalesce(json_agg(json_build_object('Slug', v.slug, 'Name', v.name) ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
			FROM portal.service v
			JOIN portal.service_body c ON c.land_id = @land AND c.service_id = v.service_id AND c.org_id = b.org_id
			WHERE v.land_id = @land AND v.published_at IS NOT NULL) AS services
		FROM portal.organisation b
		LEFT JOIN portal.profile p ON p.land_id = @land AND p.org_id = b.org_id
		WHERE b.land_id = @land AND b.key = @key AND b.kind IN ('district', 'independent_city')
			AND (b.org_id = @own OR (SELECT ctx.scope()) = 'land' OR b.org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))`,
		pgx.StrictNamedArgs{"land": tx.Land(), "own": tx.Org(), "key": bodyKey})
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Profile])
	if postgres.IsNoRow(err) {
		return nil, fault.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read the profile of %s: %w", bodyKey, err)
	}
	p.Today = tx.Today()
	p.Facts, err = listFacts(ctx, tx, p.BodyID)
	return &p, err
}

// listFacts reads the facts of a body that the reader may see: coordinators first, certificates by their end, everything
// else by what it is called.
func listFacts(ctx context.Context, tx *postgres.Tx, body uuid.UUID) ([]Fact, error) {
	rows, _ := tx.Query(ctx, `
		SELECT f.fact_id, f.kind, f.details, coalesce(v.slug, '') AS service_slug, coalesce(v.name, '') AS service_name, f.released,
			f.confirmed_at, f.confirmed_by AS confirmed_id, coalesce(c.name, '') AS confirmed_by, f.version
		FROM portal.profile_fact f
		LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = f.service_id
		LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) c ON c.person_id = f.confirmed_by
		WHERE f.land_id = @land AND f.org_id = @body
		ORDER BY f.kind, f.details ->> 'role', f.valid_to, v.name COLLATE "de-x-icu", f.details ->> 'name' COLLATE "de-x-icu", f.fact_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "body": body})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Fact])
	if err != nil {
		return nil, fmt.Errorf("read the facts of a profile: %w", err)
	}
	return found, nil
}

// touch raises the version of the own profile. Until the transaction ends, nobody else changes it.
func touch(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.profile (land_id, org_id)
		VALUES (@land, @org)
		ON CONFLICT (land_id, org_id) DO UPDATE SET version = profile.version + 1`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	if err != nil {
		return fmt.Errorf("hold the profile: %w", err)
	}
	return nil
}

// save writes a fact. A service that does not exist for the reader is a mistake of the form.
func save(ctx context.Context, tx *postgres.Tx, in Input) error {
	product := ""
	if in.Kind == Backend {
		product = ProductKey(in.Details[Product])
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.profile_fact (land_id, org_id, fact_id, kind, details, service_id, product_key, released, valid_to, confirmed_by, confirmed_at)
		SELECT @land, @org, @id, @kind, @details, v.service_id, @product, @released, @valid_to, @who, @now
		FROM (SELECT 1) one
		LEFT JOIN portal.service v ON v.land_id = @land AND v.slug = @service
		WHERE @service = '' OR v.service_id IS NOT NULL
		ON CONFLICT (land_id, org_id, fact_id) DO UPDATE SET details = excluded.details, service_id = excluded.service_id,
			product_key = excluded.product_key, released = excluded.released, valid_to = excluded.valid_to,
			confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, version = profile_fact.version + 1`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": in.ID, "kind": in.Kind, "details": in.Details, "service": in.Service, "product": product,
			"released": in.Released, "valid_to": in.ends(), "who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil {
		return fmt.Errorf("save a fact of the profile: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return fault.InField("service", "Wählen Sie die Leistung aus der Liste.")
	}
	return nil
}

func remove(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM portal.profile_fact
		WHERE land_id = @land AND org_id = @org AND fact_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id})
	if err != nil {
		return fmt.Errorf("remove a fact of the profile: %w", err)
	}
	return nil
}

func confirm(ctx context.Context, tx *postgres.Tx, kinds []Kind) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.profile_fact SET confirmed_by = @who, confirmed_at = @now
		WHERE land_id = @land AND org_id = @org AND kind = ANY (@kinds::text[])`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "who": tx.Who.Person, "now": tx.Now, "kinds": kinds})
	if err != nil {
		return fmt.Errorf("confirm the profile: %w", err)
	}
	return nil
}

// Inventory is what the own profile says of some kinds, for rooms that ask for it, in one statement.
type Inventory struct {
	Version int64
	Facts   []Fact
}

// ReadInventory returns what the own profile says of some kinds; of each the only fact, or the first.
func ReadInventory(ctx context.Context, tx *postgres.Tx, kinds ...Kind) (Inventory, error) {
	rows, _ := tx.Query(ctx, `
		SELECT coalesce((SELECT p.version FROM portal.profile p WHERE p.land_id = @land AND p.org_id = @org), 0) AS version, (
			SELECT coalesce(json_agg(json_build_object('ID', f.fact_id, 'Kind', f.kind, 'Details', f.details, 'ConfirmedAt', f.confirmed_at,
				'ConfirmedID', f.confirmed_by, 'ConfirmedBy', coalesce(c.name, ''), 'Version', f.version) ORDER BY f.kind, f.fact_id), '[]')
			FROM portal.profile_fact f
			LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) c ON c.person_id = f.confirmed_by
			WHERE f.land_id = @land AND f.org_id = @org AND f.kind = ANY (@kinds::text[])) AS facts`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "kinds": kinds})
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Inventory])
	if err != nil {
		return found, fmt.Errorf("read the inventory: %w", err)
	}
	return found, nil
}

// Of returns the facts of a kind.
func (i Inventory) Of(kind Kind) []Fact { return of(i.Facts, kind) }
