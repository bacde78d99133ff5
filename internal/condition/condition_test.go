package condition_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/condition"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// world is a Land in which the TMIKL decided with three Auflagen: for Erfurt's Hauptamt, for itself by a name that
// nobody has, and for the Land. They are due on three days in a row.
type world struct {
	*dbtest.World
	*condition.Service
	t   *testing.T
	now *time.Time
	ids []uuid.UUID
}

var firstDue = time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) world {
	t.Helper()
	now := time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	w := dbtest.New(t, postgres.WithClock(clock))
	o := world{w, condition.NewService(w.DB), t, &now, nil}
	id := dbtest.Admin[uuid.UUID](t, w, `
		WITH d AS (
			INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, outcome, requested_by, requested_at, submitted_by, decided_by, decided_at, reason, state_since)
			SELECT m.land_id, m.org_id, gen_random_uuid(), s.service_id, 1, 'approved_with_conditions', 'approved_with_conditions', gen_random_uuid(), now(),
				gen_random_uuid(), gen_random_uuid(), now(), 'geeignet', now()
			FROM portal.organisation m JOIN portal.service s ON s.land_id = m.land_id AND s.slug = 'einbuergerung'
			WHERE m.key = 'TMIKL'
			RETURNING land_id, org_id, decision_id), c AS (
			INSERT INTO portal.decision_condition (land_id, org_id, decision_id, no, text, owner, due_on)
			SELECT d.land_id, d.org_id, d.decision_id, v.no, v.text, v.owner, v.due_on
			FROM d, (VALUES
				(1, 'Anlaufstelle benennen', (SELECT name FROM portal.organisation WHERE key = '16051') || ', Hauptamt', $1::date),
				(2, 'Entgelt klären', 'Haushaltsreferat', $1::date + 1),
				(3, 'Leitfaden schreiben', (SELECT name FROM portal.organisation WHERE key = 'TMDI-OZG'), $1::date + 2)) v (no, text, owner, due_on))
		SELECT decision_id FROM d`, firstDue)
	who := w.As(t, "tmikl-leitung")
	o.must(w.DB.Write(t.Context(), who, access.DecisionDecide, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		return condition.Begin(t.Context(), tx, id)
	}))
	for _, c := range o.list("land", condition.Filter{}) {
		o.ids = append(o.ids, c.ID)
	}
	if len(o.ids) != 3 {
		t.Fatalf("%d Auflagen, want 3", len(o.ids))
	}
	return o
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w world) list(login string, f condition.Filter) []condition.Condition {
	w.t.Helper()
	found, _, err := w.List(w.t.Context(), w.as(login), f)
	w.must(err)
	return found
}

func (w world) show(login string, i int) condition.Condition {
	w.t.Helper()
	found, err := w.Show(w.t.Context(), w.as(login), w.ids[i])
	w.must(err)
	return found.Condition
}

func (w world) report(login string, i int, version int64) error {
	return w.Report(w.t.Context(), w.as(login), w.ids[i], condition.Report{Version: version, Evidence: "Erledigt, siehe Akte", Link: "https://akte.example/1"})
}

func (w world) settle(login string, i int, version int64, a condition.Act, reason string) error {
	return w.Settle(w.t.Context(), w.as(login), w.ids[i], condition.Settlement{Version: version, Act: a, Reason: reason})
}

func (w world) wants(what string, err error, kind fault.Kind) {
	w.t.Helper()
	dbtest.Wants(w.t, what, err, kind)
}

// told is how many notices of a kind the people with some logins have.
func (w world) told(kind string, org string) int {
	return dbtest.Admin[int](w.t, w.World, `
		SELECT count(DISTINCT n.key) FROM portal.notice n JOIN portal.organisation o USING (land_id, org_id) WHERE n.kind = $1 AND o.key = $2`, kind, org)
}

func TestTheOwnerIsTheOrganisationOfThatName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, want := range []struct{ owner, function string }{{"16051", "Hauptamt"}, {"TMIKL", "Haushaltsreferat"}, {"TMDI-OZG", ""}} {
		if c := w.show("land", i); c.OwnerKey != want.owner || c.Function != want.function || c.State != condition.Open {
			t.Errorf("Auflage %d lies with %s (%s), %s, want %s (%s)", c.No, c.OwnerKey, c.Function, c.State, want.owner, want.function)
		}
	}
	if n := w.told("condition.set", "16051"); n != 1 {
		t.Errorf("Erfurt heard %d times, want once", n)
	}
}

func TestTheOwnerReportsAndTheMinistryConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.report("k16051", 0, 1))
	w.must(w.report("k16051", 0, 1)) // a second click
	c := w.show("tmikl-referat", 0)
	if c.State != condition.Reported || c.Evidence == "" || c.Version != 2 {
		t.Fatalf("reported: %+v", c)
	}
	w.wants("sending back without a reason", w.settle("tmikl-referat", 0, 2, condition.SendBack, " "), fault.Invalid)
	w.must(w.settle("tmikl-referat", 0, 2, condition.SendBack, "Der Nachweis ist unvollständig."))
	if c := w.show("k16051", 0); c.State != condition.Open || c.Reason == "" || c.Evidence == "" {
		t.Errorf("sent back: %+v", c)
	}
	w.must(w.report("k16051", 0, 3))
	w.must(w.settle("tmikl-referat", 0, 4, condition.Confirm, ""))
	w.must(w.settle("tmikl-referat", 0, 4, condition.Confirm, "")) // a second click
	if c := w.show("land", 0); c.State != condition.Confirmed || c.SettledAt == nil || c.Version != 5 {
		t.Errorf("confirmed: %+v", c)
	}
	w.wants("reporting once more", w.report("k16051", 0, 5), fault.Conflict)
	text := dbtest.Admin[string](t, w.World, `SELECT text || owner FROM portal.decision_condition WHERE no = 1`)
	if text != "Anlaufstelle benennenErfurt, Hauptamt" && text != "Anlaufstelle benennenStadt Erfurt, Hauptamt" {
		t.Errorf("the decided text became %q", text)
	}
}

func TestWhoReportedNeverConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.report("tmikl-referat", 1, 1))
	w.wants("the reporter confirms", w.settle("tmikl-referat", 1, 2, condition.Confirm, ""), fault.Forbidden)
	w.wants("the reporter waives", w.settle("tmikl-referat", 1, 2, condition.Waive, "erledigt"), fault.Forbidden)
	w.must(w.settle("tmikl-leitung", 1, 2, condition.Confirm, ""))
}

func TestOnlyTheOwnerReportsAndOnlyTheMinistrySettles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, stranger := range []string{"k16053", "tlrz", "tmdi-referat"} {
		w.wants(stranger+" reports", w.report(stranger, 0, 1), fault.NotFound)
		if _, err := w.Show(t.Context(), w.as(stranger), w.ids[0]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s reads it: %v", stranger, err)
		}
		if n := len(w.list(stranger, condition.Filter{})); n != 0 {
			t.Errorf("%s lists %d", stranger, n)
		}
	}
	w.wants("another ministry waives", w.settle("tmdi-leitung", 0, 1, condition.Waive, "entfällt"), fault.NotFound)
	w.wants("another Land reads", func() error { _, err := w.Show(t.Context(), w.as("d-land"), w.ids[0]); return err }(), fault.NotFound)
	w.wants("the Land reports for Erfurt", w.report("land", 0, 1), fault.Forbidden)
	w.wants("the ministry reports for Erfurt", w.report("tmikl-referat", 0, 1), fault.Forbidden)
	w.wants("Erfurt confirms", w.settle("k16051", 0, 1, condition.Confirm, ""), fault.Forbidden)
	w.must(w.settle("tmikl-leitung", 0, 1, condition.Waive, "Die Stelle gibt es nicht mehr."))
}

func TestSettlingNeedsTheRightState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.wants("confirming what nobody reported", w.settle("tmikl-leitung", 0, 1, condition.Confirm, ""), fault.Conflict)
	w.wants("an unknown act", w.settle("tmikl-leitung", 0, 1, "burn", "x"), fault.Invalid)
	w.wants("an old version", w.settle("tmikl-leitung", 0, 7, condition.Waive, "x"), fault.Conflict)
	for name, r := range map[string]condition.Report{
		"no evidence":      {Version: 1, Evidence: "  "},
		"a script as link": {Version: 1, Evidence: "x", Link: "javascript:alert(1)"},
		"a plain link":     {Version: 1, Evidence: "x", Link: "http://akte.example"},
	} {
		w.wants(name, w.Report(t.Context(), w.as("k16051"), w.ids[0], r), fault.Invalid)
	}
}

