package funding

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// load reads a service of the Land, or of the own ministry, with its records.
func load(ctx context.Context, tx *postgres.Tx, slug string) (Page, error) {
	p := Page{Today: tx.Today()}
	err := tx.QueryRow(ctx, `
		SELECT s.service_id, s.slug, s.name, (
			SELECT json_agg(json_build_object('ID', f.funding_id, 'Kind', f.kind, 'Purpose', f.purpose, 'Payer', f.payer, 'Cents', f.cents,
				'From', f.from_on::timestamp AT TIME ZONE 'UTC', 'To', f.to_on::timestamp AT TIME ZONE 'UTC', 'Reservation', f.reservation,
				'Source', f.source, 'PayerAfter', f.payer_after, 'Version', f.version,
				'WithdrawnAt', f.withdrawn_at, 'WhyWithdrawn', f.withdrawn_reason) ORDER BY f.withdrawn_at IS NOT NULL, f.to_on, f.funding_id)
			FROM portal.funding f
			WHERE f.land_id = @land AND f.service_id = s.service_id)
		FROM portal.service s
		WHERE s.land_id = @land AND s.slug = @slug AND (@reach = 'L' OR s.ministry_id = @org)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "slug": slug}).
		Scan(&p.ServiceID, &p.ServiceSlug, &p.ServiceName, &p.Records)
	if err != nil {
		return p, fmt.Errorf("read the funding of %s: %w", slug, err)
	}
	return p, nil
}

// Running holds for a service that somebody pays for today. The statement calls the service v. Whoever does not see the records
// may know it too, and asks for each service.
const Running = `CASE WHEN (SELECT ctx.scope()) IN ('land', 'ministry') THEN EXISTS (
	SELECT FROM portal.funding f
	WHERE f.land_id = @land AND f.service_id = v.service_id AND f.kind = 'funding' AND f.withdrawn_at IS NULL AND f.from_on <= @today AND f.to_on >= @today)
	ELSE ctx.funded(v.service_id, @today) END`

// save adds a record of version 0 and changes any other, and reports whether nobody else came first.
func save(ctx context.Context, tx *postgres.Tx, service uuid.UUID, r Record) (bool, error) {
	args := pgx.StrictNamedArgs{
		"land": tx.Land(), "id": r.ID, "service": service, "kind": r.Kind, "purpose": r.Purpose, "payer": r.Payer, "cents": r.Cents, "from": r.From, "to": r.To,
		"reservation": r.Reservation, "source": r.Source, "after": r.PayerAfter, "who": tx.Who.Person, "now": tx.Now,
	}
	statement := `
		UPDATE portal.funding SET kind = @kind, purpose = @purpose, payer = @payer, cents = @cents, from_on = @from, to_on = @to, reservation = @reservation,
			source = @source, payer_after = @after, saved_by = @who, saved_at = @now, version = version + 1
		WHERE land_id = @land AND service_id = @service AND funding_id = @id AND version = @version`
	if r.Version == 0 {
		statement = `
		INSERT INTO portal.funding (land_id, org_id, funding_id, service_id, kind, purpose, payer, cents, from_on, to_on, reservation, source, payer_after, saved_by, saved_at)
		VALUES (@land, @org, @id, @service, @kind, @purpose, @payer, @cents, @from, @to, @reservation, @source, @after, @who, @now)
		ON CONFLICT (land_id, funding_id) DO NOTHING`
		args["org"] = tx.Org()
	} else {
		args["version"] = r.Version
	}
	tag, err := tx.Exec(ctx, statement, args)
	if err != nil {
		return false, fmt.Errorf("save funding %s: %w", r.ID, err)
	}
	return tag.RowsAffected() == 1, nil
}

// DeadlineCount counts what the list of deadlines shows.
var DeadlineCount = `
	SELECT count(*)::int
	FROM ctx.deadlines(@today::date, @today::date + ` + strconv.Itoa(horizon) + `) e
	JOIN portal.service s ON s.land_id = @land AND s.service_id = e.service_id`

// withdraw reports whether nobody else came first.
func withdraw(ctx context.Context, tx *postgres.Tx, service, id uuid.UUID, w Withdrawal) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.funding SET withdrawn_at = @now, withdrawn_by = @who, withdrawn_reason = @reason, version = version + 1
		WHERE land_id = @land AND service_id = @service AND funding_id = @id AND version = @version AND withdrawn_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "id": id, "version": w.Version, "reason": w.Reason, "who": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return false, fmt.Errorf("withdraw funding %s: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}

// listDeadlines finds what ends within some days. The function behind it knows what the reader may learn of.
func listDeadlines(ctx context.Context, tx *postgres.Tx, days, limit, offset int) ([]Deadline, error) {
	today := tx.Today()
	rows, _ := tx.Query(ctx, `
		SELECT d.kind, d.record, s.slug AS service_slug, s.name AS service_name, s.ministry_id AS ministry, d.ends_on, count(*) OVER ()::int AS total
		FROM ctx.deadlines(@from, @to) d
		JOIN portal.service s ON s.land_id = @land AND s.service_id = d.service_id
		ORDER BY d.ends_on, s.name COLLATE "de-x-icu", d.kind, d.record
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{"land": tx.Land(), "from": today, "to": today.AddDate(0, 0, days), "limit": limit, "offset": offset})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Deadline])
	if err != nil {
		return nil, fmt.Errorf("list deadlines: %w", err)
	}
	return found, nil
}
