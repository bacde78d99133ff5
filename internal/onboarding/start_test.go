package onboarding_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

func TestStartNeedsAnApprovedPublishedService(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	land := w.as("land")
	dbtest.Wants(t, "undecided", w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}), fault.Conflict)
	p, err := w.Preview(t.Context(), land, "einbuergerung")
	w.must(err)
	if len(p.Obstacles) != 1 || !strings.Contains(p.Obstacles[0], "Nachnutzungsentscheidung") {
		t.Errorf("obstacles %q", p.Obstacles)
	}
	dbtest.Wants(t, "unknown", w.Start(t.Context(), land, "gibt-es-nicht", onboarding.StartInput{}), fault.NotFound)
	w.approve("einbuergerung", facts{transports: "{}"})
	publish := `UPDATE portal.service SET published_at = NULLIF($1, '')::timestamptz WHERE slug = 'einbuergerung' RETURNING slug`
	dbtest.Admin[string](t, w.World, publish, "")
	dbtest.Wants(t, "unpublished", w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}), fault.Conflict)
	dbtest.Admin[string](t, w.World, publish, "2026-01-01")
	for login, kind := range map[string]fault.Kind{"d-land": fault.NotFound, "redaktion": fault.Forbidden, "tmikl-referat": fault.Forbidden, "k16051": fault.Forbidden, "tlrz": fault.Forbidden, "gremium": fault.Forbidden} {
		dbtest.Wants(t, login, w.Start(t.Context(), w.as(login), "einbuergerung", onboarding.StartInput{}), kind)
	}
	dbtest.Wants(t, "pilots without piloting", w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{Pilots: []string{"16051"}}), fault.Invalid)
	dbtest.Wants(t, "deadlines before the decision", w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{StartOn: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}), fault.Invalid)
	w.must(w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}))
	w.must(w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}))
	dbtest.Wants(t, "a second person", w.Start(t.Context(), w.as("land2"), "einbuergerung", onboarding.StartInput{}), fault.Conflict)
	w.verify()
}

