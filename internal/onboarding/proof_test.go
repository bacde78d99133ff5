package onboarding

import (
	"testing"
	"time"
)

func TestWhatAProofMakesOfAStep(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	later := today.AddDate(0, 0, 1)
	holds, over := &Proof{What: "Zertifikat", Evidence: "aus Profil", ValidUntil: &later}, &Proof{What: "Zertifikat", Evidence: "aus Profil", ValidUntil: &today}
	for _, c := range []struct {
		name    string
		step    Step
		was, is *Proof
		state   StepState
		given   string
		changes bool
	}{
		{"an open step is done", Step{State: Open}, nil, holds, Done, "aus Profil", true},
		{"work that has begun is done", Step{State: InProgress, Reason: "abgelaufen", ValidUntil: &today}, over, holds, Done, "aus Profil", true},
		{"what a person entered stays", Step{State: Done, Given: "Akte 12"}, nil, holds, Done, "Akte 12", false},
		{"what is proven stays", Step{State: Done, Given: "aus Profil"}, holds, holds, Done, "aus Profil", false},
		{"on the day itself it is work again", Step{State: Done, Given: "aus Profil", ValidUntil: &later}, over, over, InProgress, "", true},
		{"so is what a person entered", Step{State: Done, Given: "Akte 12"}, nil, over, InProgress, "", true},
		{"a proof that is gone proves nothing", Step{State: Done, Given: "aus Profil"}, holds, nil, InProgress, "", true},
		{"but a person's evidence does", Step{State: Done, Given: "Akte 12"}, holds, nil, Done, "Akte 12", false},
		{"what no service needs stays out", Step{State: NotApplicable}, nil, holds, NotApplicable, "", false},
	} {
		after, changes := c.step.settled(c.was, c.is, today)
		if after.State != c.state || after.Given != c.given || changes != c.changes || changes && after.ValidUntil != nil {
			t.Errorf("%s: %s %q until %v, changes %v", c.name, after.State, after.Given, after.ValidUntil, changes)
		}
	}
}
