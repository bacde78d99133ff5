package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// telling picks what says what a body can do next: unfinished steps, what their place depends on (a finished basis step
// saves its work, not its place), and what is talked about. Of an onboarding with nothing left one step stands for it.
const telling = `(s.state NOT IN ('done', 'not_applicable') OR t.scope = 'basis'
		OR EXISTS (SELECT FROM portal.question q
			WHERE q.land_id = @land AND q.org_id = o.org_id AND (q.step_key = s.key OR q.step_key = '' AND q.service_id = o.service_id))
		OR o.steps_done = o.steps_relevant AND s.key = (SELECT min(x.key) FROM portal.step x
			WHERE x.land_id = @land AND x.org_id = o.org_id AND x.onboarding_id = o.onboarding_id))`

// OpenOfOwnBody returns every checklist of the acting person's body, by service, without most of the steps that are
// finished. It is for the rooms above that ask what a body can do next.
func OpenOfOwnBody(ctx context.Context, tx *postgres.Tx) ([]*Checklist, error) {
	rows, _ := tx.Query(ctx, checklists+` AND o.org_id = @org AND `+telling+`
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
