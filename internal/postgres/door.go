package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/workday"
)

// Tx is one transaction of one person. Its Now is the same for everything that happens in it.
type Tx struct {
	pgx.Tx
	Who     access.Actor
	Reach   access.Reach // how far the permission carries this person
	Now     time.Time
	audited bool
	number  string // Postgres' own for a transaction that writes
	moment  []byte // nil for a transaction that was not asked for it
	facts   *facts
	slow    *line // whose patience was stretched
}

// Land is the tenant, for the predicate that every statement shows.
func (tx *Tx) Land() uuid.UUID { return tx.Who.Land.ID }

// Org is the acting person's organisation.
func (tx *Tx) Org() uuid.UUID { return tx.Who.Org.ID }

// Today is the day in Germany on which the transaction runs: midnight UTC, the way Postgres hands out dates.
func (tx *Tx) Today() time.Time { return workday.Day(tx.Now) }

// Audited notes that the change has its entry in the trail. Only package audit calls it.
func (tx *Tx) Audited() { tx.audited = true }

// Read runs fn in a read-only transaction, if who may do action.
func (db *DB) Read(ctx context.Context, who access.Actor, action access.Action, fn func(*Tx) error) error {
	return db.inTx(ctx, who, action, reading, fn)
}

// ReadSteady is Read for statements that Postgres shall plan once for each connection, and not for every request: where
// planning a statement over many tables costs more than its answer, and the plan suits every Land.
func (db *DB) ReadSteady(ctx context.Context, who access.Actor, action access.Action, fn func(*Tx) error) error {
	return db.inTx(ctx, who, action, steady, fn)
}

// Moment names the state of all records of a Land: the last links of all chains of its trail, as no record changes without
// an entry. Whoever is told the same moment twice reads the same records.
type Moment [sha256.Size]byte

// ReadMoment is ReadSteady for what may be kept: fn is told the moment that it reads.
func (db *DB) ReadMoment(ctx context.Context, who access.Actor, action access.Action, fn func(*Tx, Moment) error) error {
	return db.inTx(ctx, who, action, dated, func(tx *Tx) error { return fn(tx, Moment(tx.moment)) })
}

// ErrRepeated ends a write in which nothing is left to do: the same person asked for the same a moment ago. The
// transaction rolls back and counts as done, so that a double click has one effect and no error.
var ErrRepeated = errors.New("done before")

// Write runs fn in a transaction, if who may do action, and commits only what left an audit entry. It runs fn again
// when the database asks for it (deadlock, fail-over), so fn must change nothing outside the transaction. ErrRepeated
// from fn is no error.
func (db *DB) Write(ctx context.Context, who access.Actor, action access.Action, fn func(*Tx) error) error {
	return db.write(ctx, who, action, writing, fn)
}

// WriteSteady is Write for statements that Postgres shall plan once for each connection, as ReadSteady is Read.
func (db *DB) WriteSteady(ctx context.Context, who access.Actor, action access.Action, fn func(*Tx) error) error {
	return db.write(ctx, who, action, steadyWriting, fn)
}

func (db *DB) write(ctx context.Context, who access.Actor, action access.Action, how manner, fn func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := db.inTx(ctx, who, action, how, fn)
		if errors.Is(err, ErrRepeated) {
			return nil
		}
		if attempt == 3 || !worthRetrying(err) {
			return err
		}
	}
}

var (
	errForbidden  = fault.New(fault.Forbidden, "Ihre Rolle erlaubt das nicht.")
	errNotAudited = errors.New("a write without an audit entry was rolled back")
)

func (db *DB) inTx(ctx context.Context, who access.Actor, action access.Action, how manner, fn func(*Tx) error) error {
	reach := who.Reach(action)
	if reach == access.None {
		return errForbidden
	}
	conn, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	tx, err := db.enter(ctx, conn.Conn(), who, how)
	if err != nil {
		return translate(err)
	}
	defer tx.hurry()
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	tx.Reach = reach
	if err := fn(tx); err != nil {
		return translate(err)
	}
	if how.writes() && !tx.audited {
		return errNotAudited
	}
	if err := tx.Commit(ctx); err != nil {
		conn.Release() // asking what became of it takes another one
		return db.told(ctx, tx, how, translate(err))
	}
	return nil
}

