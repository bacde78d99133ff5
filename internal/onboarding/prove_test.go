package onboarding_test

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

const fromProfile = "aus Profil, Stand 04.05.2026"

// prove says as a body's coordinator that there is a certificate.
func (w world) prove(body string, until *time.Time) {
	w.t.Helper()
	who := w.as("k" + body)
	w.must(w.DB.Write(w.t.Context(), who, access.ProfileEdit, func(tx *postgres.Tx) error {
		tx.Audited() // the fact's own entry, which is not ours to write
		return onboarding.Prove(w.t.Context(), tx, who.Org.ID, []string{"k_cert"}, []onboarding.Proof{
			{Key: "k_cert", What: "Zertifikat", Evidence: fromProfile, ValidUntil: until},
		})
	}))
}

// settle runs what runs once a day.
func (w world) settle() []onboarding.Settled {
	w.t.Helper()
	var found []onboarding.Settled
	w.must(w.DB.Write(w.t.Context(), w.as("land"), access.RolloutPlan, func(tx *postgres.Tx) (err error) {
		if found, err = onboarding.Settle(w.t.Context(), tx); len(found) == 0 && err == nil {
			return postgres.ErrRepeated
		}
		return err
	}))
	return found
}

func TestProofFinishesTheBasisStepInEveryChecklist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld", everything)
	w.rollIn("fuehrerschein", everything)
	w.prove("16053", nil)
	w.rollIn("elterngeld", everything)
	for _, slug := range []string{"wohngeld", "fuehrerschein", "elterngeld"} {
		s := w.step("k16053", "16053", slug, "k_cert")
		if s.State != onboarding.Done || s.Given != fromProfile || s.ProofOf != "Zertifikat" {
			t.Errorf("%s: %s %q, want done from the profile", slug, s.State, s.Given)
		}
		if s := w.step("k16051", "16051", slug, "k_cert"); s.State != onboarding.Open {
			t.Errorf("%s: the step of another body is %s", slug, s.State)
		}
	}
	w.verify()
}

func TestProofKnownBeforeTheRollinFinishesTheStepFromTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.prove("16053", nil)
	w.rollIn("wohngeld", everything)
	c := w.checklist("k16053", "16053", "wohngeld")
	if s, _ := c.Find("k_cert"); s.State != onboarding.Done || s.Given != fromProfile || c.Done != 1 {
		t.Errorf("%s %q, %d steps done; want the certificate done", s.State, s.Given, c.Done)
	}
	w.verify()
}

func TestProofThatNobodyNeedsLeavesTheStepOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.prove("16053", nil)
	w.rollIn("wohngeld", facts{transports: "{}"})
	if s := w.step("k16053", "16053", "wohngeld", "k_cert"); s.State != onboarding.NotApplicable {
		t.Errorf("a service without transport has the step as %s", s.State)
	}
	w.rollIn("fuehrerschein", everything)
	if s := w.step("k16053", "16053", "fuehrerschein", "k_cert"); s.State != onboarding.Done || s.Given != fromProfile {
		t.Errorf("the first service that needs the step has it as %s %q", s.State, s.Given)
	}
	w.verify()
}

