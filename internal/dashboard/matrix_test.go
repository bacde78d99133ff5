package dashboard_test

import (
	"testing"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
)

func (w world) matrix(login string, f dashboard.MatrixFilter) *dashboard.Matrix {
	w.t.Helper()
	m, err := w.Matrix(w.t.Context(), w.As(w.t, login), f)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func TestTheMatrix(t *testing.T) {
	t.Parallel()
	w := story(t)
	t.Run("is the Lagebild's", func(t *testing.T) { isTheLagebilds(t, w) })
	t.Run("ends at the reader's circle", func(t *testing.T) { endsAtTheCircle(t, w) })
	t.Run("is narrowed", func(t *testing.T) { isNarrowed(t, w) })
	t.Run("says since when a service is live", func(t *testing.T) { saysSinceWhen(t, w) })
}

// saysSinceWhen: a service is live from its Produktivstart on, and not from the day on which somebody reported that or began
// the Regelbetrieb.
func saysSinceWhen(t *testing.T, w world) {
	w.sql(`UPDATE portal.onboarding SET state_since = live_on + 4000 WHERE live_on IS NOT NULL`)
	live := 0
	m := w.matrix("land", dashboard.MatrixFilter{Stage: dashboard.Live}) // nobody has asked before, so none is kept
	for i := range m.Services {
		for _, c := range m.Row(i) {
			if c.Stage() == dashboard.Live {
				live++
				if c.Since.After(*w.now) {
					t.Errorf("live since %v, and it is %v", c.Since, *w.now)
				}
			}
		}
	}
	if live == 0 {
		t.Error("nothing is live: nothing is compared")
	}
}

func isTheLagebilds(t *testing.T, w world) {
	for _, login := range []string{"land", "tmikl-leser"} {
		p, m := w.picture(login), w.matrix(login, dashboard.MatrixFilter{})
		if len(m.Services) != len(p.RolledIn()) || m.AllServices != len(m.Services) || len(m.Bodies) != len(p.Bodies) || m.AllBodies != len(m.Bodies) {
			t.Fatalf("%s: %d × %d of %d × %d, the Lagebild has %d × %d", login, len(m.Services), len(m.Bodies), m.AllServices, m.AllBodies, len(p.RolledIn()), len(p.Bodies))
		}
		for i, l := range m.Services {
			for j, want := range p.Row(l.Slug) {
				if got := m.Row(i)[j]; got.Cell != want || m.Bodies[j].Key != p.Bodies[j].Key {
					t.Errorf("%s: %s in %s: %v, on the Lagebild %v", login, l.Slug, m.Bodies[j].Key, got.Cell, want)
				}
			}
		}
	}
}

func endsAtTheCircle(t *testing.T, w world) {
	town := w.matrix("k16055", dashboard.MatrixFilter{})
	if len(town.Bodies) != 1 || town.Bodies[0].Key != "16055" || town.AllBodies != 1 {
		t.Errorf("a town sees %v", town.Bodies)
	}
	provider := w.matrix("tlrz", dashboard.MatrixFilter{})
	if n := len(provider.Bodies); n == 0 || n == 22 {
		t.Errorf("a provider sees %d bodies, want those it works for", n)
	}
	for _, l := range w.matrix("tmdi-referat", dashboard.MatrixFilter{}).Services {
		if l.Slug != "wohngeld" {
			t.Errorf("a ministry sees %s", l.Slug)
		}
	}
	_, err := w.Matrix(t.Context(), w.As(t, "gremium"), dashboard.MatrixFilter{})
	if fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a committee: %v", err)
	}
}

func isNarrowed(t *testing.T, w world) {
	cities := w.matrix("land", dashboard.MatrixFilter{Kind: organisation.IndependentCity})
	if len(cities.Bodies) != 5 || !cities.Bodies[0].City {
		t.Errorf("%d kreisfreie Städte: %v", len(cities.Bodies), cities.Bodies)
	}
	one := w.matrix("land", dashboard.MatrixFilter{Service: "einbuergerung", Stage: dashboard.Testing})
	if len(one.Services) != 1 || len(one.Bodies) == 0 {
		t.Fatalf("%v × %v are testing", one.Services, one.Bodies)
	}
	for i, c := range one.Row(0) {
		if c.Stage() != dashboard.Testing || c.Since.IsZero() {
			t.Errorf("%s is %s since %v", one.Bodies[i].Key, c.State, c.Since)
		}
	}
	if topic := w.matrix("land", dashboard.MatrixFilter{Topic: "gibt es nicht"}); len(topic.Services) != 0 || len(topic.Choices) != 4 {
		t.Errorf("an unknown topic has %v of %v", topic.Services, topic.Choices)
	}
	beyond := w.matrix("land", dashboard.MatrixFilter{Columns: 2})
	if len(beyond.Bodies) != 0 || beyond.AllBodies != 22 {
		t.Errorf("the second window has %d of %d bodies", len(beyond.Bodies), beyond.AllBodies)
	}
}
