package figurepage

import (
	"testing"

	"rollinportal/internal/dashboard"
)

// TestEveryFigureIsDefinedWhole: nobody adds a figure without saying what it counts, out of what, and where it comes from.
func TestEveryFigureIsDefinedWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range newChapters() {
		if c.ID == "" || seen[c.ID] || c.Heading == "" || len(c.Found) == 0 {
			t.Errorf("%q is no chapter: %+v", c.Heading, c)
		}
		seen[c.ID] = true
		for _, d := range c.Found {
			if d.ID == "" || seen[d.ID] || d.Name == "" || d.Definition == "" || d.Part == "" || d.Whole == "" || d.Apart == "" {
				t.Errorf("%s: %q is not defined whole: %+v", c.Heading, d.Name, d)
			}
			seen[d.ID] = true
		}
	}
	for _, f := range append(dashboard.Figures, dashboard.Panels...) {
		if got := f.Of(&dashboard.Picture{}).Whole; got != 0 {
			t.Errorf("%s: nothing is out of %d", f.Name, got)
		}
	}
}
