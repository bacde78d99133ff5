package onboarding

import (
	"slices"
	"testing"

	"rollinportal/internal/template"
)

func TestBlockersAreOpenBlockingAndAtUnfinishedSteps(t *testing.T) {
	t.Parallel()
	step := func(state StepState, obstacles ...Obstacle) Step {
		return Step{Step: template.Step{Title: "Zertifikat"}, State: state, Obstacles: obstacles}
	}
	block := Obstacle{No: 7, Blocking: true, Open: true}
	c := Checklist{Onboarding: Onboarding{State: Preparing}, Steps: []Step{
		step(Open, Obstacle{No: 9, Blocking: true, Open: true}, block), step(InProgress, block),
		step(Done, Obstacle{No: 1, Blocking: true, Open: true}), step(Open, Obstacle{No: 2, Open: true}), step(Open, Obstacle{No: 3, Blocking: true}),
	}}
	if got := c.Blockers(); !slices.Equal(got, []int{7, 9}) {
		t.Errorf("blockers %v, want 7 and 9", got)
	}
	c.State = Paused
	if got := c.Blockers(); got != nil {
		t.Errorf("a paused onboarding is blocked by %v", got)
	}
	free := move{from: Open, to: Done, needs: free}
	if step(Open, block).refusal(free, hand{works: func(Step) bool { return true }}) == nil {
		t.Error("a blocked step may be finished")
	}
	gated := step(Open)
	gated.Gate = []int{7}
	if gated.refusal(free, hand{works: func(Step) bool { return true }}) == nil {
		t.Error("the gate is open while an obstacle blocks the onboarding")
	}
	if err := step(Open).refusal(free, hand{works: func(Step) bool { return true }}); err != nil {
		t.Errorf("a free step is refused: %v", err)
	}
}