func TestTwoAtOnceLeaveOneResult(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.report("k16051", 0, 1))
	faults := make([]error, 2)
	var both sync.WaitGroup
	for i, act := range []condition.Act{condition.Confirm, condition.Waive} {
		who := w.as([]string{"tmikl-referat", "tmikl-leitung"}[i])
		both.Go(func() {
			faults[i] = w.Settle(t.Context(), who, w.ids[0], condition.Settlement{Version: 2, Act: act, Reason: "geprüft"})
		})
	}
	both.Wait()
	if err := errors.Join(faults...); (faults[0] == nil) == (faults[1] == nil) || fault.KindOf(err) == fault.Internal {
		t.Errorf("one of the two must win and the other hear of it: %v", faults)
	}
	if c := w.show("land", 0); c.Version != 3 {
		t.Errorf("version %d, want 3", c.Version)
	}
}

func TestHandingOverGivesTheNewOwnerTheAuflage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := condition.Handover{Version: 1, OwnerKey: "TLRZ", Function: "Betrieb"}
	w.wants("Erfurt hands over", w.HandOver(t.Context(), w.as("k16051"), w.ids[0], in), fault.Forbidden)
	w.wants("to nobody", w.HandOver(t.Context(), w.as("tmikl-referat"), w.ids[0], condition.Handover{Version: 1, OwnerKey: "BEIRAT"}), fault.Invalid)
	w.must(w.HandOver(t.Context(), w.as("tmikl-referat"), w.ids[0], in))
	if c := w.show("tlrz", 0); c.OwnerKey != "TLRZ" || c.Function != "Betrieb" {
		t.Errorf("handed over: %+v", c)
	}
	w.wants("the former owner", w.report("k16051", 0, 2), fault.NotFound)
	w.must(w.report("tlrz", 0, 2))
}

func TestEveryFigureHasItsList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	*w.now = firstDue.AddDate(0, 0, 2).Add(9 * time.Hour) // the first two are late, the third is due today
	w.must(w.report("k16051", 0, 1))
	for _, login := range []string{"land", "tmikl-referat", "k16051", "tmdi-referat"} {
		var f condition.Figures
		w.must(w.DB.Read(t.Context(), w.as(login), access.ConditionView, func(tx *postgres.Tx) error {
			args := pgx.StrictNamedArgs{"land": tx.Land(), "today": firstDue.AddDate(0, 0, 2)}
			return tx.QueryRow(t.Context(), condition.FiguresAsJSON, args).Scan(&f)
		}))
		got := condition.Figures{
			Unfinished: len(w.list(login, condition.Filter{})), Late: len(w.list(login, condition.Filter{Status: condition.Late})),
			ToCheck: len(w.list(login, condition.Filter{Status: condition.ToCheck})),
		}
		if f != got || login == "land" && f != (condition.Figures{Unfinished: 3, Late: 1, ToCheck: 1}) {
			t.Errorf("%s: figures %+v, lists %+v", login, f, got)
		}
	}
	dbtest.Admin[int](t, w.World, `UPDATE portal.decision SET state = 'superseded' WHERE service_id = (SELECT service_id FROM portal.service WHERE slug = 'einbuergerung' AND land_id = decision.land_id) RETURNING 1`)
	if n := len(w.list("land", condition.Filter{})); n != 0 {
		t.Errorf("%d Auflagen of a superseded decision", n)
	}
	w.wants("settling after the decision ended", w.settle("tmikl-leitung", 2, 1, condition.Waive, "x"), fault.Conflict)
}

func TestOverdueAuflagenEscalateOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	on := func(days int, owner, ministry, land int) {
		t.Helper()
		*w.now = firstDue.AddDate(0, 0, days).Add(9 * time.Hour)
		for range 2 {
			w.must(w.Sweep(t.Context(), w.as("land")))
		}
		if a, b, c := w.told("condition.due", "16051"), w.told("condition.due", "TMIKL"), w.told("condition.due", "TMDI-OZG"); a != owner || b != ministry || c != land {
			t.Errorf("%d days after: Erfurt heard %d, the ministry %d, the Land %d; want %d, %d, %d", days, a, b, c, owner, ministry, land)
		}
	}
	on(-1, 0, 0, 0)
	on(0, 1, 0, 0)
	on(1, 1, 1, 0) // the ministry's own is due
	on(6, 1, 1, 1) // and the Land's
	on(7, 1, 2, 2)
	on(30, 1, 4, 4) // all three have escalated
}