// enter begins the transaction and opens its context in one round trip.
func (db *DB) enter(ctx context.Context, conn *pgx.Conn, who access.Actor, how manner) (*Tx, error) {
	batch := &pgx.Batch{}
	batch.BeginTx(how.options())
	tx := &Tx{Who: who, facts: &db.facts}
	var membership uuid.UUID
	var now time.Time
	if db.clock != nil {
		now = db.clock()
		batch.Queue(`SELECT set_config('app.now', $1, true)`, now.Format(time.RFC3339Nano)) // for triggers that note when
	}
	queueEnter(batch, who, how).QueryRow(func(row pgx.Row) error {
		return row.Scan(&membership, &tx.Now, &tx.number, &tx.moment, nil)
	})
	results := conn.SendBatch(ctx, batch)
	tx.Tx = results.Tx()
	if err := results.Close(); err != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx))
		return nil, err
	}
	if membership != who.Membership {
		_ = tx.Rollback(context.WithoutCancel(ctx))
		return nil, errSignedOut
	}
	if db.clock != nil {
		tx.Now = now
	}
	return tx, nil
}

// queueEnter asks for the context: a person shows the token of a session, a worker the role of its connection. In the
// same breath it says how the statements that follow are planned, a transaction that writes gets its number, and one that
// reads what may be kept its moment.
func queueEnter(batch *pgx.Batch, who access.Actor, how manner) *pgx.QueuedQuery {
	if who.Automatic {
		return batch.Queue(how.asks()+` FROM ctx.enter_work($2, $3)`, how.plans(), who.Land.ID, who.Org.ID)
	}
	return batch.Queue(how.asks()+` FROM ctx.enter($2)`, how.plans(), []byte(who.Token))
}

// Now is the time of the next transaction: the database's, or the clock's that the DB was opened with.
func (db *DB) Now(ctx context.Context) (now time.Time, err error) {
	if db.clock != nil {
		return db.clock(), nil
	}
	err = db.Anonymous(ctx, func(q Querier) error {
		return q.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&now)
	})
	return now, err
}

// manner is how a transaction goes about its work.
type manner int

const (
	reading manner = iota
	steady         // reading, with plans that are made once
	dated          // steady, with the moment
	writing
	steadyWriting
)

// asks begins the statement that opens the context.
func (m manner) asks() string {
	switch {
	case m.writes():
		return `SELECT membership_id, entered_at, pg_current_xact_id()::text, NULL::bytea, set_config('plan_cache_mode', $1, true)`
	case m == dated:
		return `SELECT membership_id, entered_at, '', ctx.moment(), set_config('plan_cache_mode', $1, true)`
	}
	return `SELECT membership_id, entered_at, '', NULL::bytea, set_config('plan_cache_mode', $1, true)`
}

// plans is the setting that Postgres takes for statements of such a transaction.
func (m manner) plans() string {
	if m == steady || m == dated || m == steadyWriting {
		return "force_generic_plan"
	}
	return "auto"
}

// writes reports whether something may change.
func (m manner) writes() bool { return m == writing || m == steadyWriting }

// options let a reading transaction see one moment: the figures of a page agree, however many statements it takes.
func (m manner) options() pgx.TxOptions {
	if m.writes() {
		return pgx.TxOptions{AccessMode: pgx.ReadWrite}
	}
	return pgx.TxOptions{AccessMode: pgx.ReadOnly, IsoLevel: pgx.RepeatableRead}
}

// Anonymous hands fn a connection without any context: row security shows it nothing, and only the functions of
// schema ctx answer. Signing in and out happens here.
func (db *DB) Anonymous(ctx context.Context, fn func(Querier) error) error {
	conn, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return translate(fn(conn.Conn()))
}

// Querier is what a connection without context can do.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// acquire waits at most two seconds for a connection: a person would rather read that the database is away.
func (db *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	conn, err := db.pool.Acquire(ctx)
	return conn, translate(err)
}
