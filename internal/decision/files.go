package decision

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
)

const (
	fileJSON = `jsonb_agg(jsonb_build_object('id', e.evidence_id, 'name', e.name, 'version', e.version, 'kind', e.kind, 'size', e.size,
		'sha256', encode(e.sha256, 'hex'), 'uploaded_by', e.uploaded_by, 'uploaded_at', e.uploaded_at) ORDER BY e.name, e.version DESC)`
	// filesJSON are the files of review r, newest version first.
	filesJSON = `(
	SELECT ` + fileJSON + `
	FROM portal.evidence e
	WHERE e.land_id = @land AND e.org_id = r.org_id AND e.decision_id = r.decision_id AND e.section = r.kind AND e.deleted_at IS NULL)`
	// enclosedJSON are those of opinion n. Row security keeps them from the ministry until the answer is given.
	enclosedJSON = `(
	SELECT ` + fileJSON + `
	FROM portal.evidence e
	WHERE e.land_id = @land AND e.org_id = n.party_id AND e.opinion_id = n.opinion_id AND e.deleted_at IS NULL)`
)

// HoldReview holds a case while the files of one of its reviews change, for the room above that keeps them. Whoever
// submits the case meanwhile has to look at it again. It returns the line of the trail, to be completed; NotFound for
// everybody but the ministry, Conflict once the case is submitted or closed.
func HoldReview(ctx context.Context, tx *postgres.Tx, id uuid.UUID, kind Kind) (audit.Entry, error) {
	c, err := lock(ctx, tx, id)
	if err != nil {
		return audit.Entry{}, err
	}
	if !slices.ContainsFunc(c.Reviews, func(r Review) bool { return r.Kind == kind }) {
		return audit.Entry{}, fault.Missing()
	}
	was := c.State
	if err := c.move(ToReview, c.Version, InReview, tx.Now); err != nil {
		return audit.Entry{}, err
	}
	entry := c.entry("", audit.Private, moved(was, c.State))
	entry.Kind, entry.Title = "review", kind.Word()
	return entry, save(ctx, tx, c.Decision)
}

// HoldOpinion holds a Stellungnahme while its files change, for the room above that keeps them. It returns the line of the trail,
// to be completed; NotFound for everybody but the asked organisation, Conflict once the case is closed.
func HoldOpinion(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (audit.Entry, error) {
	o, err := askedOne(ctx, tx, id, "")
	if err == nil && o.ClosedAt != nil {
		err = errNotNeeded
	}
	if err != nil {
		return audit.Entry{}, err
	}
	if _, err := askedOne(ctx, tx, id, "FOR UPDATE OF n"); err != nil { // who decides closes it, and nobody locks what is closed
		if postgres.IsNoRow(err) {
			err = errNotNeeded
		}
		return audit.Entry{}, err
	}
	return audit.Entry{Org: tx.Org(), Kind: "opinion", Record: o.ID, Title: o.ServiceName, Visibility: audit.Private}, nil
}

// Files are the files that the reviews and opinions of a case lean on, in the order of the Vermerk.
func (s *Service) Files(ctx context.Context, who access.Actor, id uuid.UUID) (found []paper.File, err error) {
	err = s.db.Read(ctx, who, access.DecisionInternalView, func(tx *postgres.Tx) error {
		found, err = listFiles(ctx, tx, id)
		return err
	})
	return found, err
}

func listFiles(ctx context.Context, tx *postgres.Tx, id uuid.UUID) ([]paper.File, error) {
	rows, _ := tx.Query(ctx, `
		SELECT a.file FROM (
			SELECT f.file, array_position(@kinds::text[], r.kind) AS place, NULL::timestamptz AS asked, NULL::uuid AS opinion, f.no
			FROM portal.review r
			CROSS JOIN LATERAL jsonb_array_elements(`+filesJSON+`) WITH ORDINALITY AS f (file, no)
			WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = @id
			UNION ALL
			SELECT f.file, cardinality(@kinds::text[]) + 1, n.asked_at, n.opinion_id, f.no
			FROM portal.opinion n
			CROSS JOIN LATERAL jsonb_array_elements(`+enclosedJSON+`) WITH ORDINALITY AS f (file, no)
			WHERE n.land_id = @land AND n.org_id = @org AND n.decision_id = @id) a
		ORDER BY a.place, a.asked, a.opinion, a.no
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "kinds": Kinds})
	found, err := pgx.CollectRows(rows, pgx.RowTo[paper.File])
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", id, err)
	}
	return found, nil
}
