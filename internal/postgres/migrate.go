package postgres

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/golang-migrate/migrate/v4"
	driver "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	_ "github.com/jackc/pgx/v5/stdlib" // database/sql driver "pgx" for the migrator

	"rollinportal/migrations"
)

// Migrate brings the database at url up to the newest migration. It connects as a role that may SET ROLE to
// portal_owner; the application's own role cannot. One migrator runs at a time.
func Migrate(url string) error {
	return withMigrator(url, func(m *migrate.Migrate) error { return m.Up() })
}

// MigrateSteps applies n migrations, downwards if n is negative.
func MigrateSteps(url string, n int) error {
	return withMigrator(url, func(m *migrate.Migrate) error { return m.Steps(n) })
}

func withMigrator(url string, do func(*migrate.Migrate) error) error {
	conn, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("open the database to migrate: %w", err)
	}
	defer conn.Close()
	target, err := driver.WithInstance(conn, &driver.Config{})
	if err != nil {
		return fmt.Errorf("prepare the migration: %w", err)
	}
	source, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	m, err := migrate.NewWithInstance("iofs", source, "pgx5", target)
	if err != nil {
		return fmt.Errorf("prepare the migration: %w", err)
	}
	defer m.Close()
	if err := do(m); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Reset takes the database down to nothing and up again. Only the demo calls it, on data it made itself.
func Reset(url string) error {
	if err := withMigrator(url, func(m *migrate.Migrate) error { return m.Down() }); err != nil {
		return err
	}
	return Migrate(url)
}
