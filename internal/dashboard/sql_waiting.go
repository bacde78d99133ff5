package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// lying finds the period w in which a step s lies with others now, and the organisation p that it lies with.
const lying = `LEFT JOIN portal.waiting w ON w.land_id = @land AND w.org_id = s.org_id AND w.step_id = s.step_id AND w.ended_at IS NULL
			LEFT JOIN portal.organisation p ON p.land_id = @land AND p.org_id = w.party_id`

// listParties counts the steps that the list of tasks shows for each party.
func listParties(ctx context.Context, tx *postgres.Tx) ([]Party, error) {
	rows, _ := tx.Query(ctx, `
		SELECT coalesce(p.key, w.party_key) AS key, coalesce(max(p.kind), '') AS kind, max(coalesce(p.name, w.party)) AS name, count(*)::int AS steps,
			count(DISTINCT s.org_id)::int AS bodies, percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(0, @today::date - w.since)) AS median,
			max(greatest(0, @today::date - w.since)) AS longest
		FROM portal.step s
		`+lying+`
		WHERE s.land_id = @land AND `+within("s")+` AND `+statuses[Waits]+`
		GROUP BY coalesce(p.key, w.party_key)
		ORDER BY steps DESC, longest DESC, key
		LIMIT 500`, args(tx, pgx.StrictNamedArgs{"today": tx.Today()}))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Party])
	if err != nil {
		return nil, fmt.Errorf("list parties that steps lie with: %w", err)
	}
	return found, nil
}
