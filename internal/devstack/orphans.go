package devstack

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endOrphans ends the Postgres processes an earlier portal left in dir, and returns when the last one is gone. We
// hold the folder's lock, so whoever is still there has no portal any more: mostly it is just shutting down.
func endOrphans(dir string) error {
	for _, n := range postgresNudges {
		if signalAll(postgresIn(dir), n.signal) == 0 || gone(dir, n.patience) {
			return nil
		}
	}
	return fmt.Errorf("Postgres processes %v in %s do not end", postgresIn(dir), dir)
}

func signalAll(pids []int, signal syscall.Signal) int {
	for _, pid := range pids {
		_ = syscall.Kill(pid, signal)
	}
	return len(pids)
}

func gone(dir string, patience time.Duration) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if len(postgresIn(dir)) == 0 {
			return true
		}
	}
	return false
}

// postgresIn lists the Postgres processes that work in dir. A developer's shell may stand there too: it is not ours.
func postgresIn(dir string) []int {
	var pids []int
	processes, _ := filepath.Glob("/proc/[0-9]*")
	for _, process := range processes {
		if !isPostgres(process) || !worksIn(process, dir) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(process)); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func isPostgres(process string) bool {
	name, err := os.ReadFile(filepath.Join(process, "comm"))
	return err == nil && strings.TrimSpace(string(name)) == "postgres"
}

// worksIn looks at the command line, too: a server that has only just been started is not in its folder yet.
func worksIn(process, dir string) bool {
	if cwd, err := os.Readlink(filepath.Join(process, "cwd")); err == nil && cwd == dir {
		return true
	}
	args, err := os.ReadFile(filepath.Join(process, "cmdline"))
	return err == nil && strings.Contains(string(args), "\x00-D\x00"+dir+"\x00")
}
