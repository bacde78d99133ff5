package reminder

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Service reminds people of dates. Workers do that; db is theirs.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// portion is how many steps are reminded of in one transaction.
const portion = 2000

// Remind tells whoever has to know of the dates of a Land's steps. It is a round of every day; a second one tells nothing.
func (s *Service) Remind(ctx context.Context, who access.Actor) error {
	for more := true; more; {
		err := s.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) error {
			audit.Personal(tx)
			due := spans(tx.Today())
			if more = false; due == nil {
				return postgres.ErrRepeated
			}
			found, err := note(ctx, tx, due)
			if err != nil {
				return err
			}
			more = len(found) == portion
			return notify.Tell(ctx, tx, notices(found)...)
		})
		if err != nil {
			return err
		}
	}
	return s.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		return forget(ctx, tx)
	})
}
