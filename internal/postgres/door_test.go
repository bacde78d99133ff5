package postgres_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

var ctx = context.Background()

func TestWriteWithoutAuditIsRolledBack(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	rename := func(record bool) error {
		return w.DB.Write(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE portal.service SET note = 'neu' WHERE land_id = @land AND slug = 'wohngeld'`, pgx.StrictNamedArgs{"land": tx.Land()})
			if err != nil || !record {
				return err
			}
			return audit.Record(ctx, tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "service", Record: uuid.New(), Visibility: audit.Land})
		})
	}
	note := func() string {
		return dbtest.Admin[string](t, w, `SELECT note FROM portal.service s JOIN portal.land USING (land_id) WHERE slug = 'wohngeld' AND key = 'thueringen'`)
	}
	if err := rename(false); err == nil || note() == "neu" {
		t.Errorf("a write without an audit entry: err %v, note %q", err, note())
	}
	if err := rename(true); err != nil || note() != "neu" {
		t.Errorf("a write with an audit entry: err %v, note %q", err, note())
	}
}

// TestAWriteIsTriedAgainWhenTheDatabaseAsks: three times at most, and only then.
func TestAWriteIsTriedAgainWhenTheDatabaseAsks(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	for code, want := range map[string]int{"40P01": 3, "40001": 3, "23514": 1} {
		tries := 0
		err := w.DB.Write(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
			if tries++; tries > 3 {
				t.Fatalf("%s: try %d", code, tries)
			}
			_, err := tx.Exec(ctx, `DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '`+code+`'; END $$`)
			return err
		})
		if err == nil || tries != want {
			t.Errorf("%s: %d tries, want %d (%v)", code, tries, want, err)
		}
	}
	tries := 0
	err := w.DB.Write(ctx, land, access.ServiceEdit, func(tx *postgres.Tx) error {
		if tries++; tries == 2 {
			return postgres.ErrRepeated
		}
		_, err := tx.Exec(ctx, `DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40P01'; END $$`)
		return err
	})
	if err != nil || tries != 2 {
		t.Errorf("the second try is good: %d tries, %v", tries, err)
	}
}

func TestDoorRefusesWhatTheTableRefuses(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	err := w.DB.Read(ctx, w.As(t, "k16051"), access.ServiceEdit, func(*postgres.Tx) error {
		t.Error("a town got through the door of service.edit")
		return nil
	})
	if fault.KindOf(err) != fault.Forbidden {
		t.Errorf("err = %v, want Forbidden", err)
	}
}

func TestEndedMembershipEndsTheNextTransaction(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	land := w.As(t, "land")
	dbtest.Admin[int](t, w, `
		WITH ended AS (UPDATE auth.membership SET status = 'ended' WHERE membership_id = $1 RETURNING 1)
		SELECT count(*) FROM ended`, land.Membership)
	err := w.DB.Read(ctx, land, access.ServiceView, func(*postgres.Tx) error { return nil })
	if fault.KindOf(err) != fault.SignedOut {
		t.Errorf("err = %v, want SignedOut", err)
	}
}

// TestContextDoesNotOutliveItsTransaction uses one connection, so that a leak would be seen by the next person.
func TestContextDoesNotOutliveItsTransaction(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, login := range []string{"k16051", "d-k1", "k16052"} {
		who := w.As(t, login)
		err := w.DB.Read(ctx, who, access.HomeView, func(tx *postgres.Tx) error {
			var land, org uuid.UUID
			if err := tx.QueryRow(ctx, `SELECT ctx.land_id(), ctx.org_id()`).Scan(&land, &org); err != nil {
				return err
			}
			if land != who.Land.ID || org != who.Org.ID {
				t.Errorf("%s: context is %s/%s", login, land, org)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = w.DB.Anonymous(ctx, func(q postgres.Querier) error {
			var land *uuid.UUID
			if err := q.QueryRow(ctx, `SELECT ctx.land_id()`).Scan(&land); err != nil {
				return err
			}
			if land != nil {
				t.Errorf("after %s, the connection still stands in Land %s", login, land)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestForeignKeysDoNotReachOverTheWall: keys are checked without row security, so they must carry the tenant.
func TestForeignKeysDoNotReachOverTheWall(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	foreign := w.As(t, "d-k1").Org.ID
	err := w.DB.Write(ctx, w.As(t, "land"), access.ServiceEdit, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO portal.service_body (land_id, service_id, org_id)
			SELECT land_id, service_id, @org FROM portal.service WHERE land_id = @land LIMIT 1`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": foreign})
		return err
	})
	if !postgres.Violates(err, "service_body_land_id_org_id_fkey") {
		t.Errorf("err = %v, want a foreign key that names the Land", err)
	}
}

// TestWhatPeopleTypeStaysOutOfErrors: Postgres quotes a value that does not fit its type, and errors go to the log.
func TestWhatPeopleTypeStaysOutOfErrors(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	err := w.DB.Read(t.Context(), w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
		var id string
		if err := tx.QueryRow(t.Context(), `SELECT $1::text::uuid::text`, "Erika Muster").Scan(&id); err != nil {
			return fmt.Errorf("read a case: %w", err)
		}
		return nil
	})
	if err == nil || strings.Contains(err.Error(), "Erika") || !strings.Contains(err.Error(), "read a case") || !strings.Contains(err.Error(), "22P02") {
		t.Errorf("the error says %v", err)
	}
}

func TestTodayIsTheDayInGermany(t *testing.T) {
	t.Parallel()
	tx := postgres.Tx{Now: time.Date(2026, time.June, 30, 22, 30, 0, 0, time.UTC)}
	if got := tx.Today().Format(time.DateOnly); got != "2026-07-01" {
		t.Errorf("half an hour after midnight in Erfurt it is %s", got)
	}
}
