package onboarding_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

// review has somebody judge a step as it is now.
func (w world) review(login, key string, to onboarding.StepState) error {
	w.t.Helper()
	return w.ReviewStep(w.t.Context(), w.as(login), body, slug, key, dbtest.Wish(w.step("k16051", body, slug, key), to))
}

func TestTheLandChecksWhatATownSubmits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	done := w.checklist("k16051", body, slug).Done

	dbtest.Wants(t, "done without a check", w.move("k16051", body, slug, "k_declaration", onboarding.Done), fault.Conflict)
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	if c := w.checklist("k16051", body, slug); c.Done != done {
		t.Errorf("%d done while in review, want %d: submitted is not done", c.Done, done)
	}
	dbtest.Wants(t, "oneself", w.move("k16051", body, slug, "k_declaration", onboarding.Done), fault.Forbidden)
	dbtest.Wants(t, "the second person of the town", w.move("k16051-b", body, slug, "k_declaration", onboarding.Done), fault.Forbidden)
	dbtest.Wants(t, "the town as if it checked", w.review("k16051", "k_declaration", onboarding.Done), fault.Forbidden)
	dbtest.Wants(t, "the provider", w.review("tlrz", "k_declaration", onboarding.Done), fault.Forbidden)
	dbtest.Wants(t, "a ministry of other services", w.review("tmbwk-referat", "k_declaration", onboarding.Done), fault.NotFound)
	dbtest.Wants(t, "another town", w.review("k16052", "k_declaration", onboarding.Done), fault.Forbidden)
	if s := w.step("land", body, slug, "k_declaration"); !s.Checks || len(s.May) != 2 {
		t.Errorf("the Land is offered %v (checks: %v), want to accept or to return", s.May, s.Checks)
	}

	w.must(w.move("k16051-b", body, slug, "k_declaration", onboarding.InProgress)) // taken back by a colleague
	w.must(w.move("k16051-b", body, slug, "k_declaration", onboarding.Submitted))
	w.must(w.review("land", "k_declaration", onboarding.Returned))
	if s := w.step("k16051", body, slug, "k_declaration"); s.Reason != "So ist es" {
		t.Errorf("the town reads %q, want the reason of the Land", s.Reason)
	}
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	w.must(w.review("land2", "k_declaration", onboarding.Done))
	if c := w.checklist("k16051", body, slug); c.Done != done+1 {
		t.Errorf("%d done once accepted, want %d", c.Done, done+1)
	}
	w.verify()
}

func TestAStaleReviewIsAConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	seen := dbtest.Wish(w.step("land", body, slug, "k_declaration"), onboarding.Done)
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.InProgress))
	dbtest.Wants(t, "taken back meanwhile", w.ReviewStep(t.Context(), w.as("land"), body, slug, "k_declaration", seen), fault.Conflict)
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	again := dbtest.Wish(w.step("land", body, slug, "k_declaration"), onboarding.Done)
	w.must(w.ReviewStep(t.Context(), w.as("land"), body, slug, "k_declaration", again))
	w.must(w.ReviewStep(t.Context(), w.as("land"), body, slug, "k_declaration", again)) // a double click
	dbtest.Wants(t, "somebody was faster", w.ReviewStep(t.Context(), w.as("land2"), body, slug, "k_declaration", again), fault.Conflict)
}

func TestAProviderChecksWhatTheTemplateNamesItFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_tenant_req")
	w.must(w.move("k16051", body, slug, "k_tenant_req", onboarding.Submitted))
	dbtest.Wants(t, "the Land", w.review("land", "k_tenant_req", onboarding.Done), fault.Forbidden)
	w.must(w.review(w.Checker(w.t, body, w.step("k16051", body, slug, "k_tenant_req")), "k_tenant_req", onboarding.Done))
	w.verify()
}

// Without a provider the Land stands in, so that nobody waits for ever.
func TestTheLandChecksWhereThereIsNoProvider(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_tenant_req")
	w.must(w.move("k16051", body, slug, "k_tenant_req", onboarding.Submitted))
	w.exec(`DELETE FROM portal.assignment`)
	w.must(w.review("land", "k_tenant_req", onboarding.Done))
}

func TestAMinistryChecksItsService(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`UPDATE portal.template_step SET review = 'fachressort' WHERE key = 'k_process'`)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_process")
	w.must(w.move("k16051", body, slug, "k_process", onboarding.Submitted))
	dbtest.Wants(t, "the Land", w.review("land", "k_process", onboarding.Done), fault.Forbidden)
	dbtest.Wants(t, "who only reads", w.review("tmikl-leser", "k_process", onboarding.Done), fault.Forbidden)
	w.must(w.review("tmikl-referat", "k_process", onboarding.Returned))
	w.must(w.move("k16051", body, slug, "k_process", onboarding.Submitted))
	w.must(w.review("tmikl-referat", "k_process", onboarding.Done))
	w.verify()
}