func TestStepIsWorkAgainOnTheDayItsProofEnds(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w := world{World: dbtest.New(t, postgres.WithClock(func() time.Time { return now })), t: t}
	w.Service = onboarding.NewService(w.DB)
	w.rollIn("wohngeld", everything)
	w.rollIn("fuehrerschein", everything)
	end := workday.Day(now).AddDate(0, 0, 60)
	w.prove("16053", &end)

	now = now.AddDate(0, 0, 31)
	if c := w.checklist("k16053", "16053", "wohngeld"); c.Expiring() != nil {
		t.Error("29 days before the end is too early to tell")
	}
	now = now.AddDate(0, 0, 1)
	c := w.checklist("k16053", "16053", "wohngeld")
	if s := c.Expiring(); s == nil || s.Key != "k_cert" || s.State != onboarding.Done {
		t.Fatalf("28 days before the end: %v, want the certificate, still done", s)
	}
	if found := w.settle(); len(found) != 0 {
		t.Errorf("before the end %d steps change", len(found))
	}
	now = now.AddDate(0, 0, 28)
	if found := w.settle(); len(found) != 1 || found[0].Key != "k_cert" {
		t.Fatalf("on the day itself: %v", found)
	}
	for _, slug := range []string{"wohngeld", "fuehrerschein"} {
		s := w.step("k16053", "16053", slug, "k_cert")
		if s.State != onboarding.InProgress || s.Reason == "" || s.Given != "" || !s.DueOn.Equal(end) {
			t.Errorf("%s: %s, reason %q, evidence %q, due %s", slug, s.State, s.Reason, s.Given, s.DueOn)
		}
	}
	w.verify()
	if found := w.settle(); len(found) != 0 {
		t.Errorf("a second run changes %d steps", len(found))
	}
	later := end.AddDate(2, 0, 0)
	w.prove("16053", &later)
	if s := w.step("k16053", "16053", "wohngeld", "k_cert"); s.State != onboarding.Done {
		t.Errorf("renewed, the step is %s", s.State)
	}
	w.verify()
}

func TestOneServiceDoesWithoutABasisStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld", everything)
	w.rollIn("fuehrerschein", everything)
	w.prove("16053", nil)
	before := w.checklist("k16053", "16053", "wohngeld")
	in := onboarding.OverruleInput{Version: before.Version, Reason: "Wohngeld empfängt über die Nachbarstadt."}
	overrule := func(login string, in onboarding.OverruleInput) error {
		return w.Overrule(t.Context(), w.as(login), "16053", "wohngeld", "k_cert", in)
	}
	dbtest.Wants(t, "another town", overrule("k16051", in), fault.NotFound)
	dbtest.Wants(t, "an editor", overrule("k16053-b", in), fault.Forbidden)
	dbtest.Wants(t, "no reason", overrule("k16053", onboarding.OverruleInput{Version: before.Version, Reason: " "}), fault.Invalid)
	dbtest.Wants(t, "an old form", overrule("k16053", onboarding.OverruleInput{Version: before.Version - 1, Reason: "x"}), fault.Conflict)
	w.must(overrule("k16053", in))
	w.must(overrule("k16053", in)) // a double click

	c := w.checklist("k16053", "16053", "wohngeld")
	s, _ := c.Find("k_cert")
	if !s.Unneeded || !s.Overruled || s.Reason != in.Reason || c.Relevant != before.Relevant-1 || c.Done != before.Done-1 {
		t.Errorf("unneeded %v, reason %q, %d of %d", s.Unneeded, s.Reason, c.Done, c.Relevant)
	}
	if s := w.step("k16053", "16053", "fuehrerschein", "k_cert"); s.State != onboarding.Done {
		t.Errorf("the other service has the step as %s", s.State)
	}
	w.verify()
	w.must(overrule("k16053", onboarding.OverruleInput{Version: c.Version, Needed: true}))
	if s := w.step("k16053", "16053", "wohngeld", "k_cert"); s.State != onboarding.Done || s.Unneeded {
		t.Errorf("needed again, the step is %s", s.State)
	}
	w.verify()
}

func TestStepReopensWhenItsEvidenceEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld", everything)
	w.finishLand("wohngeld")
	w.finishBody("16053", "wohngeld", "k_survey")
	who := w.as("k16053")
	w.must(w.DB.Write(t.Context(), who, access.ChecklistItemEdit, func(tx *postgres.Tx) error {
		reopened, err := onboarding.Reopen(t.Context(), tx, "16053", "wohngeld", "k_kickoff", "Die Kontaktliste gilt nicht mehr.")
		if !reopened {
			t.Error("a done step does not reopen")
		}
		return err
	}))
	if s := w.step("k16053", "16053", "wohngeld", "k_kickoff"); s.State != onboarding.InProgress || s.Reason != "Die Kontaktliste gilt nicht mehr." {
		t.Errorf("%s, reason %q", s.State, s.Reason)
	}
	w.verify()
}
