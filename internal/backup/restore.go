package backup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/jackc/pgx/v5"
)

// Restored is what came back.
type Restored struct {
	Manifest
	SessionsEnded int64
}

// Restore brings a backup back into an empty database and checks every table against the manifest. Until the dump is in, the
// database stays empty if anything fails. schema is the newest migration that this program knows.
func Restore(ctx context.Context, tools Tools, address, dir string, schema int64) (Restored, error) {
	m, err := Read(dir, schema)
	if err != nil {
		return Restored{}, err
	}
	conn, err := connect(ctx, address)
	if err != nil {
		return Restored{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := errors.Join(empty(ctx, conn), prepareRoles(ctx, conn, m.Roles)); err != nil {
		return Restored{}, err
	}
	if err := tools.run(ctx, address, "pg_restore", "--exit-on-error", "--single-transaction", filepath.Join(dir, dumpName)); err != nil {
		return Restored{}, err
	}
	back := Restored{Manifest: m}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		found, err := tables(ctx, tx)
		if err != nil {
			return err
		}
		if wrong := m.differences(found); len(wrong) > 0 {
			return fmt.Errorf("what came back is not what was backed up: %w", errors.Join(wrong...))
		}
		back.SessionsEnded, err = endSessions(ctx, tx)
		return err
	})
	return back, err
}
