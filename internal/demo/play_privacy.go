package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/privacy"
)

// planErasure has a town ask to erase somebody who left it; the Land has not decided yet.
func (p *player) planErasure(login, whom, on string) {
	p.by(login, day(on), "beantragt eine Löschung", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
		gone, err := p.as(ctx, whom)
		if err != nil {
			return over, err
		}
		asked := privacy.Request{ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("Löschung "+whom)), Person: gone.Person, Ground: privacy.Wish}
		return over, privacy.NewService(p.DB).Ask(ctx, who, asked)
	})
}