// TestTheDatabaseLetsNobodyAcceptTheirOwn goes past every rule in Go, with the statements that an intruder as
// portal_app could send.
func TestTheDatabaseLetsNobodyAcceptTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	const where = ` WHERE key = 'k_declaration' AND org_id = (SELECT b.org_id FROM portal.organisation b WHERE b.key = '16051')`
	own := `UPDATE portal.step SET state = 'done'` + where
	for _, c := range []struct {
		what, login, sql string
		state            onboarding.StepState // before
		refused          bool
	}{
		{"done without a check", "k16051", own, onboarding.Open, true},
		{"one's own check", "k16051", own, onboarding.Submitted, true},
		{"a colleague's", "k16051-b", own, onboarding.Submitted, true},
		{"in the name of others", "k16051", `UPDATE portal.step SET state = 'done', submitted_org = gen_random_uuid()` + where, onboarding.Submitted, true},
		{"the provider for the Land", "tlrz", own, onboarding.Submitted, true},
		{"another step's template", "k16051", `UPDATE portal.step SET key = 'k_process'` + where, onboarding.Submitted, true},
		{"the Land", "land", own, onboarding.Submitted, false},
	} {
		if s := w.step("k16051", body, slug, "k_declaration"); s.State != c.state {
			w.must(w.move("k16051", body, slug, "k_declaration", c.state))
		}
		if err := w.raw(w.as(c.login), c.sql); (err != nil) != c.refused {
			t.Errorf("%s: %v, want refused %v", c.what, err, c.refused)
		}
	}
	if err := w.raw(w.as("k16052"), own); err != nil {
		t.Errorf("another town: %v, want no row at all", err)
	}
}

// TestAMinistryAltersNothingButWhatItChecks sends what an intruder with the session of a ministry could send.
func TestAMinistryAltersNothingButWhatItChecks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`UPDATE portal.template_step SET review = 'fachressort' WHERE key = 'k_process'`)
	w.rollIn(slug, everything, body)
	w.finishLand(slug)
	w.finishBody(body, slug, "k_declaration")
	const mine = ` WHERE key = 'k_process' AND onboarding_id IS NOT NULL`
	const live = `UPDATE portal.onboarding SET state = 'live', live_on = '2026-11-01'`
	const counted = `UPDATE portal.onboarding SET steps_done = steps_done - 1
		WHERE org_id = (SELECT b.org_id FROM portal.organisation b WHERE b.key = '16051') AND service_id = (SELECT v.service_id FROM portal.service v WHERE v.slug = '` + slug + `')`
	attempts := func(when string, tries map[string]bool) {
		t.Helper()
		for sql, want := range tries {
			n, err := w.changed(w.as("tmikl-referat"), sql)
			if got := err == nil && n > 0; got != want {
				t.Errorf("%s: %s: %d rows, %v; want it to work: %v", when, sql, n, err, want)
			}
		}
	}
	attempts("nothing to check", map[string]bool{
		`UPDATE portal.step SET state = 'done'` + mine:         false,
		`UPDATE portal.step SET evidence = 'erfunden'` + mine:  false,
		`UPDATE portal.progress SET done = 0`:                  false,
		`UPDATE portal.onboarding SET steps_done = steps_done`: false,
		live:    false,
		counted: false,
	})
	w.must(w.move("k16051", body, slug, "k_declaration", onboarding.Submitted))
	attempts("something for the Land to check", map[string]bool{
		`UPDATE portal.step SET state = 'returned', reason = 'nein' WHERE key = 'k_declaration'`: false,
		counted: false,
	})
	w.must(w.move("k16051", body, slug, "k_process", onboarding.Submitted))
	attempts("one step to check", map[string]bool{
		`UPDATE portal.step SET state = 'done'` + mine:                                           true,
		`UPDATE portal.step SET state = 'returned', reason = 'nein'` + mine:                      true,
		`UPDATE portal.step SET state = 'open'` + mine:                                           false,
		`UPDATE portal.step SET state = 'not_applicable', reason = 'nein'` + mine:                false,
		`UPDATE portal.step SET state = 'done', evidence = 'erfunden'` + mine:                    false,
		`UPDATE portal.step SET state = 'done', due_on = due_on + 1` + mine:                      false,
		`UPDATE portal.step SET state = 'returned', reason = 'nein' WHERE key = 'k_declaration'`: false,
		`UPDATE portal.onboarding SET state = 'paused', state_reason = 'nein'`:                   false,
		`UPDATE portal.onboarding SET target_on = target_on + 1`:                                 false,
		`UPDATE portal.progress SET done = 0 WHERE scope <> 'kommune'`:                           false,
		live:    false,
		counted: true,
	})
}

// raw runs a statement as portal_app in the context of a person, and rolls it back.
func (w world) raw(who access.Actor, sql string) error {
	w.t.Helper()
	_, err := w.changed(who, sql)
	return err
}

// changed is how many rows a statement changes in the context of a person; what it changed is rolled back.
func (w world) changed(who access.Actor, sql string) (int64, error) {
	w.t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, w.URL)
	w.must(err)
	defer conn.Close(ctx)
	tx, err := conn.Begin(ctx)
	w.must(err)
	defer func() { _ = tx.Rollback(ctx) }()
	_, err = tx.Exec(ctx, `SELECT ctx.enter($1)`, []byte(who.Token))
	w.must(err)
	tag, err := tx.Exec(ctx, sql)
	return tag.RowsAffected(), err
}

// exec changes the database as its superuser.
func (w world) exec(sql string) {
	w.t.Helper()
	conn, err := pgx.Connect(context.Background(), w.AdminURL)
	w.must(err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), sql)
	w.must(err)
}
