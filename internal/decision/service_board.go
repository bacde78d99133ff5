package decision

import (
	"context"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// Board returns a page of the list with the figures over all that the reader works with: the Land's all, a ministry's
// own. Whoever reads only what is published gets an empty board.
func (s *Service) Board(ctx context.Context, who access.Actor, f Filter) (b Board, found []Listed, err error) {
	err = s.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx, f); err != nil || tx.Reach == access.Published {
			return err
		}
		b, err = readBoard(ctx, tx)
		return err
	})
	return b, found, err
}

// Export returns every row of the filtered list for a file, and notes in the trail that it left the portal.
func (s *Service) Export(ctx context.Context, who access.Actor, f Filter) (found []Listed, at time.Time, err error) {
	f.whole = true
	err = s.db.Write(ctx, who, access.DecisionExport, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx, f); err != nil {
			return err
		}
		at = tx.Now
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "decision.export", Kind: "decision", Record: tx.Org(), Title: "Entscheidungen als Datei", Visibility: audit.Org,
			Changes: audit.Diff("Zeilen", "", strconv.Itoa(len(found))),
		})
	})
	return found, at, err
}
