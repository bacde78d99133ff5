package figurepage

import (
	"testing"

	"rollinportal/internal/dashboard"
)

// TestEveryFigureIsDefinedWhole: nobody adds a figure without saying what it counts, out of what, and where it comes from.
func TestEveryFigureIsDefinedWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, d := range newDefinitions() {
		if d.ID == "" || seen[d.ID] || d.Name == "" || d.Definition == "" || len(d.Facts) < 3 {
			t.Errorf("%q is not defined whole: %+v", d.Name, d)
		}
		seen[d.ID] = true
		for _, f := range d.Facts {
			if f.Value == "" {
				t.Errorf("%s: %s is empty", d.Name, f.Term)
			}
		}
	}
	for _, f := range dashboard.Figures {
		if got := f.Of(&dashboard.Picture{}).Whole; got != 0 {
			t.Errorf("%s: nothing is out of %d", f.Name, got)
		}
	}
}
