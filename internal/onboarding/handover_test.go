package onboarding_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

const first = "k_kickoff"

// open rolls a service in so far that the kickoff is possible.
func (w world) open() {
	w.t.Helper()
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
}

func (w world) handOver(login, key string, in onboarding.HandOverInput) error {
	w.t.Helper()
	in.Version = w.step("k"+body, body, slug, key).Version
	if in.ID == uuid.Nil {
		in.ID = uuid.New()
	}
	if in.Since.IsZero() {
		in.Since = workday.Day(time.Now()).AddDate(0, 0, -3)
	}
	return w.HandOver(w.t.Context(), w.as(login), body, slug, key, in)
}

func TestStepLiesWithOthersAndComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	in := onboarding.HandOverInput{ID: uuid.New(), Party: "Hersteller  A", Ticket: "4711", Note: "Lizenz fehlt"}
	w.must(w.handOver("k16051", first, in))
	w.must(w.handOver("k16051", first, in)) // a second click
	s := w.step("k16051", body, slug, first)
	with := s.With()
	if with == nil || with.Party != "Hersteller A" || with.PartyKey != "~hersteller-a" || with.Ticket != "4711" || len(s.Periods) != 1 {
		t.Fatalf("lies with %+v", with)
	}
	if s.State != onboarding.Open || s.CanHandOver() || !s.CanTakeBack() {
		t.Errorf("handed over: %s, can hand over %v, can take back %v", s.State, s.CanHandOver(), s.CanTakeBack())
	}
	dbtest.Wants(t, "twice", w.handOver("k16051-b", first, onboarding.HandOverInput{PartyKey: "TLRZ"}), fault.Conflict)
	w.must(w.TakeBack(t.Context(), w.as("k16051-b"), body, slug, first, s.Version))
	w.must(w.TakeBack(t.Context(), w.as("k16051-b"), body, slug, first, s.Version)) // a second click
	w.must(w.handOver("k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ", Since: workday.Day(time.Now())}))
	c := w.checklist("k16051", body, slug)
	s, _ = c.Find(first)
	spent, known := c.Time(s)
	if !known || spent.Foreign != 3 || len(spent.With) != 1 || spent.With[0] != (onboarding.PartyDays{Party: "Hersteller A", Days: 3}) {
		t.Errorf("time apart: %+v, %v", spent, known)
	}
}

func TestChangeOfStateEndsTheWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	w.must(w.handOver("k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ"}))
	w.must(w.move("k16051", body, slug, first, onboarding.Done))
	s := w.step("k16051", body, slug, first)
	if s.With() != nil || len(s.Periods) != 1 || s.Periods[0].Until == nil {
		t.Errorf("finished step lies with %+v", s.Periods)
	}
	dbtest.Wants(t, "finished", w.handOver("k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ"}), fault.Conflict)
	w.verify()
}

func TestHandOverIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	tomorrow := workday.Day(time.Now()).AddDate(0, 0, 1)
	for name, c := range map[string]struct {
		login, key string
		in         onboarding.HandOverInput
		want       fault.Kind
	}{
		"to nobody":             {"k16051", first, onboarding.HandOverInput{}, fault.Invalid},
		"to a name of signs":    {"k16051", first, onboarding.HandOverInput{Party: "???"}, fault.Invalid},
		"to an unknown":         {"k16051", first, onboarding.HandOverInput{PartyKey: "GIBTSNICHT"}, fault.Invalid},
		"to a town":             {"k16051", first, onboarding.HandOverInput{PartyKey: "16052"}, fault.Invalid},
		"in the future":         {"k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ", Since: tomorrow}, fault.Invalid},
		"with a password":       {"k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ", Note: "Passwort: geheim"}, fault.Invalid},
		"before it is possible": {"k16051", "k_hypercare", onboarding.HandOverInput{PartyKey: "TLRZ"}, fault.Conflict},
		"by the Land":           {"land", first, onboarding.HandOverInput{PartyKey: "TLRZ"}, fault.Forbidden},
		"by another town":       {"k16052", first, onboarding.HandOverInput{PartyKey: "TLRZ"}, fault.NotFound},
	} {
		dbtest.Wants(t, name, w.handOver(c.login, c.key, c.in), c.want)
	}
}

func TestEveryActOfTheTownConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	if c := w.checklist("k16051", body, slug); c.ConfirmedAt != nil {
		t.Errorf("confirmed at %v before anybody did anything", c.ConfirmedAt)
	}
	w.must(w.Confirm(t.Context(), w.as("k16051-b"), body, slug))
	c := w.checklist("k16051", body, slug)
	if c.ConfirmedAt == nil {
		t.Fatal("not confirmed")
	}
	w.must(w.move("k16051", body, slug, first, onboarding.Done))
	if after := w.checklist("k16051", body, slug); !after.ConfirmedAt.After(*c.ConfirmedAt) {
		t.Error("finishing a step does not confirm")
	}
	w.must(w.Confirm(t.Context(), w.as("k16051"), body, ""))
	dbtest.Wants(t, "another town", w.Confirm(t.Context(), w.as("k16052"), body, slug), fault.NotFound)
	dbtest.Wants(t, "provider", w.Confirm(t.Context(), w.as("tlrz"), body, slug), fault.NotFound)
	dbtest.Wants(t, "the Land", w.Confirm(t.Context(), w.as("land"), body, slug), fault.Forbidden)
	dbtest.Wants(t, "unknown service", w.Confirm(t.Context(), w.as("k16051"), body, "gibt-es-nicht"), fault.NotFound)
}
