package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// prepare brings the folder to the point where Postgres can start in it, and answers with which binaries. It never
// wipes a data folder.
func (f *folder) prepare(ctx context.Context, log io.Writer) (binaries, error) {
	major, err := os.ReadFile(filepath.Join(f.dir, "PG_VERSION"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return binaries{}, err
	}
	programs, err := findBinaries(strings.TrimSpace(string(major)), f.owner)
	if err != nil {
		return binaries{}, err
	}
	if len(major) == 0 {
		return programs, f.create(ctx, programs, log)
	}
	return programs, f.clearStale()
}

// create makes the cluster under another name first: a start that is killed half-way leaves nothing half-made.
func (f *folder) create(ctx context.Context, programs binaries, log io.Writer) error {
	draft := f.newDraft()
	if err := f.owner.makeFolder(draft); err != nil {
		return err
	}
	initdb := f.command(programs.path("initdb"),
		"-D", draft, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	if err := runChild(ctx, "initdb", initdb, log); err != nil {
		return err
	}
	if err := os.Remove(f.dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is something in the data folder, but no Postgres cluster: %w", err)
	}
	return os.Rename(draft, f.dir)
}

// newDraft names a folder for initdb. No two processes share one, as the helpers of an initdb whose portal was killed
// a moment ago may still be at work in its own. They end by themselves; then what is left goes.
func (f *folder) newDraft() string {
	old, _ := filepath.Glob(f.dir + ".*.tmp")
	for _, dir := range old {
		gone(dir, 5*time.Second)
		_ = os.RemoveAll(dir)
	}
	return fmt.Sprintf("%s.%d.tmp", f.dir, os.Getpid())
}

// clearStale deals with a portal that was killed: first its Postgres, then the pid file, which would keep ours from
// starting once the number belongs to another process.
func (f *folder) clearStale() error {
	if err := endOrphans(f.dir); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(f.dir, "postmaster.pid")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// command runs a Postgres program as the owner, in a folder the owner may enter, untouched by PG… variables.
func (f *folder) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = f.owner.attributes()
	return cmd
}

// postgres is the command of the server. Nothing but its socket leads to it, and only its owner (and root) may
// open that, which is why trust is enough.
func (f *folder) postgres(programs binaries, cfg PostgresConfig) *exec.Cmd {
	options := []string{
		"listen_addresses=", "unix_socket_directories=" + f.sockets, "unix_socket_permissions=0700",
		"client_connection_check_interval=1s",
	}
	if cfg.Fast {
		// Each test leaves its database behind until the cluster goes; tidying up hundreds of them a minute serves nobody.
		options = append(options, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum_naptime=10min")
	}
	args := []string{"-D", f.dir, "-p", socketPort}
	for _, option := range append(options, cfg.Settings...) {
		args = append(args, "-c", option)
	}
	cmd := f.command(programs.path("postgres"), args...)
	cmd.Env = append(cmd.Env, cfg.Env...)
	return cmd
}
