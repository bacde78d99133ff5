package onboarding_test

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

func (w world) act(login string, act onboarding.Act) error {
	w.t.Helper()
	later := time.Now().AddDate(0, 2, 0)
	return w.ChangeState(w.t.Context(), w.as(login), body, slug, onboarding.StateInput{
		Version: w.checklist("land", body, slug).Version, Act: act, Reason: "So ist es", ResumeOn: &later,
	})
}

func TestGoLiveIsAGate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_web")
	kk := w.as("k16051")
	today := workday.Day(time.Now())
	in := onboarding.GoLiveInput{Version: w.checklist("k16051", body, slug).Version, On: today, Evidence: "Antrag 1"}
	err := w.GoLive(t.Context(), kk, body, slug, in)
	dbtest.Wants(t, "the closed gate", err, fault.Conflict)
	if !strings.Contains(err.Error(), "„Öffentlichkeitsarbeit vorbereiten“ und „Go-live freigeben“") {
		t.Errorf("the sentence does not name what is missing: %v", err)
	}
	dbtest.Wants(t, "around the gate", w.move("k16051", body, slug, "k_golive", onboarding.Done), fault.Conflict)
	w.finishBody(body, slug, "k_golive")
	dbtest.Wants(t, "the editor", w.GoLive(t.Context(), w.as("k16051-b"), body, slug, in), fault.Forbidden)
	dbtest.Wants(t, "the Land", w.GoLive(t.Context(), w.as("land"), body, slug, in), fault.Forbidden)
	dbtest.Wants(t, "tomorrow", w.GoLive(t.Context(), kk, body, slug, onboarding.GoLiveInput{Version: in.Version, On: today.AddDate(0, 0, 2), Evidence: "x"}), fault.Invalid)
	dbtest.Wants(t, "without evidence", w.GoLive(t.Context(), kk, body, slug, onboarding.GoLiveInput{Version: in.Version, On: today}), fault.Invalid)
	w.must(w.GoLive(t.Context(), kk, body, slug, in))
	w.must(w.GoLive(t.Context(), kk, body, slug, in)) // a second click
	in.Version++
	dbtest.Wants(t, "once more", w.GoLive(t.Context(), kk, body, slug, in), fault.Conflict)
	if c := w.checklist("k16051", body, slug); c.State != onboarding.Live || c.LiveOn == nil || !c.LiveOn.Equal(today) {
		t.Errorf("%s since %v", c.State, c.LiveOn)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'step.done' AND title = 'Produktivstart'`); n != 1 {
		t.Errorf("%d entries in the trail, want 1", n)
	}
	w.verify()
}

func TestOnlyPilotsGoLiveBeforeTheEvaluation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	waits := func(of string) bool {
		for _, r := range w.step("k"+of, of, slug, "k_web").WaitsFor {
			if r.Key == "l_pilot_eval" {
				return true
			}
		}
		return false
	}
	if waits(body) || !waits(other) {
		t.Errorf("the pilot waits: %v, the other waits: %v", waits(body), waits(other))
	}
	w.finishLand(slug)
	if waits(other) {
		t.Error("the other still waits after the evaluation")
	}
}

func TestActsOnAnOnboarding(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.finishLand(slug)
	now := func() *onboarding.Checklist { return w.checklist("land", body, slug) }
	w.must(w.act("k16051", onboarding.Commit))
	if c := now(); c.State != onboarding.Committed || c.CommittedAt == nil {
		t.Fatalf("committed: %s", c.State)
	}
	dbtest.Wants(t, "the Land commits", w.act("land", onboarding.Commit), fault.Forbidden)
	dbtest.Wants(t, "the town pauses", w.act("k16051", onboarding.Pause), fault.Forbidden)
	dbtest.Wants(t, "the editor declines", w.act("k16051-b", onboarding.Decline), fault.Forbidden)
	dbtest.Wants(t, "out of order", w.act("land", onboarding.Decommission), fault.Conflict)
	w.finishBody(body, slug, "k_test_tech")
	w.must(w.act("land", onboarding.Pause))
	if c := now(); c.State != onboarding.Paused || c.StateReason != "So ist es" || c.ResumeOn == nil || c.Next() != nil {
		t.Errorf("paused: %+v", c.Onboarding)
	}
	dbtest.Wants(t, "working while paused", w.move("k16051", body, slug, "k_test_tech", onboarding.InProgress), fault.Conflict)
	w.must(w.act("land", onboarding.Resume))
	if c := now(); c.State != onboarding.Connecting || c.StateReason != "" || c.ResumeOn != nil {
		t.Errorf("resumed: %+v", c.Onboarding)
	}
	w.must(w.act("k16051", onboarding.Decline))
	w.must(w.act("k16051", onboarding.Rejoin))
	w.verify()
	if now().State != onboarding.Connecting {
		t.Errorf("rejoined: %s", now().State)
	}
}

func TestNotCompetentLeavesEveryDenominator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.must(w.act("land", onboarding.Exclude))
	if c := w.checklist("land", body, slug); c.Relevant != 0 || c.Done != 0 {
		t.Errorf("%d of %d", c.Done, c.Relevant)
	}
	r, err := w.LandSteps(t.Context(), w.as("land"), slug)
	w.must(err)
	if r.Competent() != 21 {
		t.Errorf("%d competent, want 21", r.Competent())
	}
	if n := dbtest.Admin[int](t, w.World, `
		SELECT sum(relevant) FROM portal.progress JOIN portal.organisation USING (land_id, org_id)
		WHERE key = $1 AND scope = 'kommune'`, body); n != 0 {
		t.Errorf("progress still counts %d", n)
	}
	w.verify()
	w.must(w.act("land", onboarding.Resume))
	if c := w.checklist("land", body, slug); c.Relevant != 25 || c.State != onboarding.NotStarted {
		t.Errorf("after resuming: %d relevant, %s", c.Relevant, c.State)
	}
	w.verify()
}

func TestTwoPeopleOnOneState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	later := time.Now().AddDate(0, 1, 0)
	in := onboarding.StateInput{Version: w.checklist("land", body, slug).Version, Act: onboarding.Pause, Reason: "Umzug", ResumeOn: &later}
	w.must(w.ChangeState(t.Context(), w.as("land"), body, slug, in))
	w.must(w.ChangeState(t.Context(), w.as("land"), body, slug, in))
	in.Act, in.Reason = onboarding.Exclude, "nicht zuständig"
	dbtest.Wants(t, "the second", w.ChangeState(t.Context(), w.as("land2"), body, slug, in), fault.Conflict)
}

func TestVerifyProgressFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	for _, change := range []string{
		`UPDATE portal.onboarding SET steps_done = 3 WHERE onboarding_id = (SELECT min(onboarding_id::text)::uuid FROM portal.onboarding) RETURNING 'done'`,
		`UPDATE portal.onboarding SET state = 'testing' WHERE onboarding_id = (SELECT max(onboarding_id::text)::uuid FROM portal.onboarding) RETURNING 'done'`,
		`UPDATE portal.progress SET active = 1 WHERE pillar = 2 AND scope = 'basis' AND org_id = (SELECT org_id FROM portal.organisation WHERE key = '16051') RETURNING 'done'`,
		`DELETE FROM portal.progress WHERE pillar = 1 AND scope = 'land' RETURNING 'done'`,
		`INSERT INTO portal.progress_history (land_id, org_id, service_id, pillar, scope, relevant, done, from_on, until_on)
			SELECT land_id, org_id, service_id, pillar, scope, relevant, done, counted_on - 9, counted_on - 2 FROM portal.progress
			WHERE pillar = 3 AND scope = 'kommune' ORDER BY org_id LIMIT 1 RETURNING 'done'`,
	} {
		dbtest.Admin[string](t, w.World, change)
	}
	found, err := w.VerifyProgress(t.Context(), w.as("land"))
	w.must(err)
	if len(found) != 5 {
		t.Errorf("found %v, want 5 differences", found)
	}
}
