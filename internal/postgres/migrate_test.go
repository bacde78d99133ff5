package postgres_test

import (
	"context"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/postgres"
	"rollinportal/migrations"
)

func TestNewestMigrationRunsUpDownUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, n := range []int{-1, 1} {
		if err := postgres.MigrateSteps(w.AdminURL, n); err != nil {
			t.Fatalf("%+d: %v", n, err)
		}
	}
}

func TestAllMigrationsRunDownAndUp(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	if err := postgres.Reset(w.AdminURL); err != nil {
		t.Fatal(err)
	}
	if version := dbtest.Admin[int64](t, w, `SELECT version FROM public.schema_migrations`); version != postgres.SchemaVersion() {
		t.Errorf("down and up lead to version %d", version)
	}
}

func TestMigrationsComeInPairs(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(`^(\d{6})_([a-z]+(?:_[a-z]+)*)\.(up|down)\.sql$`)
	seen := map[string]int{}
	for _, name := range names {
		parts := pattern.FindStringSubmatch(name)
		if parts == nil {
			t.Errorf("%s is not named like 000001_verb_object.up.sql", name)
			continue
		}
		seen[parts[1]+parts[2]]++
	}
	for name, n := range seen {
		if n != 2 {
			t.Errorf("%s has %d files, want up and down", name, n)
		}
	}
}

// TestEveryMigrationIsOneTransaction: what breaks off, for a lock or for any other reason, leaves nothing behind.
func TestEveryMigrationIsOneTransaction(t *testing.T) {
	t.Parallel()
	whole := regexp.MustCompile(`(?s)^(?:--[^\n]*\n)*BEGIN;\n.*\n(?:COMMIT|END);\n$`)
	inside := regexp.MustCompile(`(?m)^(?:BEGIN|COMMIT|END|ROLLBACK)\b[^\n$]*;$`)
	for name, text := range migrationFiles(t) {
		if !whole.Match(text.Data) || len(inside.FindAll(text.Data, -1)) != 2 {
			t.Errorf("%s is not one transaction from BEGIN; to COMMIT;", name)
		}
	}
}

// migrationFiles are the portal's migrations and two of a later version, which change tables that everybody reads.
func migrationFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	for _, name := range names {
		text, err := migrations.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func nextVersion(t *testing.T) fstest.MapFS {
	files := migrationFiles(t)
	for name, sql := range map[string]string{
		"900001_widen_service.up.sql": "BEGIN;\nSET LOCAL ROLE portal_owner;\nALTER TABLE portal.service ADD COLUMN probe int;\nCOMMIT;\n",
		"900002_widen_land.up.sql":    "BEGIN;\nSET LOCAL ROLE portal_owner;\nALTER TABLE portal.land ADD COLUMN probe int;\nCOMMIT;\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(sql)}
	}
	return files
}

// TestAMigrationWaitsBrieflyAndLetsPeopleWork: while somebody's long look at a table holds a migration up, nobody else
// waits longer than a moment, the old program works before and after, and the migration comes through.
func TestAMigrationWaitsBrieflyAndLetsPeopleWork(t *testing.T) {
	t.Parallel()
	for _, table := range []string{"portal.service", "public.schema_migrations"} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			w := dbtest.New(t)
			who := w.As(t, "land")
			look := func() time.Duration {
				began := time.Now()
				if _, _, err := catalog.New(w.DB).List(t.Context(), who, catalog.Filter{}); err != nil {
					t.Fatalf("a look at the catalogue: %v", err)
				}
				return time.Since(began)
			}
			lockFor(t, w, table, 4*time.Second)
			migrated, files := make(chan error, 1), nextVersion(t)
			go func() { migrated <- postgres.MigrateFiles(w.AdminURL, files) }()
			looks, longest := 0, time.Duration(0)
			for len(migrated) == 0 {
				longest, looks = max(longest, look()), looks+1
				time.Sleep(20 * time.Millisecond)
			}
			if err := <-migrated; err != nil {
				t.Fatal(err)
			}
			if looks < 10 || longest > 1900*time.Millisecond {
				t.Errorf("%d looks, the longest took %s; the portal itself gives up after 2 s", looks, longest)
			}
			if state := dbtest.Admin[string](t, w, `SELECT version || ' ' || dirty FROM public.schema_migrations`); state != "900002 false" {
				t.Errorf("version %s", state)
			}
			look()
			t.Logf("%d looks, the longest took %s", looks, longest)
		})
	}
}

