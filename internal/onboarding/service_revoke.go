package onboarding

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/decision"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

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
		r.Halted, r.Live, err = readEffect(ctx, tx, r.ServiceID)
		return err
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
		return haltAll(ctx, tx, d)
	})
}

// readEffect finds the bodies whose onboarding would be halted, and those that are live.
func readEffect(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (halted, live []string, err error) {
	err = tx.QueryRow(ctx, `
		SELECT coalesce(array_agg(b.name ORDER BY b.name COLLATE "de-x-icu", b.org_id) FILTER (WHERE `+decision.Halted+`), '{}'),
			coalesce(array_agg(b.name ORDER BY b.name COLLATE "de-x-icu", b.org_id) FILTER (WHERE o.state = ANY (@live)), '{}')
		FROM portal.onboarding o
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = o.org_id
		WHERE o.land_id = @land AND o.service_id = @service`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "live": []State{Live, Operating}}).Scan(&halted, &live)
	if err != nil {
		return nil, nil, fmt.Errorf("read what runs of service %s: %w", service, err)
	}
	return halted, live, nil
}

// ExpireDecisions ends the approvals of a Land whose last day is over and halts what runs on them, as revoking does. It is a
// round of every day; a second one finds nothing.
func (s *Service) ExpireDecisions(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		ended, err := decision.Expire(ctx, tx)
		if err == nil && len(ended) == 0 {
			err = postgres.ErrRepeated
		}
		for _, d := range ended {
			if err == nil {
				err = haltAll(ctx, tx, d)
			}
		}
		return err
	})
}

// haltAll halts what runs on a decision that has just ended, tells those whom it concerns, and puts the end on file.
func haltAll(ctx context.Context, tx *postgres.Tx, d decision.Decision) error {
	found, err := halt(ctx, tx, d)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		if err := notify.Record(ctx, tx, haltEntries(tx, d, found), haltNotice(d, found)); err != nil {
			return err
		}
	}
	var e decision.Effect
	for _, h := range found {
		e.Halted = append(e.Halted, decision.HaltedBody{Name: h.Name, State: h.State.Word()})
	}
	if _, e.Live, err = readEffect(ctx, tx, d.ServiceID); err != nil {
		return err
	}
	return decision.KeepEnding(ctx, tx, d.ID, e)
}

// halted is an onboarding that a revocation pauses, and where it stood.
type halted struct {
	ID    uuid.UUID `db:"onboarding_id"`
	Org   uuid.UUID `db:"org_id"`
	Name  string    // of the body
	State State
}

// haltReason is what towns read.
func haltReason(d decision.Decision) string {
	if d.State == decision.Expired {
		return "Der Beschluss zur Nachnutzung ist abgelaufen. Er galt bis " + workday.WrittenIf(d.ValidUntil) + "."
	}
	return "Der Beschluss zur Nachnutzung ist aufgehoben: " + d.RevokedGround.Word() + "."
}

// halt pauses what runs. A ministry may not write onboardings; the database does this one thing for it.
func halt(ctx context.Context, tx *postgres.Tx, d decision.Decision) ([]halted, error) {
	rows, _ := tx.Query(ctx, `
		SELECT h.onboarding_id, h.org_id, b.name, h.state
		FROM ctx.halt(@decision, @reason, @now) h
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = h.org_id
		ORDER BY b.name COLLATE "de-x-icu", h.onboarding_id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "decision": d.ID, "now": d.StateSince, "reason": haltReason(d)})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[halted])
	if err != nil {
		return nil, fmt.Errorf("halt what runs on decision %s: %w", d.ID, err)
	}
	return found, nil
}

// haltNotice tells the towns why nothing goes on.
func haltNotice(d decision.Decision, found []halted) notify.Notice {
	orgs := make([]uuid.UUID, len(found))
	for i, h := range found {
		orgs[i] = h.Org
	}
	return notify.Notice{Kind: notify.OnboardingPaused, To: notify.Orgs(orgs...), Text: "Eine Anbindung ruht. " + haltReason(d), Path: notify.AtDecision(d.ID)}
}

// haltEntries stand in the trail of the ministry, which acted, and show in that of each onboarding.
func haltEntries(tx *postgres.Tx, d decision.Decision, found []halted) []audit.Entry {
	entries := make([]audit.Entry, len(found))
	for i, h := range found {
		entries[i] = audit.Entry{
			Org: tx.Org(), Action: "onboarding.pause", Kind: "onboarding", Record: h.ID, Parent: d.ServiceID, Title: "Anbindung", Visibility: audit.Land,
			Changes: append(audit.Diff("Stand der Anbindung", h.State.Word(), Paused.Word()), audit.Diff("Grund", "", haltReason(d))...),
		}
	}
	return entries
}
