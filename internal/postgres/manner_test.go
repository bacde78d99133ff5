package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/postgres"
)

// TestSteadyStatementsArePlannedOnce, and nothing else is: a plan for all values is slow where values differ much.
func TestSteadyStatementsArePlannedOnce(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	type way func(context.Context, access.Actor, access.Action, func(*postgres.Tx) error) error
	moment := func(ctx context.Context, who access.Actor, action access.Action, fn func(*postgres.Tx) error) error {
		return w.DB.ReadMoment(ctx, who, action, func(tx *postgres.Tx, _ postgres.Moment) error { return fn(tx) })
	}
	for name, c := range map[string]struct {
		way  way
		want string
	}{
		"Read": {w.DB.Read, "auto"}, "Write": {w.DB.Write, "auto"},
		"ReadSteady": {w.DB.ReadSteady, "force_generic_plan"}, "ReadMoment": {moment, "force_generic_plan"}, "WriteSteady": {w.DB.WriteSteady, "force_generic_plan"},
	} {
		var got string
		err := c.way(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
			if err := tx.QueryRow(ctx, `SELECT current_setting('plan_cache_mode')`).Scan(&got); err != nil {
				return err
			}
			return postgres.ErrRepeated
		})
		if err != nil && err != postgres.ErrRepeated || got != c.want {
			t.Errorf("%s plans %q, want %q (%v)", name, got, c.want, err)
		}
	}
}

// TestAMomentLastsUntilTheNextEntry: whoever keeps an answer asks by it whether the answer still holds.
func TestAMomentLastsUntilTheNextEntry(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	now := func() (found postgres.Moment) {
		t.Helper()
		err := w.DB.ReadMoment(ctx, land, access.ServiceView, func(_ *postgres.Tx, m postgres.Moment) error { found = m; return nil })
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	before := now()
	if now() != before {
		t.Error("nothing happened, and it is another moment")
	}
	err := w.DB.Write(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
		return audit.Record(ctx, tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "test", Record: uuid.New(), Visibility: audit.Land})
	})
	if err != nil || now() == before {
		t.Errorf("after an entry it is the same moment (%v)", err)
	}
}

func TestAnAddressMaySayHowLongToConnect(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]func(time.Duration) bool{
		"postgres://portal_app@db.example/portal":                   func(d time.Duration) bool { return d > 0 && d <= 5*time.Second },
		"postgres://portal_app@db.example/portal?connect_timeout=7": func(d time.Duration) bool { return d == 7*time.Second },
	} {
		config, err := pgx.ParseConfig(address)
		if err != nil {
			t.Fatal(err)
		}
		postgres.GiveUpAfter(config, time.Second)
		if !want(config.ConnectTimeout) {
			t.Errorf("%s: gives up connecting after %s", address, config.ConnectTimeout)
		}
	}
}
