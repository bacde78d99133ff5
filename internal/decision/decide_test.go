package decision_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

func TestDecideNeedsASecondPersonOfTheMinistry(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := uuid.New()
	o.must(t, o.Request(ctx, o.leitung, decision.Request{ID: id, ServiceSlug: "einbuergerung", Occasion: "x"}))
	o.submit(t, id)
	v := decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.Approved, Ground: "economic", Reason: "gut"}
	for login, want := range map[string]fault.Kind{
		"tmikl-leitung": fault.Forbidden, // requested it
		"tmikl-referat": fault.Forbidden, // submitted it
		"tmikl-leser":   fault.Forbidden,
		"land":          fault.Forbidden,
		"redaktion":     fault.Forbidden,
		"betreiber":     fault.Forbidden,
		"k16051":        fault.Forbidden,
		"tmdi-leitung":  fault.NotFound,
		"d-min-leitung": fault.NotFound,
		"d-land":        fault.Forbidden,
	} {
		who := o.As(t, login)
		dbtest.Wants(t, login+" decides", o.Decide(ctx, who, id, v), want)
		_, err := o.ShowToDecide(ctx, who, id, 50)
		dbtest.Wants(t, login+" opens the form", err, want)
		if login != "tmikl-leitung" && login != "tmikl-referat" { // who may not decide may still ask back
			dbtest.Wants(t, login+" returns", o.Return(ctx, who, id, decision.Because{Version: v.Version, Reason: "x"}), want)
		}
	}
}

