package event

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

func (in Input) args(tx *postgres.Tx) pgx.StrictNamedArgs {
	materials := in.Materials
	if materials == nil {
		materials = []Link{}
	}
	return pgx.StrictNamedArgs{
		"land": tx.Land(), "id": in.ID, "kind": in.Kind, "series_no": in.SeriesNo, "title": in.Title, "goal": in.Goal, "audience": in.Audience,
		"place": in.Place, "address": in.Address, "starts_at": in.StartsAt, "ends_at": in.EndsAt, "seats": in.Seats, "register_until": in.RegisterUntil,
		"materials": materials, "result": in.Result, "who": tx.Who.Person,
	}
}

// insert adds an event; false if it is there already, or another one has its number.
func insert(ctx context.Context, tx *postgres.Tx, in Input) (bool, error) {
	args := in.args(tx)
	args["org"], args["now"] = tx.Org(), tx.Now
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.event (land_id, org_id, event_id, kind, series_no, title, goal, audience, place, address, starts_at, ends_at, seats,
			register_until, materials, result, made_at, changed_by)
		VALUES (@land, @org, @id, @kind, @series_no, @title, @goal, @audience, @place, @address, @starts_at, @ends_at, @seats,
			@register_until, @materials, @result, @now, @who)
		ON CONFLICT DO NOTHING`, args)
	if err != nil {
		return false, fmt.Errorf("insert an event: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// save changes an event; false if another one has its number.
func save(ctx context.Context, tx *postgres.Tx, in Input) (bool, error) {
	args := in.args(tx)
	args["version"], args["day"] = in.Version, workday.Day(in.StartsAt)
	tag, err := tx.Exec(ctx, `
		WITH noted AS (
			UPDATE portal.event_registration SET held_on = @day
			WHERE land_id = @land AND event_id = @id AND held_on <> @day
		)
		UPDATE portal.event SET kind = @kind, series_no = @series_no, title = @title, goal = @goal, audience = @audience, place = @place,
			address = @address, starts_at = @starts_at, ends_at = @ends_at, seats = @seats, register_until = @register_until,
			materials = @materials, result = @result, changed_by = @who, version = version + 1
		WHERE land_id = @land AND event_id = @id AND version = @version AND NOT EXISTS (
			SELECT FROM portal.event o
			WHERE o.land_id = @land AND o.kind = @kind AND o.series_no = @series_no AND o.event_id <> @id)`, args)
	if err != nil {
		return false, fmt.Errorf("save event %s: %w", in.ID, err)
	}
	return tag.RowsAffected() == 1, nil
}

// relink says which services an event is about; a fault for one that is not there.
func relink(ctx context.Context, tx *postgres.Tx, in Input) error {
	var known int
	err := tx.QueryRow(ctx, `
		WITH gone AS (
			DELETE FROM portal.event_service WHERE land_id = @land AND event_id = @id AND service_id NOT IN (
				SELECT v.service_id FROM portal.service v WHERE v.land_id = @land AND v.slug = ANY (@slugs::text[]))
		), added AS (
			INSERT INTO portal.event_service (land_id, org_id, event_id, service_id)
			SELECT @land, @org, @id, v.service_id
			FROM portal.service v
			WHERE v.land_id = @land AND v.slug = ANY (@slugs::text[])
			ON CONFLICT DO NOTHING
		)
		SELECT count(*)::int FROM portal.service v WHERE v.land_id = @land AND v.slug = ANY (@slugs::text[])`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": in.ID, "slugs": append([]string{}, in.Services...)}).Scan(&known)
	if err != nil {
		return fmt.Errorf("link event %s: %w", in.ID, err)
	}
	if known != len(in.Services) {
		return fault.InField("services", "Wählen Sie Leistungen aus der Liste.")
	}
	return nil
}

func cancel(ctx context.Context, tx *postgres.Tx, id uuid.UUID, reason string) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.event SET cancelled = @reason, changed_by = @who, version = version + 1
		WHERE land_id = @land AND event_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "reason": reason, "who": tx.Who.Person})
	if err != nil {
		return fmt.Errorf("cancel event %s: %w", id, err)
	}
	return nil
}

func touch(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.event SET changed_by = @who, version = version + 1
		WHERE land_id = @land AND event_id = @id`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "who": tx.Who.Person})
	if err != nil {
		return fmt.Errorf("touch event %s: %w", id, err)
	}
	return nil
}

// register writes what the own body has to do with an event.
func register(ctx context.Context, tx *postgres.Tx, id uuid.UUID, r Registration) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.event_registration (land_id, org_id, event_id, question, registered_by, registered_at, withdrawn_at)
		VALUES (@land, @org, @id, @question, @who, @at, @withdrawn)
		ON CONFLICT (land_id, org_id, event_id) DO UPDATE SET question = excluded.question, registered_by = excluded.registered_by,
			registered_at = excluded.registered_at, withdrawn_at = excluded.withdrawn_at`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": id, "question": r.Question, "who": tx.Who.Person, "at": r.RegisteredAt, "withdrawn": r.WithdrawnAt,
	})
	if err != nil {
		return fmt.Errorf("register for event %s: %w", id, err)
	}
	return nil
}

// attend writes who was there, and returns how many of them there are.
func attend(ctx context.Context, tx *postgres.Tx, e Event, keys []string) (known int, err error) {
	err = tx.QueryRow(ctx, `
		WITH present AS (
			SELECT o.org_id FROM portal.organisation o
			WHERE o.land_id = @land AND o.kind IN ('district', 'independent_city') AND o.key = ANY (@keys::text[])
		), came AS (
			INSERT INTO portal.event_registration (land_id, org_id, event_id, registered_by, registered_at, attended, held_on)
			SELECT @land, p.org_id, @id, @who, @now, true, @day FROM present p
			ON CONFLICT (land_id, org_id, event_id) DO UPDATE SET attended = true, held_on = excluded.held_on
		), missed AS (
			UPDATE portal.event_registration SET attended = false, held_on = @day
			WHERE land_id = @land AND event_id = @id AND org_id NOT IN (SELECT p.org_id FROM present p)
		)
		SELECT count(*)::int FROM present`, pgx.StrictNamedArgs{
		"land": tx.Land(), "id": e.ID, "keys": append([]string{}, keys...), "who": tx.Who.Person, "now": tx.Now, "day": workday.Day(e.StartsAt),
	}).Scan(&known)
	if err != nil {
		return 0, fmt.Errorf("note who came to event %s: %w", e.ID, err)
	}
	return known, nil
}
