package experience

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// columns are those of an experience x as its readers see it. Its files are asked for by a function that knows what is
// released.
const columns = `x.experience_id AS id, b.key AS body_key, b.name AS body_name, v.slug AS service_slug, v.name AS service_name, x.step_key,
	x.step_title, x.note, x.released_at, x.org_id = @org AS own, EXISTS (
		SELECT FROM portal.hint h
		WHERE h.land_id = @land AND h.org_id = @org AND h.experience_id = x.experience_id) AS taken, (
		SELECT coalesce(jsonb_agg(jsonb_build_object('ID', f.evidence_id, 'Name', f.name, 'Size', f.size) ORDER BY f.name, f.evidence_id), '[]')
		FROM ctx.shared_files(x.experience_id) f) AS files`

const experiences = `portal.experience x
	JOIN portal.organisation b ON b.land_id = @land AND b.org_id = x.org_id
	JOIN portal.service v ON v.land_id = @land AND v.service_id = x.service_id`

// most is how many experiences a page shows.
const most = 200

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Experience, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`
		FROM `+experiences+`
		WHERE x.land_id = @land AND x.withdrawn_at IS NULL AND (@service = '' OR v.slug = @service) AND (@body = '' OR b.key = @body)
		ORDER BY v.name COLLATE "de-x-icu", b.name COLLATE "de-x-icu", x.step_title COLLATE "de-x-icu", x.released_at DESC, x.experience_id
		LIMIT @most`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "service": f.Service, "body": f.Body, "most": most})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Experience])
	if err != nil {
		return nil, fmt.Errorf("list experiences: %w", err)
	}
	return found, nil
}

// listAt lists what the own body has released at a place.
func listAt(ctx context.Context, tx *postgres.Tx, p Place) ([]Experience, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`
		FROM `+experiences+`
		WHERE x.land_id = @land AND x.org_id = @org AND x.withdrawn_at IS NULL AND x.step_key = @step
			AND (x.step_scope = 'basis' OR x.service_id = @service)
		ORDER BY x.released_at DESC, x.experience_id
		LIMIT @most`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "step": p.StepKey, "service": p.Checklist.ServiceID, "most": most})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Experience])
	if err != nil {
		return nil, fmt.Errorf("list own experiences: %w", err)
	}
	return found, nil
}

// insert releases; false if it is released already.
func insert(ctx context.Context, tx *postgres.Tx, p Place, d Draft) (bool, error) {
	var added bool
	err := tx.QueryRow(ctx, `
		WITH released AS (
			INSERT INTO portal.experience (land_id, org_id, experience_id, service_id, step_key, step_title, step_scope, note, released_by, released_at)
			VALUES (@land, @org, @id, @service, @step, @title, @scope, @note, @who, @now)
			ON CONFLICT DO NOTHING
			RETURNING experience_id
		), chosen AS (
			INSERT INTO portal.experience_file (land_id, org_id, experience_id, evidence_id)
			SELECT @land, @org, r.experience_id, f.id
			FROM released r
			CROSS JOIN unnest(@files::uuid[]) AS f (id)
			ON CONFLICT DO NOTHING
		)
		SELECT EXISTS (SELECT FROM released)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": d.ID, "service": p.Checklist.ServiceID, "step": p.StepKey, "title": p.StepTitle, "scope": p.StepScope,
			"note": d.Note, "who": tx.Who.Person, "now": tx.Now, "files": d.Files,
		}).Scan(&added)
	if err != nil {
		return false, fmt.Errorf("release an experience: %w", err)
	}
	return added, nil
}

// withdraw takes an own experience back and returns its title; false if it was taken back before.
func withdraw(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (title string, withdrawn bool, err error) {
	err = tx.QueryRow(ctx, `
		WITH withdrawn AS (
			UPDATE portal.experience SET withdrawn_at = @now, withdrawn_by = @who
			WHERE land_id = @land AND org_id = @org AND experience_id = @id AND withdrawn_at IS NULL
			RETURNING experience_id
		)
		SELECT x.step_title, EXISTS (SELECT FROM withdrawn)
		FROM portal.experience x
		WHERE x.land_id = @land AND x.org_id = @org AND x.experience_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "now": tx.Now, "who": tx.Who.Person}).Scan(&title, &withdrawn)
	if err != nil {
		return "", false, fmt.Errorf("withdraw experience %s: %w", id, err)
	}
	return title, withdrawn, nil
}

func ownOnboarding(ctx context.Context, tx *postgres.Tx, slug string) (id uuid.UUID, err error) {
	err = tx.QueryRow(ctx, `
		SELECT o.onboarding_id
		FROM portal.onboarding o
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		WHERE o.land_id = @land AND o.org_id = @org AND v.slug = @slug`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "slug": slug}).Scan(&id)
	return id, err
}

// take makes hints of experiences and returns how many are new.
func take(ctx context.Context, tx *postgres.Tx, found []Experience) (int64, error) {
	ids := make([]uuid.UUID, len(found))
	for i, x := range found {
		ids[i] = x.ID
	}
	done, err := tx.Exec(ctx, `
		INSERT INTO portal.hint (land_id, org_id, experience_id, taken_by, taken_at)
		SELECT @land, @org, x.id, @who, @now
		FROM unnest(@ids::uuid[]) AS x (id)
		ON CONFLICT (land_id, org_id, experience_id) DO NOTHING`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "ids": ids, "who": tx.Who.Person, "now": tx.Now})
	if err != nil {
		return 0, fmt.Errorf("take experiences over: %w", err)
	}
	return done.RowsAffected(), nil
}
