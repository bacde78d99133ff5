package postgres

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rollinportal/internal/fault"
)

var errSignedOut = fault.New(fault.SignedOut, "Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.")

// translate turns what the database says into a fault where a person can do something about it. It is the only
// place that knows SQLSTATE codes.
func translate(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing()
	}
	if unavailable(err) {
		return fault.Wrap(fault.Unavailable, "Die Datenbank antwortet gerade nicht. Ihre Angaben sind nicht gespeichert. Versuchen Sie es in einer Minute noch einmal.", err)
	}
	switch code := sqlState(err); code {
	case "28000":
		return errSignedOut
	case "23505":
		return fault.Wrap(fault.Conflict, "Das gibt es schon: Jemand hat es gerade angelegt.", err)
	case "40001", "40P01", "55P03":
		return fault.Wrap(fault.Conflict, "Jemand anders arbeitet gerade an derselben Stelle. Versuchen Sie es noch einmal.", err)
	case "PR015":
		return fault.Wrap(fault.Forbidden, "Wer eingereicht hat, prüft nicht selbst. Diese Prüfung liegt bei einer anderen Stelle.", err)
	case "PR001":
		return fault.Wrap(fault.Conflict, "Über diese Nachnutzung ist schon entschieden. Ein beschlossener Vorgang ändert sich nicht mehr.", err)
	}
	if strings.HasPrefix(sqlState(err), "22") {
		return silent{err}
	}
	return err
}

// silent keeps what a person typed out of the log: Postgres quotes a value that does not fit its type (class 22).
type silent struct{ error }

func (s silent) Error() string {
	pg, _ := errors.AsType[*pgconn.PgError](s.error)
	return strings.ReplaceAll(s.error.Error(), pg.Message, "a value does not fit its type")
}

func (s silent) Unwrap() error { return s.error }

// Violates reports whether err breaks the named constraint of the schema.
func Violates(err error, constraint string) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.ConstraintName == constraint
}

// LacksSchema reports whether the database misses a schema, table, column or function: it has not been migrated.
func LacksSchema(err error) bool {
	return slices.Contains([]string{"3F000", "42P01", "42703", "42883"}, sqlState(err))
}

func sqlState(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code
	}
	return ""
}

// unavailable says that the server, not the statement, is at fault: connection errors, shutdown, full or broken disk,
// statement timeout.
func unavailable(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, broken := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed, context.DeadlineExceeded} {
		if errors.Is(err, broken) {
			return true
		}
	}
	switch code := sqlState(err); code {
	case "25006", "25P03": // a replica that does not write; a transaction that the server gave up
		return true
	default:
		return len(code) == 5 && slices.Contains([]string{"08", "53", "57", "58"}, code[:2])
	}
}

// worthRetrying is true for errors after which Postgres promises that nothing was committed.
func worthRetrying(err error) bool {
	switch sqlState(err) {
	case "40001", "40P01":
		return true
	}
	return false
}

// IsNoRow reports whether a query that wanted one row found none.
func IsNoRow(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
