package onboarding_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/jobs"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// TestAStepWhoseEvidenceEndsIsWorkAgain moves the clock: quiet, then announced, then work again, once.
func TestAStepWhoseEvidenceEndsIsWorkAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	base := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	w := world{base, onboarding.NewService(base.DB), t}
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	until := time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)
	in := dbtest.Wish(w.step("k16051", body, slug, "k_declaration"), onboarding.Submitted)
	in.ValidUntil = &until
	w.must(w.ChangeStep(t.Context(), w.as("k16051"), body, slug, "k_declaration", in))
	w.must(w.ReviewStep(t.Context(), w.as("land"), body, slug, "k_declaration", dbtest.Wish(w.step("land", body, slug, "k_declaration"), onboarding.Done)))
	done := w.checklist("k16051", body, slug).Done

	sweep := onboarding.NewService(w.Work)
	worker, err := jobs.Actor(t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	w.must(err)
	for _, c := range []struct {
		day      time.Time
		expiring bool
		state    onboarding.StepState
	}{
		{until.AddDate(0, 0, -29), false, onboarding.Done},
		{until.AddDate(0, 0, -28), true, onboarding.Done},
		{until.AddDate(0, 0, -1), true, onboarding.Done},
		{until, false, onboarding.InProgress},
		{until.AddDate(0, 0, 1), false, onboarding.InProgress},
	} {
		now = c.day.Add(9 * time.Hour)
		w.must(sweep.ReopenExpired(t.Context(), worker))
		s := w.step("k16051", body, slug, "k_declaration")
		if _, expiring := s.Expiring(workday.Day(now)); s.State != c.state || expiring != c.expiring || s.Again() != (c.state == onboarding.InProgress) {
			t.Errorf("on %s: %s, expiring %v, again %v", c.day.Format(time.DateOnly), s.State, expiring, s.Again())
		}
	}
	if c := w.checklist("k16051", body, slug); c.Done != done-1 {
		t.Errorf("%d done, want one less than %d", c.Done, done)
	}
	w.verify()
}
