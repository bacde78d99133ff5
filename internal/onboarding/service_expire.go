package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// ReopenExpired makes every finished step work again whose evidence ends today or has ended. It runs once a day, each
// step in a transaction of its own; a second run finds nothing.
func (s *Service) ReopenExpired(ctx context.Context, who access.Actor) error {
	var found []expired
	err := s.db.Read(ctx, who, access.ChecklistState, func(tx *postgres.Tx) (err error) {
		found, err = listExpired(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, e := range found {
		if err := s.db.Write(ctx, who, access.ChecklistState, func(tx *postgres.Tx) error {
			done, err := Reopen(ctx, tx, e.Body, e.Slug, e.Key, "Der Nachweis gilt nur bis "+workday.Written(e.Until)+".")
			if err == nil && !done {
				return postgres.ErrRepeated
			}
			return err
		}); err != nil {
			return fmt.Errorf("reopen %s of %s in %s: %w", e.Key, e.Slug, e.Body, err)
		}
	}
	return nil
}

// expired is a finished step whose evidence shows nothing any more, in a checklist that shows it.
type expired struct {
	Body, Slug, Key string
	Until           time.Time
}

func listExpired(ctx context.Context, tx *postgres.Tx) ([]expired, error) {
	rows, _ := tx.Query(ctx, `
		SELECT b.key AS body, v.slug, s.key, d.until
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key AND t.dated
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = s.org_id
		CROSS JOIN LATERAL (
			SELECT greatest(s.valid_until, max(e.valid_until)) AS until
			FROM portal.evidence e
			WHERE e.land_id = @land AND e.org_id = s.org_id AND e.step_id = s.step_id AND e.deleted_at IS NULL) d
		CROSS JOIN LATERAL (
			SELECT w.slug
			FROM portal.onboarding o
			JOIN portal.service w ON w.land_id = @land AND w.service_id = o.service_id
			WHERE o.land_id = @land AND o.org_id = s.org_id AND o.state <> ALL (@aside)
				AND (o.onboarding_id = s.onboarding_id OR EXISTS (
					SELECT FROM portal.onboarding_basis l
					WHERE l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id AND l.step_id = s.step_id AND l.reason = ''))
			ORDER BY o.onboarding_id
			LIMIT 1) v
		WHERE s.land_id = @land AND s.state = 'done' AND d.until <= @today
		ORDER BY d.until, b.key, s.step_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "aside": asideStates()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[expired])
	if err != nil {
		return nil, fmt.Errorf("find evidence that ended: %w", err)
	}
	return found, nil
}

func asideStates() []State {
	var found []State
	for _, s := range States {
		if s.Aside() {
			found = append(found, s)
		}
	}
	return found
}
