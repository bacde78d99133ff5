package demo_test

import (
	"context"
	"testing"
	"time"

	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/demo"
	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// TestStoryAgreesWithItself plays the first ten months: whatever the figures say must follow from the steps, and the
// trail must be whole, with an entry for everything that it has to tell.
func TestStoryAgreesWithItself(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	clock := demo.NewClock(time.Date(2025, 1, 13, 8, 0, 0, 0, time.UTC))
	w := dbtest.New(t, postgres.WithClock(clock.Now))
	check := w.WatchTrail(t)
	stage := demo.Stage{Operator: identity.NewOperator(w.AdminURL), DB: w.DB, Issuer: dbtest.Issuer}
	if err := stage.Play(ctx, clock, time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	wrong, err := onboarding.NewService(w.DB).VerifyProgress(ctx, w.As(t, "land"))
	if err != nil || len(wrong) > 0 {
		t.Errorf("figures differ from the steps: %v, %v", wrong, err)
	}
	if _, err := audit.Verify(ctx, w.AdminURL); err != nil {
		t.Error(err)
	}
	check()
	known := dbtest.Admin[int](t, w, `
		SELECT count(*) FROM portal.onboarding o
		JOIN portal.service s USING (land_id, service_id)
		JOIN portal.organisation b ON b.land_id = o.land_id AND b.org_id = o.org_id
		WHERE s.slug = 'einbuergerung' AND (b.key, o.live_on) IN (('16061', '2024-08-01'), ('16077', '2025-05-01'), ('16071', '2025-05-01'))`)
	if known != 3 {
		t.Errorf("%d of the 3 bodies known to be live with Einbürgerung are", known)
	}
}

func TestEverybodyHasAnOwnNameAndLogin(t *testing.T) {
	t.Parallel()
	names, logins := map[string]bool{}, map[string]bool{}
	for _, p := range demo.People() {
		if names[p.Name] || logins[p.Login] {
			t.Errorf("%s, %s: name or login twice", p.Login, p.Name)
		}
		names[p.Name], logins[p.Login] = true, true
	}
	for _, login := range []string{"land", "land2", "redaktion", "tmikl-referat", "tmikl-leitung", "tmikl-leser", "k16051", "k16051-b", "tlrz", "kiv", "gremium", "tlkt", "betreiber", "d-land", "d-k3"} {
		if !logins[login] {
			t.Errorf("nobody signs in as %s", login)
		}
	}
}
