package ui

import (
	"strings"
	"testing"
)

// burnUp plans four and has done two of three by the second of four months.
func burnUp() ChartProps {
	return ChartProps{
		ID: "verlauf", Title: "Verlauf", Desc: "2 von 3 produktiv", Marks: []string{"Jan 26", "Feb 26", "Mär 26", "Apr 26"},
		Scope: []int{1, 3}, Plan: []int{0, 1, 2, 4}, Done: []int{0, 2}, ScopeLabel: "Umfang 3", PlanLabel: "Plan 4", DoneLabel: "Ist 2",
	}
}

func TestAChartDrawsItsValuesToScale(t *testing.T) {
	t.Parallel()
	d := burnUp().draw(frame{"wide", 100, 100, 10, 10, 40, 0, 60, 4})
	want := map[string]string{ // three ticks of 2 reach 4: a value of 1 is ten high, a month ten wide
		"c-area":  "M10 60L20 40V60H10Z",
		"c-scope": "M10 50H20V30",
		"c-plan":  "M10 60L20 50L30 40L40 20",
		"c-ist":   "M10 60L20 40",
	}
	if len(d.Lines) != len(want) {
		t.Errorf("%d lines, want %d", len(d.Lines), len(want))
	}
	for _, l := range d.Lines {
		if l.D != want[l.Class] {
			t.Errorf("%s is %q, want %q", l.Class, l.D, want[l.Class])
		}
	}
	if d.DotX != "20" || d.DotY != "40" {
		t.Errorf("the dot is at %s, %s, want the end of what is done", d.DotX, d.DotY)
	}
}

func TestLabelsOfAChartStandApart(t *testing.T) {
	t.Parallel()
	p := burnUp()
	p.Scope, p.Plan, p.Done = []int{9}, []int{9}, []int{9}
	seen := map[string]bool{}
	for _, text := range p.draw(wideChart).Texts {
		if strings.HasPrefix(text.Class, "c-lab") {
			if seen[text.Y] {
				t.Errorf("%q stands on another label", text.Text)
			}
			seen[text.Y] = true
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d labels, want three", len(seen))
	}
}

func TestTicksAreRoundAndReachTheHighestValue(t *testing.T) {
	t.Parallel()
	for highest, want := range map[int]int{1: 1, 3: 1, 4: 2, 7: 5, 15: 5, 16: 10, 164: 100, 300: 100, 301: 200} {
		if got := tick(highest); got != want {
			t.Errorf("tick(%d) = %d, want %d", highest, got, want)
		}
	}
}

// TestAChartOfNothingHasNoLine: a Land before its first roll-in sees axes, not a broken drawing.
func TestAChartOfNothingHasNoLine(t *testing.T) {
	t.Parallel()
	d := ChartProps{ID: "leer"}.draw(wideChart)
	if len(d.Lines) != 0 || d.DotX != "" {
		t.Errorf("%+v, want axes alone", d)
	}
	for _, g := range append(d.Grid, chartPath{}) {
		if strings.Contains(g.D, "NaN") {
			t.Errorf("%q is no place", g.D)
		}
	}
}
