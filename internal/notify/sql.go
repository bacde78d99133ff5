package notify

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

func readInbox(ctx context.Context, tx *postgres.Tx, page int) (Inbox, error) {
	rows, _ := tx.Query(ctx, `
		SELECT notice_id AS id, kind, text, path, about, role, at, read_at,
			count(*) OVER ()::int AS total, count(*) FILTER (WHERE read_at IS NULL) OVER ()::int AS unread
		FROM portal.notice
		WHERE land_id = @land AND org_id = @org AND person_id = @person
		ORDER BY read_at IS NOT NULL, at DESC, notice_id
		LIMIT @limit OFFSET @offset`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "limit": PerPage, "offset": (max(1, page) - 1) * PerPage,
	})
	type row struct {
		Item
		Total, Unread int
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return Inbox{}, fmt.Errorf("read the inbox: %w", err)
	}
	var in Inbox
	for _, r := range found {
		in.Items = append(in.Items, r.Item)
		in.Total, in.Unread = r.Total, r.Unread
	}
	return in, nil
}

func open(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (path string, err error) {
	err = tx.QueryRow(ctx, `
		UPDATE portal.notice SET read_at = coalesce(read_at, @now)
		WHERE land_id = @land AND org_id = @org AND person_id = @person AND notice_id = @id
		RETURNING path`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "id": id, "now": tx.Now,
	}).Scan(&path)
	if postgres.IsNoRow(err) {
		return "", fault.Missing()
	}
	if err != nil {
		return "", fmt.Errorf("mark notice %s as read: %w", id, err)
	}
	return path, nil
}
