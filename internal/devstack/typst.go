package devstack

import (
	"fmt"
	"os"
	"path/filepath"
)

// Typst is the command line of the Typst compiler that `make deps` brings; an error where it is not there.
func Typst() (string, error) {
	dir := filepath.Join(checkout(), "internal/devstack/typst")
	if _, err := os.Stat(filepath.Join(dir, "node_modules/@myriaddreamin")); err != nil {
		return "", fmt.Errorf("no Typst compiler, run `make deps`: %w", err)
	}
	return "node " + filepath.Join(dir, "typst.mjs"), nil
}
