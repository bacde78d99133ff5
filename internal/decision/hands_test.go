package decision_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// attack runs SQL as the application does, in the name of a person. $1 is the Land, $2 the case, $3 somebody else.
func (o office) attack(t *testing.T, who access.Actor, sql string, args ...any) error {
	t.Helper()
	return o.DB.Write(ctx, who, access.DecisionInternalEdit, func(tx *postgres.Tx) error {
		tx.Audited() // an attacker does not forget that
		_, err := tx.Exec(ctx, sql, append([]any{tx.Land()}, args...)...)
		return err
	})
}

func TestNobodySignsWithAnotherHandInTheDatabase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	for name, sql := range map[string]string{
		"decide as the Leitung": `UPDATE portal.decision SET state = 'approved', outcome = 'approved', reason = 'x', decided_by = $3, decided_at = now() WHERE land_id = $1 AND decision_id = $2`,
		"forget who submitted":  `UPDATE portal.decision SET submitted_by = $3 WHERE land_id = $1 AND decision_id = $2`,
		"forget who requested":  `UPDATE portal.decision SET requested_by = $3 WHERE land_id = $1 AND decision_id = $2`,
		"stand in for nobody":   `UPDATE portal.decision SET delegation_id = $3 WHERE land_id = $1 AND decision_id = $2`,
	} {
		if err := o.attack(t, o.referat, sql, id, o.leitung.Person); err == nil {
			t.Errorf("%s: committed", name)
		}
	}
	if d := o.show(t, o.referat, id); d.State != decision.Submitted {
		t.Errorf("after the attacks the case is %s", d.State)
	}
}

func TestPapersOfASubmittedCaseDoNotChangeInTheDatabase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	for _, sql := range []string{
		`UPDATE portal.review SET note = 'anders' WHERE land_id = $1 AND decision_id = $2`,
		`UPDATE portal.assessment SET years = 7 WHERE land_id = $1 AND decision_id = $2`,
		`UPDATE portal.assessment_option SET minutes = 7 WHERE land_id = $1 AND decision_id = $2`,
		`DELETE FROM portal.assessment_item WHERE land_id = $1 AND decision_id = $2`,
	} {
		dbtest.Wants(t, sql, o.attack(t, o.referat, sql, id), fault.Conflict)
	}
	dbtest.Wants(t, "the frame", o.AssessFrame(ctx, o.referat, id, 2, economics.Frame{FirstYear: 2027, Years: 7}), fault.Conflict)
}

func TestSectionsAreSavedSideBySide(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	frame := economics.Frame{FirstYear: 2027, Years: 5}
	option := func(which economics.Alternative, cents int64) economics.Option {
		return economics.Option{Alternative: which, Items: []economics.Item{{Label: "x", Kind: economics.CostOnce, Payer: economics.Land, Cents: cents, Source: "y"}}}
	}
	o.must(t, o.AssessFrame(ctx, o.referat, id, 1, frame))
	o.must(t, o.AssessFrame(ctx, o.referat, id, 1, frame)) // a double click
	o.must(t, o.AssessOption(ctx, o.leitung, id, 1, option(economics.Reuse, 100)))
	o.must(t, o.AssessOption(ctx, o.referat, id, 1, option(economics.AsIs, 200)))
	dbtest.Wants(t, "the same section on an older version", o.AssessOption(ctx, o.referat, id, 1, option(economics.Reuse, 300)), fault.Conflict)
	o.must(t, o.AssessOption(ctx, o.referat, id, 2, option(economics.Reuse, 300)))
	a := o.show(t, o.leitung, id).Assessment()
	if got := a.Option(economics.Reuse); got.Items[0].Cents != 300 || got.Version != 3 || got.Name != o.referat.Name || len(a.Missing()) != 0 {
		t.Errorf("saved: %+v, missing %v", got, a.Missing())
	}
	for login, want := range map[string]fault.Kind{"land": fault.Forbidden, "tmikl-leser": fault.Forbidden, "tmdi-referat": fault.NotFound, "k16051": fault.Forbidden} {
		dbtest.Wants(t, login, o.AssessFrame(ctx, o.As(t, login), id, 2, frame), want)
	}
	if d := o.show(t, o.land, id); d.Frame != nil || d.Options != nil {
		t.Errorf("the Land reads the figures: %+v", d.Frame)
	}
	dbtest.Wants(t, "a term of 0 years", o.AssessFrame(ctx, o.referat, id, 2, economics.Frame{FirstYear: 2027}), fault.Invalid)
}

