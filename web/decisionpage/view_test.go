package decisionpage

import (
	"slices"
	"testing"
	"time"

	"rollinportal/internal/decision"
	"rollinportal/web/page"
)

func TestEveryWordOfTheRoomHasItsPlaceOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, s := range decision.States {
		if badge := stateOf(s, false); badge.Kind == "" || badge.Text == "" {
			t.Errorf("state %s is shown as %+v", s, badge)
		}
	}
	for _, r := range append([]decision.Result{decision.Open}, decision.Results...) {
		if badge := resultOf(r); badge.Kind == "" || badge.Text == "" {
			t.Errorf("result %s is shown as %+v", r, badge)
		}
	}
	for _, o := range decision.Outcomes {
		if outcomeTexts[o] == "" || effect(o, 22) == "" || consequence(o, 22) == "" {
			t.Errorf("outcome %s has no text or no effect", o)
		}
	}
	for _, k := range decision.Kinds {
		if page.ArtOf(k) == "" || lookAt(k) == "" {
			t.Errorf("review %s has no address or no question", k)
		}
	}
}

func TestEveryStateCanBeFilteredFor(t *testing.T) {
	t.Parallel()
	found := map[decision.State]bool{}
	for _, f := range stateFilters {
		if !slices.Equal(statesOf(f.key), f.states) {
			t.Errorf("filter %s finds %v, want %v", f.key, statesOf(f.key), f.states)
		}
		for _, s := range f.states {
			found[s] = true
		}
	}
	for _, s := range decision.States {
		if !found[s] {
			t.Errorf("no filter finds %s", s)
		}
	}
	if got := statesOf("quatsch"); got != nil {
		t.Errorf("an unknown filter finds %v, want everything", got)
	}
}

func TestConditionsAreAddedAndRemovedByButtons(t *testing.T) {
	t.Parallel()
	a, b, c := conditionForm{Text: "a"}, conditionForm{Text: "b"}, conditionForm{Text: "c"}
	for _, tt := range []struct {
		step   string
		want   []conditionForm
		edited bool
	}{
		{addOne, []conditionForm{a, b, c, {}}, true},
		{"entfernen-1", []conditionForm{b, c}, true},
		{"entfernen-2", []conditionForm{a, c}, true},
		{"entfernen-3", []conditionForm{a, b}, true},
		{"entfernen-4", []conditionForm{a, b, c}, true},
		{"entfernen-x", []conditionForm{a, b, c}, true},
		{toForm, []conditionForm{a, b, c}, true},
		{toSummary, []conditionForm{a, b, c}, false},
		{"", []conditionForm{a, b, c}, false},
	} {
		f, edited := verdictForm{Step: tt.step, Conditions: []conditionForm{a, b, c}}.edited()
		if edited != tt.edited || !slices.Equal(f.Conditions, tt.want) {
			t.Errorf("%q: %v, edited %v; want %v, %v", tt.step, f.Conditions, edited, tt.want, tt.edited)
		}
	}
}

func TestEmptyConditionsDoNotCount(t *testing.T) {
	t.Parallel()
	f := verdictForm{Conditions: []conditionForm{{}, {Owner: "TLRZ"}, {}}}.filled()
	if len(f.Conditions) != 1 || f.Conditions[0].Owner != "TLRZ" {
		t.Errorf("filled: %v, want the one with an owner", f.Conditions)
	}
}

func TestADayThatCannotBeReadIsNotLeftOut(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"31.13.2027": "gefragt", "irgendwann": "gefragt", "": "", "31.12.2096": "gefragt", "31.12.2027": ""} {
		f := verdictForm{Outcome: "approved", Ground: "economic", Reason: "x", ValidUntil: typed}
		v, _ := f.verdict()
		var wrong page.Errors
		_ = wrong.Merge(v.Check(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)))
		if got := wrong.For("valid_until"); (got == "") != (want == "") {
			t.Errorf("until %q: complaint %q", typed, got)
		}
	}
}

func TestUnreadableDatesSayWhatIsWrongWithThem(t *testing.T) {
	t.Parallel()
	f := verdictForm{Outcome: "approved_with_conditions", Conditions: []conditionForm{{DueOn: "31.2.27"}, {DueOn: ""}}}
	v, unread := f.verdict()
	wrong := complaints(page.Errors{{Name: "due_on-1", Text: "eine Frist"}, {Name: "due_on-2", Text: "eine Frist"}}, unread)
	if wrong[0].Text == "eine Frist" || wrong[1].Text != "eine Frist" || !v.Conditions[0].DueOn.IsZero() {
		t.Errorf("complaints %v", wrong)
	}
}
