package event

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// columns of an event e, with the own registration.
const columns = `e.event_id, e.kind, e.series_no, e.title, e.goal, e.audience, e.place, e.address, e.starts_at, e.ends_at, e.seats, e.register_until,
	e.materials, e.result, e.cancelled, e.changed_by, e.version, coalesce(p.registered, 0) AS registered, coalesce(p.before_own, 0) AS before_own,
	(SELECT json_build_object('Body', r.org_id, 'Question', r.question, 'RegisteredAt', r.registered_at, 'WithdrawnAt', r.withdrawn_at, 'Attended', r.attended)
		FROM portal.event_registration r
		WHERE r.land_id = @land AND r.org_id = @org AND r.event_id = e.event_id) AS own,
	@now::timestamptz AS now`

// list reads a page; the places are asked for the events of the page alone.
func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Listed, error) {
	order := `x.starts_at, x.event_id`
	if f.Past {
		order = `x.starts_at DESC, x.event_id`
	}
	rows, _ := tx.Query(ctx, `
		WITH shown AS MATERIALIZED (
			SELECT x.event_id, count(*) OVER ()::int AS total
			FROM portal.event x
			WHERE x.land_id = @land AND (x.ends_at < @now) = @past AND (@kind = '' OR x.kind = @kind)
				AND (@service = '' OR EXISTS (
					SELECT FROM portal.event_service s
					JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
					WHERE s.land_id = @land AND s.event_id = x.event_id AND v.slug = @service))
				AND (NOT @own OR EXISTS (
					SELECT FROM portal.event_registration r
					WHERE r.land_id = @land AND r.org_id = @org AND r.event_id = x.event_id AND (r.withdrawn_at IS NULL OR r.attended)))
			ORDER BY `+order+`
			LIMIT @limit OFFSET @offset
		)
		SELECT `+columns+`, s.total
		FROM shown s
		JOIN portal.event e ON e.land_id = @land AND e.event_id = s.event_id
		LEFT JOIN ctx.event_places(ARRAY(SELECT g.event_id FROM shown g)) p ON p.event_id = e.event_id
		ORDER BY `+strings.ReplaceAll(order, "x.", "e."),
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "now": tx.Now, "past": f.Past, "kind": f.Kind, "service": f.Service, "own": f.Own,
			"limit": PageSize, "offset": (max(f.Page, 1) - 1) * PageSize,
		})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	return found, nil
}

func read(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Shown, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, (
			SELECT coalesce(json_agg(json_build_object('Slug', v.slug, 'Name', v.name) ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
			FROM portal.event_service s
			JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
			WHERE s.land_id = @land AND s.event_id = e.event_id) AS services, (
			SELECT coalesce(json_agg(json_build_object('Body', r.org_id, 'Key', o.key, 'Name', o.name, 'Question', r.question, 'RegisteredAt', r.registered_at,
				'WithdrawnAt', r.withdrawn_at, 'Attended', r.attended) ORDER BY r.registered_at, o.key), '[]')
			FROM portal.event_registration r
			JOIN portal.organisation o ON o.land_id = @land AND o.org_id = r.org_id
			WHERE r.land_id = @land AND r.event_id = e.event_id AND (SELECT ctx.scope()) = 'land') AS registrations
		FROM portal.event e
		LEFT JOIN ctx.event_places(ARRAY[@id::uuid]) p ON p.event_id = e.event_id
		WHERE e.land_id = @land AND e.event_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "now": tx.Now, "id": id})
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Shown])
	if postgres.IsNoRow(err) {
		return found, fault.Missing()
	}
	if err != nil {
		return found, fmt.Errorf("read event %s: %w", id, err)
	}
	return found, nil
}

// listServices returns the services that events are about, or all that are published.
func listServices(ctx context.Context, tx *postgres.Tx, all bool) ([]Choice, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.slug, v.name
		FROM portal.service v
		WHERE v.land_id = @land AND v.published_at IS NOT NULL AND (@all OR EXISTS (
			SELECT FROM portal.event_service s WHERE s.land_id = @land AND s.service_id = v.service_id))
		ORDER BY v.name COLLATE "de-x-icu", v.service_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "all": all})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Choice])
	if err != nil {
		return nil, fmt.Errorf("list services of events: %w", err)
	}
	return found, nil
}

const bodies = `o.kind IN ('district', 'independent_city') AND coalesce(o.valid_from <= @today, true) AND coalesce(o.valid_to >= @today, true)`

func listBodies(ctx context.Context, tx *postgres.Tx) ([]Body, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.key, o.name
		FROM portal.organisation o
		WHERE o.land_id = @land AND `+bodies+`
		ORDER BY o.name COLLATE "de-x-icu", o.org_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Body])
	if err != nil {
		return nil, fmt.Errorf("list bodies: %w", err)
	}
	return found, nil
}

// bodyIDs are those who are invited.
func bodyIDs(ctx context.Context, tx *postgres.Tx) ([]uuid.UUID, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.org_id
		FROM portal.organisation o
		WHERE o.land_id = @land AND `+bodies+`
		ORDER BY o.org_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("list whom to invite: %w", err)
	}
	return found, nil
}

func lastNumber(ctx context.Context, tx *postgres.Tx) (no int, err error) {
	err = tx.QueryRow(ctx, `
		SELECT coalesce(max(e.series_no), 0)
		FROM portal.event e
		WHERE e.land_id = @land AND e.kind = @kind`, pgx.StrictNamedArgs{"land": tx.Land(), "kind": Consultation}).Scan(&no)
	if err != nil {
		return 0, fmt.Errorf("find the last number: %w", err)
	}
	return no, nil
}

// NextAsJSON are the next events of the Land of body @own within two months of @now, at most three, for its start page.
const NextAsJSON = `
	SELECT coalesce(json_agg(json_build_object('ID', e.event_id, 'Title', e.title, 'StartsAt', e.starts_at, 'Registered', e.registered) ORDER BY e.starts_at, e.event_id), '[]')
	FROM (
		SELECT e.event_id, e.title, e.starts_at, EXISTS (
			SELECT FROM portal.event_registration r
			WHERE r.land_id = @land AND r.org_id = @own AND r.event_id = e.event_id AND r.withdrawn_at IS NULL) AS registered
		FROM portal.event e
		WHERE e.land_id = @land AND e.starts_at > @now::timestamptz AND e.starts_at < @now::timestamptz + interval '2 months' AND e.cancelled = ''
		ORDER BY e.starts_at, e.event_id
		LIMIT 3) e`

// Recent is for how many months having been to an event counts as taking part.
const Recent = 12

// TakesPart holds for a body b that was at an event in the Recent months before day @today.
const TakesPart = `EXISTS (
	SELECT FROM portal.event_registration r
	WHERE r.land_id = @land AND r.org_id = b.org_id AND r.attended AND r.held_on >= @today::date - interval '12 months')`