func TestDelegateDecidesInTheNameOfSomebodyAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.addDecider(t)
	stand, today := o.As(t, "tmikl-abteilung"), workday.Day(time.Now())
	in := decision.DelegateInput{ID: uuid.New(), To: stand.Person, Begins: &today, Ends: &today, Reason: "Urlaub"}
	o.must(t, o.Delegate(ctx, o.leitung, in))
	own := decision.DelegateInput{ID: uuid.New(), To: stand.Person, Begins: &today, Ends: &today, Reason: "Urlaub"}
	o.must(t, o.Delegate(ctx, o.referat, own))
	id := o.submitted(t)
	d := o.show(t, stand, id)
	if len(d.StandsIn) != 2 {
		t.Fatalf("stands in for %+v, want two people", d.StandsIn)
	}
	v := decision.Verdict{Version: d.Version, Seen: d.Seen, Outcome: decision.Approved, Ground: "economic", Reason: "gut", DelegationID: &own.ID}
	dbtest.Wants(t, "in the name of whoever submitted", o.Decide(ctx, stand, id, v), fault.Invalid)
	v.DelegationID = &in.ID
	dbtest.Wants(t, "a delegation to somebody else", o.Decide(ctx, o.leitung, id, v), fault.Invalid)
	o.must(t, o.Decide(ctx, stand, id, v))
	if d := o.show(t, o.referat, id); d.InPlaceOf != o.leitung.Name || d.Decider != stand.Name {
		t.Errorf("decided by %q in place of %q", d.Decider, d.InPlaceOf)
	}
}

func TestDelegationIsDatedAndEndsEarly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	today := workday.Day(time.Now())
	yesterday, late := today.AddDate(0, 0, -2), today.AddDate(2, 0, 0)
	for name, in := range map[string]decision.DelegateInput{
		"to oneself":       {To: o.leitung.Person, Begins: &today, Ends: &today, Reason: "x"},
		"to a reader":      {To: o.As(t, "tmikl-leser").Person, Begins: &today, Ends: &today, Reason: "x"},
		"to a town":        {To: o.As(t, "k16051").Person, Begins: &today, Ends: &today, Reason: "x"},
		"from the past on": {To: o.referat.Person, Begins: &yesterday, Ends: &today, Reason: "x"},
		"for years":        {To: o.referat.Person, Begins: &today, Ends: &late, Reason: "x"},
		"without a reason": {To: o.referat.Person, Begins: &today, Ends: &today},
	} {
		in.ID = uuid.New()
		dbtest.Wants(t, name, o.Delegate(ctx, o.leitung, in), fault.Invalid)
	}
	in := decision.DelegateInput{ID: uuid.New(), To: o.referat.Person, Begins: &today, Ends: &today, Reason: "x"}
	o.must(t, o.Delegate(ctx, o.leitung, in))
	dbtest.Wants(t, "another person ends it", o.EndDelegation(ctx, o.referat, in.ID), fault.Forbidden)
	o.must(t, o.EndDelegation(ctx, o.leitung, in.ID))
	o.must(t, o.EndDelegation(ctx, o.leitung, in.ID))
	if found, err := o.Delegations(ctx, o.referat); err != nil || len(found.All) != 1 || found.All[0].On(found.Today) {
		t.Errorf("delegations: %+v, %v", found.All, err)
	}
	if err := o.attack(t, o.referat, `INSERT INTO portal.delegation (land_id, org_id, delegation_id, from_person, to_person, valid_from, valid_to, reason, made_at)
		VALUES ($1, $2, gen_random_uuid(), $3, $4, current_date, current_date, 'x', now())`, o.referat.Org.ID, o.leitung.Person, o.referat.Person); err == nil {
		t.Error("somebody delegates to themself in the name of another")
	}
}
