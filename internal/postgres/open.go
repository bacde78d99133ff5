package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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

// ErrUnsafe says that nobody should be served over the connection.
var ErrUnsafe = errors.New("the database is not safe to work with")

// Duty is what a connection is for.
type Duty string

// The duties, each with the role that does it.
const (
	Serving Duty = "portal_app"
	Working Duty = "portal_worker"
)

// CheckRole refuses a role that row-level security would not bind, or that is meant for another duty; a database whose tables
// are not protected; and one that does not let the role in. Any other error says that the database is away.
func (db *DB) CheckRole(ctx context.Context, duty Duty) error {
	var strong bool
	var works *bool
	var open []string
	err := db.pool.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM pg_roles r WHERE r.rolname IN (current_user, session_user)
				AND (r.rolsuper OR r.rolbypassrls OR coalesce(pg_has_role(r.oid, (SELECT o.oid FROM pg_roles o WHERE o.rolname = 'portal_owner'), 'MEMBER'), false))),
			CASE WHEN to_regnamespace('river') IS NOT NULL THEN has_schema_privilege('river', 'USAGE') END,
			ARRAY(SELECT c.relname::text FROM pg_class c
				WHERE c.relnamespace = to_regnamespace('portal') AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
				ORDER BY 1)`).Scan(&strong, &works, &open)
	refusal, refused := errors.AsType[*pgconn.PgError](err)
	switch {
	case refused && (strings.HasPrefix(refusal.Code, "28") || refusal.Code == "3D000"):
		return fmt.Errorf("%w: it does not let %s in: %s (SQLSTATE %s)", ErrUnsafe, duty, refusal.Message, refusal.Code)
	case err != nil:
		return fmt.Errorf("look at the database role: %w", err)
	case strong:
		return fmt.Errorf("%w: the role is owner, superuser or may bypass row security; connect as %s", ErrUnsafe, duty)
	case works != nil && *works != (duty == Working):
		return fmt.Errorf("%w: the role is meant for something else; connect as %s", ErrUnsafe, duty)
	case len(open) > 0:
		return fmt.Errorf("%w: row-level security is off for %s; run portal migrate, or find out who turned it off", ErrUnsafe, strings.Join(open, ", "))
	}
	return nil
}
