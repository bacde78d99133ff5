package onboarding_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// untilNewYear is a world whose clock the test moves, with Wohngeld approved until the end of 2026 and rolled in.
func untilNewYear(t *testing.T) (w world, now *time.Time, id uuid.UUID) {
	t.Helper()
	now = new(time.Time)
	*now = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	w = world{dbtest.New(t, postgres.WithClock(func() time.Time { return *now })), nil, t}
	w.Service = onboarding.NewService(w.DB)
	until := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	w.ApproveUntil(t, "wohngeld", *now, &until)
	w.must(w.Start(t.Context(), w.as("land"), "wohngeld", onboarding.StartInput{}))
	dbtest.Admin[string](t, w.World, `
		UPDATE portal.onboarding SET state = 'live', live_on = '2026-11-01'
		WHERE org_id = (SELECT org_id FROM portal.organisation WHERE key = '16052' AND land_id = onboarding.land_id) RETURNING state`)
	return w, now, w.decided("wohngeld")
}

// expire makes the workers' round.
func (w world) expire() {
	w.t.Helper()
	worker, err := jobs.Actor(w.t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	w.must(err)
	w.must(onboarding.NewService(w.Work).ExpireDecisions(w.t.Context(), worker))
}

func (w world) paused() int {
	return dbtest.Admin[int](w.t, w.World, `SELECT count(*)::int FROM portal.onboarding WHERE state = 'paused' AND state_reason LIKE 'Der Beschluss zur Nachnutzung ist abgelaufen. Er galt bis 31.12.2026.%'`)
}

func TestAnApprovalEndsAfterItsLastDayAndHaltsWhatRuns(t *testing.T) {
	t.Parallel()
	w, now, id := untilNewYear(t)
	cases := decision.NewService(w.DB)
	before, err := cases.Show(t.Context(), w.as("tmdi-referat"), id, 5)
	w.must(err)
	if before.Running != 21 {
		t.Errorf("the ministry reads that %d would be halted, want 21", before.Running)
	}
	*now = time.Date(2026, 12, 31, 22, 59, 0, 0, time.UTC) // the last minute of the year in Germany
	w.expire()
	if n := w.paused(); n != 0 {
		t.Fatalf("%d halted on the last day", n)
	}
	*now = now.Add(2 * time.Minute)
	w.expire()
	w.expire() // after a crash
	after, err := cases.Show(t.Context(), w.as("k16051"), id, 5)
	w.must(err)
	if n := w.paused(); n != 21 || after.State != decision.Expired || after.Outcome != decision.Approved {
		t.Errorf("%d halted, the case is %s; want 21, expired", n, after.State)
	}
	if !slices.ContainsFunc(after.Trail, func(e audit.Event) bool {
		return e.Action == "decision.expire" && strings.Contains(e.Name, "automatisch")
	}) {
		t.Errorf("the trail says %+v", after.Trail)
	}
	told := dbtest.Admin[string](t, w.World, `SELECT string_agg(DISTINCT p.subject, ' ' ORDER BY p.subject) FROM portal.notice n JOIN auth.person p USING (person_id)
		WHERE n.kind = 'decision.revoked' AND p.subject IN ('land', 'tmdi-leitung', 'tmdi-referat', 'tmikl-leitung', 'd-land')`)
	if told != "land tmdi-leitung tmdi-referat" {
		t.Errorf("told of the end: %s", told)
	}
	resume := onboarding.StateInput{Version: w.checklist("land", "16051", "wohngeld").Version, Act: onboarding.Resume, Reason: "weiter"}
	dbtest.Wants(t, "the Land goes on without a decision", w.ChangeState(t.Context(), w.as("land"), "16051", "wohngeld", resume), fault.Conflict)
	dbtest.Wants(t, "revoked after its end", w.Revoke(t.Context(), w.as("tmdi-referat"), id, decision.RevokeInput{Version: after.Version, Ground: "budget", Reason: "x"}), fault.Conflict)
	w.verify()
}

func TestNothingBeginsOnAnApprovalThatIsOver(t *testing.T) {
	t.Parallel()
	w, now, _ := untilNewYear(t)
	until := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	w.ApproveUntil(t, "elterngeld", *now, &until)
	*now = time.Date(2027, 1, 1, 1, 0, 0, 0, time.UTC) // before the round of the day
	dbtest.Wants(t, "a roll-in after the last day", w.Start(t.Context(), w.as("land"), "elterngeld", onboarding.StartInput{}), fault.Conflict)
}

func TestANewDecisionBeforeTheEndExtends(t *testing.T) {
	t.Parallel()
	w, now, id := untilNewYear(t)
	cases := decision.NewService(w.DB)
	later := time.Date(2027, 12, 31, 0, 0, 0, 0, time.UTC)
	anew := w.decideAnew(&later)
	*now = time.Date(2027, 1, 1, 5, 0, 0, 0, time.UTC)
	w.expire()
	old, err := cases.Show(t.Context(), w.as("land"), id, 5)
	w.must(err)
	if n := w.paused(); n != 0 || old.State != decision.Superseded {
		t.Errorf("%d halted, the old decision is %s; want none, superseded", n, old.State)
	}
	d, err := cases.Show(t.Context(), w.as("tmdi-leitung"), anew, 5)
	w.must(err)
	if d.ValidUntil == nil || !d.ValidUntil.Equal(later) || d.Running != 21 {
		t.Errorf("the new one holds until %v with %d running", d.ValidUntil, d.Running)
	}
}

// decideAnew has the ministry decide about Wohngeld by the use cases, until a day.
func (w world) decideAnew(until *time.Time) uuid.UUID {
	w.t.Helper()
	t, cases, anew := w.t, decision.NewService(w.DB), uuid.New()
	w.must(cases.Request(t.Context(), w.as("tmdi-referat"), decision.Request{ID: anew, ServiceSlug: "wohngeld", Occasion: "Verlängerung"}))
	no := false
	for _, k := range decision.Kinds {
		w.must(cases.Review(t.Context(), w.as("tmdi-referat"), anew, k, decision.ReviewInput{Version: 1, Result: decision.Waived, Note: "unverändert", CrossLand: &no}))
	}
	shown := func() decision.Shown {
		d, err := cases.Show(t.Context(), w.as("tmdi-leitung"), anew, 5)
		w.must(err)
		return d
	}
	w.must(cases.Submit(t.Context(), w.as("tmdi-referat"), anew, shown().Version))
	v := decision.Verdict{Version: shown().Version, Seen: shown().Seen, Outcome: decision.Approved, Ground: "economic", Reason: "läuft weiter", ValidUntil: until}
	w.must(cases.Decide(t.Context(), w.as("tmdi-leitung"), anew, v))
	return anew
}

// TestNobodyEndsAnApprovalByHand attacks by SQL as the application's role, with every right that people have.
func TestNobodyEndsAnApprovalByHand(t *testing.T) {
	t.Parallel()
	w, now, id := untilNewYear(t)
	*now = time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC)
	for _, login := range []string{"tmdi-leitung", "tmdi-referat", "land"} {
		who, action := w.as(login), access.DecisionReopen
		if login == "land" {
			action = access.RolloutPlan
		}
		for _, sql := range []string{
			`UPDATE portal.decision SET state = 'expired', state_since = now() WHERE land_id = $1 AND decision_id = $2`,
			`UPDATE portal.decision SET valid_until = '2030-01-01' WHERE land_id = $1 AND decision_id = $2`,
			`SELECT FROM ctx.halt($2, 'x', now()) WHERE $1::uuid IS NOT NULL`,
		} {
			err := w.DB.Write(t.Context(), who, action, func(tx *postgres.Tx) error {
				tx.Audited() // an attacker does not forget that
				tag, err := tx.Exec(t.Context(), sql, tx.Land(), id)
				if err == nil && tag.RowsAffected() > 0 {
					t.Errorf("%s changed %d rows: %s", login, tag.RowsAffected(), sql)
				}
				return err
			})
			t.Log(err)
		}
		err := onboarding.NewService(w.DB).ExpireDecisions(t.Context(), who)
		if login != "land" {
			dbtest.Wants(t, login+" makes the round", err, fault.Forbidden)
		}
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*)::int FROM portal.decision WHERE state = 'expired' OR valid_until <> '2026-12-31'`); n != 0 || w.paused() != 0 {
		t.Errorf("%d decisions changed", n)
	}
}
