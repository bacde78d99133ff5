package onboarding_test

import (
	"strings"
	"sync"
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

const (
	body  = "16051"
	other = "16052"
	slug  = "einbuergerung"
)

func TestForeignChecklistsDoNotExist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	for _, c := range []struct{ login, body, slug string }{
		{"k16051", other, slug},
		{"k16051-b", other, slug},
		{"k16051", "99999", slug},
		{"k16051", body, "gibt-es-nicht"},
		{"k16051", body, "wohngeld"}, // not rolled in
		{"tmsgaf-referat", body, slug},
		{"tlrz", other, slug}, // KIV works for Gera
		{"d-land", body, slug},
		{"d-k1", body, slug},
	} {
		_, err := w.Checklist(t.Context(), w.as(c.login), c.body, c.slug, 5)
		dbtest.Wants(t, c.login+" reads "+c.slug+" of "+c.body, err, fault.NotFound)
		_, err = w.Task(t.Context(), w.as(c.login), c.body, c.slug, "k_kickoff", 5)
		dbtest.Wants(t, c.login+" reads a task of "+c.body, err, fault.NotFound)
	}
	_, err := w.Task(t.Context(), w.as("k16051"), body, slug, "k_nothing", 5)
	dbtest.Wants(t, "an unknown step", err, fault.NotFound)
	_, err = w.Task(t.Context(), w.as("k16051"), body, slug, "l_guide", 5)
	dbtest.Wants(t, "a step of the Land in a checklist", err, fault.NotFound)
	version := w.step("k16052", other, slug, "k_kickoff").Version
	for _, login := range []string{"k16051", "k16051-b", "tlrz", "d-k1"} {
		in := onboarding.StepInput{Version: version, To: onboarding.NotApplicable, Reason: "fremd"}
		dbtest.Wants(t, login+" changes a neighbour's step", w.ChangeStep(t.Context(), w.as(login), other, slug, "k_kickoff", in), fault.NotFound)
	}
	dbtest.Wants(t, "a neighbour's state", w.ChangeState(t.Context(), w.as("k16051"), other, slug, onboarding.StateInput{Version: 1, Act: onboarding.Commit}), fault.NotFound)
	dbtest.Wants(t, "a neighbour's go-live", w.GoLive(t.Context(), w.as("k16051"), other, slug, onboarding.GoLiveInput{Version: 1}), fault.NotFound)
}

func TestReadersSeeTheirPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	for _, login := range []string{"land", "tmikl-referat", "tmikl-leser", "k16051", "k16051-b", "tlrz"} {
		c := w.checklist(login, body, slug)
		if len(c.Steps) != 25 || len(c.Land) != 15 {
			t.Errorf("%s sees %d + %d steps", login, len(c.Steps), len(c.Land))
		}
		for _, s := range c.Steps {
			works := login == "k16051" || login == "k16051-b" || login == "tlrz" && s.Responsible == "it_dienstleister"
			if s.CanEdit() && !works {
				t.Errorf("%s may edit %s", login, s.Key)
			}
		}
	}
	for _, login := range []string{"redaktion", "gremium", "betreiber"} {
		_, err := w.Checklist(t.Context(), w.as(login), body, slug, 5)
		dbtest.Wants(t, login, err, fault.Forbidden)
	}
}

func TestRollinShowsEachReaderTheirBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	for login, want := range map[string]int{"land": 22, "redaktion": 22, "tmikl-referat": 22, "k16051": 1, "k16051-b": 1, "tlrz": 11, "gremium": 0} {
		r, err := w.LandSteps(t.Context(), w.as(login), slug)
		w.must(err)
		if len(r.Bodies) != want || len(r.Steps) != 15 {
			t.Errorf("%s sees %d bodies and %d steps, want %d and 15", login, len(r.Bodies), len(r.Steps), want)
		}
	}
	if r, err := w.LandSteps(t.Context(), w.as("gremium"), slug); err != nil || r.Competent() != 22 {
		t.Errorf("the committee counts %+v, %v", r, err)
	}
	for _, login := range []string{"tmsgaf-referat", "d-land", "d-k1"} {
		_, err := w.LandSteps(t.Context(), w.as(login), slug)
		dbtest.Wants(t, login, err, fault.NotFound)
		_, _, err = w.LandStep(t.Context(), w.as(login), slug, "l_guide", 5)
		dbtest.Wants(t, login, err, fault.NotFound)
	}
	r, err := w.LandSteps(t.Context(), w.as("land"), "wohngeld")
	w.must(err)
	if r.StartedAt != nil || len(r.Steps) != 0 {
		t.Errorf("not begun: %+v", r)
	}
	_, _, err = w.LandStep(t.Context(), w.as("land"), "wohngeld", "l_guide", 5)
	dbtest.Wants(t, "a step before the start", err, fault.NotFound)
}

func TestProviderWorksOnlyOnItsSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_variant")
	dbtest.Wants(t, "the body's own step", w.move("tlrz", body, slug, "k_fv", onboarding.InProgress), fault.Forbidden)
	dbtest.Wants(t, "ruling out", w.move("tlrz", body, slug, "k_variant", onboarding.NotApplicable), fault.Forbidden)
	w.must(w.move("tlrz", body, slug, "k_variant", onboarding.Done))
	w.must(w.move("tlrz", body, slug, "k_cert", onboarding.Done)) // a basis step
	if c := w.checklist("k16051", body, slug); c.State != onboarding.Connecting {
		t.Errorf("state %s", c.State)
	}
	w.verify()
}

func TestOnlyTheCoordinatorRulesOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	dbtest.Wants(t, "the editor", w.move("k16051-b", body, slug, "k_web", onboarding.NotApplicable), fault.Forbidden)
	w.must(w.move("k16051", body, slug, "k_web", onboarding.NotApplicable))
	if c := w.checklist("k16051", body, slug); c.Relevant != 24 {
		t.Errorf("%d relevant, want 24", c.Relevant)
	}
	dbtest.Wants(t, "the editor reopens", w.move("k16051-b", body, slug, "k_web", onboarding.InProgress), fault.Forbidden)
	w.verify()
}

func TestTheSecondPersonSeesAConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.finishLand(slug)
	seen := w.step("k16051", body, slug, "k_kickoff")
	w.must(w.ChangeStep(t.Context(), w.as("k16051"), body, slug, "k_kickoff", dbtest.Wish(seen, onboarding.Done)))
	dbtest.Wants(t, "the second", w.ChangeStep(t.Context(), w.as("k16051-b"), body, slug, "k_kickoff", dbtest.Wish(seen, onboarding.Done)), fault.Conflict)
	dbtest.Wants(t, "another wish of the first", w.ChangeStep(t.Context(), w.as("k16051"), body, slug, "k_kickoff", dbtest.Wish(seen, onboarding.InProgress)), fault.Conflict)
	task, err := w.Task(t.Context(), w.as("k16051-b"), body, slug, "k_kickoff", 5)
	w.must(err)
	if len(task.Trail) == 0 || task.Trail[0].Action != "step.done" || task.Trail[0].Name == "" {
		t.Errorf("the second does not see who was first: %+v", task.Trail)
	}
}

