package privacy

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

func disclose(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Disclosure, error) {
	d := Disclosure{MadeAt: tx.Now}
	rows, _ := tx.Query(ctx, `SELECT title, part, entries FROM ctx.person_data(@person)`, pgx.StrictNamedArgs{"person": id})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[sectionRow])
	if err != nil {
		return d, fmt.Errorf("collect what is held on %s: %w", id, err)
	}
	for _, row := range found {
		s := Section{Title: row.Title, Part: row.Part}
		if err := json.Unmarshal(row.Entries, &s.Entries); err != nil {
			return d, fmt.Errorf("read what %s holds: %w", row.Title, err)
		}
		d.Sections = append(d.Sections, s)
	}
	return d, nil
}

func people(ctx context.Context, tx *postgres.Tx) ([]Person, error) {
	rows, _ := tx.Query(ctx, `
		SELECT person_id, name, email, active, places
		FROM ctx.land_people()
		ORDER BY active DESC, name COLLATE "de-x-icu", person_id
		LIMIT 2000`)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Person])
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return found, nil
}

func person(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Person, error) {
	rows, _ := tx.Query(ctx, `
		SELECT person_id, name, email, active, places
		FROM ctx.land_people()
		WHERE person_id = @person`, pgx.StrictNamedArgs{"person": id})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Person])
}

func correct(ctx context.Context, tx *postgres.Tx, id uuid.UUID, c Correction) (done bool, err error) {
	err = tx.QueryRow(ctx, `SELECT ctx.correct_person(@person, @name, @email, @was_name, @was_email)`, pgx.StrictNamedArgs{
		"person": id, "name": c.Name, "email": c.Email, "was_name": c.WasName, "was_email": c.WasEmail,
	}).Scan(&done)
	if err != nil {
		return false, fmt.Errorf("correct person %s: %w", id, err)
	}
	return done, nil
}
