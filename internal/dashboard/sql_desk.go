package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/pilot"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// listServices returns the services of the reader's circle that are in their roll-in.
func listServices(ctx context.Context, tx *postgres.Tx) ([]ServiceRow, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.slug, v.name, o.live, o.whole, late.count AS overdue, c.count AS to_check
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE o.state = ANY (@live))::int AS live, count(*) FILTER (WHERE o.state = ANY (@counts))::int AS whole
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.service_id = r.service_id) o
		CROSS JOIN LATERAL (
			SELECT count(*)::int AS count
			FROM portal.step s
			WHERE s.land_id = @land AND s.service_id = r.service_id AND `+overdue+`) late
		CROSS JOIN LATERAL (
			SELECT n.count FROM (`+countToCheck+` AND s.service_id = r.service_id) n (count)) c
		WHERE r.land_id = @land AND `+within("r")+`
		ORDER BY v.name COLLATE "de-x-icu", v.service_id
		LIMIT 1000`, args(tx, pgx.StrictNamedArgs{
		"today": template.Day(tx.Now), "live": Live.States(), "counts": StatesIn(Stage.Counts),
	}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[ServiceRow])
	if err != nil {
		return nil, fmt.Errorf("list services in roll-in: %w", err)
	}
	return found, nil
}

// listKinds counts what one of the responsible has to do, by kind of step: those with late steps first.
func listKinds(ctx context.Context, tx *postgres.Tx, by template.Responsible) ([]Kind, error) {
	rows, _ := tx.Query(ctx, `
		SELECT s.key, max(t.title) AS title, s.state = 'submitted' AS "check", count(*)::int AS count, count(*) FILTER (WHERE `+overdue+`)::int AS overdue,
			`+midnight("min(s.due_on)")+` AS first_due
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
		WHERE s.land_id = @land AND `+within("s")+` AND (t.responsible = @responsible AND s.state <> 'submitted' AND `+statuses[ToDo]+` OR `+toCheck+`)
		GROUP BY s.key, s.state = 'submitted'
		ORDER BY overdue DESC, first_due, s.key, "check"
		LIMIT 100`, args(tx, pgx.StrictNamedArgs{"today": template.Day(tx.Now), "responsible": by}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Kind])
	if err != nil {
		return nil, fmt.Errorf("list kinds of steps: %w", err)
	}
	return found, nil
}

// named is how many steps the start page of a town names.
const named = 5

// readAdvice reads what a town wants to know about its next steps: whom they may lie with, and how long others needed.
func readAdvice(ctx context.Context, tx *postgres.Tx, d *BodyDesk) error {
	var keys []string
	for i, n := range d.Possible() {
		if i < named {
			keys = append(keys, n.Key)
		}
	}
	err := tx.QueryRow(ctx, `
		SELECT (`+onboarding.PartiesAsJSON+`), (SELECT coalesce(json_object_agg(u.key, u.days), '{}') FROM ctx.usual_days(@keys) u), (`+pilot.OpenAsJSON+`)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "own": tx.Org(), "today": template.Day(tx.Now), "keys": keys}).Scan(&d.Parties, &d.Usual, &d.Calls)
	if err != nil {
		return fmt.Errorf("read what helps with the next steps: %w", err)
	}
	return nil
}