func TestADoubleClickIsOneEffect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.finishLand(slug)
	who := w.as("k16051")
	in := dbtest.Wish(w.step("k16051", body, slug, "k_kickoff"), onboarding.Done)
	results := make(chan error)
	for range 4 {
		go func() { results <- w.ChangeStep(t.Context(), who, body, slug, "k_kickoff", in) }()
	}
	for range 4 {
		w.must(<-results)
	}
	if s := w.step("k16051", body, slug, "k_kickoff"); s.Version != in.Version+1 {
		t.Errorf("version %d, want %d", s.Version, in.Version+1)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'step.done' AND kind = 'step' AND parent = $1`, w.checklist("k16051", body, slug).ID); n != 1 {
		t.Errorf("%d entries in the trail, want 1", n)
	}
}

func TestPredecessorsHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	err := w.move("k16051", body, slug, "k_kickoff", onboarding.InProgress)
	dbtest.Wants(t, "before the Land's guide", err, fault.Conflict)
	if !strings.Contains(err.Error(), "Informationsschreiben und technischer Leitfaden") {
		t.Errorf("the sentence does not name what is missing: %v", err)
	}
	s := w.step("k16051", body, slug, "k_kickoff")
	if len(s.WaitsFor) != 1 || s.WaitsFor[0].Key != "l_guide" {
		t.Errorf("waits for %v", s.WaitsFor)
	}
	dbtest.Wants(t, "the Land too early", w.landMove("l_contract", onboarding.Done), fault.Conflict)
	w.must(w.landMove("l_guide", onboarding.NotApplicable))
	w.must(w.move("k16051", body, slug, "k_kickoff", onboarding.InProgress))
	if c := w.checklist("k16051", body, slug); c.State != onboarding.Interested {
		t.Errorf("state %s", c.State)
	}
	w.verify()
}

func (w world) landMove(key string, to onboarding.StepState) error {
	_, s, err := w.LandStep(w.t.Context(), w.as("land"), slug, key, 5)
	w.must(err)
	return w.ChangeLandStep(w.t.Context(), w.as("land"), slug, key, dbtest.Wish(s, to))
}

func TestLandStepsAreTheLandsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	_, s, err := w.LandStep(t.Context(), w.as("land"), slug, "l_guide", 5)
	w.must(err)
	for _, login := range []string{"redaktion", "tmikl-referat", "k16051", "tlrz", "gremium"} {
		dbtest.Wants(t, login, w.ChangeLandStep(t.Context(), w.as(login), slug, "l_guide", dbtest.Wish(s, onboarding.Done)), fault.Forbidden)
	}
	dbtest.Wants(t, "another Land", w.ChangeLandStep(t.Context(), w.as("d-land"), slug, "l_guide", dbtest.Wish(s, onboarding.Done)), fault.NotFound)
	w.must(w.ChangeLandStep(t.Context(), w.as("land"), slug, "l_guide", dbtest.Wish(s, onboarding.Done)))
	w.must(w.ChangeLandStep(t.Context(), w.as("land"), slug, "l_guide", dbtest.Wish(s, onboarding.Done)))
	dbtest.Wants(t, "the colleague", w.ChangeLandStep(t.Context(), w.as("land2"), slug, "l_guide", dbtest.Wish(s, onboarding.Done)), fault.Conflict)
	w.verify()
}

func TestABasisStepMovesInEveryChecklist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.rollIn("wohngeld", everything)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_survey")
	w.must(w.move("k16051", body, slug, "k_survey", onboarding.Done))
	if c := w.checklist("k16051", body, "wohngeld"); c.Done != 1 || c.State != onboarding.NotStarted {
		t.Errorf("the other service has %d done and is %s", c.Done, c.State)
	}
	w.verify()
	s := w.step("k16051", body, slug, "k_survey")
	w.must(w.ChangeStep(t.Context(), w.as("k16051"), body, "wohngeld", "k_survey", dbtest.Wish(s, onboarding.InProgress))) // reopen from there
	if c := w.checklist("k16051", body, slug); c.Done != 1 {
		t.Errorf("after reopening %d done, want the kickoff alone", c.Done)
	}
	w.verify()
}

// Many people at once on one onboarding: ruling out needs no predecessors, so every step can be hit at the same time.
func TestManyChangesAtOnceKeepTheFiguresRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything)
	w.rollIn("wohngeld", everything)
	who := w.as("k16051")
	var all sync.WaitGroup
	for _, s := range []string{slug, "wohngeld"} {
		for _, step := range w.checklist("k16051", body, s).Steps {
			if step.Key == "k_golive" || s == "wohngeld" && step.Scope == "basis" {
				continue
			}
			all.Go(func() {
				if err := w.ChangeStep(t.Context(), who, body, s, step.Key, dbtest.Wish(step, onboarding.NotApplicable)); err != nil {
					t.Errorf("%s: %v", step.Key, err)
				}
			})
		}
	}
	all.Wait()
	for _, s := range []string{slug, "wohngeld"} {
		if c := w.checklist("k16051", body, s); c.Relevant != 1 {
			t.Errorf("%s: %d relevant, want k_golive alone", s, c.Relevant)
		}
	}
	w.verify()
}
