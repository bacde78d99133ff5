package hurdlepage

import (
	"strings"
	"testing"
)

func TestARowEndsWithAWholeWord(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Redaktion und Anbieter nennen verschiedene Stellen, ", 4)
	for in, want := range map[string]string{
		"Kein Zugang":            "Kein Zugang",
		strings.Repeat("ü", 120): strings.Repeat("ü", 120),
		strings.Repeat("ü", 121): strings.Repeat("ü", 120) + " …",
		long:                     "Redaktion und Anbieter nennen verschiedene Stellen, Redaktion und Anbieter nennen verschiedene Stellen, Redaktion und …",
	} {
		if got := shorten(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
