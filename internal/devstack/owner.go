package devstack

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the account Postgres runs as. Postgres refuses to run as root, so root steps down to somebody else;
// an ordinary user stays who they are.
type owner struct {
	uid, gid uint32
	stepDown bool
}

// chooseOwner answers who runs the cluster in dir: whoever it belongs to already, else the first known account.
func chooseOwner(dir string) owner {
	if os.Geteuid() != 0 {
		return owner{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}
	}
	if info, err := os.Stat(filepath.Join(dir, "PG_VERSION")); err == nil {
		stat := info.Sys().(*syscall.Stat_t)
		return owner{uid: stat.Uid, gid: stat.Gid, stepDown: true}
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return owner{uid: number(found.Uid), gid: number(found.Gid), stepDown: true}
		}
	}
	return owner{uid: 65534, gid: 65534, stepDown: true}
}

func number(id string) uint32 {
	n, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		return 65534
	}
	return uint32(n)
}

// attributes makes a command run as the owner, without root's supplementary groups.
func (o owner) attributes() *syscall.SysProcAttr {
	if !o.stepDown {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: o.uid, Gid: o.gid, Groups: []uint32{}}}
}

// makeFolder creates a private folder of the owner.
func (o owner) makeFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if !o.stepDown {
		return nil
	}
	return os.Chown(dir, int(o.uid), int(o.gid))
}

// mayReach tells whether the owner may enter every existing folder above path.
func (o owner) mayReach(path string) bool {
	if !o.stepDown {
		return true
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && !o.mayEnter(info) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

func (o owner) mayEnter(info os.FileInfo) bool {
	stat, mode := info.Sys().(*syscall.Stat_t), info.Mode().Perm()
	switch {
	case stat.Uid == o.uid:
		return mode&0o100 != 0
	case stat.Gid == o.gid:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}
