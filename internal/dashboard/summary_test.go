package dashboard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollinportal/internal/dashboard"
)

func TestTheSummaryCountsWhatTheLagebildCounts(t *testing.T) {
	t.Parallel()
	w := story(t)
	p := w.picture("land")
	s, err := w.Summary(t.Context(), w.as("gremium"))
	w.must(err)
	if s.Live() != p.Live() {
		t.Errorf("live %v, on the Lagebild %v", s.Live(), p.Live())
	}
	for _, standing := range []dashboard.Standing{dashboard.Area, dashboard.RollingIn, dashboard.Approved} {
		if got, want := s.Count()[standing], p.Count()[standing]; got != want {
			t.Errorf("%d services are %s, on the Lagebild %d", got, standing, want)
		}
	}
	if s.Past.Since != p.Past.Since || s.Past.Earlier != p.Past.Earlier {
		t.Errorf("compared with %v of %v, on the Lagebild with %v of %v", s.Past.Earlier, s.Past.Since, p.Past.Earlier, p.Past.Since)
	}
	for i, pillar := range s.Pillars {
		if pillar.Share() != p.Pillars[i].Share() {
			t.Errorf("pillar %d: %v, on the Lagebild %v", pillar.No, pillar.Share(), p.Pillars[i].Share())
		}
	}
	for _, l := range s.ByService() {
		if l.Slug != "" && l.Share() != p.OfService(l.Slug) {
			t.Errorf("%s: %v, on the Lagebild %v", l.Slug, l.Share(), p.OfService(l.Slug))
		}
	}
	sum := 0
	for _, g := range s.Groups() {
		if dashboard.TooFew(g.Count) {
			t.Errorf("group %v has %d members", g.Stages, g.Count)
		}
		sum += g.Count
	}
	if all := w.listed("land", dashboard.OnboardingFilter{}); sum != all || all != s.Live().Whole {
		t.Errorf("the groups have %d members, want %d", sum, all)
	}
}

func TestServicesOfFewBodiesStandTogether(t *testing.T) {
	t.Parallel()
	line := func(slug string, live, begun int) dashboard.Counted {
		return dashboard.Counted{
			Line:   dashboard.Line{Slug: slug, Name: slug, RollingIn: true},
			Stages: map[dashboard.Stage]int{dashboard.Live: live, dashboard.Preparing: begun},
		}
	}
	s := dashboard.Summary{Lines: []dashboard.Counted{line("a", 1, 1), line("b", 2, 3), line("c", 0, 2), {Line: dashboard.Line{Slug: "d"}}}}
	got := map[string]dashboard.Share{}
	for _, l := range s.ByService() {
		got[l.Slug] = l.Share()
	}
	want := map[string]dashboard.Share{"b": {Part: 2, Whole: 5}, "": {Part: 1, Whole: 4}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSmallGroupsMerge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		counts []int
		want   []int
	}{
		{"none", nil, nil},
		{"large ones stay", []int{3, 0, 7}, []int{3, 7}},
		{"small ones join", []int{1, 5, 2}, []int{5, 3}},
		{"a single small one takes the least", []int{9, 2, 4}, []int{9, 6}},
		{"nobody to join", []int{0, 2, 0}, []int{2}},
	} {
		groups := make([]dashboard.Group, len(c.counts))
		for i, n := range c.counts {
			groups[i] = dashboard.Group{Stages: []dashboard.Stage{dashboard.Stages[i]}, Count: n}
		}
		var got []int
		for _, g := range dashboard.Merge(groups) {
			got = append(got, g.Count)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestEveryStateHasAStage(t *testing.T) {
	t.Parallel()
	n := 0
	for _, stage := range dashboard.Stages {
		n += len(stage.States())
	}
	if want := 13; n != want {
		t.Errorf("%d states in stages, want %d, each once", n, want)
	}
}
