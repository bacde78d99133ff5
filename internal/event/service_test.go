package event_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/event"
	"rollinportal/internal/fault"
)

// world is a database with a clock that a test moves.
type world struct {
	dbtest.Clocked
	*event.Service
}

func newWorld(t *testing.T) world {
	t.Helper()
	c := dbtest.NewAt(t, time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC))
	return world{c, event.NewService(c.DB)}
}

// input is a Sprechstunde in a week, for an hour.
func (w world) input(no int) event.Input {
	at := w.Now.AddDate(0, 0, 7)
	return event.Input{
		ID: uuid.New(), Kind: event.Consultation, SeriesNo: &no, Title: "OZG-Sprechstunde", Address: "https://konferenz.example/ozg",
		StartsAt: at, EndsAt: at.Add(time.Hour), Services: []string{"wohngeld"},
	}
}

func (w world) plan(in event.Input) uuid.UUID {
	w.T.Helper()
	w.Must(w.Plan(w.T.Context(), w.Actor("land"), in))
	return in.ID
}

func (w world) show(login string, id uuid.UUID) event.Shown {
	w.T.Helper()
	e, err := w.Show(w.T.Context(), w.Actor(login), id)
	w.Must(err)
	return e
}

func (w world) register(body string, id uuid.UUID) {
	w.T.Helper()
	*w.Now = w.Now.Add(time.Minute)
	w.Must(w.Register(w.T.Context(), w.Actor("k"+body), id, w.show("k"+body, id).Version, ""))
}

func TestSeatsGoToWhoeverComesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in, two := w.input(1), 2
	in.Seats = &two
	id := w.plan(in)
	for _, body := range []string{"16051", "16052", "16053"} {
		w.register(body, id)
	}
	w.register("16051", id) // a second click changes nothing, not even the place
	if e := w.show("k16051", id); e.Waits() || e.Registered != 3 || e.Waiting() != 1 {
		t.Errorf("the first waits: %v; %d registered, %d wait", e.Waits(), e.Registered, e.Waiting())
	}
	if !w.show("k16053", id).Waits() {
		t.Error("the third has one of two seats")
	}
	w.Must(w.Withdraw(t.Context(), w.Actor("k16052"), id, 1))
	if w.show("k16053", id).Waits() {
		t.Error("nobody moves up")
	}
	w.Must(w.Register(t.Context(), w.Actor("k16051"), id, 1, "Wie läuft der Test?"))
	if e := w.show("k16051", id); e.BeforeOwn != 0 || e.Own.Question == "" {
		t.Errorf("asking costs the place: %d before, asks %q", e.BeforeOwn, e.Own.Question)
	}
}

func TestBodiesSeeNoOtherRegistrations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.plan(w.input(1))
	w.Must(w.Register(t.Context(), w.Actor("k16051"), id, 1, "Unter uns?"))
	for _, login := range []string{"k16052", "gremium", "tlrz", "tmdi-referat"} {
		if e := w.show(login, id); e.Registered != 1 || len(e.Registrations) != 0 || e.Own != nil {
			t.Errorf("%s sees %d registered, %d of them one by one, own %v", login, e.Registered, len(e.Registrations), e.Own)
		}
	}
	if e := w.show("redaktion", id); len(e.Registrations) != 1 || e.Registrations[0].Question != "Unter uns?" {
		t.Errorf("the Land reads %+v", e.Registrations)
	}
	w.Wants("registering as a ministry", w.Register(t.Context(), w.Actor("tmdi-referat"), id, 1, ""), fault.Forbidden)
}

func TestNobodyRegistersForWhatChangedOrBegan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.input(1)
	id := w.plan(in)
	in.Version, in.StartsAt, in.EndsAt = 1, in.StartsAt.AddDate(0, 0, 1), in.EndsAt.AddDate(0, 0, 1)
	w.register("16051", id)
	w.Must(w.Save(t.Context(), w.Actor("land"), in))
	w.Wants("registering for another day than was read", w.Register(t.Context(), w.Actor("k16052"), id, 1, ""), fault.Conflict)
	told := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.notice n JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = 'event.changed' AND o.key = '16051'`)
	others := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.notice n JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = 'event.changed' AND o.key <> '16051'`)
	if told == 0 || others != 0 {
		t.Errorf("%d notices to who registered, %d to others", told, others)
	}
	w.Wants("noting who came before it began", w.Attend(t.Context(), w.Actor("land"), id, 2, []string{"16051"}), fault.Conflict)
	*w.Now = in.StartsAt
	w.Wants("registering for what has begun", w.Register(t.Context(), w.Actor("k16052"), id, 2, ""), fault.Conflict)
	w.Wants("cancelling what has begun", w.Cancel(t.Context(), w.Actor("land"), id, 2, "krank"), fault.Conflict)
}

func TestAttendanceIsWhoCame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.input(1)
	id := w.plan(in)
	w.register("16051", id)
	w.register("16052", id)
	*w.Now = in.EndsAt
	for range 2 {
		w.Must(w.Attend(t.Context(), w.Actor("land"), id, 1, []string{"16051", "16053"})) // Jena came without registering
	}
	w.Wants("noting a body that there is not", w.Attend(t.Context(), w.Actor("land"), id, 2, []string{"99999"}), fault.Invalid)
	came := map[string]bool{}
	for _, r := range w.show("land", id).Registrations {
		came[r.Key] = r.Attended != nil && *r.Attended
	}
	if len(came) != 3 || !came["16051"] || came["16052"] || !came["16053"] {
		t.Errorf("came: %v", came)
	}
	w.Wants("withdrawing afterwards", w.Withdraw(t.Context(), w.Actor("k16051"), id, 2), fault.Conflict)
	*w.Now = w.Now.Add(time.Hour)
	if next, _, err := w.List(t.Context(), w.Actor("k16053"), event.Filter{Own: true}); err != nil || len(next) != 0 {
		t.Errorf("what is over is still to come: %v, %v", next, err)
	}
	if past, _, err := w.List(t.Context(), w.Actor("k16053"), event.Filter{Past: true, Own: true, Service: "wohngeld", Kind: event.Consultation}); err != nil || len(past) != 1 {
		t.Errorf("Jena finds %d events it was at, %v", len(past), err)
	}
}

func TestNumbersAreGivenOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.input(7)
	w.plan(in)
	w.plan(in) // the same form again
	other := w.input(7)
	w.Wants("a second number 7", w.Plan(t.Context(), w.Actor("land"), other), fault.Invalid)
	other.Kind = "workshop"
	w.plan(other)
	other.Version, other.Kind = 1, event.Consultation
	w.Wants("becoming a second number 7", w.Save(t.Context(), w.Actor("land"), other), fault.Invalid)
	if c, err := w.Form(t.Context(), w.Actor("land")); err != nil || c.Last != 7 {
		t.Errorf("the last number is %d, %v", c.Last, err)
	}
	w.Wants("planning as a town", w.Plan(t.Context(), w.Actor("k16051"), w.input(8)), fault.Forbidden)
}
