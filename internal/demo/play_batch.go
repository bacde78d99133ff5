package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
)

// planBatch has the Land set a step for some bodies at once, so late in the story that whoever opens the demo then can
// still undo it. Bodies that cannot take the step now are left out; two of them stay in the batch to be read.
func (p *player) planBatch(slug, key, evidence string, at time.Time) {
	p.by("land", at, "many "+key+" of "+slug, func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		in := onboarding.ManyInput{ID: uuid.New(), To: onboarding.InProgress, Evidence: evidence}
		for _, b := range bodies() {
			in.Steps = append(in.Steps, onboarding.Address{Body: b.Key, Service: slug, Key: key})
		}
		found, err := p.onboardings.PreviewMany(ctx, who, in)
		if err != nil {
			return over, err
		}
		in.Steps = nil
		changed, left := 0, 0
		for _, o := range found {
			switch {
			case o.LeftOut == "" && changed < 4:
				changed++
			case o.LeftOut != "" && left < 2:
				left++
			default:
				continue
			}
			in.Steps = append(in.Steps, o.Address)
		}
		if changed == 0 {
			return over, nil
		}
		_, _, err = p.onboardings.ChangeMany(ctx, who, in)
		return over, err
	})
}
