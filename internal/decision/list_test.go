package decision_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/decision"
	"rollinportal/internal/postgres"
)

func TestListShowsEachReaderTheirOwn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	done := o.decided(t, decision.Approved)
	open := uuid.New()
	o.must(t, o.Request(ctx, o.referat, decision.Request{ID: open, ServiceSlug: "waffenerlaubnis", Occasion: "x"}))
	foreign := uuid.New()
	o.must(t, o.Request(ctx, o.land, decision.Request{ID: foreign, ServiceSlug: "wohngeld", Occasion: "x"}))
	for login, want := range map[string][]uuid.UUID{
		"land":          {open, foreign, done},
		"redaktion":     {open, foreign, done},
		"tmikl-referat": {open, done},
		"tmikl-leser":   {open, done},
		"tmdi-leitung":  {foreign},
		"tmuenf-leser":  {},
		"k16051":        {done},
		"k16051-b":      {done},
		"tlrz":          {done},
		"gremium":       {done},
		"d-land":        {},
	} {
		found, _, err := o.List(ctx, o.As(t, login), decision.Filter{})
		o.must(t, err)
		got := map[uuid.UUID]bool{}
		for _, f := range found {
			got[f.ID] = true
		}
		for _, id := range want {
			if !got[id] {
				t.Errorf("%s does not find %s", login, id)
			}
		}
		if len(found) != len(want) || len(found) > 0 && found[0].Total != len(want) {
			t.Errorf("%s finds %d, want %d", login, len(found), len(want))
		}
	}
}

func TestListPutsFirstWhatWaitsForThisPerson(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	waiting := o.submitted(t)
	due := time.Date(2098, 1, 1, 0, 0, 0, 0, time.UTC)
	draft := uuid.New()
	o.must(t, o.Request(ctx, o.land, decision.Request{ID: draft, ServiceSlug: "waffenerlaubnis", Occasion: "x", DueOn: &due}))
	for login, want := range map[string]string{
		"tmikl-leitung": "draft submitted: waits waits",
		"tmikl-referat": "draft submitted: waits -", // submitted it and so cannot decide it
		"tmikl-leser":   "draft submitted: - -",
		"land":          "draft submitted: - -",
	} {
		found, _, err := o.List(ctx, o.As(t, login), decision.Filter{})
		o.must(t, err)
		got := string(found[0].State) + " " + string(found[1].State) + ":"
		for _, f := range found {
			got += map[bool]string{true: " waits", false: " -"}[f.Waits]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", login, got, want)
		}
		if done := found[1].ReviewsDone; (done == 4) != strings.HasPrefix(login, "tmikl") {
			t.Errorf("%s counts %d reviews", login, done)
		}
	}
	if d := o.show(t, o.leitung, waiting); !d.May(o.leitung, decision.ToDecide) || d.May(o.referat, decision.ToDecide) || d.May(o.land, decision.ToDecide) {
		t.Error("only the second person may decide")
	}
}

func TestListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, slug := range []string{"wohngeld", "fuehrerschein", "einbuergerung", "waffenerlaubnis"} {
		o.must(t, o.Request(ctx, o.land, decision.Request{ID: uuid.New(), ServiceSlug: slug, Occasion: "x"}))
	}
	for _, tt := range []struct {
		f    decision.Filter
		want string
	}{
		{decision.Filter{Sort: "leistung"}, "einbuergerung fuehrerschein waffenerlaubnis wohngeld"},
		{decision.Filter{Sort: "-leistung"}, "wohngeld waffenerlaubnis fuehrerschein einbuergerung"},
		{decision.Filter{Sort: "ressort"}, "fuehrerschein wohngeld einbuergerung waffenerlaubnis"},
		{decision.Filter{Sort: "-ressort"}, "einbuergerung waffenerlaubnis fuehrerschein wohngeld"},
		{decision.Filter{Sort: "stand"}, "einbuergerung fuehrerschein waffenerlaubnis wohngeld"},
		{decision.Filter{Sort: "-stand", Query: "fuehrerschein"}, "fuehrerschein"},
		{decision.Filter{Sort: "frist", Query: "10169"}, "fuehrerschein"},
		{decision.Filter{Sort: "-frist", Query: "100%"}, ""},
		{decision.Filter{Sort: "seit", Ministry: "TMDI", Query: "geld"}, "wohngeld"},
		{decision.Filter{Sort: "-seit", States: []decision.State{decision.Approved}}, ""},
		{decision.Filter{Sort: "; DROP TABLE", States: []decision.State{decision.Draft}, Ministry: "TMJMV"}, ""},
		{decision.Filter{Service: "wohngeld"}, "wohngeld"},
		{decision.Filter{Page: 2}, ""},
	} {
		found, ministries, err := o.List(ctx, o.land, tt.f)
		o.must(t, err)
		var slugs []string
		for _, f := range found {
			slugs = append(slugs, f.ServiceSlug)
		}
		if got := strings.Join(slugs, " "); got != tt.want || len(ministries) == 0 {
			t.Errorf("%+v finds %q, want %q (%d ministries)", tt.f, got, tt.want, len(ministries))
		}
	}
}

func TestPagesAndActsStayWithinTheirStatements(t *testing.T) {
	t.Parallel()
	count := &counter{}
	o := newOffice(t, postgres.WithTracer(count))
	id := o.requested(t)
	for _, tt := range []struct {
		what string
		do   func() error
		want int64
	}{
		{"show", func() error { _, err := o.Show(ctx, o.referat, id, 50); return err }, 2},
		{"list", func() error { _, _, err := o.List(ctx, o.land, decision.Filter{}); return err }, 2},
		{"choices", func() error { _, err := o.Choices(ctx, o.land); return err }, 1},
		{"review", func() error {
			return o.Review(ctx, o.referat, id, decision.Privacy, decision.ReviewInput{Version: 1, Result: decision.Positive, CrossLand: new(bool)})
		}, 4},
		{"withdraw", func() error { return o.Withdraw(ctx, o.referat, id, decision.Because{Version: 2, Reason: "x"}) }, 4},
	} {
		before := count.n.Load()
		o.must(t, tt.do())
		if n := count.n.Load() - before; n != tt.want {
			t.Errorf("%s takes %d statements, want %d", tt.what, n, tt.want)
		}
	}
}
