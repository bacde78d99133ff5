package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	driver "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"rollinportal/migrations"
)

// Migrate brings the database at url up to the newest migration, while the portal works. It connects as a role that may
// SET ROLE to portal_owner; the application's own role cannot. One migrator runs at a time; another waits for its turn.
func Migrate(url string) error { return migrateFiles(url, migrations.Files) }

// The portal's own statements wait two seconds for a lock. A migrator that queues for a busy table holds up everybody who
// comes after it, so it gives up sooner and tries again.
const (
	migratorWaits = time.Second
	migratorTries = 20
)

func migrateFiles(url string, files fs.FS) error {
	left := nowhere
	for try := 1; ; try++ {
		err := withMigrator(url, files, func(m *migrate.Migrate) error {
			if err := cleanUp(m, files, left); err != nil {
				return err
			}
			left = nowhere
			return m.Up()
		})
		missed := lockMissed(err)
		if try == migratorTries || missed == nowhere {
			return stopped(url, files, err)
		}
		if missed != atTheDoor {
			left = missed
		}
		time.Sleep(min(time.Duration(try)*migratorWaits/2, 3*time.Second))
	}
}

// place is where a migrator got no lock in time.
type place int

const (
	nowhere   place = iota // it failed for another reason, or not at all
	atTheDoor              // another migrator is at work
	inAFile                // a table was busy; the file is one transaction, so nothing of it is there
	inTheBook              // the table of versions was busy, for instance with a backup
)

func lockMissed(err error) place {
	if errors.Is(err, migrate.ErrLockTimeout) {
		return atTheDoor
	}
	if failed, ok := errors.AsType[database.Error](err); ok && sqlState(failed.OrigErr) == lockTimeout {
		return inAFile
	}
	failed, ok := errors.AsType[*database.Error](err)
	switch {
	case !ok || sqlState(failed.OrigErr) != lockTimeout:
		return nowhere
	case strings.Contains(string(failed.Query), "pg_advisory_lock"):
		return atTheDoor
	}
	return inTheBook
}

const lockTimeout = "55P03"

// cleanUp takes off the mark that a migration is under way, which a missed lock left behind.
func cleanUp(m *migrate.Migrate, files fs.FS, where place) error {
	if where == nowhere {
		return nil
	}
	version, dirty, err := m.Version()
	if errors.Is(err, migrate.ErrNilVersion) || err == nil && !dirty {
		return nil
	}
	if err != nil {
		return err
	}
	if where == inTheBook {
		return m.Force(int(version)) //nolint:gosec // numbers of six digits
	}
	source, err := iofs.New(files, ".")
	if err != nil {
		return err
	}
	before, err := source.Prev(version)
	if errors.Is(err, fs.ErrNotExist) {
		return m.Force(database.NilVersion)
	}
	if err != nil {
		return err
	}
	return m.Force(int(before)) //nolint:gosec // numbers of six digits
}

// stopped says in one line why a migration did not come through. A file that the database refused has left nothing behind, so
// its mark goes, and the next migrator begins with it.
func stopped(url string, files fs.FS, err error) error {
	refused, inFile := errors.AsType[database.Error](err)
	dirty, marked := errors.AsType[migrate.ErrDirty](err)
	switch {
	case inFile:
		var name string
		cleaned := withMigrator(url, files, func(m *migrate.Migrate) error {
			version, _, err := m.Version()
			name = nameOf(files, int(version)) //nolint:gosec // numbers of six digits
			if err == nil && sqlState(refused.OrigErr) == "" {
				err = errors.New("the line broke, so nobody knows whether it came through; docs/runbooks/upgrade.md says how to go on")
			}
			if err != nil {
				return err
			}
			return cleanUp(m, files, inAFile)
		})
		if cleaned != nil {
			return fmt.Errorf("migration %s broke off: %w; and its mark stays: %w", name, refused.OrigErr, cleaned)
		}
		return fmt.Errorf("migration %s broke off, nothing of it is there: %w", name, refused.OrigErr)
	case marked:
		return fmt.Errorf("migration %s broke off, or is under way; docs/runbooks/upgrade.md says how to go on", nameOf(files, dirty.Version))
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the database is newer than this program, which ends with %s: run portal migrate of the newer one", nameOf(files, int(SchemaVersion())))
	}
	return err
}

// nameOf is the name of a migration, its number if it is unknown.
func nameOf(files fs.FS, version int) string {
	number := fmt.Sprintf("%06d", version)
	if names, err := fs.Glob(files, number+"_*.up.sql"); err == nil && len(names) == 1 {
		return strings.TrimSuffix(names[0], ".up.sql")
	}
	return number
}

// MigrateSteps applies n migrations, downwards if n is negative. Tests do.
func MigrateSteps(url string, n int) error {
	return withMigrator(url, migrations.Files, func(m *migrate.Migrate) error { return m.Steps(n) })
}

func withMigrator(url string, files fs.FS, do func(*migrate.Migrate) error) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("read the database address: %w", err)
	}
	config.RuntimeParams["lock_timeout"] = strconv.FormatInt(migratorWaits.Milliseconds(), 10)
	config.RuntimeParams["application_name"] = "portal-migrate"
	conn := stdlib.OpenDB(*config)
	defer conn.Close()
	if err := mayMigrate(conn); err != nil {
		return err
	}
	target, err := driver.WithInstance(conn, &driver.Config{})
	if err != nil {
		return fmt.Errorf("prepare the migration: %w", err)
	}
	source, err := iofs.New(files, ".")
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

// mayMigrate refuses a role that can neither become the owner nor make one.
func mayMigrate(conn *sql.DB) error {
	var role string
	var may bool
	err := conn.QueryRowContext(context.Background(), `
		SELECT current_user, coalesce(
			pg_has_role((SELECT oid FROM pg_roles WHERE rolname = 'portal_owner'), 'MEMBER'),
			(SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user))`).Scan(&role, &may)
	if err != nil {
		return fmt.Errorf("prepare the migration: %w", err)
	}
	if !may {
		return fmt.Errorf("prepare the migration: %s may not become portal_owner; connect as portal_migrate", role)
	}
	return nil
}

// Reset takes the database down to nothing and up again. Only the demo calls it, on data it made itself.
func Reset(url string) error {
	if err := withMigrator(url, migrations.Files, func(m *migrate.Migrate) error { return m.Down() }); err != nil {
		return err
	}
	return Migrate(url)
}
