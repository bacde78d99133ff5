package onboarding

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/postgres"
)

// running are the states from which an onboarding is halted when the decision under it goes away. What is live stays
// live: switching a service off is an act of its own.
var running = []State{NotStarted, Interested, Committed, Preparing, Connecting, Testing, Ready}

// Revocation is what revoking a decision would do.
type Revocation struct {
	decision.Details
	Halted []string // bodies whose onboarding is halted, by name
	Live   []string // bodies in which the service stays live
}

// Revocation says what revoking a decision would do.
func (s *Service) Revocation(ctx context.Context, who access.Actor, id uuid.UUID) (r Revocation, err error) {
	err = s.db.Read(ctx, who, access.DecisionReopen, func(tx *postgres.Tx) error {
		if r.Details, err = decision.ToBeRevoked(ctx, tx, id); err != nil {
			return err
		}
		return readEffect(ctx, tx, &r)
	})
	return r, err
}

// Revoke ends a decision and halts every onboarding that runs on it, with the reason, in one transaction.
func (s *Service) Revoke(ctx context.Context, who access.Actor, id uuid.UUID, in decision.RevokeInput) error {
	return s.db.Write(ctx, who, access.DecisionReopen, func(tx *postgres.Tx) error {
		d, err := decision.Revoke(ctx, tx, id, in)
		if err != nil {
			return err
		}
		halted, err := halt(ctx, tx, d)
		if err != nil || len(halted) == 0 {
			return err
		}
		return audit.RecordAll(ctx, tx, haltEntries(tx, d, halted))
	})
}

func readEffect(ctx context.Context, tx *postgres.Tx, r *Revocation) error {
	err := tx.QueryRow(ctx, `
		SELECT coalesce(array_agg(b.name ORDER BY b.name COLLATE "de-x-icu", b.org_id) FILTER (WHERE o.state = ANY (@running)), '{}'),
			coalesce(array_agg(b.name ORDER BY b.name COLLATE "de-x-icu", b.org_id) FILTER (WHERE o.state = ANY (@live)), '{}')
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		WHERE o.land_id = @land AND o.service_id = @service`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": r.ServiceID, "running": running, "live": []State{Live, Operating}}).Scan(&r.Halted, &r.Live)
	if err != nil {
		return fmt.Errorf("read what runs on decision %s: %w", r.ID, err)
	}
	return nil
}

// halted is an onboarding that a revocation pauses, and where it stood.
type halted struct {
	ID    uuid.UUID `db:"onboarding_id"`
	State State
}

// haltReason is what towns read.
const haltReason = "Der Beschluss zur Nachnutzung ist aufgehoben: "

// halt pauses what runs. Rows are locked in the order of their ids, as every change of a step does.
func halt(ctx context.Context, tx *postgres.Tx, d decision.Decision) ([]halted, error) {
	rows, _ := tx.Query(ctx, `
		WITH before AS (
			SELECT o.org_id, o.onboarding_id, o.state
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.service_id = @service AND o.state = ANY (@running)
			ORDER BY o.onboarding_id
			FOR NO KEY UPDATE
		)
		UPDATE portal.onboarding o SET state = 'paused', state_since = @now, state_reason = @reason, resume_on = NULL, version = o.version + 1
		FROM before b
		WHERE o.land_id = @land AND o.org_id = b.org_id AND o.onboarding_id = b.onboarding_id
		RETURNING o.onboarding_id, b.state`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": d.ServiceID, "running": running, "now": tx.Now, "reason": haltReason + d.RevokedGround.Word() + "."})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[halted])
	if err != nil {
		return nil, fmt.Errorf("halt what runs on decision %s: %w", d.ID, err)
	}
	return found, nil
}

// haltEntries stand in the trail of the ministry, which acted, and show in that of each onboarding.
func haltEntries(tx *postgres.Tx, d decision.Decision, found []halted) []audit.Entry {
	entries := make([]audit.Entry, len(found))
	for i, h := range found {
		entries[i] = audit.Entry{
			Org: tx.Org(), Action: "onboarding.pause", Kind: "onboarding", Record: h.ID, Parent: d.ServiceID, Title: "Anbindung", Visibility: audit.Land,
			Changes: append(audit.Diff("Stand der Anbindung", h.State.Word(), Paused.Word()), audit.Diff("Grund", "", haltReason+d.RevokedGround.Word()+".")...),
		}
	}
	return entries
}
