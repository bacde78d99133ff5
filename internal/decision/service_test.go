package decision_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
)

func TestLandRequestsAndTheMinistryFindsFourOpenReviews(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	due := time.Date(2099, 1, 31, 0, 0, 0, 0, time.UTC)
	r := decision.Request{ID: uuid.New(), ServiceSlug: "einbuergerung", Occasion: " Fokusleistung ", DueOn: &due}
	o.must(t, o.Request(ctx, o.land, r))
	d := o.show(t, o.referat, r.ID)
	if d.State != decision.Draft || d.No != 1 || d.Occasion != "Fokusleistung" || !d.DueOn.Equal(due) || d.MinistryKey != "TMIKL" || d.Competent != 22 {
		t.Errorf("requested: %+v", d.Details)
	}
	if len(d.Reviews) != 4 || d.Reviews[0].Kind != decision.Professional || d.Reviews[3].Result != decision.Open {
		t.Errorf("reviews: %+v", d.Reviews)
	}
	if d.Requester != "" || o.show(t, o.land, r.ID).Requester == "" {
		t.Error("the ministry must not learn the name of the Land's person, the Land must")
	}
}

func TestRequestTwiceMakesOneCase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	r := decision.Request{ID: uuid.New(), ServiceSlug: "einbuergerung", Occasion: "Fokusleistung"}
	o.must(t, o.Request(ctx, o.land, r))
	o.must(t, o.Request(ctx, o.land, r))
	o.must(t, o.Withdraw(ctx, o.referat, r.ID, decision.Because{Version: 1, Reason: "Irrtum"}))
	o.must(t, o.Request(ctx, o.land, r))
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.decision`); n != 1 {
		t.Errorf("%d decisions, want 1", n)
	}
}

func TestOnlyOneOpenDecisionPerService(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.requested(t)
	err := o.Request(ctx, o.referat, decision.Request{ID: uuid.New(), ServiceSlug: "einbuergerung", Occasion: "nochmal"})
	dbtest.Wants(t, "second request", err, fault.Conflict)
	if !strings.Contains(err.Error(), "Nr. 1 (Entwurf)") {
		t.Errorf("%q does not name the open case", err)
	}
}

func TestRequestRefuses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	yesterday := time.Now().AddDate(0, 0, -2)
	for name, tt := range map[string]struct {
		login, slug, occasion string
		due                   *time.Time
		want                  fault.Kind
	}{
		"a service of another ministry": {"tmikl-referat", "wohngeld", "x", nil, fault.Forbidden},
		"a ministry's reader":           {"tmikl-leser", "einbuergerung", "x", nil, fault.Forbidden},
		"the editors of the Land":       {"redaktion", "einbuergerung", "x", nil, fault.Forbidden},
		"a town":                        {"k16051", "einbuergerung", "x", nil, fault.Forbidden},
		"a service without ministry":    {"land", "hundehaltung-und-hundesteuer", "x", nil, fault.Invalid},
		"an unknown service":            {"land", "gibt-es-nicht", "x", nil, fault.NotFound},
		"no occasion":                   {"land", "einbuergerung", " ", nil, fault.Invalid},
		"a date in the past":            {"land", "einbuergerung", "x", &yesterday, fault.Invalid},
		"a service of another Land":     {"d-land", "einbuergerung", "x", nil, fault.NotFound},
	} {
		err := o.Request(ctx, o.As(t, tt.login), decision.Request{ID: uuid.New(), ServiceSlug: tt.slug, Occasion: tt.occasion, DueOn: tt.due})
		dbtest.Wants(t, name, err, tt.want)
	}
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.decision`); n != 0 {
		t.Errorf("%d decisions after refusals, want 0", n)
	}
}

func TestChoicesAreTheOwnServices(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	own, err := o.Choices(ctx, o.referat)
	o.must(t, err)
	for _, c := range own {
		if *c.MinistryID != o.referat.Org.ID {
			t.Errorf("%s is offered to another ministry", c.ServiceName)
		}
		if open := c.OpenID != nil; open != (c.ServiceSlug == "einbuergerung") || open && *c.OpenID != id {
			t.Errorf("%s: open case %v", c.ServiceName, c.OpenID)
		}
	}
	all, err := o.Choices(ctx, o.land)
	o.must(t, err)
	if len(own) != 5 || len(all) != 34 {
		t.Errorf("%d own, %d in the Land, want 5 and 34", len(own), len(all))
	}
}

