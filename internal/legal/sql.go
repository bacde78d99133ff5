package legal

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

type publicRow struct {
	Key, Name, ContactEmail string
	Chosen                  bool
	Version                 int
	Body                    string
	PublishedAt             *time.Time
}

func readPublic(ctx context.Context, q postgres.Querier, land string, p Page) (found Public, err error) {
	rows, _ := q.Query(ctx, `
		SELECT key, name, contact_email, chosen, version, body, published_at
		FROM ctx.legal_page($1, $2)
		ORDER BY name COLLATE "de-x-icu", key
		LIMIT 50`, land, string(p))
	laender, err := pgx.CollectRows(rows, pgx.RowToStructByName[publicRow])
	if err != nil {
		return found, fmt.Errorf("read page %s: %w", p, err)
	}
	for _, l := range laender {
		found.Laender = append(found.Laender, Land{l.Key, l.Name, l.ContactEmail})
		if l.Chosen {
			found.Chosen = &Land{l.Key, l.Name, l.ContactEmail}
			found.Text = Text{Version: l.Version, Body: l.Body, PublishedAt: l.PublishedAt}
		}
	}
	return found, nil
}

const textColumns = `t.version, t.body, t.published_at,
	coalesce((SELECT p.name FROM ctx.people() p WHERE p.person_id = t.published_by LIMIT 1), '') AS publisher`

func versions(ctx context.Context, tx *postgres.Tx, p Page) ([]Text, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+textColumns+`
		FROM portal.legal_text t
		WHERE t.land_id = @land AND t.page = @page
		ORDER BY t.version DESC
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land(), "page": p})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Text])
	if err != nil {
		return nil, fmt.Errorf("list the versions of %s: %w", p, err)
	}
	return found, nil
}

func version(ctx context.Context, tx *postgres.Tx, p Page, no int) (Text, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+textColumns+`
		FROM portal.legal_text t
		WHERE t.land_id = @land AND t.page = @page AND t.version = @version`, pgx.StrictNamedArgs{"land": tx.Land(), "page": p, "version": no})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Text])
}

// insertVersion adds the version after the one seen; false if there is one already. The seen one must exist, so that no
// number is left out.
func insertVersion(ctx context.Context, tx *postgres.Tx, p Page, d Draft) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.legal_text (land_id, org_id, page, version, body, published_by, published_at)
		SELECT @land, @org, @page, @seen + 1, @body, @person, @now
		WHERE @seen = (SELECT count(*) FROM portal.legal_text WHERE land_id = @land AND page = @page)
		ON CONFLICT (land_id, page, version) DO NOTHING`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "page": p, "seen": d.Seen, "body": d.Body, "person": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return false, fmt.Errorf("publish %s: %w", p, err)
	}
	return tag.RowsAffected() == 1, nil
}

const barrierColumns = `b.report_id, b.at, b.place, b.message, b.name, b.email, b.answer, b.answered_at,
	coalesce((SELECT p.name FROM ctx.people() p WHERE p.person_id = b.answered_by LIMIT 1), '') AS answered_by`

func barriers(ctx context.Context, tx *postgres.Tx) ([]Barrier, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+barrierColumns+`
		FROM portal.barrier_report b
		WHERE b.land_id = @land
		ORDER BY b.answered_at IS NOT NULL, b.at DESC, b.report_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Barrier])
	if err != nil {
		return nil, fmt.Errorf("list barriers: %w", err)
	}
	return found, nil
}

func barrier(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Barrier, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+barrierColumns+`
		FROM portal.barrier_report b
		WHERE b.land_id = @land AND b.report_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Barrier])
}

// answer notes an answer; false if there is one already.
func answer(ctx context.Context, tx *postgres.Tx, id uuid.UUID, text string) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.barrier_report SET answer = @answer, answered_by = @person, answered_at = @now
		WHERE land_id = @land AND report_id = @id AND answered_by IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "answer": text, "person": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return false, fmt.Errorf("answer barrier %s: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}
