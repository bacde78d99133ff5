package floorplan_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPromisesAreProven reads docs/messungen/promises.md: each promise has its line and a test, and what is named exists.
func TestPromisesAreProven(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/messungen/promises.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	exists := testsOfTheHouse(t)
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Za-z0-9]+)`")
	target := regexp.MustCompile("`make ([a-z]+)`")
	promises := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		for _, m := range target.FindAllStringSubmatch(line, -1) {
			if !strings.Contains(string(makefile), "\n"+m[1]+":") {
				t.Errorf("there is no make %s", m[1])
			}
		}
		if !strings.HasPrefix(line, "| P") || strings.HasPrefix(line, "| P |") {
			continue
		}
		cells := strings.Split(line, "|")
		promise := strings.TrimSpace(cells[1])
		promises[promise] = true
		if len(named.FindAllString(cells[3], -1)) == 0 {
			t.Errorf("%s has no test on every commit", promise)
		}
		for _, m := range named.FindAllStringSubmatch(line, -1) {
			if !exists[m[1]] {
				t.Errorf("%s names %s, which does not exist", promise, m[1])
			}
		}
	}
	for n := 1; n <= 18; n++ {
		if !promises[fmt.Sprint("P", n)] {
			t.Errorf("P%d has no line", n)
		}
	}
	t.Logf("P18: %d promises, %d tests to prove them with", len(promises), len(exists))
}

// testsOfTheHouse are the names of all tests.
func testsOfTheHouse(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declared := range tree.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil {
				found[f.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
