package privacy

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Erasure is a person whose name is gone. It names nobody.
type Erasure struct {
	Person uuid.UUID `db:"person_id"`
	At     time.Time `db:"erased_at"`
}

// Erasures lists everybody who was erased, with the rights of the database's owner. Kept apart from the backups, the list
// is what Replay needs after one of them came back.
func Erasures(ctx context.Context, url string) (found []Erasure, err error) {
	err = asOwner(ctx, url, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			SELECT person_id, erased_at
			FROM auth.person
			WHERE erased_at IS NOT NULL
			ORDER BY erased_at, person_id`)
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[Erasure])
		return err
	})
	return found, err
}

// Replay erases again whom a backup brought back, and says how many those were. Whom the backup does not know is no error.
func Replay(ctx context.Context, url string, list []Erasure) (again int, err error) {
	err = asOwner(ctx, url, func(tx pgx.Tx) error {
		for _, e := range list {
			var done bool
			if err := tx.QueryRow(ctx, `SELECT auth.erase_person($1, $2)`, e.Person, e.At).Scan(&done); err != nil {
				return fmt.Errorf("erase %s again: %w", e.Person, err)
			}
			if done {
				again++
			}
		}
		return nil
	})
	return again, err
}

func asOwner(ctx context.Context, url string, fn func(pgx.Tx) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connect as owner: %w", err)
	}
	defer conn.Close(ctx)
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL ROLE portal_owner`); err != nil {
			return fmt.Errorf("become portal_owner: %w", err)
		}
		return fn(tx)
	})
}