func TestDatabaseKeepsFourEyesByItself(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	for name, who := range map[string]access.Actor{"who submitted": o.referat, "who reviewed": o.reviewedBy(t, id)} {
		err := o.DB.Write(ctx, who, access.DecisionDecide, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE portal.decision SET state = 'approved', outcome = 'approved', reason = 'x', decided_by = ctx.person_id(), decided_at = now()
				WHERE land_id = $1 AND decision_id = $2`, tx.Land(), id)
			if !postgres.Violates(err, "four_eyes") {
				t.Errorf("%s: %v, want the constraint four_eyes", name, err)
			}
			return err
		})
		if err == nil {
			t.Errorf("%s: committed", name)
		}
	}
}

// TestWhoReviewedDoesNotDecide: preparing is not only submitting. The case can go back, and somebody else reviews.
func TestWhoReviewedDoesNotDecide(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	reviewer := o.reviewedBy(t, id)
	v := decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.Approved, Ground: "economic", Reason: "gut"}
	dbtest.Wants(t, "decide", o.Decide(ctx, reviewer, id, v), fault.Forbidden)
	if o.show(t, reviewer, id).May(reviewer, decision.ToDecide) {
		t.Error("the page offers to decide")
	}
	o.must(t, o.Return(ctx, reviewer, id, decision.Because{Version: v.Version, Reason: "Bitte selbst prüfen."}))
	for _, r := range o.show(t, o.referat, id).Reviews {
		if *r.ReviewedBy == reviewer.Person {
			o.must(t, o.Review(ctx, o.referat, id, r.Kind, decision.ReviewInput{Version: r.Version, Result: decision.Positive, Note: "selbst geprüft"}))
		}
	}
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)))
	v.Version, v.Seen = o.version(t, id), o.seen(t, id)
	o.must(t, o.Decide(ctx, reviewer, id, v))
}

// reviewedBy has the head of the ministry answer a review of a submitted case, and submits it again.
func (o office) reviewedBy(t *testing.T, id uuid.UUID) access.Actor {
	t.Helper()
	o.must(t, o.Return(ctx, o.leitung, id, decision.Because{Version: o.version(t, id), Reason: "Ich sehe es mir an."}))
	r := o.show(t, o.leitung, id).Reviews[0]
	o.must(t, o.Review(ctx, o.leitung, id, r.Kind, decision.ReviewInput{Version: r.Version, Result: decision.Positive, Note: "geprüft"}))
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)))
	return o.leitung
}

func TestDecisionIsSeenByEverybodyAndItsPapersByNobody(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	for login, want := range map[string]fault.Kind{"k16051": fault.NotFound, "gremium": fault.NotFound, "tlrz": fault.NotFound, "tmdi-leitung": fault.NotFound, "betreiber": fault.Forbidden} {
		_, err := o.Show(ctx, o.As(t, login), id, 50)
		dbtest.Wants(t, login+" before the decision", err, want)
	}
	due := time.Date(2099, 4, 30, 0, 0, 0, 0, time.UTC)
	v := decision.Verdict{
		Version: o.version(t, id), Seen: o.seen(t, id), Outcome: decision.ApprovedWithConditions, Ground: "economic", Reason: "wirtschaftlich",
		Conditions: []decision.Condition{{Text: "Rückkanal", Owner: "TLRZ", DueOn: due}, {Text: "Anlaufstelle", Owner: "Land", DueOn: due}},
	}
	o.must(t, o.Decide(ctx, o.leitung, id, v))
	o.must(t, o.Decide(ctx, o.leitung, id, v)) // the same again counts as done
	for _, login := range []string{"k16051", "k16051-b", "gremium", "tlrz", "land", "tmikl-leser"} {
		d := o.show(t, o.As(t, login), id)
		if d.State != v.Outcome || d.Reason != v.Reason || len(d.Conditions) != 2 || d.Conditions[0].Text != "Rückkanal" || !d.Conditions[1].DueOn.Equal(due) {
			t.Errorf("%s reads %+v", login, d.Details)
		}
		if known := d.Decider != ""; known != (login == "land" || login == "tmikl-leser") {
			t.Errorf("%s: decider %q; only the ministry and the Land know who decided", login, d.Decider)
		}
		if !strings.Contains(trail(d), "decision.decide") || strings.Contains(trail(d), "decision.review") != (login == "tmikl-leser") {
			t.Errorf("%s reads the trail %s", login, trail(d))
		}
	}
	_, err := o.Show(ctx, o.As(t, "tmdi-leitung"), id, 50)
	dbtest.Wants(t, "another ministry after the decision", err, fault.NotFound)
	_, err = o.Show(ctx, o.As(t, "d-land"), id, 50)
	dbtest.Wants(t, "another Land", err, fault.NotFound)
}

func TestDecidedCaseNeverChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.decided(t, decision.Rejected)
	version := o.version(t, id)
	dbtest.Wants(t, "withdraw", o.Withdraw(ctx, o.referat, id, decision.Because{Version: version, Reason: "x"}), fault.Conflict)
	dbtest.Wants(t, "decide", o.Decide(ctx, o.leitung, id, decision.Verdict{Version: version, Seen: o.seen(t, id), Outcome: decision.Approved, Ground: "economic", Reason: "x"}), fault.Conflict)
	for _, sql := range []string{
		`UPDATE portal.decision SET reason = 'anders' WHERE land_id = $1 AND decision_id = $2`,
		`UPDATE portal.decision SET state = 'approved', outcome = 'approved' WHERE land_id = $1 AND decision_id = $2`,
		`UPDATE portal.decision SET state = 'superseded', outcome = 'approved' WHERE land_id = $1 AND decision_id = $2`,
		`UPDATE portal.decision SET state = 'draft' WHERE land_id = $1 AND decision_id = $2`,
	} {
		err := o.DB.Write(ctx, o.leitung, access.DecisionDecide, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql, tx.Land(), id)
			return err
		})
		dbtest.Wants(t, sql, err, fault.Conflict)
	}
}

func TestNewDecisionSupersedesTheOlderOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.decided(t, decision.Rejected)
	second := o.decided(t, decision.Approved)
	d := o.show(t, o.As(t, "k16051"), first)
	if d.State != decision.Superseded || d.Outcome != decision.Rejected || len(d.Others) != 1 || d.Others[0].ID != second {
		t.Errorf("first: %s, outcome %s, others %+v", d.State, d.Outcome, d.Others)
	}
	if !strings.Contains(trail(d), "decision.supersede") {
		t.Errorf("trail of the first: %s", trail(d))
	}
	if got := o.approvedFor(t, d.ServiceID); got.ID != second || got.No != 2 {
		t.Errorf("in force: %+v, want the second", got)
	}
}

func TestDeferralLeavesTheApprovalInForceAndRefusalEndsIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	service := o.show(t, o.land, o.decided(t, decision.Approved)).ServiceID
	o.decided(t, decision.Deferred)
	if got := o.approvedFor(t, service); got.State != decision.Approved || got.No != 1 {
		t.Errorf("after a deferral %+v is in force, want the approval", got)
	}
	o.decided(t, decision.Rejected)
	err := o.DB.Read(ctx, o.land, access.RolloutPlan, func(tx *postgres.Tx) error {
		_, err := decision.ApprovedFor(ctx, tx, service)
		return err
	})
	dbtest.Wants(t, "approved for a service that was refused", err, fault.NotFound)
}

func TestServiceThatMovedIsDecidedByItsNewMinistry(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	old := o.decided(t, decision.Rejected)
	o.exec(t, `UPDATE portal.service SET ministry_id = (SELECT org_id FROM portal.organisation WHERE key = 'TMDI') WHERE slug = 'einbuergerung' AND land_id = $1`, o.land.Land.ID)
	successor := office{o.World, o.Service, o.land, o.As(t, "tmdi-referat"), o.As(t, "tmdi-leitung")}
	successor.show(t, successor.referat, old)
	now := successor.decided(t, decision.Approved)
	if d := o.show(t, o.referat, old); d.State != decision.Superseded {
		t.Errorf("former ministry's decision is %s, want superseded", d.State)
	}
	if d := successor.show(t, successor.leitung, now); d.No != 2 || d.MinistryKey != "TMDI" {
		t.Errorf("new decision: no %d of %s", d.No, d.MinistryKey)
	}
}

func TestOfTwoPeopleDecidingAtOnceOneDecides(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.addDecider(t)
	people := []access.Actor{o.leitung, o.As(t, "tmikl-abteilung")}
	for round := range 5 {
		id := o.submitted(t)
		v := decision.Verdict{Version: o.version(t, id), Seen: o.seen(t, id), Reason: "x"}
		var errs [2]error
		var wait sync.WaitGroup
		for i, outcome := range []decision.State{decision.Approved, decision.Rejected} {
			wait.Go(func() {
				v := v
				v.Outcome, v.Ground = outcome, decision.Grounds[outcome][0]
				errs[i] = o.Decide(ctx, people[i], id, v)
			})
		}
		wait.Wait()
		won, lost := errs[0], errs[1]
		if won != nil {
			won, lost = lost, won
		}
		if won != nil || fault.KindOf(lost) != fault.Conflict {
			t.Errorf("round %d: %v and %v, want one decision and one conflict", round, errs[0], errs[1])
		}
	}
}

// addDecider gives the ministry a third person who may decide: tmikl-abteilung.
func (o office) addDecider(t *testing.T) {
	t.Helper()
	o.exec(t, `INSERT INTO auth.person (person_id, issuer, subject, name) VALUES ($1, $2, 'tmikl-abteilung', 'Dritte Person')`, third, dbtest.Issuer)
	o.exec(t, `INSERT INTO auth.membership (membership_id, person_id, land_id, org_id, role) VALUES ($1, $1, $2, $3, 'FE')`, third, o.leitung.Land.ID, o.leitung.Org.ID)
}

var third = uuid.MustParse("7f0d3c52-54b5-4b6a-9a2e-1b6b8b0c7d01")
