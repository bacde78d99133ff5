package onboarding_test

import (
	"reflect"
	"slices"
	"testing"

	"rollinportal/internal/onboarding"
)

// TestAChecklistSaysTheSameTheSecondTime: first with the words of its steps, then without asking for them again.
func TestAChecklistSaysTheSameTheSecondTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rollIn(slug, everything, body)
	who := w.as("k16051")
	first, err := w.Checklist(t.Context(), who, body, slug, 0)
	w.must(err)
	again, err := w.Checklist(t.Context(), who, body, slug, 0)
	w.must(err)
	if !reflect.DeepEqual(first, again) {
		t.Errorf("%+v\nthen %+v", first, again)
	}
	if !slices.IsSortedFunc(again.Steps, func(a, b onboarding.Step) int { return a.No - b.No }) {
		t.Error("the steps are out of order")
	}
	for _, s := range again.Steps {
		if s.Title == "" || s.No == 0 || s.Phase == "" {
			t.Errorf("%s has lost its words: %+v", s.Key, s.Step)
		}
	}
}
