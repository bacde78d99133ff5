package notify

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Service shows people their notices and lets them choose their mails.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Item is a notice in somebody's inbox.
type Item struct {
	ID     uuid.UUID
	Kind   Kind
	Text   string
	Path   string
	About  string
	Role   access.Role
	At     time.Time
	ReadAt *time.Time
}

// Inbox is a page of somebody's notices, the unread ones first.
type Inbox struct {
	Items  []Item
	Unread int
	Total  int
}

// PerPage is how many notices a page of the inbox holds.
const PerPage = 50

// Inbox returns a page of the acting person's own notices; the first page is 1.
func (s *Service) Inbox(ctx context.Context, who access.Actor, page int) (in Inbox, err error) {
	err = s.db.Read(ctx, who, access.NoticeView, func(tx *postgres.Tx) error {
		in, err = readInbox(ctx, tx, page)
		return err
	})
	return in, err
}

// Open marks one of the person's own notices as read and returns where it leads; NotFound if it is none of theirs. Opened
// again, it stays read.
func (s *Service) Open(ctx context.Context, who access.Actor, id uuid.UUID) (path string, err error) {
	err = s.db.Write(ctx, who, access.NoticeView, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		path, err = open(ctx, tx, id)
		return err
	})
	return path, err
}

// ReadAll marks as read what had arrived when the person looked: nothing that came since is lost.
func (s *Service) ReadAll(ctx context.Context, who access.Actor, until time.Time) error {
	return s.db.Write(ctx, who, access.NoticeView, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		_, err := tx.Exec(ctx, `
			UPDATE portal.notice SET read_at = @now
			WHERE land_id = @land AND org_id = @org AND person_id = @person AND read_at IS NULL AND at <= @until`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "now": tx.Now, "until": until})
		return err
	})
}
