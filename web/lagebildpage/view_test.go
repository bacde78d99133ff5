package lagebildpage

import (
	"testing"
	"time"

	"rollinportal/internal/dashboard"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

func TestQuotaRoundsDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		share dashboard.Share
		want  string
	}{
		{dashboard.Share{}, "app-q0"},
		{dashboard.Share{Part: 0, Whole: 7}, "app-q0"},
		{dashboard.Share{Part: 1, Whole: 22}, "app-q1"},
		{dashboard.Share{Part: 5, Whole: 20}, "app-q2"},
		{dashboard.Share{Part: 49, Whole: 99}, "app-q2"},
		{dashboard.Share{Part: 1, Whole: 2}, "app-q3"},
		{dashboard.Share{Part: 7, Whole: 10}, "app-q4"},
		{dashboard.Share{Part: 895, Whole: 1000}, "app-q4"},
		{dashboard.Share{Part: 9, Whole: 10}, "app-q5"},
		{dashboard.Share{Part: 22, Whole: 22}, "app-q5"},
	} {
		if got := quotaClass(c.share); got != c.want {
			t.Errorf("quotaClass(%v) = %s, want %s", c.share, got, c.want)
		}
	}
}

func TestTilesStandOnTheMapOrInALine(t *testing.T) {
	t.Parallel()
	column, row := 2, 4
	for _, c := range []struct {
		body dashboard.Body
		want string
	}{
		{dashboard.Body{Column: &column, Row: &row}, "app-col-2 app-row-4"},
		{dashboard.Body{Column: &column}, ""},
		{dashboard.Body{}, ""},
	} {
		if got := placeClass(c.body); got != c.want {
			t.Errorf("placeClass(%v) = %q, want %q", c.body, got, c.want)
		}
	}
}

func TestEveryStageHasItsSign(t *testing.T) {
	t.Parallel()
	for _, stage := range dashboard.Stages {
		if cell := page.StageCell(stage); cell.Sign == "" || cell.Text == "" || cell.Class == "" {
			t.Errorf("%s has no cell", stage)
		}
		if name := stageNames([]dashboard.Stage{stage}); name == "" || name == ui.NotApplicable {
			t.Errorf("%s has no name", stage)
		}
	}
	for _, s := range dashboard.Standings {
		if words := standings[s]; words.status.Text == "" || words.filter == "" {
			t.Errorf("%s has no words", s)
		}
	}
}

func TestAPillarSaysWhetherItIsLate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pillar dashboard.Pillar
		want   ui.StatusProps
	}{
		{dashboard.Pillar{Relevant: 5}, ui.StatusProps{Kind: ui.Done, Text: "Im Plan"}},
		{dashboard.Pillar{Relevant: 5, Overdue: 2}, ui.StatusProps{Kind: ui.Overdue, Text: "2 überfällig"}},
		{dashboard.Pillar{}, ui.StatusProps{}},
	} {
		if got := pace(c.pillar); got != c.want {
			t.Errorf("pace(%v) = %v, want %v", c.pillar, got, c.want)
		}
	}
}

func TestSmallNumbersAreHiddenFromCommittees(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 1: "unter 3", 2: "unter 3", 3: "3", 1250: "1.250"} {
		if got := few(n); got != want {
			t.Errorf("few(%d) = %s, want %s", n, got, want)
		}
	}
	line := dashboard.Counted{Line: dashboard.Line{Slug: "a", Name: "A"}, Stages: map[dashboard.Stage]int{dashboard.Live: 2, dashboard.Testing: 20}}
	if got := newService(line).Share; got != "unter 3 von 22" {
		t.Errorf("share %q, want unter 3 von 22", got)
	}
	if got := newService(dashboard.Counted{Stages: line.Stages}); got.URL != "" || got.Name == "" {
		t.Errorf("merged services lead to %q and are called %q", got.URL, got.Name)
	}
}

func TestAPillarSaysHowFarItWas(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		now        dashboard.Share
		before     *dashboard.Share
		want, icon string
	}{
		{dashboard.Share{Part: 18, Whole: 22}, &dashboard.Share{Part: 17, Whole: 22}, "77\u00a0% am 31.10.2026", ui.IconUp},
		{dashboard.Share{Part: 18, Whole: 44}, &dashboard.Share{Part: 17, Whole: 22}, "77\u00a0% am 31.10.2026", ui.IconDown},
		{dashboard.Share{Part: 18, Whole: 22}, &dashboard.Share{Part: 9, Whole: 11}, "81\u00a0% am 31.10.2026", ui.IconSame},
		{dashboard.Share{Part: 18, Whole: 22}, &dashboard.Share{}, "am 31.10.2026 noch keine Aufgaben", ""},
		{dashboard.Share{Part: 18, Whole: 22}, nil, "am 31.10.2026 nicht erfasst", ""},
	} {
		if text, icon := pillarTrend(c.now, c.before, since); text != c.want || icon != c.icon {
			t.Errorf("pillarTrend(%v, %v) = %q %q, want %q %q", c.now, c.before, text, icon, c.want, c.icon)
		}
	}
}
