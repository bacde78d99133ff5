package demo

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
)

// Site is a migrated database to fill.
type Site struct {
	AdminURL string // may do everything
	AppURL   string // as portal_app
	Issuer   string
	Out      io.Writer // tells people what takes so long
}

// Load fills the database unless that was done before. Only the people's provider is brought up to date each time.
// A load that was cut off left no mark: then everything starts anew.
func Load(ctx context.Context, site Site) error {
	operator := identity.NewOperator(site.AdminURL)
	state, err := readMark(ctx, site.AdminURL)
	if err != nil {
		return err
	}
	stage := Stage{Operator: operator, Issuer: site.Issuer}
	if state == loaded {
		return stage.AddPeople(ctx)
	}
	if state == begun {
		fmt.Fprintln(site.Out, "räume eine abgebrochene Beladung auf …")
		if err := postgres.Reset(site.AdminURL); err != nil {
			return err
		}
	}
	if err := writeMark(ctx, site.AdminURL, begun); err != nil {
		return err
	}
	fmt.Fprintln(site.Out, "lade Stammdaten und Demodaten (einmalig, etwa eine Minute) …")
	clock := NewClock(storyStart)
	stage.DB, err = postgres.Open(ctx, site.AppURL, postgres.WithClock(clock.Now))
	if err != nil {
		return err
	}
	defer stage.DB.Close()
	if err := stage.LoadMasterData(ctx); err != nil {
		return fmt.Errorf("load master data: %w", err)
	}
	if err := stage.Play(ctx, clock, time.Now()); err != nil {
		return fmt.Errorf("play the story: %w", err)
	}
	return writeMark(ctx, site.AdminURL, loaded)
}

// The mark is a comment on the database: it goes with the database and is no table of the portal.
const (
	begun  = "demo: begun"
	loaded = "demo: loaded"
)

func readMark(ctx context.Context, admin string) (mark string, err error) {
	err = withConn(ctx, admin, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `
			SELECT coalesce(shobj_description(oid, 'pg_database'), '')
			FROM pg_database
			WHERE datname = current_database()`).Scan(&mark)
	})
	return mark, err
}

func writeMark(ctx context.Context, admin, mark string) error {
	return withConn(ctx, admin, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS `+"''"+mark+"''"+`', current_database()); END $$`)
		return err
	})
}

func withConn(ctx context.Context, url string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return do(conn)
}

// Clock is the time of the story. It only moves forward, and only when it is told to.
type Clock struct{ now atomic.Int64 }

// NewClock returns a clock that stands at start.
func NewClock(start time.Time) *Clock {
	c := &Clock{}
	c.now.Store(start.UnixNano())
	return c
}

// Now is the story's time.
func (c *Clock) Now() time.Time { return time.Unix(0, c.now.Load()).UTC() }

// Set moves the clock forward to t; backwards it stays.
func (c *Clock) Set(t time.Time) {
	if n := t.UnixNano(); n > c.now.Load() {
		c.now.Store(n)
	}
}
