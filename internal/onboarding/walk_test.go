package onboarding_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// TestAnyWalkKeepsTheFiguresRight lets random people do random things to two services of two bodies. Whatever is
// refused must change nothing, whatever is done must leave figures that the steps confirm.
func TestAnyWalkKeepsTheFiguresRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.rollIn("wohngeld", facts{transports: "{osci}"})
	w.must(w.landMove("l_guide", onboarding.Done))
	people := map[string][]access.Actor{
		body:  {w.as("k16051"), w.as("k16051-b"), w.as("land"), w.as("tlrz")},
		other: {w.as("k16052"), w.as("k16052-b"), w.as("land"), w.as("kiv")},
	}
	done := 0
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 12).Draw(rt, "length") {
			of := rapid.SampledFrom([]string{body, other}).Draw(rt, "body")
			if w.randomAct(rt, of, rapid.SampledFrom(people[of]).Draw(rt, "person")) {
				done++
			}
		}
		for _, of := range []string{body, other} { // a coordinator recounts what concerns their body: that is quick
			found, err := w.VerifyProgress(t.Context(), people[of][0])
			if err != nil || len(found) > 0 {
				rt.Fatalf("%v %v", found, err)
			}
		}
	})
	w.verify()
	if done < 60 {
		t.Errorf("only %d acts went through: the walk proves little", done)
	}
}

// randomAct tries something, mostly something that is offered, and reports whether it was done.
func (w world) randomAct(rt *rapid.T, of string, who access.Actor) bool {
	service := rapid.SampledFrom([]string{slug, "wohngeld"}).Draw(rt, "service")
	c, err := w.Checklist(w.t.Context(), who, of, service, 5)
	if err != nil {
		rt.Fatal(err)
	}
	what := rapid.IntRange(0, 19).Draw(rt, "what") // small numbers are drawn more often
	switch {
	case c.State.Aside() || what > 17:
		later := time.Now().AddDate(0, 1, 0)
		acts := c.Acts
		if len(acts) == 0 || what%4 == 0 {
			acts = onboarding.Acts
		}
		in := onboarding.StateInput{Version: c.Version, Act: rapid.SampledFrom(acts).Draw(rt, "act"), Reason: "so", ResumeOn: &later}
		err = w.ChangeState(w.t.Context(), who, of, service, in)
	case len(c.Missing()) == 0 || what == 17:
		err = w.GoLive(w.t.Context(), who, of, service, onboarding.GoLiveInput{Version: c.Version, On: workday.Day(time.Now()), Evidence: "da"})
	case who.Role == access.StateCoordinator:
		s := rapid.SampledFrom(c.Land).Draw(rt, "step")
		err = w.ChangeLandStep(w.t.Context(), who, service, s.Key, dbtest.Wish(s, rapid.SampledFrom(onboarding.StepStates).Draw(rt, "to")))
	default:
		s := rapid.SampledFrom(c.Steps).Draw(rt, "step")
		w.sameTwice(rt, who, of, service, s.Key)
		to := onboarding.StepStates
		if what < 15 && s.CanEdit() {
			to = s.May
		}
		err = w.ChangeStep(w.t.Context(), who, of, service, s.Key, dbtest.Wish(s, rapid.SampledFrom(to).Draw(rt, "to")))
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		rt.Fatal(err)
	}
	return err == nil
}

// sameTwice says that a step reads alike on its page and where it is changed, for everybody.
func (w world) sameTwice(rt *rapid.T, who access.Actor, of, service, key string) {
	err := w.DB.Write(w.t.Context(), who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		alone, shown, err := onboarding.Twice(w.t.Context(), tx, of, service, key)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(alone, shown) {
			rt.Errorf("%s of %s in %s, as it is changed:\n%+v\non its page:\n%+v", key, service, of, alone, shown)
		}
		return postgres.ErrRepeated // nothing was changed
	})
	if err != nil {
		rt.Fatal(err)
	}
}