// TestAMigrationIsNotMadeTwice: it came through, and only the book in which that is noted was busy.
func TestAMigrationIsNotMadeTwice(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	files := nextVersion(t)
	files["900001_widen_service.up.sql"].Data = []byte("BEGIN;\nALTER TABLE portal.service ADD COLUMN probe int;\nSELECT pg_sleep(3);\nCOMMIT;\n")
	migrated := make(chan error, 1)
	go func() { migrated <- postgres.MigrateFiles(w.AdminURL, files) }()
	for !dbtest.Admin[bool](t, w, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portal-migrate' AND query LIKE '%pg_sleep%')`) {
		if len(migrated) > 0 {
			t.Fatalf("the migration has ended: %v", <-migrated)
		}
		time.Sleep(10 * time.Millisecond)
	}
	lockFor(t, w, "public.schema_migrations", 6*time.Second)
	if err := <-migrated; err != nil {
		t.Error(err)
	}
	if state := dbtest.Admin[string](t, w, `SELECT version || ' ' || dirty FROM public.schema_migrations`); state != "900002 false" {
		t.Errorf("version %s", state)
	}
}

// lockFor looks at a table for a while, as a report or a backup does.
func lockFor(t *testing.T, w *dbtest.World, table string, long time.Duration) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	busy, err := pgx.Connect(ctx, w.AdminURL)
	if err == nil {
		_, err = busy.Exec(ctx, `BEGIN; LOCK TABLE `+table+` IN ACCESS SHARE MODE`)
	}
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(long, func() { _ = busy.Close(ctx) })
}

// TestMigratorsTakeTurns: two pipelines that start at once do the work once, and both report success.
func TestMigratorsTakeTurns(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	files := nextVersion(t)
	files["900001_widen_service.up.sql"].Data = []byte("BEGIN;\nSELECT pg_sleep(2.5);\nALTER TABLE portal.service ADD COLUMN probe int;\nCOMMIT;\n")
	ended := make(chan error, 3)
	for range cap(ended) {
		go func() { ended <- postgres.MigrateFiles(w.AdminURL, files) }()
	}
	for range cap(ended) {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// TestAMigrationThatIsWrongStopsAndGoesOnOnceItIsMended: only a missed lock is tried again, and nobody has to tidy up.
func TestAMigrationThatIsWrongStopsAndGoesOnOnceItIsMended(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	wrong, mended := nextVersion(t), nextVersion(t)
	wrong["900002_widen_land.up.sql"].Data = []byte("BEGIN;\nALTER TABLE portal.land ADD COLUMN probe int;\nALTER TABLE portal.no_such_table ADD COLUMN probe int;\nCOMMIT;\n")
	err := postgres.MigrateFiles(w.AdminURL, wrong)
	oneLine(t, err, `migration 900002_widen_land broke off, nothing of it is there: ERROR: relation "portal.no_such_table" does not exist (SQLSTATE 42P01)`)
	if state := dbtest.Admin[string](t, w, `SELECT version || ' ' || dirty FROM public.schema_migrations`); state != "900001 false" {
		t.Errorf("version %s, want the one before", state)
	}
	if err := postgres.MigrateFiles(w.AdminURL, mended); err != nil {
		t.Error(err)
	}
}

// TestMigratingSaysInOneLineWhyItCannot: to an operator who has never seen a migration.
func TestMigratingSaysInOneLineWhyItCannot(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	oneLine(t, postgres.Migrate(w.URL), "portal_app may not become portal_owner; connect as portal_migrate")
	for state, want := range map[string]string{
		"990001, dirty = false": "the database is newer than this program",
		"990001, dirty = true":  "migration 990001 broke off, or is under way; docs/runbooks/upgrade.md",
		"1, dirty = true":       "migration 000001_create_context broke off, or is under way",
	} {
		dbtest.Admin[int](t, w, `WITH e AS (UPDATE public.schema_migrations SET version = `+state+` RETURNING 1) SELECT count(*)::int FROM e`)
		oneLine(t, postgres.Migrate(w.AdminURL), want)
	}
}

func oneLine(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\n\t") {
		t.Errorf("%v; want one line with %q", err, want)
	}
}
