package calendar

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/internal/postgres"
)

// Service opens, closes and reads calendar addresses.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Opened says since when the acting person has an address; nil without one.
func (s *Service) Opened(ctx context.Context, who access.Actor) (since *time.Time, err error) {
	err = s.db.Read(ctx, who, access.CalendarOpen, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT ctx.calendar_opened()`).Scan(&since)
	})
	return since, err
}

// Open returns the secret of a new address. It is shown once: nobody can read it again.
func (s *Service) Open(ctx context.Context, who access.Actor) (string, error) {
	secret := identity.NewToken()
	err := s.db.Write(ctx, who, access.CalendarOpen, func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT ctx.open_calendar($1, $2)`, []byte(identity.Hash(secret)), tx.Now); err != nil {
			return fmt.Errorf("open a calendar address: %w", err)
		}
		return record(ctx, tx, "calendar.open")
	})
	return secret, err
}

// Close ends the address of the acting person, if there is one.
func (s *Service) Close(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.CalendarOpen, func(tx *postgres.Tx) error {
		var since *time.Time
		if err := tx.QueryRow(ctx, `SELECT ctx.calendar_opened()`).Scan(&since); err != nil || since == nil {
			return cmp.Or(err, postgres.ErrRepeated)
		}
		if _, err := tx.Exec(ctx, `SELECT ctx.close_calendar()`); err != nil {
			return fmt.Errorf("close a calendar address: %w", err)
		}
		return record(ctx, tx, "calendar.close")
	})
}

// record leaves a trace for the body: an address lets out its due dates.
func record(ctx context.Context, tx *postgres.Tx, action string) error {
	return audit.Record(ctx, tx, audit.Entry{
		Org: tx.Org(), Action: action, Kind: "calendar", Record: tx.Who.Person, Title: "Kalenderadresse", Visibility: audit.Private,
	})
}

type row struct {
	At                         time.Time
	BodyKey, BodyName, Product string
	Slug, Service              *string
	DueOn                      *time.Time
	Titles                     []string
	GoesLive                   *bool
}

// Read returns the calendar behind a secret; NotFound if there is none (any more).
func (s *Service) Read(ctx context.Context, secret string) (*Calendar, error) {
	var found []row
	var meetings []Meeting
	err := s.db.Anonymous(ctx, func(q postgres.Querier) (err error) {
		rows, _ := q.Query(ctx, `
			SELECT at, body_key, body_name, product, slug, service, due_on, titles, goes_live
			FROM ctx.due_dates($1)`, []byte(identity.Hash(secret)))
		if found, err = pgx.CollectRows(rows, pgx.RowToStructByName[row]); err != nil {
			return err
		}
		rows, _ = q.Query(ctx, `
			SELECT event_id, title, starts_at, ends_at, place, address, cancelled
			FROM ctx.event_dates($1)`, []byte(identity.Hash(secret)))
		meetings, err = pgx.CollectRows(rows, pgx.RowToStructByName[Meeting])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read a calendar: %w", err)
	}
	if len(found) == 0 {
		return nil, fault.Missing()
	}
	c := gather(found)
	c.Meetings = meetings
	return c, nil
}

func gather(found []row) *Calendar {
	c := &Calendar{At: found[0].At, BodyKey: found[0].BodyKey, BodyName: found[0].BodyName, Product: found[0].Product}
	for _, r := range found {
		if r.DueOn != nil {
			c.Entries = append(c.Entries, Entry{Slug: *r.Slug, Service: *r.Service, On: *r.DueOn, Tasks: r.Titles, GoesLive: *r.GoesLive})
		}
	}
	return c
}
