package onboarding_test

import (
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// monday is a Monday far enough in the future for every template.
func monday(weeks int) time.Time {
	day := workday.Day(time.Now()).AddDate(1, 6, 0)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day.AddDate(0, 0, 7*weeks)
}

// wavesOf share the 22 bodies: one pilot, one left out, the rest in two waves.
func (w world) wavesOf(slug string) onboarding.StartInput {
	w.t.Helper()
	p, err := w.Preview(w.t.Context(), w.as("land"), slug)
	w.must(err)
	in := onboarding.StartInput{
		Waves:   []onboarding.StartWave{{Name: "Pilotierung", Pilot: true}, {Name: "Welle Nord"}, {Name: "Welle Süd"}},
		LeftOut: []onboarding.LeftOut{{Key: "16054", Reason: "Wechsel des Fachverfahrens"}},
	}
	for i, b := range p.Bodies {
		at := 1 + i%2
		switch b.Key {
		case "16051":
			at = 0
		case "16054":
			continue
		case "16052":
			at = 1
		}
		in.Waves[at].Bodies = append(in.Waves[at].Bodies, onboarding.Slot{Key: b.Key, On: monday(8*at + i)})
	}
	return in
}

func (w world) startWaves(slug string) onboarding.StartInput {
	w.t.Helper()
	w.approve(slug, everything)
	in := w.wavesOf(slug)
	w.must(w.Start(w.t.Context(), w.as("land"), slug, in))
	return in
}

func TestEveryBodyOfAWaveHasItsOwnDates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.startWaves("wohngeld")
	for no, wave := range in.Waves {
		for _, slot := range wave.Bodies {
			c := w.checklist("land", slot.Key, "wohngeld")
			golive, _ := c.Find(template.Live)
			if !golive.DueOn.Equal(slot.On) || !c.TargetOn.Equal(slot.On) || c.WaveNo == nil || *c.WaveNo != no+1 || c.WaveName != wave.Name || c.Pilot != wave.Pilot {
				t.Errorf("%s: due %s, target %s, wave %v %q; want %s in wave %d", slot.Key, golive.DueOn, c.TargetOn, c.WaveNo, c.WaveName, slot.On, no+1)
			}
			if c.Held == wave.Pilot {
				t.Errorf("%s: held %v in wave %q", slot.Key, c.Held, wave.Name)
			}
			for _, s := range c.Steps {
				if s.DueOn.Before(workday.Day(time.Now())) {
					t.Errorf("%s of %s is due on %s, before the start", s.Key, slot.Key, s.DueOn)
				}
			}
		}
	}
	r, err := w.LandSteps(t.Context(), w.as("land"), "wohngeld")
	w.must(err)
	if len(r.Waves) != 3 || len(r.Bodies) != 21 || len(r.Outside) != 1 || r.Outside[0].Reason != "Wechsel des Fachverfahrens" || !r.Waits() {
		t.Errorf("%d waves, %d bodies, outside %v, waits %v", len(r.Waves), len(r.Bodies), r.Outside, r.Waits())
	}
	town, err := w.LandSteps(t.Context(), w.as("k16051"), "wohngeld")
	w.must(err)
	if len(town.Outside) != 0 || len(town.Bodies) != 1 {
		t.Errorf("a town reads of %d bodies outside and %d inside", len(town.Outside), len(town.Bodies))
	}
	w.verify()
}

func TestAWaveThatDoesNotHoldIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.approve("wohngeld", everything)
	land := w.as("land")
	for name, spoil := range map[string]func(*onboarding.StartInput){
		"a body in two waves": func(in *onboarding.StartInput) {
			in.Waves[2].Bodies = append(in.Waves[2].Bodies, in.Waves[1].Bodies[0])
		},
		"a body in no wave": func(in *onboarding.StartInput) { in.Waves[1].Bodies = in.Waves[1].Bodies[1:] },
		"left out and in a wave": func(in *onboarding.StartInput) {
			in.LeftOut = append(in.LeftOut, onboarding.LeftOut{Key: "16051", Reason: "so"})
		},
		"left out without a reason": func(in *onboarding.StartInput) {
			in.LeftOut[0].Reason = " "
		},
		"an empty wave":         func(in *onboarding.StartInput) { in.Waves = append(in.Waves, onboarding.StartWave{Name: "leer"}) },
		"a wave without a name": func(in *onboarding.StartInput) { in.Waves[1].Name = "" },
		"a foreign body":        func(in *onboarding.StartInput) { in.Waves[1].Bodies[0].Key = "99001" },
		"a date in the past":    func(in *onboarding.StartInput) { in.Waves[1].Bodies[0].On = template.AddWorkingDays(time.Now(), -30) },
		"too soon for the template": func(in *onboarding.StartInput) {
			in.Waves[0].Bodies[0].On = template.AddWorkingDays(workday.Day(time.Now()), 10)
		},
		"a weekend": func(in *onboarding.StartInput) { in.Waves[1].Bodies[0].On = monday(20).AddDate(0, 0, 5) },
	} {
		in := w.wavesOf("wohngeld")
		spoil(&in)
		dbtest.Wants(t, name, w.Start(t.Context(), land, "wohngeld", in), fault.Invalid)
	}
	w.approve("einbuergerung", facts{transports: "{fitc}"})
	dbtest.Wants(t, "a pilot of what is not piloted", w.Start(t.Context(), land, "einbuergerung", w.wavesOf("einbuergerung")), fault.Invalid)
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.onboarding`); n != 0 {
		t.Errorf("%d onboardings after nothing but refusals", n)
	}
}

func TestALaterWaveWaitsForTheLand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.startWaves("wohngeld")
	land := w.as("land")
	w.finishLandUntil("wohngeld", template.PilotEval)
	// Everything of the waiting body was due long ago, and still nothing is overdue.
	dbtest.Admin[int](t, w.World, `WITH u AS (UPDATE portal.step SET due_on = '2020-01-01' WHERE onboarding_id IS NOT NULL RETURNING 1) SELECT count(*) FROM u`)
	c := w.checklist("k16052", "16052", "wohngeld")
	for _, s := range c.Steps {
		if s.Overdue || s.Possible() && !s.State.Finished() {
			t.Errorf("%s: overdue %v, possible %v in a wave that waits", s.Key, s.Overdue, s.Possible())
		}
	}
	if c.Next() != nil {
		t.Errorf("next is %s", c.Next().Key)
	}
	dbtest.Wants(t, "a step of a wave that waits", w.move("k16052", "16052", "wohngeld", "k_kickoff", onboarding.InProgress), fault.Conflict)
	w.must(w.move("k16051", "16051", "wohngeld", "k_kickoff", onboarding.InProgress))
	_, step, err := w.LandStep(t.Context(), land, "wohngeld", template.PilotEval, 0)
	w.must(err)
	dbtest.Wants(t, "the evaluation as a mere step", w.ChangeLandStep(t.Context(), land, "wohngeld", template.PilotEval, dbtest.Wish(step, onboarding.Done)), fault.Conflict)

	for login, kind := range map[string]fault.Kind{"k16051": fault.Forbidden, "tmdi-referat": fault.Forbidden, "redaktion": fault.Forbidden, "d-land": fault.NotFound} {
		dbtest.Wants(t, login, w.Evaluate(t.Context(), w.as(login), "wohngeld", onboarding.EvaluationInput{No: 1, Outcome: onboarding.Go, Reason: "läuft"}), kind)
	}
	for name, bad := range map[string]onboarding.EvaluationInput{
		"no reason":            {No: 1, Outcome: onboarding.Go},
		"no judgement":         {No: 1, Reason: "so"},
		"adjust without weeks": {No: 1, Outcome: onboarding.Adjust, Cause: "staff", Reason: "so"},
		"adjust without cause": {No: 1, Outcome: onboarding.Adjust, Weeks: 3, Reason: "so"},
		"adjust by years":      {No: 1, Outcome: onboarding.Adjust, Weeks: 53, Cause: "staff", Reason: "so"},
	} {
		dbtest.Wants(t, name, w.Evaluate(t.Context(), land, "wohngeld", bad), fault.Invalid)
	}
	goOn := onboarding.EvaluationInput{No: 1, Outcome: onboarding.Go, Reason: "Die Pilotkommune arbeitet ohne Störung."}
	w.must(w.Evaluate(t.Context(), land, "wohngeld", goOn))
	w.must(w.Evaluate(t.Context(), land, "wohngeld", goOn)) // a second click
	dbtest.Wants(t, "a second person", w.Evaluate(t.Context(), w.as("land2"), "wohngeld", goOn), fault.Conflict)
	w.must(w.move("k16052", "16052", "wohngeld", "k_kickoff", onboarding.InProgress))
	_, step, err = w.LandStep(t.Context(), land, "wohngeld", template.PilotEval, 0)
	w.must(err)
	if step.State != onboarding.Done || !strings.Contains(step.Given, "ohne Störung") {
		t.Errorf("l_pilot_eval is %s: %q", step.State, step.Given)
	}
	w.verify()
}

func TestGoNeedsWhatComesBeforeTheEvaluation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.startWaves("wohngeld")
	dbtest.Wants(t, "go before the pilots were chosen", w.Evaluate(t.Context(), w.as("land"), "wohngeld", onboarding.EvaluationInput{No: 1, Outcome: onboarding.Go, Reason: "so"}), fault.Conflict)
	w.rollIn("einbuergerung", everything)
	dbtest.Wants(t, "no wave waits", w.Evaluate(t.Context(), w.as("land"), "einbuergerung", onboarding.EvaluationInput{No: 1, Outcome: onboarding.Go, Reason: "so"}), fault.Conflict)
}

func TestAdjustMovesWhatWaitsAndNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.startWaves("wohngeld")
	pilot, waits := w.checklist("land", "16051", "wohngeld"), w.checklist("land", "16052", "wohngeld")
	w.must(w.Evaluate(t.Context(), w.as("land"), "wohngeld", onboarding.EvaluationInput{No: 1, Outcome: onboarding.Adjust, Weeks: 3, Cause: "backend", Reason: "Die Schnittstelle kommt später."}))
	same, moved := w.checklist("land", "16051", "wohngeld"), w.checklist("land", "16052", "wohngeld")
	if !same.TargetOn.Equal(pilot.TargetOn) || !moved.TargetOn.Equal(waits.TargetOn.AddDate(0, 0, 21)) || !moved.Held {
		t.Errorf("pilot %s, other %s (held %v); want %s and %s", same.TargetOn, moved.TargetOn, moved.Held, pilot.TargetOn, waits.TargetOn.AddDate(0, 0, 21))
	}
	for i, s := range moved.Steps {
		if want := waits.Steps[i].DueOn.AddDate(0, 0, 21); !s.State.Finished() && !s.DueOn.Equal(want) {
			t.Errorf("%s is due on %s, want %s", s.Key, s.DueOn, want)
		}
	}
	w.must(w.Evaluate(t.Context(), w.as("land2"), "wohngeld", onboarding.EvaluationInput{No: 2, Outcome: onboarding.Stop, Reason: "Der Anbieter zieht sich zurück."}))
	w.verify()
}

func TestStopPausesWithTheReasonAndGoWakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.startWaves("wohngeld")
	w.finishLandUntil("wohngeld", template.PilotEval)
	land := w.as("land")
	declined := w.checklist("k16053", "16053", "wohngeld")
	w.must(w.ChangeState(t.Context(), w.as("k16053"), "16053", "wohngeld", onboarding.StateInput{Version: declined.Version, Act: onboarding.Decline, Reason: "kein Personal"}))
	w.must(w.Evaluate(t.Context(), land, "wohngeld", onboarding.EvaluationInput{No: 1, Outcome: onboarding.Stop, Reason: "Datenschutz ungeklärt"}))
	if c := w.checklist("k16052", "16052", "wohngeld"); c.State != onboarding.Paused || c.StateReason != "Datenschutz ungeklärt" {
		t.Errorf("%s: %q", c.State, c.StateReason)
	}
	if c := w.checklist("k16051", "16051", "wohngeld"); c.State == onboarding.Paused {
		t.Error("the pilot is paused, too")
	}
	w.verify()
	w.must(w.Evaluate(t.Context(), land, "wohngeld", onboarding.EvaluationInput{No: 2, Outcome: onboarding.Go, Reason: "geklärt"}))
	if c := w.checklist("k16052", "16052", "wohngeld"); c.State != onboarding.NotStarted || c.Held {
		t.Errorf("after go: %s, held %v", c.State, c.Held)
	}
	if c := w.checklist("k16053", "16053", "wohngeld"); c.State != onboarding.Declined {
		t.Errorf("who declined is %s", c.State)
	}
	w.verify()
}

func TestABodyIsTakenInLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.startWaves("wohngeld")
	land, earliest := w.as("land"), monday(30)
	for name, bad := range map[string]onboarding.AdmitInput{
		"no wave":      {Body: "16054"},
		"unknown wave": {Body: "16054", Wave: 9},
		"foreign body": {Body: "99001", Wave: 2},
		"in the past":  {Body: "16054", Wave: 2, On: monday(-200)},
		"a weekend":    {Body: "16054", Wave: 2, On: monday(30).AddDate(0, 0, 6)},
	} {
		dbtest.Wants(t, name, w.Admit(t.Context(), land, "wohngeld", bad), fault.Invalid)
	}
	dbtest.Wants(t, "a town", w.Admit(t.Context(), w.as("k16054"), "wohngeld", onboarding.AdmitInput{Body: "16054", Wave: 2}), fault.Forbidden)
	dbtest.Wants(t, "another Land", w.Admit(t.Context(), w.as("d-land"), "wohngeld", onboarding.AdmitInput{Body: "16054", Wave: 2}), fault.NotFound)
	in := onboarding.AdmitInput{Body: "16054", Wave: 2, On: earliest}
	w.must(w.Admit(t.Context(), land, "wohngeld", in))
	w.must(w.Admit(t.Context(), land, "wohngeld", in)) // a second click
	c := w.checklist("k16054", "16054", "wohngeld")
	if golive, _ := c.Find(template.Live); !golive.DueOn.Equal(earliest) || !c.Held || c.WaveName != "Welle Nord" || len(c.Steps) != 25 {
		t.Errorf("due %s, held %v, wave %q, %d steps", golive.DueOn, c.Held, c.WaveName, len(c.Steps))
	}
	r, err := w.LandSteps(t.Context(), land, "wohngeld")
	w.must(err)
	if len(r.Outside) != 0 || !r.Waves[1].LastOn.Equal(earliest) {
		t.Errorf("outside %v, the wave ends on %s", r.Outside, r.Waves[1].LastOn)
	}
	w.verify()
}

func TestABodyThatBecomesCompetentJoinsARollinWithoutWaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.approve("wohngeld", everything)
	dbtest.Admin[int](t, w.World, `WITH d AS (DELETE FROM portal.service_body b USING portal.service v, portal.organisation o
		WHERE v.service_id = b.service_id AND v.slug = 'wohngeld' AND o.org_id = b.org_id AND o.key = '16055' RETURNING 1) SELECT count(*) FROM d`)
	w.must(w.Start(t.Context(), w.as("land"), "wohngeld", onboarding.StartInput{}))
	w.must(w.ChangeState(t.Context(), w.as("land"), "16053", "wohngeld", onboarding.StateInput{Version: 1, Act: onboarding.Exclude, Reason: "nicht zuständig"}))
	dbtest.Admin[int](t, w.World, `WITH i AS (INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT v.land_id, v.service_id, o.org_id FROM portal.service v JOIN portal.organisation o USING (land_id) WHERE v.slug = 'wohngeld' AND o.key = '16055' RETURNING 1) SELECT count(*) FROM i`)
	w.must(w.Admit(t.Context(), w.as("land"), "wohngeld", onboarding.AdmitInput{Body: "16055"}))
	if c := w.checklist("k16055", "16055", "wohngeld"); c.WaveNo != nil || c.Held || c.Relevant == 0 {
		t.Errorf("wave %v, held %v, %d relevant", c.WaveNo, c.Held, c.Relevant)
	}
	w.verify()
}

// finishLandUntil finishes the Land's steps up to (without) one.
func (w world) finishLandUntil(slug, until string) {
	w.t.Helper()
	who := w.as("land")
	r, err := w.LandSteps(w.t.Context(), who, slug)
	w.must(err)
	for _, s := range r.Steps {
		if s.Key != until && !s.State.Finished() {
			w.must(w.ChangeLandStep(w.t.Context(), who, slug, s.Key, dbtest.Wish(s, onboarding.Done)))
		}
	}
}
