package decision_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

func TestFiguresAreDraftedAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	typed := map[string][]string{"rate": {"zwei Komma"}, "cases": {"etwa 4000"}}
	o.must(t, o.DraftFigures(ctx, o.referat, id, decision.FrameSection, 1, typed))
	o.must(t, o.DraftFigures(ctx, o.referat, id, decision.FrameSection, 1, typed)) // sent twice
	dbtest.Wants(t, "a draft on what a colleague drafted", o.DraftFigures(ctx, o.leitung, id, decision.FrameSection, 1, map[string][]string{"rate": {"3"}}), fault.Conflict)
	frame := economics.Frame{FirstYear: 2027, Years: 5, RateBP: 250, RateSource: "Erlass"}
	dbtest.Wants(t, "figures on what a colleague drafted", o.AssessFrame(ctx, o.leitung, id, 1, frame), fault.Conflict)
	for login, want := range map[string]fault.Kind{
		"tmikl-leser": fault.Forbidden, "land": fault.Forbidden, "k16051": fault.Forbidden, "tmdi-referat": fault.NotFound, "d-min-referat": fault.NotFound,
	} {
		dbtest.Wants(t, login+" drafts", o.DraftFigures(ctx, o.As(t, login), id, decision.FrameSection, 2, typed), want)
	}
	dbtest.Wants(t, "a section that is none", o.DraftFigures(ctx, o.referat, id, "phantom", 1, typed), fault.NotFound)

	a := o.show(t, o.leitung, id).Assessment()
	if f := a.Frame; f.Years != 0 || f.Version != 2 || f.Draft == nil || !reflect.DeepEqual(f.Draft.Typed, typed) || f.Draft.Name != o.referat.Name {
		t.Fatalf("the colleague reads %+v with draft %+v", f.Saved, f.Draft)
	}
	if seen := len(o.show(t, o.land, id).Drafts); seen != 0 || strings.Contains(trail(o.show(t, o.leitung, id)), "zwei Komma") {
		t.Errorf("the Land reads %d drafts, or the trail tells of one", seen)
	}
	o.must(t, o.AssessFrame(ctx, o.leitung, id, 2, frame))
	o.must(t, o.AssessFrame(ctx, o.leitung, id, 2, frame)) // a double click
	if f := o.show(t, o.referat, id).Assessment().Frame; f.Draft != nil || f.Version != 3 || f.Years != 5 {
		t.Errorf("after saving: %+v, draft %+v", f.Saved, f.Draft)
	}
	dbtest.Wants(t, "a draft on what was saved since", o.DraftFigures(ctx, o.referat, id, decision.FrameSection, 2, typed), fault.Conflict)
}

func TestACaseWithADraftIsNotSubmitted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	v := o.show(t, o.leitung, id)
	dbtest.Wants(t, "a draft while it waits for its decision", o.DraftFigures(ctx, o.referat, id, "own", 1, map[string][]string{"minutes": {"9"}}), fault.Conflict)
	o.must(t, o.Return(ctx, o.leitung, id, decision.Because{Version: v.Version, Reason: "Was kostet eine eigene Lösung?"}))
	o.must(t, o.DraftFigures(ctx, o.referat, id, "own", 1, map[string][]string{"minutes": {"9"}}))
	err := o.Submit(ctx, o.referat, id, o.version(t, id))
	dbtest.Wants(t, "with a draft", err, fault.Invalid)
	if f, ok := errors.AsType[*fault.Fault](err); !ok || len(f.Fields) != 1 || f.Fields[0].Name != "own" || !strings.Contains(f.Fields[0].Text, "Entwurf zu „"+economics.Own.Word()+"“") {
		t.Errorf("submitting says %+v", err)
	}
	o.must(t, o.DraftFigures(ctx, o.leitung, id, "own", 2, nil)) // a colleague drops it
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)))
}

func TestTwoWhoDraftDifferentSectionsNeverMeet(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	for section, who := range map[string]access.Actor{decision.FrameSection: o.referat, "reuse": o.leitung, "own": o.referat, "as_is": o.leitung} {
		o.must(t, o.DraftFigures(ctx, who, id, section, 1, map[string][]string{"source": {section}}))
	}
	if n := len(o.show(t, o.referat, id).Drafts); n != 4 {
		t.Errorf("%d drafts, want 4", n)
	}
	long := map[string][]string{"source": {strings.Repeat("x", 300_000)}}
	dbtest.Wants(t, "an endless draft", o.DraftFigures(ctx, o.referat, id, "own", 2, long), fault.Invalid)
}

// TestDraftsAreTheMinistrysByThemselves attacks by SQL as the application's role.
func TestDraftsAreTheMinistrysByThemselves(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	o.must(t, o.DraftFigures(ctx, o.referat, id, "own", 1, map[string][]string{"minutes": {"9"}}))
	for _, login := range []string{"tmdi-leitung", "land"} {
		who, action := o.As(t, login), access.DecisionView
		rows := int64(-1)
		o.must(t, o.DB.Read(ctx, who, action, func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `SELECT count(*) FROM portal.assessment_draft`).Scan(&rows)
		}))
		if rows != 0 {
			t.Errorf("%s selects %d drafts", login, rows)
		}
	}
	if err := o.attack(t, o.leitung, `UPDATE portal.assessment_draft SET typed = '{}', saved_by = (SELECT requested_by FROM portal.decision WHERE land_id = $1 AND decision_id = $2)`, id); err == nil {
		t.Error("a draft was signed with another person's hand")
	}
}
