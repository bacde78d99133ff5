package savedview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// lock lets a person save one view at a time, so that the limit and the names hold.
func lock(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('views ' || @land::text || @who::text, 0))`,
		pgx.StrictNamedArgs{"land": tx.Land(), "who": tx.Who.Person})
	return err
}

// owner names whoever a view s belongs to, as the members of an organisation know each other.
const owner = `coalesce((SELECT min(p.name) FROM ctx.people() p WHERE p.person_id = s.person_id), '')`

// Gathered are the views that the person @who of @org may open, as the matrix shows them. They are kept (ADR 0033), so they name
// nobody.
const Gathered = `
	SELECT coalesce(json_agg(json_build_object('Name', s.name, 'Query', s.query, 'Shared', s.shared, 'Own', s.person_id = @who)
		ORDER BY s.name COLLATE "de-x-icu", s.view_id), '[]')
	FROM portal.saved_view s
	WHERE s.land_id = @land AND s.org_id = @org AND (s.shared OR s.person_id = @who)`

func list(ctx context.Context, tx *postgres.Tx) ([]View, error) {
	rows, _ := tx.Query(ctx, `
		SELECT s.view_id, s.name, s.query, s.shared, s.person_id = @who AS own, `+owner+` AS owner, s.saved_at, s.version
		FROM portal.saved_view s
		WHERE s.land_id = @land AND s.org_id = @org AND (s.shared OR s.person_id = @who)
		ORDER BY s.name COLLATE "de-x-icu", s.view_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "who": tx.Who.Person})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[View])
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	return found, nil
}

// names finds what services and bodies with these slugs and keys are called, as far as the reader sees them.
func names(ctx context.Context, tx *postgres.Tx, keys []string) (map[string]string, error) {
	found := map[string]string{}
	if len(keys) == 0 {
		return found, nil
	}
	var key, name string
	rows, _ := tx.Query(ctx, `
		SELECT v.slug, v.name FROM portal.service v WHERE v.land_id = @land AND v.slug = ANY (@keys)
		UNION ALL
		SELECT b.key, b.name FROM portal.organisation b WHERE b.land_id = @land AND b.key = ANY (@keys)
		ORDER BY 1
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "keys": keys})
	_, err := pgx.ForEachRow(rows, []any{&key, &name}, func() error {
		found[key] = name
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("name what views filter by: %w", err)
	}
	return found, nil
}

func insert(ctx context.Context, tx *postgres.Tx, id uuid.UUID, in Input) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.saved_view (land_id, org_id, view_id, person_id, name, query, shared, saved_at)
		VALUES (@land, @org, @id, @who, @name, @query, @shared, @now)`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": id, "who": tx.Who.Person, "name": in.Name, "query": in.Query, "shared": in.Shared, "now": tx.Now,
	})
	if err != nil {
		return fmt.Errorf("save view %s: %w", id, err)
	}
	return nil
}

func update(ctx context.Context, tx *postgres.Tx, id uuid.UUID, in Input) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.saved_view SET name = @name, shared = @shared, version = version + 1
		WHERE land_id = @land AND org_id = @org AND view_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "name": in.Name, "shared": in.Shared})
	if err != nil {
		return fmt.Errorf("change view %s: %w", id, err)
	}
	return nil
}

func remove(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM portal.saved_view
		WHERE land_id = @land AND org_id = @org AND view_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id})
	if err != nil {
		return fmt.Errorf("delete view %s: %w", id, err)
	}
	return nil
}
