package benchdata_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/benchdata"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
)

// small has two Länder, so that none leans on the other's rows.
var small = benchdata.Set{Name: "small", Lands: []benchdata.Land{{Bodies: 22, Services: 20}, {Bodies: 3, Services: 2}}}

func TestKeptFiguresAgreeWithTheSteps(t *testing.T) {
	t.Parallel()
	w := load(t)
	for n := range small.Lands {
		found, err := onboarding.NewService(w.DB).VerifyProgress(t.Context(), as(t, w, benchdata.Coordinator(n)))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range found {
			t.Errorf("Land %d: %s", n, d)
		}
	}
	got := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.step s JOIN portal.land l USING (land_id) WHERE l.key LIKE 'bench-%' AND s.scope = 'kommune'`)
	if want := small.Steps(); got != want {
		t.Errorf("%d steps, want %d", got, want)
	}
}

// TestForeignKeysHold makes each foreign key a second time, which looks at every row.
func TestForeignKeysHold(t *testing.T) {
	t.Parallel()
	w := load(t)
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(t.Context(), `
		SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname || '_again', pg_get_constraintdef(c.oid))
		FROM pg_constraint c
		WHERE c.contype = 'f' AND c.connamespace = 'portal'::regnamespace
		ORDER BY c.oid`)
	again, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(again) < 20 {
		t.Fatalf("%d foreign keys: %v", len(again), err)
	}
	for _, sql := range again {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func load(t *testing.T) *dbtest.World {
	t.Helper()
	w := dbtest.New(t)
	if err := benchdata.Load(t.Context(), w.AdminURL, small, time.Now()); err != nil {
		t.Fatal(err)
	}
	return w
}

func as(t *testing.T, w *dbtest.World, login string) access.Actor {
	t.Helper()
	people := identity.NewService(w.DB)
	token, err := people.SignIn(t.Context(), identity.Person{Issuer: benchdata.Issuer, Subject: login})
	if err != nil {
		t.Fatal(err)
	}
	who, err := people.Actor(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return who
}
