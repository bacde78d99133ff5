package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is the portal's database behind its door.
type DB struct {
	pool  *pgxpool.Pool
	clock func() time.Time
	facts facts
}

// Option changes how a DB behaves.
type Option func(*settings)

type settings struct {
	pool  *pgxpool.Config
	clock func() time.Time
}

// WithClock replaces the database's time by another clock: the demo loader plays twelve months of history with it.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.clock = now } }

// WithPool lets a caller shape the pool.
func WithPool(change func(*pgxpool.Config)) Option { return func(s *settings) { change(s.pool) } }

// WithTracer has a tracer see every statement.
func WithTracer(t pgx.QueryTracer) Option { return func(s *settings) { s.pool.ConnConfig.Tracer = t } }

// Open connects lazily to the database as the application's role: the portal starts while the database is away.
func Open(ctx context.Context, url string, options ...Option) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	for name, value := range map[string]string{
		"statement_timeout":                   "5s",
		"lock_timeout":                        "2s",
		"idle_in_transaction_session_timeout": "10s",
		"application_name":                    "portal",
		"jit":                                 "off", // compiling a page's statement takes longer than running it
	} {
		config.ConnConfig.RuntimeParams[name] = value
	}
	config.PingTimeout = time.Second
	s := settings{pool: config}
	for _, option := range options {
		option(&s)
	}
	config.AfterConnect = knowUUIDs
	GiveUpAfter(config.ConnConfig, 6*time.Second)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return &DB{pool: pool, clock: s.clock}, nil
}

// Close waits for running transactions and closes every connection.
func (db *DB) Close() { db.pool.Close() }

// ErrStrongRole says that row-level security would not bind the role of the connection.
var ErrStrongRole = errors.New("the database role is owner, superuser or may bypass row security; connect as portal_app")

// CheckRole refuses a role that row-level security would not bind.
func (db *DB) CheckRole(ctx context.Context) error {
	var unsafe bool
	err := db.pool.QueryRow(ctx, `
		SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role('portal_owner', 'USAGE')
		FROM pg_roles r
		WHERE r.rolname = current_user`).Scan(&unsafe)
	if err != nil {
		return fmt.Errorf("look at the database role: %w", err)
	}
	if unsafe {
		return ErrStrongRole
	}
	return nil
}
