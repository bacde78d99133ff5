package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// lockPending holds the post of a Land for one collector and reads what no mail has been made of. What is urgent comes first: it
// does not wait behind thousands that the day's mail will tell of.
func lockPending(ctx context.Context, tx *postgres.Tx) ([]pending, error) {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('notify.collect ' || @land::text, 0))`, pgx.StrictNamedArgs{"land": tx.Land()})
	if err != nil {
		return nil, fmt.Errorf("hold the post: %w", err)
	}
	rows, _ := tx.Query(ctx, `
		SELECT n.notice_id AS id, n.org_id, n.person_id, n.kind, n.urgent, n.at, coalesce(b.name, '') AS name,
			coalesce(b.email, '') AS email, coalesce(b.digest_hour, 8) AS hour, coalesce(b.muted, '{}') AS muted,
			EXISTS (SELECT FROM portal.mail m WHERE m.land_id = @land AND m.person_id = n.person_id AND m.key = @digest) AS digested
		FROM portal.notice n
		LEFT JOIN ctx.mailboxes() b ON b.person_id = n.person_id AND b.org_id = n.org_id
		WHERE n.land_id = @land AND n.mail = 'due'
		ORDER BY n.urgent DESC, n.at, n.notice_id
		LIMIT 10000`, pgx.StrictNamedArgs{"land": tx.Land(), "digest": digestKey(tx.Now)})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[pending])
	if err != nil {
		return nil, fmt.Errorf("read pending notices: %w", err)
	}
	return found, nil
}

// dropPending notes that no mail is made of some notices.
func dropPending(ctx context.Context, tx *postgres.Tx, none []uuid.UUID) error {
	if len(none) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE portal.notice SET mail = 'none' WHERE land_id = @land AND notice_id = ANY (@none)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "none": none})
	if err != nil {
		return fmt.Errorf("set notices aside: %w", err)
	}
	return nil
}

// insertMails stores mails with what they say and orders their sending.
func insertMails(ctx context.Context, tx *postgres.Tx, drafts []*draft) error {
	if len(drafts) == 0 {
		return nil
	}
	rows, err := json.Marshal(drafts)
	if err != nil {
		return fmt.Errorf("encode mails: %w", err)
	}
	_, err = tx.Exec(ctx, `
		WITH d AS (
			SELECT * FROM jsonb_to_recordset(@rows) AS d (mail uuid, org uuid, person uuid, key text, address text, name text, token text, notices uuid[])),
		made AS (
			INSERT INTO portal.mail (land_id, org_id, person_id, mail_id, key, address, name, token, made_at)
			SELECT @land, org, person, mail, key, address, name, token, @now FROM d),
		said AS (
			UPDATE portal.notice n SET mail = 'made', mail_id = d.mail FROM d WHERE n.land_id = @land AND n.notice_id = ANY (d.notices))
		SELECT count(ctx.add_job('notify.send', jsonb_build_object('mail', mail), NULL)) FROM d`,
		pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now, "rows": rows})
	if err != nil {
		return fmt.Errorf("make %d mails: %w", len(drafts), err)
	}
	return nil
}

// readLetter returns a mail with what it says, nil if it needs no sending any more.
func readLetter(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (*letter, error) {
	rows, _ := tx.Query(ctx, `
		SELECT m.mail_id AS id, m.key, m.name, m.address, m.token, m.made_at, m.attempts AS tries, CASE WHEN n.role IN ('KK', 'KB') THEN o.name ELSE o.short END AS org, n.kind, n.text, n.path, n.about, n.role
		FROM portal.mail m
		JOIN portal.notice n ON n.land_id = @land AND n.mail_id = m.mail_id
		JOIN portal.organisation o ON o.land_id = @land AND o.org_id = n.org_id
		WHERE m.land_id = @land AND m.mail_id = @id AND m.state IN ('waiting', 'failing')
		ORDER BY n.at, n.notice_id
		LIMIT 10000`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id})
	type row struct {
		ID                        uuid.UUID
		Key, Name, Address, Token string
		MadeAt                    time.Time
		Tries                     int
		line
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, fmt.Errorf("read mail %s: %w", id, err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	l := &letter{ID: found[0].ID, Key: found[0].Key, Name: found[0].Name, Address: found[0].Address, Token: found[0].Token, MadeAt: found[0].MadeAt, Tries: found[0].Tries}
	for _, r := range found {
		l.Lines = append(l.Lines, r.line)
	}
	return l, nil
}

func noteOutcome(ctx context.Context, tx *postgres.Tx, id uuid.UUID, state string, sendErr error) error {
	why := ""
	if sendErr != nil {
		why = oneLine(sendErr.Error())
	}
	_, err := tx.Exec(ctx, `
		UPDATE portal.mail SET state = @state, error = @error, attempts = attempts + 1, tried_at = @now
		WHERE land_id = @land AND mail_id = @id AND state IN ('waiting', 'failing')`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "state": state, "error": why, "now": tx.Now})
	if err != nil {
		return fmt.Errorf("note that mail %s is %s: %w", id, state, err)
	}
	return nil
}

func purge(ctx context.Context, tx *postgres.Tx) error {
	for _, sql := range []string{
		`UPDATE portal.notice n SET mail = 'none', mail_id = NULL
		 FROM portal.mail m
		 WHERE n.land_id = @land AND m.land_id = @land AND m.mail_id = n.mail_id AND m.made_at < @now::timestamptz - interval '90 days'`,
		`DELETE FROM portal.mail WHERE land_id = @land AND made_at < @now::timestamptz - interval '90 days'`,
		`DELETE FROM portal.notice WHERE land_id = @land AND at < @now::timestamptz - interval '1 year'`,
	} {
		if _, err := tx.Exec(ctx, sql, pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now}); err != nil {
			return fmt.Errorf("purge notices and mails: %w", err)
		}
	}
	return nil
}
