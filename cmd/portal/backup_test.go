package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/backup"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
)

// TestABackupComesBackInAnEmptyCluster takes a backup, restores it where not even the roles exist, and compares every row
// and every rule of access without the manifest's help.
func TestABackupComesBackInAnEmptyCluster(t *testing.T) {
	t.Parallel()
	needPgDump(t)
	w := dbtest.New(t)
	w.Token(t, "land")
	installed(t, w)
	open := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.session WHERE ended_at IS NULL`)
	dir := filepath.Join(t.TempDir(), "sicherung")
	say(t, "Zeilen in", "backup", "--owner-url", w.AdminURL, dir)
	if info, err := os.Stat(filepath.Join(dir, "portal.dump")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the dump: %v, %v", info.Mode(), err)
	}
	cluster, target := emptyCluster(t)
	said := say(t, "wie im Manifest", "restore", "--owner-url", target, dir)
	if !strings.Contains(said, fmt.Sprintf("; %d Sitzungen beendet", open)) || open == 0 || !strings.Contains(said, "Ketten unverändert") {
		t.Errorf("restore said:\n%s", said)
	}

	from, to := connectTo(t, w.AdminURL), connectTo(t, target)
	names := column(t, from, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('portal', 'auth', 'river', 'public', 'ctx') ORDER BY 1`)
	if len(names) < 60 {
		t.Fatalf("only %d tables to compare", len(names))
	}
	rows := 0
	for _, name := range names {
		sql := `SELECT t::text FROM ` + name + ` t ORDER BY 1`
		if name == "auth.session" {
			sql = `SELECT (to_jsonb(t) - 'ended_at')::text FROM auth.session t ORDER BY 1`
		}
		before, after := column(t, from, sql), column(t, to, sql)
		rows += len(before)
		if !slices.Equal(before, after) {
			t.Errorf("%s: %d rows came back of %d, or others", name, len(after), len(before))
		}
	}
	t.Logf("%d rows of %d tables compared", rows, len(names))
	for what, sql := range map[string]string{
		"policies":  `SELECT p::text FROM pg_policies p ORDER BY 1`,
		"walls":     `SELECT format('%s %s %s %s', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity, c.relacl) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('portal', 'auth', 'river', 'public') ORDER BY 1`,
		"functions": `SELECT format('%s %s %s', p.oid::regprocedure, p.prosecdef, p.proacl) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('portal', 'auth', 'ctx', 'river') ORDER BY 1`,
		"rules":     `SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace::regnamespace::text IN ('portal', 'auth', 'river') ORDER BY 1`,
	} {
		if before, after := column(t, from, sql), column(t, to, sql); len(before) == 0 || !slices.Equal(before, after) {
			t.Errorf("%s differ: %d before, %d after", what, len(before), len(after))
		}
	}
	stillBound(t, cluster)
	if migrates := column(t, to, `SELECT format('%s %s', rolbypassrls, pg_has_role(oid, 'portal_owner', 'MEMBER')) FROM pg_roles WHERE rolname = 'portal_migrate'`); !slices.Equal(migrates, []string{"t t"}) {
		t.Errorf("who migrates came back as %q", migrates)
	}
	if out, err := command(t, w, "migrate", "--owner-url", target); err != nil {
		t.Errorf("migrate afterwards: %v\n%s", err, out)
	}
}

// installed makes of a test's database what docs/runbooks/install.md does: migrated by portal_migrate, who owns the list of
// migrations.
func installed(t *testing.T, w *dbtest.World) {
	t.Helper()
	for _, sql := range []string{
		`DO $$ BEGIN CREATE ROLE portal_migrate LOGIN BYPASSRLS; GRANT portal_owner TO portal_migrate; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
		`ALTER TABLE public.schema_migrations OWNER TO portal_migrate`,
	} {
		_, err := connectTo(t, w.AdminURL).Exec(t.Context(), sql)
		must(t, err)
	}
}

// stillBound signs a person in after the restore: row security binds, and people see what is theirs.
func stillBound(t *testing.T, cluster *devstack.Postgres) {
	t.Helper()
	db, err := postgres.Open(t.Context(), cluster.URL("portal_app", "portal"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.CheckRole(t.Context(), postgres.Serving); err != nil {
		t.Error(err)
	}
	token, err := identity.NewService(db).SignIn(t.Context(), identity.Person{Issuer: dbtest.Issuer, Subject: "k16051"})
	if err != nil {
		t.Fatal(err)
	}
	who, err := identity.NewService(db).Actor(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	var lands, services int
	err = db.Read(t.Context(), who, access.HomeView, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(DISTINCT land_id)::int, count(*)::int FROM portal.service`).Scan(&lands, &services)
	})
	if err != nil || lands != 1 || services == 0 {
		t.Errorf("Erfurt sees %d services of %d Länder: %v", services, lands, err)
	}
}

