package onboarding_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// decided is the decision under a roll-in.
func (w world) decided(slug string) uuid.UUID {
	w.t.Helper()
	return dbtest.Admin[uuid.UUID](w.t, w.World, `
		SELECT d.decision_id FROM portal.decision d JOIN portal.service s USING (land_id, service_id)
		WHERE s.slug = $1 AND s.land_id = (SELECT land_id FROM portal.land WHERE key = 'thueringen')`, slug)
}

func TestRevokingHaltsWhatRunsAndLeavesWhatIsLive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld", everything)
	id := w.decided("wohngeld")
	dbtest.Admin[string](t, w.World, `
		UPDATE portal.onboarding SET state = 'live', live_on = '2026-01-01'
		WHERE org_id = (SELECT org_id FROM portal.organisation WHERE key = '16052' AND land_id = onboarding.land_id) RETURNING state`)
	r, err := w.Revocation(t.Context(), w.as("tmdi-referat"), id)
	w.must(err)
	if len(r.Halted) != 21 || len(r.Live) != 1 {
		t.Fatalf("the effect is %d halted and %d live, want 21 and 1", len(r.Halted), len(r.Live))
	}
	in := decision.RevokeInput{Version: r.Version, Ground: "provider_ended", Reason: "Der Anbieter stellt den Dienst ein."}
	w.must(w.Revoke(t.Context(), w.as("tmdi-referat"), id, in))
	w.must(w.Revoke(t.Context(), w.as("tmdi-referat"), id, in)) // a double click
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.onboarding WHERE state = 'paused' AND state_reason LIKE 'Der Beschluss zur Nachnutzung ist aufgehoben%'`); n != 21 {
		t.Errorf("%d onboardings are halted with the reason, want 21", n)
	}
	c := w.checklist("k16051", "16051", "wohngeld")
	if c.State != onboarding.Paused || c.StateReason == "" {
		t.Errorf("the town reads %s, %q", c.State, c.StateReason)
	}
	resume := onboarding.StateInput{Version: c.Version, Act: onboarding.Resume, Reason: "weiter"}
	dbtest.Wants(t, "the Land goes on without a decision", w.ChangeState(t.Context(), w.as("land"), "16051", "wohngeld", resume), fault.Conflict)
	dbtest.Wants(t, "revoked twice", w.Revoke(t.Context(), w.as("tmdi-leitung"), id, in), fault.Conflict)
	w.verify()
}

func TestRevokingIsForASecondPersonOfTheMinistry(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn("wohngeld", everything)
	id := w.decided("wohngeld")
	who := w.as("tmdi-leitung")
	in := decision.RevokeInput{Version: 1, Ground: "budget", Reason: "x"}
	for login, want := range map[string]fault.Kind{
		"tmdi-leitung": fault.Forbidden, "tmdi-leser": fault.Forbidden, "land": fault.Forbidden, "k16051": fault.Forbidden, "betreiber": fault.Forbidden,
		"tmikl-leitung": fault.NotFound, "d-min-leitung": fault.NotFound,
	} {
		dbtest.Wants(t, login, w.Revoke(t.Context(), w.as(login), id, in), want)
	}
	in.Reason = ""
	dbtest.Wants(t, "without a reason", w.Revoke(t.Context(), w.as("tmdi-referat"), id, in), fault.Invalid)
	for _, sql := range []string{
		`UPDATE portal.decision SET state = 'revoked', revoked_by = decided_by, revoked_at = now(), revoked_reason = 'x' WHERE land_id = $1 AND decision_id = $2`,
		`SELECT FROM ctx.halt($2, 'x', now()) WHERE $1::uuid IS NOT NULL`,
	} {
		err := w.DB.Write(t.Context(), who, access.DecisionReopen, func(tx *postgres.Tx) error {
			tx.Audited() // an attacker does not forget that
			tag, err := tx.Exec(t.Context(), sql, tx.Land(), id)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("changed %d rows: %s", tag.RowsAffected(), sql)
			}
			return err
		})
		t.Log(err)
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*) FROM portal.onboarding WHERE state IN ('live', 'paused')`); n != 0 {
		t.Errorf("%d onboardings changed", n)
	}
}
