package onboarding_test

import (
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// TestAStepUnderCheckIsNotTheTowns: the days until somebody answers are no days of the town, while they run and after.
func TestAStepUnderCheckIsNotTheTowns(t *testing.T) {
	t.Parallel()
	now := time.Now()
	db := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	w := world{db, onboarding.NewService(db.DB), t}
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	pass := func(days int) { now = now.AddDate(0, 0, days) }
	time := func() onboarding.Time {
		t.Helper()
		c := w.checklist("k16051", body, slug)
		s, _ := c.Find("k_declaration")
		spent, known := c.Time(s)
		if !known {
			t.Fatal("the step has no time")
		}
		return spent
	}
	is := func(when string, own, foreign int) {
		t.Helper()
		if got := time(); got.Own != own || got.Foreign != foreign {
			t.Errorf("%s: %d own and %d foreign days, want %d and %d", when, got.Own, got.Foreign, own, foreign)
		}
	}
	pass(4)
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	pass(7)
	is("under check", 4, 7)
	w.must(w.review("land", "k_declaration", onboarding.Returned))
	pass(2)
	is("returned", 6, 7)
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	pass(10)
	w.must(w.review("land2", "k_declaration", onboarding.Done))
	pass(30)
	is("accepted", 6, 17)
}

func TestLateDaysAreToldApart(t *testing.T) {
	t.Parallel()
	due := workday.Day(time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC))
	on := func(days int) time.Time { return due.AddDate(0, 0, days) }
	ended := on(12)
	for _, c := range []struct {
		name         string
		step         onboarding.Step
		own, foreign int
	}{
		{"nobody else", onboarding.Step{DueOn: due}, 40, 0},
		{"lay with others before it was due, and back", onboarding.Step{DueOn: due, Periods: []onboarding.Waiting{{Since: on(-5), Until: &ended}}}, 28, 12},
		{"still with others", onboarding.Step{DueOn: due, Periods: []onboarding.Waiting{{Since: on(10)}}}, 10, 30},
		{"under check since before", onboarding.Step{DueOn: due, State: onboarding.Submitted, StateSince: on(-3)}, 0, 40},
		{"not late", onboarding.Step{DueOn: on(40), Periods: []onboarding.Waiting{{Since: on(10)}}}, 0, 0},
	} {
		if got := c.step.Late(on(40)); got.Own != c.own || got.Foreign != c.foreign {
			t.Errorf("%s: %d own and %d foreign days, want %d and %d", c.name, got.Own, got.Foreign, c.own, c.foreign)
		}
	}
}
