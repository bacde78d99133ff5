package page_test

import (
	"testing"
	"time"

	"rollinportal/internal/hurdle"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// TestObstaclesAreNamedInShort: whom one affects stands there only where it is known, and who decides only while somebody does.
func TestObstaclesAreNamedInShort(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		o    hurdle.Obstacle
		meta string
		kind ui.Kind
		text string
	}{
		"reported":  {hurdle.Obstacle{No: 4, ServiceName: "Wohngeld", State: hurdle.Reported, ReportedAt: at}, "Wohngeld · Nr. 4 · seit 02.10.2026", ui.Open, "Gemeldet"},
		"widely":    {hurdle.Obstacle{No: 4, ServiceName: "Wohngeld", State: hurdle.InProgress, ReportedAt: at, Bodies: 5}, "Wohngeld · Nr. 4 · seit 02.10.2026 · betrifft 5 Einheiten", ui.InProgress, "In Klärung"},
		"escalated": {hurdle.Obstacle{No: 4, ServiceName: "Wohngeld", State: hurdle.InProgress, ReportedAt: at, EscalatedTo: "Beirat"}, "Wohngeld · Nr. 4 · seit 02.10.2026 · liegt bei: Beirat", ui.Waiting, "Eskaliert"},
		"decided":   {hurdle.Obstacle{No: 4, ServiceName: "Wohngeld", State: hurdle.InProgress, ReportedAt: at, EscalatedTo: "Beirat", Decision: "Ja."}, "Wohngeld · Nr. 4 · seit 02.10.2026", ui.InProgress, "In Klärung"},
	} {
		row := page.ObstacleRows([]hurdle.Obstacle{c.o})[0]
		if row.Meta != c.meta || row.Status.Kind != c.kind || row.Status.Text != c.text || row.URL != "/huerden/4" {
			t.Errorf("%s: %+v", name, row)
		}
	}
}
