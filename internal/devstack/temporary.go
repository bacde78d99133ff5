package devstack

import (
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	temporaryName  = "rollinportal-test-"
	temporaryRoom  = 1 << 30 // Docker gives /dev/shm 64 MB, in which tests would run dry
	temporaryGrace = time.Minute
)

// makeTemporary makes a place for a cluster that disappears, in memory if there is enough of it. Test binaries end
// without saying good-bye, so it also clears away what earlier ones left.
func makeTemporary() (string, error) {
	root := temporaryRoot()
	sweep(root)
	home, err := os.MkdirTemp(root, temporaryName)
	if err != nil {
		return "", err
	}
	// Postgres may run as another user: it has to pass through, not to look around.
	if err := os.Chmod(home, 0o711); err != nil {
		return "", err
	}
	return filepath.Join(home, "postgres"), nil
}

func temporaryRoot() string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &fs); err == nil && fs.Bavail*uint64(fs.Bsize) >= temporaryRoom {
		return "/dev/shm"
	}
	return os.TempDir()
}

// sweep removes temporary clusters nobody holds a lock on. It leaves young ones alone: their lock may be about to
// be taken. What belongs to others cannot be locked and stays.
func sweep(root string) {
	homes, _ := filepath.Glob(filepath.Join(root, temporaryName+"*"))
	for _, home := range homes {
		info, err := os.Stat(home)
		if err != nil || time.Since(info.ModTime()) < temporaryGrace {
			continue
		}
		lock, err := lockFile(filepath.Join(home, "postgres.lock"))
		if err != nil {
			continue
		}
		dir := filepath.Join(home, "postgres")
		if endOrphans(dir) == nil {
			_ = os.RemoveAll(socketFolder(dir))
			_ = os.RemoveAll(home)
		}
		_ = lock.Close()
	}
}
