package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// OfOwnBody returns every checklist of the acting person's body, by service. It is for the rooms above that ask what a
// body can do next.
func OfOwnBody(ctx context.Context, tx *postgres.Tx) ([]*Checklist, error) {
	rows, _ := tx.Query(ctx, checklists+` AND o.org_id = @org
		ORDER BY v.name COLLATE "de-x-icu", o.onboarding_id, t.no, s.step_id
		LIMIT 50000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, fmt.Errorf("read the checklists of a body: %w", err)
	}
	return gather(tx, found), nil
}

// gather makes checklists of rows that stand in the order of their onboardings.
func gather(tx *postgres.Tx, found []row) []*Checklist {
	var lists []*Checklist
	for len(found) > 0 {
		n := 1
		for n < len(found) && found[n].Onboarding.ID == found[0].Onboarding.ID {
			n++
		}
		lists = append(lists, assemble(tx, found[:n]))
		found = found[n:]
	}
	return lists
}