func TestFirstReviewStartsTheExamination(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	in := decision.ReviewInput{Version: 1, Result: decision.PositiveWithConditions, Note: "Rückkanal fehlt"}
	o.must(t, o.Review(ctx, o.referat, id, decision.Technical, in))
	o.must(t, o.Review(ctx, o.referat, id, decision.Technical, in)) // the same again counts as done
	d := o.show(t, o.leitung, id)
	review, _ := d.Review(decision.Technical)
	if d.State != decision.InReview || d.Version != 2 || review.Result != in.Result || review.Note != in.Note || review.Reviewer != o.referat.Name || review.Version != 2 {
		t.Errorf("after the review: state %s, version %d, %+v", d.State, d.Version, review)
	}
	dbtest.Wants(t, "an outdated form of a second person", o.Review(ctx, o.leitung, id, decision.Technical, in), fault.Conflict)
	dbtest.Wants(t, "an unknown review", o.Review(ctx, o.referat, id, "legal", in), fault.NotFound)
}

func TestReviewsAreTheMinistrysOwn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	d := o.show(t, o.land, id)
	if d.Reviews != nil {
		t.Errorf("the Land reads %d reviews, want none", len(d.Reviews))
	}
	for _, e := range d.Trail {
		if e.Kind == "review" {
			t.Errorf("the Land reads %q in the trail", e.Action)
		}
	}
	_, err := o.ShowReviews(ctx, o.land, id, 50)
	dbtest.Wants(t, "the Land at the reviews", err, fault.Forbidden)
	_, err = o.ShowReviews(ctx, o.As(t, "tmdi-referat"), id, 50)
	dbtest.Wants(t, "another ministry at the reviews", err, fault.NotFound)
	if own, err := o.ShowReviews(ctx, o.As(t, "tmikl-leser"), id, 50); err != nil || len(own.Reviews) != 4 {
		t.Errorf("the ministry's reader sees %d reviews, %v", len(own.Reviews), err)
	}
}

func TestSubmitNeedsAllReviews(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.requested(t)
	o.must(t, o.Review(ctx, o.referat, id, decision.Privacy, decision.ReviewInput{Version: 1, Result: decision.Positive, CrossLand: new(bool)}))
	err := o.Submit(ctx, o.referat, id, 2)
	dbtest.Wants(t, "submit with one review", err, fault.Invalid)
	if f, ok := err.(*fault.Fault); !ok || len(f.Fields) != 6 || f.Fields[0].Name != "professional" || f.Fields[2].Name != "economic" || f.Fields[3].Name != "frame" || f.Fields[5].Name != "as_is" {
		t.Errorf("submit with one review: %#v, want three reviews and the figures", err)
	}
	if d := o.show(t, o.referat, id); d.State != decision.InReview {
		t.Errorf("state %s, want it unchanged", d.State)
	}
}

func TestSubmitTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	o.must(t, o.Submit(ctx, o.referat, id, o.version(t, id)-1))
	dbtest.Wants(t, "a review after submission", o.Review(ctx, o.referat, id, decision.Privacy, decision.ReviewInput{Version: 2, Result: decision.Negative, Note: "x"}), fault.Conflict)
}

func TestReturnAsksTheMinistryOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	b := decision.Because{Version: o.version(t, id), Reason: "Wer trägt die Kosten?"}
	o.must(t, o.Return(ctx, o.leitung, id, b))
	o.must(t, o.Return(ctx, o.leitung, id, b))
	d := o.show(t, o.referat, id)
	if d.State != decision.InReview || d.Reason != b.Reason || d.SubmittedBy != nil {
		t.Errorf("returned: %s, %q, submitted by %v", d.State, d.Reason, d.SubmittedBy)
	}
	seen := o.show(t, o.land, id)
	if seen.Reason != "" || strings.Contains(trail(seen), b.Reason) {
		t.Errorf("the Land reads the question: %q", seen.Reason)
	}
	o.must(t, o.Submit(ctx, o.leitung, id, d.Version))
	if again := o.show(t, o.referat, id); again.Submitter != o.leitung.Name || again.Reason != "" {
		t.Errorf("submitted again: by %q, reason %q", again.Submitter, again.Reason)
	}
}

func TestWithdrawnCaseMakesRoomForTheNext(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted(t)
	b := decision.Because{Version: o.version(t, id), Reason: "Anbieter stellt ein"}
	o.must(t, o.Withdraw(ctx, o.referat, id, b))
	o.must(t, o.Withdraw(ctx, o.referat, id, b))
	if d := o.show(t, o.land, o.requested(t)); d.No != 2 || len(d.Others) != 1 || d.Others[0].State != decision.Withdrawn {
		t.Errorf("next case: no %d, others %+v", d.No, d.Others)
	}
	dbtest.Wants(t, "a review after withdrawal", o.Review(ctx, o.referat, id, decision.Privacy, decision.ReviewInput{Version: 2, Result: decision.Positive}), fault.Conflict)
}
