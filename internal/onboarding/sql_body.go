package onboarding

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// telling picks what says what a body can do next: unfinished steps, what their place depends on (a finished basis step
// saves its work, not its place), and what is talked about. Of an onboarding with nothing left one step stands for it.
var telling = checklists(talking, `(s.state NOT IN ('done', 'not_applicable') OR s.scope = 'basis'
		OR s.key = ANY (ARRAY(SELECT q.step_key FROM portal.question q WHERE q.land_id = @land AND q.org_id = @org))
		OR o.steps_done = o.steps_relevant AND s.key = (SELECT min(x.key) FROM portal.step x
			WHERE x.land_id = @land AND x.org_id = o.org_id AND x.onboarding_id = o.onboarding_id))`)

// OpenOfOwnBody returns every checklist of the acting person's body, by service, without most of the steps that are
// finished. It is for the rooms above that ask what a body can do next.
func OpenOfOwnBody(ctx context.Context, tx *postgres.Tx) ([]*Checklist, error) {
	lists, err := collect(ctx, tx, telling+` AND o.org_id = @org
		ORDER BY v.name COLLATE "de-x-icu", o.onboarding_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	if err != nil {
		return nil, fmt.Errorf("read the checklists of a body: %w", err)
	}
	return lists, nil
}
