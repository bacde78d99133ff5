package evidence

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
	"rollinportal/internal/privacy"
)

// Purge removes the bytes of files that were deleted longer ago than their Land keeps them: whoever deleted the wrong one
// has time to ask for it. Their rows and their trail stay. It is a round of
// every day; a second one finds nothing.
func (s *Service) Purge(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.ChecklistState, func(tx *postgres.Tx) error {
		before, err := privacy.Before(ctx, tx, privacy.DeletedFiles)
		if err != nil {
			return err
		}
		gone, err := purge(ctx, tx, before)
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			return postgres.ErrRepeated
		}
		entries := make([]audit.Entry, len(gone))
		for i, g := range gone {
			entries[i] = audit.Entry{
				Org: g.OrgID, Action: "evidence.purge", Kind: g.Kind, Record: g.Record, Title: g.Name, Visibility: g.visibility(),
				Changes: []audit.Change{{Field: "Inhalt der gelöschten Datei", Old: g.Name, New: ""}},
			}
		}
		return audit.RecordAll(ctx, tx, entries)
	})
}

type purged struct {
	OrgID, Record uuid.UUID
	Name, Kind    string
}

// visibility keeps what happens to the papers of a ministry within the ministry.
func (g purged) visibility() audit.Visibility {
	if g.Kind == "step" {
		return audit.Org
	}
	return audit.Private
}

func purge(ctx context.Context, tx *postgres.Tx, before time.Time) ([]purged, error) {
	rows, _ := tx.Query(ctx, `
		SELECT org_id, step_id AS record, name, kind
		FROM ctx.purge_evidence(@before, @now)`, pgx.StrictNamedArgs{"before": before, "now": tx.Now})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[purged])
	if err != nil {
		return nil, fmt.Errorf("purge deleted files: %w", err)
	}
	return found, nil
}
