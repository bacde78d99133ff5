package devstack

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOwnerMayReach(t *testing.T) {
	t.Parallel()
	home := filepath.Dir(dataFolder(t))
	stranger := owner{uid: 65534, gid: 65534, stepDown: true}
	for mode, want := range map[os.FileMode]bool{0o711: true, 0o755: true, 0o700: false, 0o750: false} {
		if err := os.Chmod(home, mode); err != nil {
			t.Fatal(err)
		}
		if got := stranger.mayReach(filepath.Join(home, "sub", "postgres")); got != want {
			t.Errorf("below a folder of mode %o: got %v, want %v", mode, got, want)
		}
	}
}

func TestDataFolderMovesOutOfAPrivateCheckout(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("only root steps down, nothing to claim for others")
		return
	}
	wanted := filepath.Join(t.TempDir(), "postgres") // mode 0700 above
	pg := startPostgres(t, wanted)
	t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(pg.Dir())) })
	note, err := os.ReadFile(wanted + "-dir")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := filepath.Dir(pg.Dir()), strings.TrimSpace(string(note)); got != want || got == filepath.Dir(wanted) {
		t.Errorf("the cluster is in %s, the note says %s, wanted was %s", got, want, wanted)
	}
	stopPostgres(t, pg)
}

func TestTemporaryClusterDisappears(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, "")
	query(t, pg.AdminURL("postgres"), `SELECT 'there'`)
	stopPostgres(t, pg)
	for _, dir := range []string{filepath.Dir(pg.Dir()), pg.folder.sockets} {
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", dir, err)
		}
	}
}

func TestTemporaryClusterOfAKilledTestIsSweptUp(t *testing.T) {
	t.Parallel()
	portal, out := startPortal(t, "postgres", "")
	dir := readLine(t, out)
	kill(t, portal)
	eventually(t, "Postgres is gone", func() bool { return len(postgresIn(dir)) == 0 })

	home, long := filepath.Dir(dir), time.Now().Add(-2*temporaryGrace)
	if err := os.Chtimes(home, long, long); err != nil {
		t.Fatal(err)
	}
	stopPostgres(t, startPostgres(t, ""))
	if _, err := os.Stat(home); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", home, err)
	}
}
