package decision

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
)

var (
	noon  = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	day21 = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
)

var acts = []Act{ToReview, ToSubmit, ToWithdraw, ToReturn, ToDecide, ToRevoke}

func TestEveryStateAllowsItsActsAndNoOther(t *testing.T) {
	t.Parallel()
	allowed := map[State][]Act{
		Draft:     {ToReview, ToSubmit, ToWithdraw},
		InReview:  {ToReview, ToSubmit, ToWithdraw},
		Submitted: {ToWithdraw, ToReturn, ToDecide},
		Approved:  {ToRevoke}, ApprovedWithConditions: {ToRevoke},
	}
	for _, state := range States {
		for _, act := range acts {
			want := slices.Contains(allowed[state], act)
			if got := state.Allows(act); got != want {
				t.Errorf("%s.Allows(%s) = %v, want %v", state, act, got, want)
			}
			if err := state.allow(act); (err == nil) != want || err != nil && fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s.allow(%s) = %v, want a conflict exactly where it is not allowed", state, act, err)
			}
		}
	}
}

func TestEveryActLeadsToItsStateFromEveryStateThatAllowsIt(t *testing.T) {
	t.Parallel()
	person := uuid.New()
	run := map[Act]func(*Decision) error{
		ToReview:   func(d *Decision) error { return d.move(ToReview, 1, InReview, noon) },
		ToSubmit:   func(d *Decision) error { return d.submit(1, reviewed(), assessed(), person, noon) },
		ToWithdraw: func(d *Decision) error { return d.withdraw(Because{1, "entfällt"}, noon) },
		ToReturn:   func(d *Decision) error { return d.sendBack(Because{1, "Kosten?"}, noon) },
		ToDecide:   func(d *Decision) error { return d.decide(approval(), person, noon, day21) },
		ToRevoke:   func(d *Decision) error { return d.revoke(RevokeInput{1, "budget", "Mittel gestrichen"}, person, noon) },
	}
	leadsTo := map[Act]State{ToReview: InReview, ToSubmit: Submitted, ToWithdraw: Withdrawn, ToReturn: InReview, ToDecide: Approved, ToRevoke: Revoked}
	for _, state := range States {
		for _, act := range acts {
			d := Decision{State: state, Version: 1}
			err := run[act](&d)
			switch {
			case !state.Allows(act) && (err == nil || d.State != state || d.Version != 1):
				t.Errorf("%s in %s: state %s, version %d, error %v; want it refused and unchanged", act, state, d.State, d.Version, err)
			case state.Allows(act) && (err != nil || d.State != leadsTo[act] || d.Version != 2):
				t.Errorf("%s in %s: state %s, version %d, error %v; want %s, version 2", act, state, d.State, d.Version, err, leadsTo[act])
			}
		}
	}
}

func TestStaleVersionIsAConflict(t *testing.T) {
	t.Parallel()
	d := Decision{State: Submitted, Version: 3}
	if err := d.decide(approval(), uuid.New(), noon, day21); fault.KindOf(err) != fault.Conflict {
		t.Errorf("decide on version 1 of 3: %v, want a conflict", err)
	}
}

func TestSubmitNamesTheMissingReviews(t *testing.T) {
	t.Parallel()
	reviews := reviewed()
	reviews[1].Result, reviews[3].Result = Open, Open
	d := Decision{State: InReview, Version: 1}
	err := d.submit(1, reviews, assessed(), uuid.New(), noon)
	if got := fields(err); got != "technical economic" || fault.KindOf(err) != fault.Invalid {
		t.Errorf("submit without two reviews names %q (%v), want technical economic", got, err)
	}
}

func TestReturnedCaseForgetsWhoSubmittedIt(t *testing.T) {
	t.Parallel()
	d := Decision{State: InReview, Version: 1}
	if err := d.submit(1, reviewed(), assessed(), uuid.New(), noon); err != nil {
		t.Fatal(err)
	}
	if err := d.sendBack(Because{2, "Wer trägt die Kosten?"}, noon); err != nil {
		t.Fatal(err)
	}
	if d.SubmittedBy != nil || d.SubmittedAt != nil || d.Reason != "Wer trägt die Kosten?" {
		t.Errorf("returned case: submitted by %v at %v, reason %q", d.SubmittedBy, d.SubmittedAt, d.Reason)
	}
}

