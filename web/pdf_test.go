package web_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// poppler runs one of poppler's programs over a PDF, FILE among its arguments, and returns what it says. Where it is not installed the test is left out:
// scripts/install-poppler.sh brings it.
func poppler(t *testing.T, pdf []byte, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is missing, install poppler-utils", program)
	}
	file := filepath.Join(t.TempDir(), "read.pdf")
	must(t, os.WriteFile(file, pdf, 0o600))
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	said, err := exec.CommandContext(t.Context(), path, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(said)
}

// opened is a PDF as its readers find it.
type opened struct{ text, info, structure, outline string }

// open fetches a PDF and reads it.
func (p *portal) open(t *testing.T, login, path string) opened {
	t.Helper()
	w := p.ask(t, login, path, nil)
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", path, login, w.Code)
	}
	pdf := w.Body.Bytes()
	html := poppler(t, pdf, "pdftohtml", "-xml", "-i", "-stdout", "FILE")
	_, outline, _ := strings.Cut(html, "<outline>")
	return opened{
		text: poppler(t, pdf, "pdftotext", "-layout", "FILE", "-"), info: poppler(t, pdf, "pdfinfo", "FILE"),
		structure: poppler(t, pdf, "pdfinfo", "-struct", "FILE"), outline: outline,
	}
}
