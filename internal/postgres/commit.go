package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
)

// Until when we ask what became of a commit whose answer was lost, and how often.
const (
	askFor   = 2 * time.Second
	askEvery = 100 * time.Millisecond
)

// told says what became of a transaction whose commit came back with err. If the line broke before the answer was there,
// it asks on another line, so that people hear the truth (promise P7).
func (db *DB) told(ctx context.Context, tx *Tx, how manner, err error) error {
	if !how.writes() || fault.KindOf(err) != fault.Unavailable {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askFor)
	defer cancel()
	for {
		switch db.fateOf(ctx, tx) {
		case kept:
			return nil
		case gone:
			return err
		case unsure:
			return fault.Wrap(fault.Unavailable, unsureText, err)
		}
		select {
		case <-ctx.Done():
			return fault.Wrap(fault.Unavailable, unsureText, err)
		case <-time.After(askEvery):
		}
	}
}

const unsureText = "Die Verbindung zur Datenbank brach im letzten Augenblick ab. Ob Ihre Angaben gespeichert sind, ist noch nicht sicher. Senden Sie das Formular in einer Minute noch einmal: Doppelt gespeichert wird nichts."

// fate is what became of a transaction.
type fate string

const (
	running fate = "running" // the server still works on it, or there is no server to ask
	kept    fate = "kept"
	gone    fate = "gone"
	unsure  fate = "unsure"
)

// fateOf looks for the entry that the transaction left in the trail, which is there on whatever server took over. The
// number of the transaction alone proves nothing: after a crash or a fail-over it may belong to another one. That one
// committed and we see no entry may also mean that the write leaves none.
func (db *DB) fateOf(ctx context.Context, before *Tx) fate {
	conn, err := db.acquire(ctx)
	if err != nil {
		return running
	}
	defer conn.Release()
	var status string
	err = conn.QueryRow(ctx, `SELECT coalesce(pg_xact_status($1::text::xid8), '')`, before.number).Scan(&status)
	if sqlState(err) == "22023" { // in the future of this server: it never heard of it
		status, err = "aborted", nil
	}
	if err != nil {
		return running
	}
	left, err := db.leftEntry(ctx, conn.Conn(), before)
	switch {
	case err != nil || !left && status == "in progress":
		return running
	case left:
		return kept
	case status == "aborted":
		return gone
	}
	return unsure
}

// leftEntry looks into the trail as the person who wrote.
func (db *DB) leftEntry(ctx context.Context, conn *pgx.Conn, before *Tx) (left bool, err error) {
	tx, err := db.enter(ctx, conn, before.Who, reading)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM portal.audit_event WHERE land_id = @land AND actor = @person AND at = @at)`,
		pgx.StrictNamedArgs{"land": before.Land(), "person": before.Who.Person, "at": before.Now}).Scan(&left)
	return left, err
}
