package devstack

import (
	"os"
	"path/filepath"
)

// checkout is the folder of go.mod above the working directory: `make demo` runs at the top, `go test` in the
// folder of its package, and both must find the same programs. Outside of a checkout it is the working directory.
func checkout() string {
	wd, err := os.Getwd()
	if err != nil {
		return "."
	}
	for dir := wd; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	return wd
}
