package devstack

import (
	"os"
	"path/filepath"
	"testing"
)

// TestAReplicaTakesOverWhatWasAcknowledged: what the cluster said yes to before a power cut is on its replica.
func TestAReplicaTakesOverWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	home := dataFolder(t)
	programs, err := findBinaries("", chooseOwner(home))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(programs.path("pg_basebackup")); err != nil {
		t.Skip("pg_basebackup is not installed (Debian: postgresql)")
	}
	pg, err := StartPostgres(t.Context(), PostgresConfig{Dir: home, Log: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	replica, err := pg.StartReplica(t.Context(), PostgresConfig{Dir: filepath.Join(filepath.Dir(home), "replica"), Log: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = replica.Stop() })
	execute(t, pg.AdminURL("postgres"), `CREATE TABLE kept AS SELECT 'here' AS word`)
	if err := pg.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := replica.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	if word := query(t, replica.AdminURL("postgres"), `SELECT word FROM kept`); word != "here" {
		t.Errorf("the replica says %q", word)
	}
	execute(t, replica.AdminURL("postgres"), `CREATE TABLE more ()`) // it waits for nobody
}
