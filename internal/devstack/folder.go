package devstack

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folder is the place of one cluster, held by a lock for as long as we use it.
type folder struct {
	dir       string // data folder, absolute and without symbolic links
	sockets   string // folder of the socket; short, as a socket's path may have 107 bytes
	owner     owner
	temporary bool // disappears at the end
	lock      *os.File
}

// openFolder decides where the cluster lives and takes hold of the place. The kernel lets go of the lock when we
// are killed.
func openFolder(wanted string) (*folder, error) {
	f := &folder{temporary: wanted == ""}
	dir, err := f.settle(wanted)
	if err != nil {
		return nil, err
	}
	f.dir, f.owner = dir, chooseOwner(dir)
	f.sockets = socketFolder(dir)
	if f.lock, err = lockFile(dir + ".lock"); err != nil {
		return nil, fmt.Errorf("%s is in use, is another portal running? %w", dir, err)
	}
	return f, nil
}

func (f *folder) settle(wanted string) (string, error) {
	if f.temporary {
		return makeTemporary()
	}
	absolute, err := filepath.Abs(wanted)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(absolute), 0o755); err != nil {
		return "", err
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(absolute))
	if err != nil {
		return "", err
	}
	dir := filepath.Join(parent, filepath.Base(absolute))
	if chooseOwner(dir).mayReach(dir) {
		return dir, nil
	}
	return moveOut(dir)
}

// moveOut finds another place for a data folder that root may reach but Postgres may not, as in a checkout below
// /root. It leaves a note beside the wanted folder; scripts/demo-reset.sh follows it.
func moveOut(wanted string) (string, error) {
	home := "/var/lib/rollinportal-demo-" + fingerprint(wanted)
	if err := os.MkdirAll(home, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(wanted+"-dir", []byte(home+"\n"), 0o644); err != nil {
		return "", err
	}
	return filepath.Join(home, filepath.Base(wanted)), nil
}

// socketFolder is always the same for a data folder, so that runs that are killed leave one behind, not many.
func socketFolder(dir string) string {
	return "/tmp/rollinportal-" + fingerprint(dir)
}

func fingerprint(path string) string {
	sum := sha256.Sum256([]byte(path))
	return fmt.Sprintf("%x", sum[:4])
}

func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	return file, nil
}

// makeSocketFolder replaces what an earlier run that was killed may have left.
func (f *folder) makeSocketFolder() error {
	if err := os.RemoveAll(f.sockets); err != nil {
		return err
	}
	return f.owner.makeFolder(f.sockets)
}

// release gives the place back, and a temporary one up.
func (f *folder) release() error {
	err := os.RemoveAll(f.sockets)
	if f.temporary {
		err = errors.Join(err, os.RemoveAll(filepath.Dir(f.dir)))
	}
	return errors.Join(err, f.lock.Close())
}