func TestTwoStartsAtOnceMakeOneRollin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.approve("einbuergerung", everything)
	w.approve("wohngeld", everything)
	land, land2 := w.as("land"), w.as("land2")
	results := make(chan error)
	for _, start := range []func() error{
		func() error { return w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}) },
		func() error { return w.Start(t.Context(), land, "einbuergerung", onboarding.StartInput{}) },
		func() error { return w.Start(t.Context(), land2, "wohngeld", onboarding.StartInput{}) },
	} {
		go func() { results <- start() }()
	}
	for range 3 {
		w.must(<-results)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'rollin.start'`); n != 2 {
		t.Errorf("%d starts in the trail, want 2", n)
	}
	w.verify()
}

func TestStartProvesWhatTheDecisionProves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("einbuergerung", facts{transports: "{fitc}"})
	r, err := w.LandSteps(t.Context(), w.as("land"), "einbuergerung")
	w.must(err)
	var done []string
	for _, s := range r.Steps {
		if s.State == onboarding.Done {
			done = append(done, s.Key)
			if !strings.HasPrefix(s.Given, "Mit der Nachnutzungsentscheidung vom ") {
				t.Errorf("%s is proven by %q", s.Key, s.Given)
			}
		}
	}
	want := []string{"l_profile", "l_interest", "l_review_prof", "l_review_tech", "l_review_legal", "l_economic", "l_decision"}
	if !slices.Equal(done, want) {
		t.Errorf("done %v, want %v", done, want)
	}
	if len(r.Bodies) != 22 || r.Competent() != 22 || r.Productive() != 0 || r.StartedAt == nil {
		t.Errorf("%d bodies, %d competent, %d productive", len(r.Bodies), r.Competent(), r.Productive())
	}
	w.verify()
}

func TestAStepWithoutItsConditionIsThereAndNotApplicable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.approve("einbuergerung", facts{transports: "{fitc}"})
	p, err := w.Preview(t.Context(), w.as("land"), "einbuergerung")
	w.must(err)
	w.must(w.Start(t.Context(), w.as("land"), "einbuergerung", onboarding.StartInput{}))
	c := w.checklist("k16052", "16052", "einbuergerung")
	want := map[string]string{}
	for _, a := range p.Away {
		want[a.Key] = a.Reason
	}
	for _, s := range append(c.Steps, c.Land...) {
		if reason, away := want[s.Key]; away != (s.State == onboarding.NotApplicable) || away && s.Reason != reason {
			t.Errorf("%s: %s (%q), the preview said %v (%q)", s.Key, s.State, s.Reason, away, reason)
		}
	}
	for _, key := range []string{"k_declaration", "k_vps", "k_dvdv", "k_fv", "k_payment", "l_vendor", "l_pilots", "l_pilot_eval"} {
		if want[key] == "" {
			t.Errorf("%s applies", key)
		}
	}
	if len(c.Steps) != 25 || c.Relevant != 20 || len(want) != 8 {
		t.Errorf("%d steps, %d relevant, %d away", len(c.Steps), c.Relevant, len(want))
	}
	if len(p.Bodies) != 22 || len(p.BodySteps) != 25 || len(p.LandSteps) != 15 || len(p.Warnings) != 0 || len(p.Obstacles) != 0 {
		t.Errorf("preview: %d bodies, %d + %d steps, %q, %q", len(p.Bodies), len(p.BodySteps), len(p.LandSteps), p.Warnings, p.Obstacles)
	}
	if golive, _ := c.Find(template.Live); !golive.DueOn.Equal(c.TargetOn) || !p.TargetOn.Equal(c.TargetOn) {
		t.Errorf("k_golive is due on %s, the target is %s, the preview said %s", golive.DueOn, c.TargetOn, p.TargetOn)
	}
	w.verify()
}

func TestPreviewWarnsOfUnknownTransport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.approve("einbuergerung", facts{transports: "{}"})
	p, err := w.Preview(t.Context(), w.as("land"), "einbuergerung")
	w.must(err)
	if len(p.Warnings) != 1 {
		t.Errorf("warnings %q, want one about the transport", p.Warnings)
	}
}

func TestBasisStepDoneBeforeCountsFromTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("einbuergerung", everything)
	w.finishLand("einbuergerung")
	w.finishBody("16051", "einbuergerung", "k_declaration") // kickoff and the technical inventory
	w.rollIn("wohngeld", everything)
	c := w.checklist("k16051", "16051", "wohngeld")
	if s, _ := c.Find("k_survey"); s.State != onboarding.Done || c.Done != 1 || c.State != onboarding.NotStarted {
		t.Errorf("k_survey %s, %d done, %s", s.State, c.Done, c.State)
	}
	if c := w.checklist("k16052", "16052", "wohngeld"); c.Done != 0 {
		t.Errorf("the neighbour has %d done", c.Done)
	}
	w.verify()
}

func TestBasisStepOpensWhenAServiceNeedsIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("einbuergerung", facts{transports: "{fitc}"})
	if s := w.step("k16051", "16051", "einbuergerung", "k_payment"); s.State != onboarding.NotApplicable || s.CanEdit() {
		t.Errorf("without payment: %s, editable %v", s.State, s.CanEdit())
	}
	dbtest.Wants(t, "moving what the service lacks", w.move("k16051", "16051", "einbuergerung", "k_payment", onboarding.InProgress), fault.Conflict)
	w.rollIn("wohngeld", facts{transports: "{fitc}", payment: true})
	if s := w.step("k16051", "16051", "wohngeld", "k_payment"); s.State != onboarding.Open {
		t.Errorf("with payment: %s", s.State)
	}
	if s := w.step("k16051", "16051", "einbuergerung", "k_payment"); s.State != onboarding.NotApplicable || s.Reason == "" {
		t.Errorf("still without payment: %s (%q)", s.State, s.Reason)
	}
	w.verify()
}

func TestBasisStepThatABodyRuledOutStaysOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("einbuergerung", everything)
	w.must(w.move("k16051", "16051", "einbuergerung", "k_payment", onboarding.NotApplicable))
	w.rollIn("wohngeld", everything)
	if s := w.step("k16051", "16051", "wohngeld", "k_payment"); s.State != onboarding.NotApplicable || s.Reason != "So ist es" {
		t.Errorf("%s (%q)", s.State, s.Reason)
	}
	w.verify()
}
