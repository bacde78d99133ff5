package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// OnboardingFilter narrows and orders the list of onboardings.
type OnboardingFilter struct {
	States  []onboarding.State // empty: every state that counts
	Blocked bool               // only those that an open obstacle blocks
	Stale   bool               // only those of which nobody said for too long how they stand
	Ending  bool               // only those that lean on something that ends soon, or has ended
	Body    string             // key
	Service string             // slug
	Sort    string             // a key of onboardingSorts; a leading minus turns the order
	Page    int                // from 1
}

func (f OnboardingFilter) states() []onboarding.State {
	if len(f.States) > 0 {
		return f.States
	}
	return StatesIn(Stage.Counts)
}

// Onboarding is one body's way to one service, as the lists show it.
type Onboarding struct {
	BodyKey     string
	BodyName    string
	ServiceSlug string
	ServiceName string
	State       onboarding.State
	StateSince  time.Time
	StateReason string
	ResumeOn    *time.Time
	TargetOn    time.Time
	LiveOn      *time.Time
	Pilot       bool
	Done        int
	Relevant    int
	ConfirmedAt *time.Time
	Late        bool       // the target is past
	Blocked     bool       // by an open obstacle
	Expires     string     // what of the profile it leans on ends soon or has ended: "Zertifikat"
	ExpiresOn   *time.Time // when; nil if nothing does
	At          time.Time  // the day of all this
	Unconfirmed bool       // the body has not said for too long how this stands
	Total       int        // how many the filter finds in all
}

// Onboardings returns a page of the onboardings the reader may see, and what to filter by.
func (s *Service) Onboardings(ctx context.Context, who access.Actor, f OnboardingFilter) (found []Onboarding, ch Choices, err error) {
	err = s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		if found, err = listOnboardings(ctx, tx, f); err != nil {
			return err
		}
		ch, err = choices(ctx, tx)
		return err
	})
	return found, ch, err
}
