package devstack

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// startPatience allows for crash recovery of a demo cluster on a slow disk.
const startPatience = 2 * time.Minute

// waitReady returns when our own Postgres takes connections, not one that happens to be there.
func waitReady(ctx context.Context, f *folder, server *child) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for !saysReady(f.dir, server.cmd.Process.Pid) {
		select {
		case <-server.done:
			return server.failure()
		case <-ctx.Done():
			return fmt.Errorf("postgres does not get ready: %w; its last lines:\n%s", ctx.Err(), server.tail)
		case <-time.After(20 * time.Millisecond):
		}
	}
	conn, err := pgx.Connect(ctx, f.url("postgres", "postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// saysReady reads postmaster.pid: the first line is the process, the eighth its state.
func saysReady(dir string, pid int) bool {
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) <= 7 || lines[0] != strconv.Itoa(pid) {
		return false
	}
	state := strings.TrimSpace(lines[7])
	return state == "ready" || state == "standby"
}
