package decision_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// TestBoardCountsWhatTheListFinds: every figure of the board leads to a list with exactly that many rows.
func TestBoardCountsWhatTheListFinds(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.decided(t, decision.Approved)
	waffen := uuid.New()
	o.must(t, o.Request(ctx, o.referat, decision.Request{ID: waffen, ServiceSlug: "waffenerlaubnis", Occasion: "x"}))
	o.asked(t, waffen, "TLRZ", decision.TechnicalOpinion)
	o.asked(t, waffen, "KIV", decision.TechnicalOpinion)
	o.must(t, o.Request(ctx, o.land, decision.Request{ID: uuid.New(), ServiceSlug: "wohngeld", Occasion: "x"}))
	for login, want := range map[string]string{
		"land":          "TMDI draft 1, TMIKL approved 1, TMIKL in_review 1; KIV 1, TLRZ 1, TMDI 1; 1 not started",
		"redaktion":     "TMDI draft 1, TMIKL approved 1, TMIKL in_review 1; KIV 1, TLRZ 1, TMDI 1; 1 not started",
		"tmikl-leser":   "TMIKL approved 1, TMIKL in_review 1; KIV 1, TLRZ 1; 1 not started",
		"tmdi-leitung":  "TMDI draft 1; TMDI 1; 0 not started",
		"tmuenf-leser":  "; ; 0 not started",
		"d-land":        "; ; 0 not started",
		"k16051":        "; ; 0 not started",
		"tlrz":          "; ; 0 not started",
		"gremium":       "; ; 0 not started",
		"tmikl-leitung": "TMIKL approved 1, TMIKL in_review 1; KIV 1, TLRZ 1; 1 not started",
	} {
		who := o.As(t, login)
		b, _, err := o.Board(ctx, who, decision.Filter{})
		o.must(t, err)
		if got := o.follow(t, who, b); got != want {
			t.Errorf("%s: %q, want %q", login, got, want)
		}
	}
}

// follow puts a board into words, and goes after each of its figures.
func (o office) follow(t *testing.T, who access.Actor, b decision.Board) string {
	t.Helper()
	var counts, waiting []string
	finds := func(what string, n int, f decision.Filter) {
		_, found, err := o.Board(ctx, who, f)
		o.must(t, err)
		if len(found) != n {
			t.Errorf("%s: %s counts %d, the list finds %d", who.Name, what, n, len(found))
		}
	}
	for _, c := range b.Counts {
		counts = append(counts, fmt.Sprintf("%s %s %d", c.MinistryKey, c.State, c.Cases))
		finds(c.MinistryKey, c.Cases, decision.Filter{Ministry: c.MinistryKey, States: []decision.State{c.State}})
	}
	for _, w := range b.Waiting {
		waiting = append(waiting, fmt.Sprintf("%s %d", w.Key, w.Cases))
		finds(w.Key, w.Cases, decision.Filter{WaitsFor: w.Key})
	}
	unstarted := 0
	if len(b.Unstarted) > 0 {
		unstarted = b.Unstarted[0].Total
		finds("not started", unstarted, decision.Filter{Unstarted: true})
	}
	return strings.Join(counts, ", ") + "; " + strings.Join(waiting, ", ") + fmt.Sprintf("; %d not started", unstarted)
}

// TestTimesAreComputedFromTheCourse plays five cases of ten days each: two as a draft, six in review, three of them with
// TLRZ, and two until the decision.
func TestTimesAreComputedFromTheCourse(t *testing.T) {
	t.Parallel()
	now := time.Now()
	o := newOffice(t, postgres.WithClock(func() time.Time { return now }))
	days := func(n int) { now = now.AddDate(0, 0, n) }
	for range 5 {
		id := uuid.New()
		o.must(t, o.Request(ctx, o.land, decision.Request{ID: id, ServiceSlug: "einbuergerung", Occasion: "x"}))
		days(2)
		due, opinion := now.AddDate(0, 1, 0), uuid.New()
		o.must(t, o.Ask(ctx, o.referat, id, decision.AskInput{ID: opinion, Kind: decision.TechnicalOpinion, PartyKey: "TLRZ", Question: "Geht das?", DueOn: &due}))
		days(3)
		o.must(t, o.AnswerOpinion(ctx, o.As(t, "tlrz"), opinion, decision.Answer{Version: 1, Result: decision.Positive}))
		days(3)
		// A second thought does not make TLRZ look slower.
		o.must(t, o.AnswerOpinion(ctx, o.As(t, "tlrz"), opinion, decision.Answer{Version: 2, Result: decision.Negative, Note: "doch nicht"}))
		o.submit(t, id)
		days(2)
		o.must(t, o.Decide(ctx, o.leitung, id, decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.Approved, Ground: decision.Grounds[decision.Approved][0], Reason: "x"}))
	}
	for login, want := range map[string]string{
		"land":         "draft 2.0 (5), in_review 6.0 (5), submitted 2.0 (5),  7.0 (5), TLRZ 3.0 (5)",
		"tmikl-leser":  "draft 2.0 (5), in_review 6.0 (5), submitted 2.0 (5),  7.0 (5), TLRZ 3.0 (5)",
		"tmdi-leitung": "",
	} {
		b, _, err := o.Board(ctx, o.As(t, login), decision.Filter{})
		o.must(t, err)
		var got []string
		for _, x := range b.Times {
			got = append(got, fmt.Sprintf("%s%s %.1f (%d)", x.State, x.Key, x.Median, x.Cases))
			if !x.Known() {
				t.Errorf("five cases are not enough for %+v", x)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s reads %q, want %q", login, got, want)
		}
	}
	if (decision.Time{Cases: 4}).Known() {
		t.Error("four cases make a median")
	}
}

func TestCourseIsOnlyAddedTo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.requested(t)
	for _, sql := range []string{
		`UPDATE portal.decision_course SET state = 'approved'`, `DELETE FROM portal.decision_course`,
		`INSERT INTO portal.decision_course (land_id, org_id, decision_id, service_id, state, since) SELECT land_id, org_id, decision_id, service_id, 'approved', since FROM portal.decision_course`,
	} {
		err := o.DB.Write(ctx, o.referat, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "SQLSTATE 42501") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.decision_course`); n != 1 {
		t.Errorf("%d states in the course of a draft", n)
	}
}

func TestExportTakesTheWholeListAndIsNoted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i := range decision.PageSize + 2 {
		o.exec(t, `INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, requested_by, requested_at, state_since)
			SELECT s.land_id, s.ministry_id, gen_random_uuid(), s.service_id, $1, 'withdrawn', $2, now(), now()
			FROM portal.service s JOIN portal.land l USING (land_id) WHERE s.slug = 'einbuergerung' AND l.key = 'thueringen'`, i+1, o.land.Person)
	}
	for login, want := range map[string]int{"land": decision.PageSize + 2, "tmikl-referat": decision.PageSize + 2, "tmdi-leitung": 0} {
		found, _, err := o.Export(ctx, o.As(t, login), decision.Filter{Page: 2})
		o.must(t, err)
		if len(found) != want {
			t.Errorf("%s exports %d rows, want %d", login, len(found), want)
		}
	}
	for _, login := range []string{"redaktion", "tmikl-leser", "k16051", "gremium", "tlrz"} {
		_, _, err := o.Export(ctx, o.As(t, login), decision.Filter{})
		dbtest.Wants(t, login+" exports", err, fault.Forbidden)
	}
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.audit_event WHERE action = 'decision.export'`); n != 3 {
		t.Errorf("%d exports in the trail", n)
	}
}