func TestWithdrawAndReturnNeedReasons(t *testing.T) {
	t.Parallel()
	withdrawn, returned := Decision{State: Submitted, Version: 1}, Decision{State: Submitted, Version: 1}
	for act, err := range map[Act]error{
		ToWithdraw: withdrawn.withdraw(Because{Version: 1}, noon),
		ToReturn:   returned.sendBack(Because{1, strings.Repeat("ä", maxText+1)}, noon),
	} {
		if got := fields(err); got != "reason" {
			t.Errorf("%s with a reason that does not hold: fields %q, want reason", act, got)
		}
	}
}

func TestFourEyes(t *testing.T) {
	t.Parallel()
	requester, submitter, other := uuid.New(), uuid.New(), uuid.New()
	d := Decision{State: Submitted, RequestedBy: requester, SubmittedBy: &submitter}
	for name, tt := range map[string]struct {
		person uuid.UUID
		want   fault.Kind
	}{
		"requester": {requester, fault.Forbidden},
		"submitter": {submitter, fault.Forbidden},
	} {
		err := d.FourEyes(tt.person)
		if fault.KindOf(err) != tt.want || !strings.HasPrefix(err.Error(), "Vier-Augen-Prinzip: ") {
			t.Errorf("%s: %v, want the Vier-Augen-Prinzip", name, err)
		}
	}
	if err := d.FourEyes(other); err != nil {
		t.Errorf("another person: %v, want none", err)
	}
}

func TestReviewNeedsANoteUnlessItIsPositive(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		result Result
		note   string
		want   string
	}{
		{Positive, "", ""},
		{PositiveWithConditions, "", "note"},
		{PositiveWithConditions, "Rückkanal fehlt noch", ""},
		{Negative, "", "note"},
		{Negative, "zu teuer", ""},
		{Waived, "", "note"},
		{Waived, "kein neuer Datenfluss", ""},
		{Open, "", "result"},
		{"excellent", "", "result"},
		{Positive, strings.Repeat("ß", maxText), ""},
		{Positive, strings.Repeat("ß", maxText+1), "note"},
	} {
		r := Review{Kind: Technical, Result: Open, Version: 1}
		if got := fields(r.record(ReviewInput{Version: 1, Result: tt.result, Note: tt.note}, uuid.New(), noon)); got != tt.want {
			t.Errorf("%s with %d letters: fields %q, want %q", tt.result, len([]rune(tt.note)), got, tt.want)
		}
	}
}

func TestReviewEnteredMeanwhileIsAConflict(t *testing.T) {
	t.Parallel()
	r := Review{Kind: Technical, Result: Negative, Version: 2}
	if err := r.record(ReviewInput{Version: 1, Result: Positive}, uuid.New(), noon); fault.KindOf(err) != fault.Conflict {
		t.Errorf("record on version 1 of 2: %v, want a conflict", err)
	}
}

func TestVerdictSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	tomorrow, never, noDay := day21.AddDate(0, 0, 1), day21.AddDate(longestApproval, 0, 1), time.Time{}
	whole := Condition{"Rückkanal bereitstellen", "TLRZ", day21}
	for name, tt := range map[string]struct {
		v    Verdict
		want string
	}{
		"nothing":                     {Verdict{}, "outcome reason"},
		"a state that is no outcome":  {Verdict{Outcome: Withdrawn, Reason: "x"}, "outcome"},
		"approval":                    {Verdict{Outcome: Approved, Ground: "economic", Reason: "x"}, ""},
		"approval until tomorrow":     {Verdict{Outcome: Approved, Ground: "economic", Reason: "x", ValidUntil: &tomorrow}, ""},
		"approval until today":        {Verdict{Outcome: Approved, Ground: "economic", Reason: "x", ValidUntil: &day21}, "valid_until"},
		"approval for ages":           {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: []Condition{whole}, ValidUntil: &never}, "valid_until"},
		"approval until no day":       {Verdict{Outcome: Approved, Ground: "economic", Reason: "x", ValidUntil: &noDay}, "valid_until"},
		"rejection until a day":       {Verdict{Outcome: Rejected, Ground: "uneconomic", Reason: "x", ValidUntil: &day21}, ""},
		"rejection without reason":    {Verdict{Outcome: Rejected, Ground: "uneconomic", Reason: " \n"}, "reason"},
		"rejection":                   {Verdict{Outcome: Rejected, Ground: "uneconomic", Reason: "x"}, ""},
		"deferral without a date":     {Verdict{Outcome: Deferred, Ground: "price_open", Reason: "x"}, "deferred_until"},
		"deferral until today":        {Verdict{Outcome: Deferred, Ground: "price_open", Reason: "x", DeferredUntil: &day21}, "deferred_until"},
		"deferral until tomorrow":     {Verdict{Outcome: Deferred, Ground: "price_open", Reason: "x", DeferredUntil: &tomorrow}, ""},
		"conditions without any":      {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x"}, "text-1"},
		"an empty second condition":   {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: []Condition{whole, {}}}, "text-2 owner-2 due_on-2"},
		"a condition due today":       {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: []Condition{whole}}, ""},
		"a condition due yesterday":   {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: []Condition{{"a", "b", day21.AddDate(0, 0, -1)}}}, "due_on-1"},
		"a rejection with conditions": {Verdict{Outcome: Rejected, Ground: "uneconomic", Reason: "x", Conditions: []Condition{{}}}, ""},
		"too many conditions":         {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: slices.Repeat([]Condition{whole}, maxConditions+1)}, "text-1"},
		"a condition like a novel":    {Verdict{Outcome: ApprovedWithConditions, Ground: "economic", Reason: "x", Conditions: []Condition{{strings.Repeat("a", 501), strings.Repeat("b", 501), day21}}}, "text-1 owner-1"},
	} {
		if got := fields(tt.v.Check(day21)); got != tt.want {
			t.Errorf("%s: fields %q, want %q", name, got, tt.want)
		}
	}
}

func TestVerdictKeepsOnlyWhatItsOutcomeHasAPlaceFor(t *testing.T) {
	t.Parallel()
	v := Verdict{Outcome: Approved, Ground: "economic", Reason: " gut\r\nund günstig ", Conditions: []Condition{{Text: "a"}}, DeferredUntil: &noon}.fit()
	if v.Conditions != nil || v.DeferredUntil != nil || v.Reason != "gut\nund günstig" {
		t.Errorf("approval after fit: %+v", v)
	}
}

func TestEveryStateResultAndKindHasItsWord(t *testing.T) {
	t.Parallel()
	for _, s := range States {
		if s.Word() == "" {
			t.Errorf("state %s has no word", s)
		}
	}
	for _, r := range append([]Result{Open}, Results...) {
		if r.Word() == "" {
			t.Errorf("result %s has no word", r)
		}
	}
	for _, k := range Kinds {
		if k.Word() == "" {
			t.Errorf("review %s has no word", k)
		}
	}
}

func approval() Verdict {
	return Verdict{Version: 1, Outcome: Approved, Ground: "economic", Reason: "wirtschaftlich"}
}

func reviewed() []Review {
	reviews := make([]Review, len(Kinds))
	for i, k := range Kinds {
		reviews[i] = Review{Kind: k, Result: Positive, Version: 2}
	}
	return reviews
}

func assessed() Assessment {
	filled := func(which economics.Alternative) Option {
		return Option{Option: economics.Option{Alternative: which, Minutes: 5}}
	}
	return Assessment{Frame: Frame{Frame: economics.Frame{Years: 5}}, Options: []Option{filled(economics.Reuse), filled(economics.AsIs)}}
}

// fields are the names of the fields an error complains about.
func fields(err error) string {
	f, ok := err.(*fault.Fault)
	if !ok {
		return ""
	}
	var names []string
	for _, field := range f.Fields {
		names = append(names, field.Name)
	}
	return strings.Join(names, " ")
}
