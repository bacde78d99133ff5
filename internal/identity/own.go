package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Membership is a role that a person has somewhere.
type Membership struct {
	ID        uuid.UUID `db:"membership_id"`
	Role      access.Role
	Org, Land string
}

// Session is a browser in which a person is signed in.
type Session struct {
	ID         uuid.UUID `db:"session_id"`
	Membership uuid.UUID `db:"membership_id"`
	CreatedAt  time.Time
	SeenAt     time.Time
	Current    bool
}

// Memberships lists where a person may act, in all Länder.
func (s *Service) Memberships(ctx context.Context, who access.Actor) (found []Membership, err error) {
	err = s.db.Read(ctx, who, access.AccountView, func(tx *postgres.Tx) error {
		found, err = ownMemberships(ctx, tx)
		return err
	})
	return found, err
}

// Sessions lists the browsers in which a person is signed in, the newest first, and where the person may act.
func (s *Service) Sessions(ctx context.Context, who access.Actor) (found []Session, places []Membership, err error) {
	err = s.db.Read(ctx, who, access.SessionList, func(tx *postgres.Tx) error {
		rows, _ := tx.Query(ctx, `
			SELECT session_id, membership_id, created_at, seen_at, current
			FROM ctx.own_sessions($1)
			ORDER BY current DESC, created_at DESC, session_id
			LIMIT 100`, []byte(who.Token))
		if found, err = pgx.CollectRows(rows, pgx.RowToStructByName[Session]); err != nil {
			return fmt.Errorf("list the own sessions: %w", err)
		}
		places, err = ownMemberships(ctx, tx)
		return err
	})
	return found, places, err
}

func ownMemberships(ctx context.Context, tx *postgres.Tx) ([]Membership, error) {
	rows, _ := tx.Query(ctx, `
		SELECT membership_id, role, org, land
		FROM ctx.own_memberships()
		ORDER BY land COLLATE "de-x-icu", org COLLATE "de-x-icu", role, membership_id
		LIMIT 100`)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Membership])
	if err != nil {
		return nil, fmt.Errorf("list the own memberships: %w", err)
	}
	return found, nil
}

// EndSession signs a person out of one of their browsers; NotFound if it is nobody's or somebody else's.
func (s *Service) EndSession(ctx context.Context, who access.Actor, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.SessionEnd, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		var own bool
		if err := tx.QueryRow(ctx, `SELECT ctx.end_own_session($1)`, id).Scan(&own); err != nil {
			return fmt.Errorf("end session %s: %w", id, err)
		}
		if !own {
			return fault.Missing()
		}
		return nil
	})
}

// Switch goes on under another of the person's memberships and returns the token of the new session; the one before is
// over. NotFound for a membership that is not theirs.
func (s *Service) Switch(ctx context.Context, who access.Actor, membership uuid.UUID) (string, error) {
	token := NewToken()
	var done bool
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.switch_context($1, $2, $3)`, []byte(who.Token), membership, []byte(Hash(token))).Scan(&done)
	})
	if err != nil {
		return "", fmt.Errorf("switch to membership %s: %w", membership, err)
	}
	if !done {
		return "", fault.Missing()
	}
	return token, nil
}
