package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/postgres"
)

// concerned keeps out whoever a service is no business of: other ministries, bodies that are not competent, and
// providers that work for none that is.
const concerned = `(@all OR v.ministry_id = @own OR EXISTS (
		SELECT FROM portal.service_body c
		WHERE c.land_id = @land AND c.service_id = v.service_id
			AND (c.org_id = @own OR c.org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))))`

func reader(tx *postgres.Tx, slug string) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"land": tx.Land(), "slug": slug, "own": tx.Org(), "whole": tx.Reach == access.WholeLand, "today": tx.Today(), "all": tx.Reach == access.WholeLand || tx.Reach == access.Aggregates,
	}
}

const headerColumns = `v.service_id, v.slug AS service_slug, v.name AS service_name, r.started_at, r.decision_id,
	coalesce(r.template_version_id, '00000000-0000-0000-0000-000000000000') AS template_id, coalesce(w.name, '') AS template_name, coalesce(w.no, 0) AS template_no,
	(` + condition.OfServiceAsJSON + `) AS unfinished, ` + waveColumns

// locking says whether rows are read or held for a change.
type locking string

const (
	reading locking = ""
	locked  locking = ` FOR NO KEY UPDATE OF s`
)

// loadLand reads a service's roll-in with the Land's steps; nil if there is none (yet) for the reader. Locked, every
// row is what it is now: all of them are held, so none of them is from the past.
func loadLand(ctx context.Context, tx *postgres.Tx, slug string, how locking) (*Rollin, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+headerColumns+`, `+templateColumns+`, `+stepColumns+`, `+unproven+`, '[]'::json AS periods, '[]'::json AS obstacles
		FROM portal.service v
		JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		JOIN portal.template_version w ON w.land_id = @land AND w.template_version_id = r.template_version_id
		JOIN portal.step s ON s.land_id = @land AND s.service_id = v.service_id AND s.scope = 'land'
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE v.land_id = @land AND v.slug = @slug AND `+concerned+`
		ORDER BY t.no, s.step_id
		LIMIT 500`+string(how), reader(tx, slug))
	type row struct {
		header
		Step
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, fmt.Errorf("read the roll-in of %s: %w", slug, err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	steps := make([]Step, len(found))
	for i, r := range found {
		steps[i] = r.Step
	}
	return newRollin(found[0].header, steps, tx.Today(), tx.Who), nil
}

// loadHeader reads a service whose roll-in has not begun; NotFound if it is none of the reader's business.
func loadHeader(ctx context.Context, tx *postgres.Tx, slug string) (*Rollin, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+headerColumns+`
		FROM portal.service v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		LEFT JOIN portal.template_version w ON w.land_id = @land AND w.template_version_id = r.template_version_id
		WHERE v.land_id = @land AND v.slug = @slug AND `+concerned, reader(tx, slug))
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[header])
	if err != nil {
		return nil, err
	}
	return newRollin(h, nil, tx.Today(), tx.Who), nil
}

// listBodies returns the onboardings of a service that row security shows to the reader.
func listBodies(ctx context.Context, tx *postgres.Tx, slug string) ([]Listed, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+onboardingColumns+`, coalesce(x.what, '') AS ends, x.valid_until AS ends_on
		FROM `+onboardings+`
		`+EndingJoin+`
		WHERE o.land_id = @land AND v.slug = @slug
		ORDER BY b.kind DESC, b.name COLLATE "de-x-icu", o.onboarding_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug, "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list the bodies of %s: %w", slug, err)
	}
	return found, nil
}

// saveLand writes a changed step of the Land and recounts the Land's figures for the service.
func saveLand(ctx context.Context, tx *postgres.Tx, r *Rollin, s Step) error {
	_, err := tx.Exec(ctx, `
		WITH changed AS (
			UPDATE portal.step SET state = @state, reason = @reason, evidence = @given, evidence_url = @given_url,
				state_since = CASE WHEN state = @state THEN state_since ELSE @now END,
				submitted_by = @submitted_by, changed_by = @who, version = version + 1
			WHERE land_id = @land AND step_id = @step AND scope = 'land'
			RETURNING step_id, state
		)
		INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
		SELECT @land, n.org_id, @service, n.pillar, 'land', `+counting+`
		FROM (
			SELECT s.org_id, p.pillar, coalesce(c.state, s.state) AS state
			FROM portal.step s
			JOIN portal.template_step p ON p.land_id = @land AND p.template_version_id = s.template_version_id AND p.key = s.key
			LEFT JOIN changed c ON c.step_id = s.step_id
			WHERE s.land_id = @land AND s.service_id = @service AND s.scope = 'land'
		) n
		GROUP BY n.org_id, n.pillar
		ON CONFLICT (land_id, org_id, service_id, pillar, scope) DO UPDATE SET
			relevant = excluded.relevant, done = excluded.done, active = excluded.active`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "service": r.ServiceID, "step": s.ID, "state": s.State, "reason": s.Reason, "given": s.Given,
			"given_url": s.GivenURL, "submitted_by": s.SubmittedBy, "who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil {
		return fmt.Errorf("save step %s of the Land: %w", s.Key, err)
	}
	return nil
}
