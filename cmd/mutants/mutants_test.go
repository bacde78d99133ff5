package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sample = "cmd/mutants/testdata/sample/sample.go"

// in goes to the top of the module, where the command is called.
func in(t *testing.T) {
	t.Helper()
	t.Chdir("../..")
}

// TestEachChangeIsTriedOnItsOwn: all but what cannot be changed (texts, numbers that count up, bare numbers).
func TestEachChangeIsTriedOnItsOwn(t *testing.T) {
	in(t)
	var out strings.Builder
	err := run(t.Context(), []string{filepath.Dir(sample)}, &out)
	if err == nil || !strings.Contains(err.Error(), "1 survivors without a reason") {
		t.Errorf("a survivor without a reason: %v", err)
	}
	want, err := os.ReadFile("cmd/mutants/testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSurvivorsNeedAReason(t *testing.T) {
	in(t)
	reasons := filepath.Join(t.TempDir(), "survivors.csv")
	write := func(lines ...string) {
		if err := os.WriteFile(reasons, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	try := func(least string) error {
		return run(t.Context(), []string{"-survivors", reasons, "-run", "TestOrder", "-least", least, filepath.Dir(sample)}, &strings.Builder{})
	}
	write(sample+",inOrder,return a < b &&,< → <=,no caller compares equals", sample+`,,live   = 3 * 20 * time.Second,* → /,TestSum looks`)
	if err := try("40"); err != nil {
		t.Error(err)
	}
	if err := try("90"); err == nil {
		t.Error("too few were noticed, and nobody said so")
	}
	write(sample + ",inOrder,return a < b &&,< → <=,")
	if err := try("0"); err == nil || !strings.Contains(err.Error(), "record 1") {
		t.Errorf("an empty reason: %v", err)
	}
}

func TestALotIsDrawnTheSameAgain(t *testing.T) {
	in(t)
	drawn := func(seed string) string {
		var out strings.Builder
		_ = run(t.Context(), []string{"-sample", "4", "-seed", seed, filepath.Dir(sample)}, &out)
		return out.String()
	}
	if one, again := drawn("7"), drawn("7"); one != again || !strings.Contains(one, "4 of them drawn by lot with seed 7") {
		t.Errorf("first\n%s\nthen\n%s", one, again)
	}
	if drawn("7") == drawn("8") {
		t.Error("another seed draws the same")
	}
}
