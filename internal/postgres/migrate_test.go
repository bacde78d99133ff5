package postgres_test

import (
	"io/fs"
	"regexp"
	"testing"

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
