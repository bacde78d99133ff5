package onboarding_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/devstack"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
)

// ended is a decision about Wohngeld with a Vermerk, ended by its second person or after its last day.
func ended(t *testing.T, by string) (w world, id uuid.UUID) {
	t.Helper()
	w, now, _ := untilNewYear(t)
	until := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	id = w.decideAnew(&until)
	if by == "" {
		*now = time.Date(2027, 1, 1, 5, 0, 0, 0, time.UTC)
		w.expire()
		return w, id
	}
	r, err := w.Revocation(t.Context(), w.as(by), id)
	w.must(err)
	in := decision.RevokeInput{Version: r.Version, Ground: "provider_ended", Reason: "Der Anbieter stellt den Dienst ein."}
	w.must(w.Revoke(t.Context(), w.as(by), id, in))
	w.must(w.Revoke(t.Context(), w.as(by), id, in)) // a double click
	return w, id
}

func (w world) vermerk(login string, id uuid.UUID, part decision.Part) (decision.Record, string) {
	w.t.Helper()
	r, err := decision.NewService(w.DB).Record(w.t.Context(), w.as(login), id, part)
	w.must(err)
	return r, string(r.Body)
}

func TestHowADecisionEndedGoesOnFile(t *testing.T) {
	t.Parallel()
	for by, says := range map[string]string{"tmdi-referat": "Aufhebung der Nachnutzungsentscheidung", "": "Ablauf der Nachnutzungsentscheidung"} {
		w, id := ended(t, by)
		before, _ := w.vermerk("land", id, decision.Whole)
		whole, text := w.vermerk("tmdi-leser", id, decision.Ending)
		for _, want := range []string{says, "Erfurt", "Produktiv bleiben: Gera.", before.Sum, "31.12.2026"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the ministry's Vermerk lacks %q", says, want)
			}
		}
		for _, login := range []string{"land", "k16051", "gremium"} {
			part, text := w.vermerk(login, id, decision.Ending)
			if part.Part != decision.EndingPublic || !strings.Contains(text, whole.Sum) || !strings.Contains(text, says) || strings.Contains(text, "Erfurt") {
				t.Errorf("%s: %s reads %s", says, login, text)
			}
		}
		if by != "" && (!strings.Contains(text, "stellt den Dienst ein") || !strings.Contains(text, w.as(by).Name)) {
			t.Errorf("the Vermerk does not say who revoked and why: %s", text)
		}
		if n, err := decision.VerifyRecords(t.Context(), w.AdminURL); err != nil || n != 4 {
			t.Errorf("%s: verified %d, %v; want 4", says, n, err)
		}
		if _, err := audit.Verify(t.Context(), w.AdminURL); err != nil {
			t.Error(err)
		}
		_, err := decision.NewService(w.DB).Record(t.Context(), w.as("d-min-leitung"), id, decision.Ending)
		dbtest.Wants(t, "another Land's ministry reads", err, fault.NotFound)
	}
}

func TestTheVermerkOfAnEndIsPrintedOnceAndPackedWithTheOther(t *testing.T) {
	t.Parallel()
	w, id := ended(t, "tmdi-referat")
	cases := decision.NewService(w.DB)
	worker, err := jobs.Actor(t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	w.must(err)
	command, err := devstack.Typst()
	w.must(err)
	printer := decision.NewPrinter(w.Work, paper.NewPress(command))
	for range 2 { // a job may run twice
		w.must(printer.Print(t.Context(), worker, decision.PrintJob{Decision: id, Part: decision.Ending}))
	}
	first, err := cases.Print(t.Context(), w.as("tmdi-leser"), id, decision.Ending)
	w.must(err)
	again, err := cases.Print(t.Context(), w.as("tmdi-leitung"), id, decision.Ending)
	w.must(err)
	if !bytes.Equal(first, again) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Errorf("printed %d bytes, then %d", len(first), len(again))
	}
	_, err = cases.Print(t.Context(), w.as("tmdi-leitung"), id, decision.Whole)
	dbtest.Wants(t, "the decision's own print, which nobody made", err, fault.NotFound)
	bundle, err := cases.Bundle(t.Context(), w.as("tmdi-leser"), id)
	w.must(err)
	if bundle.Ending == nil || !bytes.Equal(bundle.Ending.PDF, first) || bundle.PDF != nil {
		t.Errorf("packed %+v", bundle.Ending)
	}
	if n, err := decision.VerifyRecords(t.Context(), w.AdminURL); err != nil || n != 5 {
		t.Errorf("verified %d, %v; want 5", n, err)
	}
	dbtest.Admin[int](t, w.World, `WITH off AS (SELECT set_config('session_replication_role', 'replica', true))
		, bent AS (UPDATE portal.decision_record SET body = 'x', sha256 = sha256('x') FROM off WHERE part = 'ending' AND form = 'json' RETURNING 1)
		SELECT count(*)::int FROM bent`)
	if _, err := decision.VerifyRecords(t.Context(), w.AdminURL); err == nil || !strings.Contains(err.Error(), "ending (json): hat eine andere Prüfsumme als im Prüfpfad") {
		t.Errorf("a bent Vermerk: %v", err)
	}
}

// TestNobodyForgesTheVermerkOfAnEnd attacks by SQL as the application's role.
func TestNobodyForgesTheVermerkOfAnEnd(t *testing.T) {
	t.Parallel()
	w, id := ended(t, "tmdi-referat")
	inForce, _, other := untilNewYear(t)
	for name, tt := range map[string]struct {
		w     world
		login string
		id    uuid.UUID
	}{
		"of a decision in force":      {inForce, "tmdi-referat", other},
		"by who did not revoke":       {w, "tmdi-leitung", id},
		"by the Land":                 {w, "land", id},
		"a second one by who revoked": {w, "tmdi-referat", id},
	} {
		action := access.DecisionReopen
		if tt.login == "land" {
			action = access.RolloutPlan
		}
		err := tt.w.DB.Write(t.Context(), tt.w.as(tt.login), action, func(tx *postgres.Tx) error {
			tx.Audited()
			_, err := tx.Exec(t.Context(), `
				INSERT INTO portal.decision_record (land_id, org_id, decision_id, part, form, made_at, body, sha256)
				SELECT d.land_id, d.org_id, d.decision_id, 'ending', 'json', d.state_since, 'x', sha256('x')
				FROM portal.decision d WHERE d.land_id = $1 AND d.decision_id = $2`, tx.Land(), tt.id)
			return err
		})
		if err == nil {
			t.Errorf("forged %s", name)
		}
	}
}