func TestARestoreChecksBeforeItTouchesAnything(t *testing.T) {
	t.Parallel()
	needPgDump(t)
	w := dbtest.New(t)
	dir := filepath.Join(t.TempDir(), "sicherung")
	say(t, "Zeilen in", "backup", "--owner-url", w.AdminURL, dir)
	if _, err := command(t, w, "backup", "--owner-url", w.AdminURL, dir); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("a backup over a backup: %v", err)
	}
	if _, err := command(t, w, "restore", "--owner-url", w.AdminURL, dir); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a restore over a portal: %v", err)
	}
	if _, err := command(t, w, "backup", "--owner-url", w.URL, dir+"2"); err == nil || !strings.Contains(err.Error(), "BYPASSRLS") {
		t.Errorf("a backup as portal_app: %v", err)
	}
	_, target := emptyCluster(t)
	for name, c := range map[string]struct {
		want   string
		damage func(t *testing.T, dir string)
	}{
		"a flipped byte": {"is not what the backup wrote", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "portal.dump"), func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
		}},
		"a cut dump": {"is not what the backup wrote", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "portal.dump"), func(b []byte) []byte { return b[:len(b)-1] })
		}},
		"no dump":     {"not whole", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "portal.dump"))) }},
		"no manifest": {"no backup", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "manifest.json"))) }},
		"a cut manifest": {"damaged", func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "manifest.json"), func(b []byte) []byte { return b[:len(b)/2] })
		}},
		"a newer program's": {"newer program", func(t *testing.T, dir string) { edit(t, dir, func(m *backup.Manifest) { m.Schema++ }) }},
		"an unknown role": {"lacks the roles nobody_knows", func(t *testing.T, dir string) {
			edit(t, dir, func(m *backup.Manifest) { m.Roles = append(m.Roles, "nobody_knows") })
		}},
		"an unknown format":  {"format 2", func(t *testing.T, dir string) { edit(t, dir, func(m *backup.Manifest) { m.Format = 2 }) }},
		"a manifest of none": {"names no tables", func(t *testing.T, dir string) { edit(t, dir, func(m *backup.Manifest) { m.Tables = nil }) }},
	} {
		copied := filepath.Join(t.TempDir(), "kopie")
		must(t, os.CopyFS(copied, os.DirFS(dir)))
		c.damage(t, copied)
		if _, err := command(t, w, "restore", "--owner-url", target, copied); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if n := column(t, connectTo(t, target), `SELECT nspname FROM pg_namespace WHERE nspname IN ('portal', 'auth')`); len(n) != 0 {
			t.Fatalf("%s: the target is no longer empty", name)
		}
	}
	// What only shows afterwards: a row that the manifest does not know of.
	edit(t, dir, func(m *backup.Manifest) { m.Tables[0].Rows++ })
	if _, err := command(t, w, "restore", "--owner-url", target, dir); err == nil || !strings.Contains(err.Error(), "what came back is not what was backed up") {
		t.Errorf("a row too few: %v", err)
	}
}

// needPgDump: the npm packages that stand in for Debian's PostgreSQL lack it.
func needPgDump(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("pg_dump"); err != nil {
		t.Skip("pg_dump is not installed (Debian: postgresql-client)")
	}
}

// say runs a command without a database of its own and returns what it said, which must hold a text.
func say(t *testing.T, want string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(context.WithoutCancel(t.Context()), args, nil, &out, &out); err != nil || !strings.Contains(out.String(), want) {
		t.Fatalf("portal %s: %v\n%s", args[0], err, out.String())
	}
	return out.String()
}

// emptyCluster starts a cluster of its own with an empty database in it.
func emptyCluster(t *testing.T) (*devstack.Postgres, string) {
	t.Helper()
	cluster, err := devstack.StartPostgres(t.Context(), devstack.PostgresConfig{Fast: true})
	must(t, err)
	t.Cleanup(func() { _ = cluster.Stop() })
	must(t, devstack.EnsureDatabase(t.Context(), cluster.AdminURL("postgres"), "portal"))
	return cluster, cluster.AdminURL("portal")
}

func connectTo(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func column(t *testing.T, conn *pgx.Conn, sql string) []string {
	t.Helper()
	rows, _ := conn.Query(t.Context(), sql)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return found
}

func change(t *testing.T, path string, how func([]byte) []byte) {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, how(content), 0o600))
}

func edit(t *testing.T, dir string, how func(*backup.Manifest)) {
	t.Helper()
	change(t, filepath.Join(dir, "manifest.json"), func(text []byte) []byte {
		var m backup.Manifest
		must(t, json.Unmarshal(text, &m))
		how(&m)
		text, err := json.Marshal(m)
		must(t, err)
		return text
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
