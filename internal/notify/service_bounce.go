package notify

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/jobs"
	"rollinportal/internal/postgres"
)

// Returned notes that a mail came back, so that the Land sees it; false if it is no mail of a digest or a notice, is
// known to be lost, or was removed meanwhile. Told again, it changes nothing.
func (p *Post) Returned(ctx context.Context, b Bounce) (noted bool, err error) {
	who, known, err := Sender(ctx, p.db, b.Mail)
	if err != nil || !known {
		return false, err
	}
	err = p.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) (err error) {
		audit.Personal(tx)
		noted, err = noteReturn(ctx, tx, b)
		return err
	})
	return noted, err
}

// Sender is in whose name a mail or an invitation was sent; false if no Land has it (any more). db is the workers'.
func Sender(ctx context.Context, db *postgres.DB, number uuid.UUID) (who access.Actor, known bool, err error) {
	var land uuid.NullUUID
	err = db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.land_of_mail($1)`, number).Scan(&land)
	})
	if err != nil {
		return who, false, fmt.Errorf("find the Land of mail %s: %w", number, err)
	}
	if !land.Valid {
		return who, false, nil
	}
	who, err = jobs.Actor(ctx, db, land.UUID, uuid.Nil)
	return who, err == nil, err
}

// noteReturn also ends the sending of a mail whose taking was not noted, because of a crash.
func noteReturn(ctx context.Context, tx *postgres.Tx, b Bounce) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.mail SET state = 'refused', error = @why, returned_at = @now
		WHERE land_id = @land AND mail_id = @id AND state <> 'refused'`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": b.Mail, "why": b.Why, "now": tx.Now})
	if err != nil {
		return false, fmt.Errorf("note that mail %s came back: %w", b.Mail, err)
	}
	return tag.RowsAffected() == 1, nil
}
