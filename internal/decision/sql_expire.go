package decision

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// mostExpired is how many approvals one transaction ends; more than a Land will ever see on one day.
const mostExpired = 500

func expire(ctx context.Context, tx *postgres.Tx) ([]locked, error) {
	rows, _ := tx.Query(ctx, `
		WITH ended AS (
			SELECT d.decision_id
			FROM portal.decision d
			WHERE d.land_id = @land AND d.state IN ('approved', 'approved_with_conditions') AND d.valid_until < @today
			ORDER BY d.decision_id
			LIMIT @most
			FOR UPDATE
		), changed AS (
			UPDATE portal.decision d SET state = 'expired', state_since = @now, version = d.version + 1
			FROM ended e
			WHERE d.land_id = @land AND d.decision_id = e.decision_id
			RETURNING `+columns+`
		)
		SELECT `+columns+`, s.name AS service_name
		FROM changed d
		JOIN portal.service s ON s.land_id = @land AND s.service_id = d.service_id
		ORDER BY d.decision_id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now, "today": tx.Today(), "most": mostExpired})
	type row struct {
		Decision
		ServiceName string
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, fmt.Errorf("end what is over: %w", err)
	}
	ended := make([]locked, len(found))
	for i, r := range found {
		ended[i] = locked{Decision: r.Decision, ServiceName: r.ServiceName}
	}
	return ended, nil
}
