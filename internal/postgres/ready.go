package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"rollinportal/migrations"
)

// ErrSchema says that the database lacks migrations that this program was built for.
var ErrSchema = errors.New("the database is older than this program, or its migration broke off; run portal migrate")

// Ready returns nil if the database answers and has the schema that this program needs. A newer schema is fine: while the
// next version is rolled out, this one goes on (docs/runbooks/upgrade.md).
func (db *DB) Ready(ctx context.Context) error {
	var version int64
	var dirty bool
	read := func() error {
		return db.pool.QueryRow(ctx, `SELECT version, dirty FROM ctx.schema_version()`).Scan(&version, &dirty)
	}
	err := read()
	if IsNoRow(err) {
		err = read() // the migrator empties the table to fill it anew
	}
	if LacksSchema(err) {
		return ErrSchema
	}
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", translate(err))
	}
	if needed := SchemaVersion(); version < needed || version == needed && dirty {
		return ErrSchema
	}
	return nil
}

// SchemaVersion is the newest migration that this program contains.
func SchemaVersion() int64 {
	names, err := fs.Glob(migrations.Files, "*.up.sql")
	if err != nil || len(names) == 0 {
		panic("the program contains no migrations")
	}
	version, err := strconv.ParseInt(names[len(names)-1][:6], 10, 64)
	if err != nil {
		panic("a migration has no number: " + err.Error())
	}
	return version
}

// Pool is how the connections of a DB are used.
type Pool struct {
	Busy, Idle, Most int32
	Waits            int64 // how often somebody had to wait
	Waited           time.Duration
}

// Pool tells how the connections are used at this moment.
func (db *DB) Pool() Pool {
	now := db.pool.Stat()
	return Pool{Busy: now.AcquiredConns(), Idle: now.IdleConns(), Most: now.MaxConns(), Waits: now.EmptyAcquireCount(), Waited: now.EmptyAcquireWaitTime()}
}
