package hurdle

import (
	"context"
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service keeps the obstacles of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Shown is an obstacle with all that its reader may see of it: a body only itself among the affected.
type Shown struct {
	Obstacle
	TookOver []int // the numbers of those that were merged into it
	Affected []Affected
	Forums   []Forum   // that it may be escalated to; only the Land does that
	Matters  []Matter  // as far as the reader reads the register
	Alike    []Similar // open ones that may be the same; only the Land merges them
	Trail    []audit.Event
}

// Offered is what the register says that a committee has decided about an escalated obstacle, for the Land to note.
func (s Shown) Offered() (Matter, bool) {
	if !slices.Contains(s.Acts(), Decide) || s.Decision != "" {
		return Matter{}, false
	}
	for _, m := range s.Matters {
		if m.Result != "" {
			return m, true
		}
	}
	return Matter{}, false
}

// Show returns an obstacle by its number with the newest entries of its trail; NotFound if it is unknown, or none of the
// reader's business.
func (s *Service) Show(ctx context.Context, who access.Actor, no, trail int) (shown Shown, err error) {
	err = s.db.Read(ctx, who, access.ObstacleView, func(tx *postgres.Tx) error {
		if shown, err = read(ctx, tx, no); err != nil {
			return err
		}
		shown.Trail, err = audit.Trail(ctx, tx, shown.ID, trail)
		return err
	})
	return shown, err
}
