package devstack

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func startPostgres(t *testing.T, dir string) *Postgres {
	t.Helper()
	pg, err := StartPostgres(t.Context(), PostgresConfig{Dir: dir, Fast: true, Log: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pg.Stop() }) // once more, for the case that the test fails
	return pg
}

func stopPostgres(t *testing.T, pg *Postgres) {
	t.Helper()
	if err := pg.Stop(); err != nil {
		t.Fatal(err)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func execute(t *testing.T, url, sql string) {
	t.Helper()
	conn := connect(t, url)
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// query runs one statement that answers one text.
func query(t *testing.T, url, sql string) string {
	t.Helper()
	conn := connect(t, url)
	defer conn.Close(t.Context())
	var answer string
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestDataOutlivesAStop(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	pg := startPostgres(t, dir)
	for range 2 { // the second time it is there already
		if err := EnsureDatabase(t.Context(), pg.AdminURL("postgres"), "portal"); err != nil {
			t.Fatal(err)
		}
	}
	execute(t, pg.AdminURL("portal"), `CREATE TABLE guests AS SELECT 'Wilma' AS name`)
	stopPostgres(t, pg)

	pg = startPostgres(t, dir)
	if got := query(t, pg.AdminURL("portal"), `SELECT name FROM guests`); got != "Wilma" {
		t.Errorf("got %q after a restart, want Wilma", got)
	}
	stopPostgres(t, pg)
	if err := pg.Err(); err != nil {
		t.Errorf("a wanted stop is reported as %v", err)
	}
}

func TestURLsSuitPsqlToo(t *testing.T) {
	t.Parallel()
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Log("no psql on this machine: nothing to claim")
		return
	}
	pg := startPostgres(t, dataFolder(t))
	execute(t, pg.AdminURL("postgres"), `CREATE ROLE guest LOGIN`)
	for _, user := range []string{"postgres", "guest"} {
		out, err := exec.Command(psql, "-At", pg.URL(user, "postgres"), "-c", "SELECT current_user").CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != user {
			t.Errorf("psql as %s says %q, %v", user, got, err)
		}
	}
	stopPostgres(t, pg)
}

func TestKilledPortalLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	portal, out := startPortal(t, "postgres", dir)
	readLine(t, out)
	if len(postgresIn(dir)) == 0 {
		t.Fatal("the portal runs no Postgres")
	}
	kill(t, portal)
	eventually(t, "Postgres is gone", func() bool { return len(postgresIn(dir)) == 0 })
	stopPostgres(t, startPostgres(t, dir))
}

func TestStartRightAfterAKill(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	portal, out := startPortal(t, "postgres", dir)
	readLine(t, out)
	kill(t, portal)
	stopPostgres(t, startPostgres(t, dir)) // the old Postgres may still be shutting down
}

func TestStartAfterAKillDuringTheFirstStart(t *testing.T) {
	t.Parallel()
	for _, pause := range []time.Duration{5, 60, 150, 300} {
		dir := dataFolder(t)
		portal, _ := startPortal(t, "postgres", dir)
		time.Sleep(pause * time.Millisecond)
		kill(t, portal)
		stopPostgres(t, startPostgres(t, dir))
	}
}

func TestStartAfterAPowerCut(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	stopPostgres(t, startPostgres(t, dir))
	pidFile := strconv.Itoa(os.Getpid()) + "\n" + dir + "\n" // the number belongs to somebody else by now: to us
	if err := os.WriteFile(filepath.Join(dir, "postmaster.pid"), []byte(pidFile), 0o644); err != nil {
		t.Fatal(err)
	}
	stopPostgres(t, startPostgres(t, dir))
}

func TestSecondPortalIsRefused(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, dataFolder(t))
	_, err := StartPostgres(t.Context(), PostgresConfig{Dir: pg.Dir()})
	if err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("got error %v, want one that says the folder is in use", err)
	}
	query(t, pg.AdminURL("postgres"), `SELECT 'still there'`)
	stopPostgres(t, pg)
}

func TestUnexpectedEndIsReported(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, dataFolder(t))
	if err := syscall.Kill(pg.server.cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	<-pg.Done()
	for name, err := range map[string]error{"Err": pg.Err(), "Stop": pg.Stop()} {
		if err == nil || !strings.Contains(err.Error(), "received fast shutdown request") {
			t.Errorf("%s: got %v, want the last log lines", name, err)
		}
	}
}

func TestForeignFolderIsNotTouched(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	letter := filepath.Join(dir, "letter.txt")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(letter, []byte("dear"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := StartPostgres(t.Context(), PostgresConfig{Dir: dir}); err == nil {
		t.Error("a folder with somebody's letter was taken for a cluster")
	}
	if _, err := os.Stat(letter); err != nil {
		t.Error(err)
	}
}
