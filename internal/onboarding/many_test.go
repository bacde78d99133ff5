package onboarding_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// addresses names a step in the checklists of some bodies, as they are now.
func (w world) addresses(login, slug, key string, bodies ...string) []onboarding.Address {
	w.t.Helper()
	var found []onboarding.Address
	for _, b := range bodies {
		found = append(found, onboarding.Address{Body: b, Service: slug, Key: key, Version: w.step(login, b, slug, key).Version})
	}
	return found
}

// fingerprint is all that is stored of the steps, onboardings, waiting periods and figures, but for who wrote it last.
func (w world) fingerprint() string {
	w.t.Helper()
	return dbtest.Admin[string](w.t, w.World, `
		SELECT (SELECT string_agg(concat_ws('|', step_id, state, reason, evidence, evidence_url, due_on, state_since, submitted_by, valid_until), E'\n' ORDER BY step_id) FROM portal.step)
			|| (SELECT string_agg(o::text, E'\n' ORDER BY onboarding_id) FROM portal.onboarding o)
			|| coalesce((SELECT string_agg(w::text, E'\n' ORDER BY waiting_id) FROM portal.waiting w), '')
			|| (SELECT string_agg(p::text, E'\n' ORDER BY p::text) FROM portal.progress p)`)
}

func reasons(found []onboarding.Outcome) map[string]string {
	why := map[string]string{}
	for _, o := range found {
		why[o.Body+" "+o.Key] = o.LeftOut
	}
	return why
}

func TestTheLandSetsAStepForManyBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	land := w.as("land")
	w.must(w.handOver("k16051", first, onboarding.HandOverInput{ID: uuid.New(), Party: "Hersteller A"}))
	steps := w.addresses("land", slug, first, body, "16052", "16053", "16054", "16055")
	w.must(w.move("k16053", "16053", slug, first, onboarding.InProgress)) // after the Land saw it
	steps = append(steps, w.addresses("land", slug, "k_survey", "16055")...)
	steps = append(steps, w.addresses("land", slug, "k_privacy", "16054", "16061")...)
	steps = append(steps, steps[1], onboarding.Address{Body: "99001", Service: slug, Key: first, Version: 1})
	on := workday.Day(time.Now()).AddDate(0, 0, -3)
	in := onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Auftaktrunde", On: &on, Steps: steps}

	before := w.fingerprint()
	preview, err := w.PreviewMany(t.Context(), land, in)
	w.must(err)
	if w.fingerprint() != before {
		t.Fatal("the preview changed something")
	}
	no, found, err := w.ChangeMany(t.Context(), land, in)
	w.must(err)
	why, previewed := reasons(found), reasons(preview)
	if len(found) != 9 || len(why) != len(previewed) || no != 1 {
		t.Fatalf("batch %d with %d outcomes, previewed %d", no, len(found), len(preview))
	}
	for step, left := range why {
		if left != previewed[step] {
			t.Errorf("%s: %q, previewed %q", step, left, previewed[step])
		}
	}
	for step, want := range map[string]string{
		body + " " + first: "Liegt seit dem", "16052 " + first: "", "16053 " + first: "inzwischen geändert", "16054 " + first: "", "16055 " + first: "",
		"16055 k_survey":  "", // possible because of the step before it in the same act
		"16054 k_privacy": "", "16061 k_privacy": "noch nicht möglich", "99001 " + first: "gibt es nicht",
	} {
		if got := why[step]; (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
	s := w.step("k16052", "16052", slug, first)
	if s.State != onboarding.Done || s.Given != "Am "+workday.Written(on)+": Auftaktrunde" {
		t.Errorf("%s with %q", s.State, s.Given)
	}
	task, err := w.Task(t.Context(), w.as("k16052"), "16052", slug, first, 5)
	w.must(err)
	if e := task.Trail[0]; e.Action != "step.done" || e.Name != "" || e.OrgName == "" || e.Changes[len(e.Changes)-1].New != "Nr. 1" {
		t.Errorf("the body reads %+v", e)
	}
	if c := w.checklist("k16052", "16052", slug); c.State != onboarding.Committed || c.ConfirmedAt != nil {
		t.Errorf("the onboarding is %s, confirmed %v", c.State, c.ConfirmedAt)
	}
	again, _, err := w.ChangeMany(t.Context(), land, in)
	w.must(err)
	if again != no {
		t.Errorf("a second click makes batch %d", again)
	}
	w.verify()
}

func TestUndoingABatchLeavesEverythingAsItWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	w.must(w.move("k16052", "16052", slug, first, onboarding.InProgress))
	steps := w.addresses("land", slug, first, "16052", "16053", "16054")
	steps = append(steps, w.addresses("land", slug, "k_survey", "16053")...)
	before := w.fingerprint()
	no, _, err := w.ChangeMany(t.Context(), w.as("land"), onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Akte", Steps: steps})
	w.must(err)
	if w.fingerprint() == before {
		t.Fatal("nothing changed")
	}
	w.must(w.UndoMany(t.Context(), w.as("land"), no))
	if after := w.fingerprint(); after != before {
		t.Errorf("it differs:\n%s", difference(before, after))
	}
	w.verify()
	task, err := w.Task(t.Context(), w.as("k16053"), "16053", slug, "k_survey", 5)
	w.must(err)
	if len(task.Trail) < 2 || task.Trail[0].Action != "step.undone" || task.Trail[1].Action != "step.done" {
		t.Fatalf("the trail has %d entries", len(task.Trail))
	}
	for _, e := range task.Trail[:2] {
		if e.Changes[len(e.Changes)-1].New != "Nr. 1" {
			t.Errorf("%s does not name the batch: %v", e.Action, e.Changes)
		}
	}
	b, err := w.Batch(t.Context(), w.as("land"), no)
	w.must(err)
	if b.Undone() != 4 || b.UndoneAt == nil || b.CanUndo(w.as("land")) {
		t.Errorf("%d undone at %v", b.Undone(), b.UndoneAt)
	}
	w.must(w.UndoMany(t.Context(), w.as("land"), no)) // a second click
	if w.fingerprint() != before {
		t.Error("undoing twice changed something")
	}
}

func TestUndoLeavesWhatIsNewer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	no, _, err := w.ChangeMany(t.Context(), w.as("land"), onboarding.ManyInput{
		ID: uuid.New(), To: onboarding.InProgress, Steps: w.addresses("land", slug, first, body, "16052", "16053"),
	})
	w.must(err)
	w.must(w.move("k16051", body, slug, first, onboarding.Done))
	later := time.Now().AddDate(0, 1, 0)
	w.must(w.ChangeState(t.Context(), w.as("land"), "16052", slug, onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Personal", ResumeOn: &later}))
	w.must(w.UndoMany(t.Context(), w.as("land"), no))
	for of, want := range map[string]onboarding.StepState{body: onboarding.Done, "16052": onboarding.InProgress, "16053": onboarding.Open} {
		if s := w.step("land", of, slug, first); s.State != want {
			t.Errorf("%s is %s, want %s", of, s.State, want)
		}
	}
	b, err := w.Batch(t.Context(), w.as("land"), no)
	w.must(err)
	if b.Undone() != 1 || !strings.Contains(b.Steps[0].Kept, "Inzwischen") || !strings.Contains(b.Steps[1].Kept, "Pausiert") {
		t.Errorf("%d undone; %q, %q", b.Undone(), b.Steps[0].Kept, b.Steps[1].Kept)
	}
	w.verify()
}

func TestOnlyWhoMadeABatchUndoesItInTime(t *testing.T) {
	t.Parallel()
	now := time.Now()
	base := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	w := world{base, onboarding.NewService(base.DB), t}
	w.open()
	steps := w.addresses("land", slug, first, body, "16052")
	no, _, err := w.ChangeMany(t.Context(), w.as("land"), onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Akte", Steps: steps})
	w.must(err)
	for _, login := range []string{"tlrz", "d-land"} {
		dbtest.Wants(t, login+" undoes it", w.UndoMany(t.Context(), w.as(login), no), fault.NotFound)
		_, err := w.Batch(t.Context(), w.as(login), no)
		dbtest.Wants(t, login+" reads it", err, fault.NotFound)
	}
	for _, login := range []string{"k16051", "redaktion", "gremium"} {
		dbtest.Wants(t, login+" undoes it", w.UndoMany(t.Context(), w.as(login), no), fault.Forbidden)
	}
	colleague := w.as("land")
	colleague.Person = uuid.New()
	dbtest.Wants(t, "a colleague undoes it", w.UndoMany(t.Context(), colleague, no), fault.Forbidden)
	dbtest.Wants(t, "an unknown number", w.UndoMany(t.Context(), w.as("land"), 99), fault.NotFound)
	now = now.Add(onboarding.UndoTime + time.Second)
	dbtest.Wants(t, "too late", w.UndoMany(t.Context(), w.as("land"), no), fault.Conflict)
	if s := w.step("land", body, slug, first); s.State != onboarding.Done {
		t.Errorf("the step is %s", s.State)
	}
}

func TestAProviderSetsOnlyWhatIsItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	for _, of := range []string{body, "16052"} {
		w.finishBody(of, slug, "k_variant")
	}
	tlrz := w.as("tlrz")
	w.must(w.HandOver(t.Context(), w.as("k16051"), body, slug, "k_variant", onboarding.HandOverInput{
		ID: uuid.New(), Version: w.step("k16051", body, slug, "k_variant").Version, PartyKey: "TLRZ", Since: workday.Day(time.Now()).AddDate(0, 0, -9),
	}))
	steps := append(w.addresses("land", slug, "k_variant", body, "16052"), w.addresses("land", slug, "k_process", body)...)
	before := w.fingerprint()
	no, found, err := w.ChangeMany(t.Context(), tlrz, onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Auftrag 17", Steps: steps})
	w.must(err)
	why := reasons(found)
	if why[body+" k_variant"] != "" || !strings.Contains(why["16052 k_variant"], "gibt es nicht") || !strings.Contains(why[body+" k_process"], "andere") {
		t.Errorf("left out: %v", why)
	}
	if s := w.step("tlrz", body, slug, "k_variant"); s.With() != nil || s.State != onboarding.Done {
		t.Errorf("the step is %s and lies with %v", s.State, s.With())
	}
	w.must(w.UndoMany(t.Context(), tlrz, no))
	if after := w.fingerprint(); after != before {
		t.Errorf("it differs:\n%s", difference(before, after))
	}
	if all, err := w.StepsOfBodies(t.Context(), tlrz, slug); err != nil || len(all.Steps) != 5 {
		t.Errorf("a provider may set %d steps: %v", len(all.Steps), err)
	}
	if tasks, err := w.StepOfBodies(t.Context(), tlrz, slug, "k_variant"); err != nil || len(tasks) == 0 || len(tasks) >= 22 {
		t.Errorf("a provider finds the step in %d bodies: %v", len(tasks), err)
	}
	_, err = w.StepOfBodies(t.Context(), tlrz, slug, "k_process")
	dbtest.Wants(t, "a step of others", err, fault.NotFound)
	w.verify()
}

func TestManyStepsTakeTheDayUntilWhichEvidenceHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	for _, of := range []string{body, "16052"} {
		w.finishBody(of, slug, "k_cert")
	}
	steps := w.addresses("land", slug, "k_cert", body, "16052")
	until := workday.Day(time.Now()).AddDate(1, 0, 0)
	in := onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Seriennummer 17", Steps: steps}
	found, err := w.PreviewMany(t.Context(), w.as("land"), in)
	w.must(err)
	if why := reasons(found)[body+" k_cert"]; !strings.Contains(why, "bis wann") {
		t.Errorf("without a day: %q", why)
	}
	in.ValidUntil = &until
	before := w.fingerprint()
	no, _, err := w.ChangeMany(t.Context(), w.as("land"), in)
	w.must(err)
	for _, of := range []string{body, "16052"} {
		if s := w.step("land", of, slug, "k_cert"); s.State != onboarding.Done || s.ValidUntil == nil || !s.ValidUntil.Equal(until) {
			t.Errorf("%s: %s until %v, want done until %v", of, s.State, s.ValidUntil, until)
		}
	}
	w.must(w.UndoMany(t.Context(), w.as("land"), no))
	if after := w.fingerprint(); after != before {
		t.Errorf("it differs:\n%s", difference(before, after))
	}
	past := time.Now().AddDate(0, 0, -1)
	_, err = w.PreviewMany(t.Context(), w.as("land"), onboarding.ManyInput{Steps: steps, To: onboarding.Done, ValidUntil: &past})
	dbtest.Wants(t, "a day that is over", err, fault.Invalid)
}

func TestManyStepsNeedAChoice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	step := []onboarding.Address{{Body: body, Service: slug, Key: first, Version: 1}}
	tomorrow := time.Now().AddDate(0, 0, 2)
	for name, in := range map[string]onboarding.ManyInput{
		"no step":       {To: onboarding.Done},
		"no state":      {Steps: step},
		"not offered":   {Steps: step, To: onboarding.NotApplicable},
		"a password":    {Steps: step, To: onboarding.Done, Evidence: "Passwort: geheim"},
		"too long":      {Steps: step, To: onboarding.Done, Evidence: strings.Repeat("a", 2001)},
		"no real link":  {Steps: step, To: onboarding.Done, EvidenceURL: "javascript:alert(1)"},
		"a day to come": {Steps: step, To: onboarding.Done, On: &tomorrow},
	} {
		_, _, err := w.ChangeMany(t.Context(), w.as("land"), in)
		dbtest.Wants(t, name, err, fault.Invalid)
	}
	for _, login := range []string{"k16051", "redaktion", "tmikl-referat"} {
		_, _, err := w.ChangeMany(t.Context(), w.as(login), onboarding.ManyInput{Steps: step, To: onboarding.Done})
		dbtest.Wants(t, login, err, fault.Forbidden)
	}
}

// TestManyStepsCostFewStatements sets a step for every body of the Land and takes it back.
func TestManyStepsCostFewStatements(t *testing.T) {
	t.Parallel()
	statements := &counter{}
	base := dbtest.New(t, postgres.WithTracer(statements))
	w := world{base, onboarding.NewService(base.DB), t}
	w.rollIn(slug, everything)
	w.finishLand(slug)
	land := w.as("land")
	tasks, err := w.StepOfBodies(t.Context(), land, slug, first)
	w.must(err)
	in := onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Akte"}
	for _, task := range tasks {
		in.Steps = append(in.Steps, onboarding.Address{Body: task.Checklist.BodyKey, Service: slug, Key: first, Version: task.Version})
	}
	if len(in.Steps) != 22 {
		t.Fatalf("%d bodies", len(in.Steps))
	}
	before := statements.n.Load()
	no, found, err := w.ChangeMany(t.Context(), land, in)
	w.must(err)
	if n := statements.n.Load() - before; n > 7 || len(reasons(found)) != 22 { // telling the bodies is one of them
		t.Errorf("%d steps cost %d statements", len(found), n)
	}
	before = statements.n.Load()
	w.must(w.UndoMany(t.Context(), land, no))
	if n := statements.n.Load() - before; n > 7 {
		t.Errorf("undoing them costs %d statements", n)
	}
	w.verify()
}

// difference is the first line in which two fingerprints differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return "the number of rows"
}
