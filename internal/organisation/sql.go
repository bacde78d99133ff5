package organisation

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

const columns = `org_id, kind, key, name, short, task, valid_from, valid_to, successor_key, seat, population, population_on, tile_column, tile_row`

// selected are the columns of an Organisation as of a day.
const selected = columns + `, coalesce(valid_to < @today, false) AS ended`

func list(ctx context.Context, tx *postgres.Tx) ([]Organisation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+selected+`
		FROM portal.organisation
		WHERE land_id = @land
		ORDER BY kind, name COLLATE "de-x-icu", org_id
		LIMIT 5000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Organisation])
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	return found, nil
}

// ListMinistries returns the ministries that exist today, by name. Other rooms use it for their selects.
func ListMinistries(ctx context.Context, tx *postgres.Tx) ([]Organisation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+selected+`
		FROM portal.organisation
		WHERE land_id = @land AND kind = 'ministry' AND (valid_to IS NULL OR valid_to >= @today)
		ORDER BY name COLLATE "de-x-icu", org_id
		LIMIT 100`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	return pgx.CollectRows(rows, pgx.RowToStructByName[Organisation])
}

// ListBodies returns the bodies that exist today: kreisfreie Städte first, each group by name.
func ListBodies(ctx context.Context, tx *postgres.Tx) ([]Organisation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+selected+`
		FROM portal.organisation
		WHERE land_id = @land AND kind IN ('district', 'independent_city') AND (valid_to IS NULL OR valid_to >= @today)
		ORDER BY kind DESC, name COLLATE "de-x-icu", org_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	return pgx.CollectRows(rows, pgx.RowToStructByName[Organisation])
}

// ListToday returns the organisations that exist today, by kind and name.
func ListToday(ctx context.Context, tx *postgres.Tx) ([]Organisation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+selected+`
		FROM portal.organisation
		WHERE land_id = @land AND (valid_to IS NULL OR valid_to >= @today)
		ORDER BY kind, name COLLATE "de-x-icu", org_id
		LIMIT 5000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	return pgx.CollectRows(rows, pgx.RowToStructByName[Organisation])
}

// Find returns the organisation with a key; NotFound if there is none in the Land.
func Find(ctx context.Context, tx *postgres.Tx, key string) (Organisation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+selected+`
		FROM portal.organisation
		WHERE land_id = @land AND key = @key`, pgx.StrictNamedArgs{"land": tx.Land(), "key": key, "today": tx.Today()})
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Organisation])
	if postgres.IsNoRow(err) {
		return found, fault.Missing()
	}
	return found, err
}

func save(ctx context.Context, tx *postgres.Tx, o Organisation) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.organisation (land_id, `+columns+`)
		VALUES (@land, @id, @kind, @key, @name, @short, @task, @from, @to, @successor, @seat, @population, @population_on, @column, @row)
		ON CONFLICT (land_id, key) DO UPDATE SET kind = excluded.kind, name = excluded.name, short = excluded.short,
			task = excluded.task, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
			successor_key = excluded.successor_key, seat = excluded.seat, population = excluded.population,
			population_on = excluded.population_on, tile_column = excluded.tile_column, tile_row = excluded.tile_row,
			version = organisation.version + 1`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "id": o.ID, "kind": o.Kind, "key": o.Key, "name": o.Name, "short": o.Short, "task": o.Task,
			"from": o.ValidFrom, "to": o.ValidTo, "successor": o.SuccessorKey, "seat": o.Seat, "population": o.Population,
			"population_on": o.PopulationOn, "column": o.TileColumn, "row": o.TileRow,
		})
	if err != nil {
		return fmt.Errorf("save organisation %s: %w", o.Key, err)
	}
	return nil
}
