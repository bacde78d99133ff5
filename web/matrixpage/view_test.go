package matrixpage

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
)

func TestACellSaysSinceWhenAndWhetherItIsKnown(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	m := &dashboard.Matrix{At: at}
	long, land := at.AddDate(0, 0, -45), access.Actor{Role: access.StateCoordinator, Token: []byte{1}}
	for name, c := range map[string]struct {
		cell            dashboard.MatrixCell
		who             access.Actor
		sign, text, url string
	}{
		"on its way": {
			dashboard.MatrixCell{Cell: dashboard.Cell{Competent: true, State: onboarding.Connecting}, Since: at.AddDate(0, 0, -21)},
			land, "2", "Phase 2, Anbinden seit 30.10.2026", "/kommunen/16051/leistungen/wohngeld",
		},
		"not confirmed": {
			dashboard.MatrixCell{Cell: dashboard.Cell{Competent: true, State: onboarding.Testing, Unconfirmed: true}, Since: at.AddDate(0, 0, -60), ConfirmedAt: &long},
			land, "3?", "Phase 3, Testen seit 21.09.2026, nicht bestätigt seit 06.10.2026", "/kommunen/16051/leistungen/wohngeld",
		},
		"blocked": {
			dashboard.MatrixCell{Cell: dashboard.Cell{Competent: true, State: onboarding.Testing, Blocked: true}, Since: at.AddDate(0, 0, -1)},
			land, "!", "Phase 3, Testen, blockiert seit 19.11.2026", "/kommunen/16051/leistungen/wohngeld",
		},
		"ends soon": {
			dashboard.MatrixCell{Cell: dashboard.Cell{Competent: true, State: onboarding.Live, Ending: onboarding.Ending{What: "Zertifikat", On: at.AddDate(0, 0, 10)}}, Since: at},
			land, "✓", "produktiv seit 20.11.2026, Zertifikat läuft ab am 30.11.2026", "/kommunen/16051/leistungen/wohngeld",
		},
		"nobody competent": {dashboard.MatrixCell{}, land, "–", "entfällt, andere Stelle ist zuständig", ""},
		"not begun yet":    {dashboard.MatrixCell{Cell: dashboard.Cell{Competent: true}}, land, "·", "noch nicht begonnen", ""},
	} {
		got := newCell(c.cell, m, c.who, "16051", "wohngeld")
		if got.Sign != c.sign || got.Text != c.text || got.URL != c.url {
			t.Errorf("%s: %q %q %q, want %q %q %q", name, got.Sign, got.Text, got.URL, c.sign, c.text, c.url)
		}
		if marked := got.Icon != ""; marked != c.cell.Ending.Some() {
			t.Errorf("%s: marked as ending: %v", name, marked)
		}
	}
}
