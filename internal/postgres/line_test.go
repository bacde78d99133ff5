package postgres_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// cable is a line that can break in the moment of a commit, or fall silent.
type cable struct {
	net.Conn
	how *atomic.Value // of breakage
}

// The ways in which a cable breaks.
type breakage string

const (
	whole        breakage = ""
	beforeCommit breakage = "before the server reads the commit"
	afterCommit  breakage = "before the server's answer to the commit"
	dead         breakage = "for good, in silence"
)

func (c cable) Write(b []byte) (int, error) {
	how := c.how.Load().(breakage)
	switch {
	case how == dead:
		return len(b), nil
	case how == whole || !bytes.Contains(b, []byte("commit\x00")):
		return c.Conn.Write(b)
	}
	c.how.Store(whole)
	if how == afterCommit { // once it answers: a line that is closed at once may take the commit with it
		_, _ = c.Conn.Write(b)
		_, _ = c.Conn.Read(make([]byte, 1))
	}
	_ = c.Conn.Close()
	return len(b), nil
}

// wired opens the database over cables that break as is said.
func wired(t *testing.T, w *dbtest.World) (*postgres.DB, *atomic.Value) {
	t.Helper()
	how := &atomic.Value{}
	how.Store(whole)
	db, err := postgres.Open(ctx, w.URL, postgres.WithPool(func(c *pgxpool.Config) {
		c.MaxConns = 2
		dial := c.ConnConfig.DialFunc
		c.ConnConfig.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := dial(ctx, network, addr)
			return cable{conn, how}, err
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db, how
}

// TestALostAnswerToACommitIsLookedUp: people hear that their words are stored when they are, and only then.
func TestALostAnswerToACommitIsLookedUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	db, how := wired(t, w)
	land := w.As(t, "land")
	write := func(note string, record func(*postgres.Tx) error) error {
		return db.Write(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
			if _, err := tx.Exec(ctx, `UPDATE portal.service SET note = @note WHERE land_id = @land AND slug = 'wohngeld'`, pgx.StrictNamedArgs{"land": tx.Land(), "note": note}); err != nil {
				return err
			}
			return record(tx)
		})
	}
	inTrail := func(tx *postgres.Tx) error {
		return audit.Record(ctx, tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "service", Record: uuid.New(), Visibility: audit.Land})
	}
	nowhere := func(tx *postgres.Tx) error { audit.Personal(tx); return nil }
	const stored, notStored, notSure = "", "sind nicht gespeichert", "ist noch nicht sicher"
	for name, c := range map[string]struct {
		how    breakage
		record func(*postgres.Tx) error
		want   string
		kept   bool
	}{
		"whole":                  {whole, inTrail, stored, true},
		"before it":              {beforeCommit, inTrail, notStored, false},
		"after it":               {afterCommit, inTrail, stored, true},
		"after it, no entry":     {afterCommit, nowhere, notSure, true},
		"before it, no entry":    {beforeCommit, nowhere, notStored, false},
		"after it, once more":    {afterCommit, inTrail, stored, true},
		"before it, once more":   {beforeCommit, inTrail, notStored, false},
		"whole, and all is well": {whole, inTrail, stored, true},
	} {
		how.Store(c.how)
		err := write(name, c.record)
		if told := err == nil && c.want == stored || err != nil && c.want != stored && strings.Contains(fault.Text(err), c.want); !told {
			t.Errorf("the line broke %s: people hear %v, want %q", name, err, c.want)
		}
		if err != nil && fault.KindOf(err) != fault.Unavailable {
			t.Errorf("the line broke %s: %v is no fault of the server's", name, err)
		}
		note := dbtest.Admin[string](t, w, `SELECT note FROM portal.service JOIN portal.land USING (land_id) WHERE slug = 'wohngeld' AND key = 'thueringen'`)
		if (note == name) != c.kept {
			t.Errorf("the line broke %s: the note is %q", name, note)
		}
	}
}

// TestARoundMayTakeItsTime: longer than any request, and nobody takes the line for dead meanwhile.
func TestARoundMayTakeItsTime(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	took := func(limit time.Duration) error {
		return w.DB.Read(ctx, w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
			if limit > 0 {
				if err := tx.TakeTime(ctx, limit); err != nil {
					return err
				}
			}
			_, err := tx.Exec(ctx, `SELECT pg_sleep(7)`)
			return err
		})
	}
	if err := took(8500 * time.Millisecond); err != nil {
		t.Errorf("seven seconds of eight and a half: %v", err)
	}
	if err := took(0); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a request takes seven seconds: %v", err)
	}
}

// TestALineThatFellSilentIsGivenUp: soon there is an error, and soon after new lines are used, though nobody has told us.
func TestALineThatFellSilentIsGivenUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	db, how := wired(t, w)
	land := w.As(t, "land")
	read := func() error {
		return db.Read(ctx, land, access.HomeView, func(tx *postgres.Tx) error {
			var one int
			return tx.QueryRow(ctx, `SELECT 1`).Scan(&one)
		})
	}
	if err := read(); err != nil {
		t.Fatal(err)
	}
	how.Store(dead)
	began := time.Now()
	if err := read(); fault.KindOf(err) != fault.Unavailable || time.Since(began) > 7*time.Second {
		t.Errorf("a silent line: %v after %s", err, time.Since(began))
	}
	how.Store(whole)
	began = time.Now()
	err := errors.New("not tried")
	for err != nil && time.Since(began) < 10*time.Second {
		err = read()
	}
	if err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("after the line is back: %v after %s", err, time.Since(began))
	}
}

// TestTheServerIsAskedToNoticeSilence reads it on the wire: over a Unix socket Postgres has no keepalives to show.
func TestTheServerIsAskedToNoticeSilence(t *testing.T) {
	t.Parallel()
	config, err := pgx.ParseConfig("postgres://portal_app@db.example/portal?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	config.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil }
	config.DialFunc = func(context.Context, string, string) (net.Conn, error) { return near, nil }
	postgres.GiveUpAfter(config, time.Second)
	go func() { _, _ = pgx.ConnectConfig(ctx, config) }()
	said := make([]byte, 1000)
	n, _ := far.Read(said)
	_ = far.Close()
	for _, want := range []string{"tcp_keepalives_idle\x0030\x00", "tcp_keepalives_interval\x0010\x00", "tcp_keepalives_count\x003\x00", "tcp_user_timeout\x0060000\x00"} {
		if !strings.Contains(string(said[:n]), want) {
			t.Errorf("the portal says %q, want %q", said[:n], want)
		}
	}
}
