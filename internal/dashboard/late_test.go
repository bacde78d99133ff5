package dashboard_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

// TestTheLagebildKeepsDaysWithOthersApart: who reads that a step is late reads whose days those were.
func TestTheLagebildKeepsDaysWithOthersApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld")
	w.finishLand("wohngeld")
	*w.now = w.now.AddDate(0, 6, 0)
	c, err := w.onboardings.Checklist(t.Context(), w.as("k16051"), "16051", "wohngeld", 0)
	w.must(err)
	s, _ := c.Find("k_kickoff")
	w.must(w.onboardings.HandOver(t.Context(), w.as("k16051"), "16051", "wohngeld", "k_kickoff", onboarding.HandOverInput{
		ID: uuid.New(), Version: s.Version, Party: "Hersteller A", Since: workday.Day(*w.now).AddDate(0, 0, -9),
	}))
	c, err = w.onboardings.Checklist(t.Context(), w.as("k16051"), "16051", "wohngeld", 0)
	w.must(err)
	s, _ = c.Find("k_kickoff")
	named := false
	for _, late := range w.picture("land").Longest {
		want := 0
		if late.StepID == s.ID {
			named, want = true, s.Late(workday.Day(*w.now)).Foreign
		}
		if late.ForeignDays != want {
			t.Errorf("%s in %s: %d days with others, want %d", late.Key, late.BodyKey, late.ForeignDays, want)
		}
	}
	if !named {
		t.Fatal("the Lagebild does not name the step")
	}
	if got := s.Late(workday.Day(*w.now)).Foreign; got != 9 {
		t.Errorf("the checklist says %d days with others, want 9", got)
	}
}
