package onboarding_test

import (
	"testing"

	"rollinportal/internal/onboarding"
)

func TestABodyGoesAllTheWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const body, slug = "16051", "einbuergerung"
	w.rollIn(slug, everything, body)
	w.verify()
	c := w.checklist("k16051", body, slug)
	if len(c.Steps) != 25 || len(c.Land) != 15 || c.Relevant != 25 || c.Done != 0 || c.State != onboarding.NotStarted {
		t.Fatalf("%d + %d steps, %d of %d, %s", len(c.Steps), len(c.Land), c.Done, c.Relevant, c.State)
	}
	w.finishLand(slug)
	w.verify()
	for _, stage := range []struct {
		until string
		want  onboarding.State
	}{
		{"k_kickoff", onboarding.NotStarted},
		{"k_survey", onboarding.Committed},
		{"k_variant", onboarding.Preparing},
		{"k_test_tech", onboarding.Connecting},
		{"k_release", onboarding.Testing},
		{"k_golive", onboarding.Ready},
		{"k_hypercare", onboarding.Live},
		{"", onboarding.Operating},
	} {
		w.finishBody(body, slug, stage.until)
		if c := w.checklist("k16051", body, slug); c.State != stage.want {
			t.Errorf("before %s: %s, want %s", stage.until, c.State, stage.want)
		}
	}
	c = w.checklist("k16051", body, slug)
	if c.Done != 25 || c.LiveOn == nil || c.CommittedAt == nil || len(c.Trail) == 0 {
		t.Errorf("at the end: %d done, live on %v, committed at %v, %d entries", c.Done, c.LiveOn, c.CommittedAt, len(c.Trail))
	}
	w.verify()
}
