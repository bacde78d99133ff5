package decision

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/condition"
	"rollinportal/internal/postgres"
)

const columns = `d.decision_id, d.org_id, d.service_id, d.no, d.state, d.outcome, d.occasion, d.due_on, d.requested_by, d.requested_at,
	d.submitted_by, d.submitted_at, d.decided_by, d.decided_at, d.ground, d.reason, d.deferred_until, d.valid_until, d.delegation_id, d.cross_land,
	d.revoked_by, d.revoked_at, d.revoked_ground, d.revoked_reason, d.state_since, d.version`

// InForce holds for an approval d on the day @today. The workers end it after its last day, but nobody begins anything on
// the strength of it meanwhile.
const InForce = `d.state IN ('approved', 'approved_with_conditions') AND (d.valid_until IS NULL OR d.valid_until >= @today)`

// Halted holds for an onboarding o that is halted when the decision under it ends; ctx.halt says the same. What is live stays
// live: switching a service off is an act of its own.
const Halted = `o.state IN ('not_started', 'interested', 'committed', 'preparing', 'connecting', 'testing', 'ready')`

// locked is a case that nobody else changes until the transaction ends.
type locked struct {
	Decision
	ServiceName string
	Reviews     []Review
	Frame       *Frame
	Options     []Option
	Drafts      []FigureDraft
	Seen        int64
	Today       time.Time
}

func (c locked) assessment() Assessment { return assessmentOf(c.Frame, c.Options, c.Drafts) }

// lock returns a case of the own ministry.
func lock(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (locked, error) {
	rows, _ := tx.Query(ctx, `
		WITH people AS (SELECT NULL::uuid AS person_id, '' AS name LIMIT 0)
		SELECT `+columns+`, s.name AS service_name, @today::date AS today, `+seen+`, `+frameJSON+`, `+optionsJSON+`, `+draftsJSON+`, (
			SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'result', r.result, 'note', r.note, 'links', r.links, 'reviewed_by', r.reviewed_by, 'version', r.version)
				ORDER BY array_position(@kinds::text[], r.kind))
			FROM portal.review r
			WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = d.decision_id) AS reviews
		FROM portal.decision d
		JOIN portal.service s ON s.land_id = d.land_id AND s.service_id = d.service_id
		WHERE d.land_id = @land AND d.org_id = @org AND d.decision_id = @id
		FOR UPDATE OF d`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "today": tx.Today(), "kinds": Kinds})
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[locked])
	if err != nil {
		return c, fmt.Errorf("lock decision %s: %w", id, err)
	}
	c.Reviewers = reviewers(c.Reviews)
	return c, nil
}

func save(ctx context.Context, tx *postgres.Tx, d Decision) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.decision SET state = @state, outcome = @outcome, submitted_by = @submitted_by, submitted_at = @submitted_at,
			decided_by = @decided_by, decided_at = @decided_at, ground = @ground, reason = @reason, deferred_until = @deferred_until,
			valid_until = @valid_until, delegation_id = @delegation_id, cross_land = @cross_land, revoked_by = @revoked_by, revoked_at = @revoked_at,
			revoked_ground = @revoked_ground, revoked_reason = @revoked_reason, state_since = @state_since, version = @version
		WHERE land_id = @land AND org_id = @org AND decision_id = @id`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": d.ID, "state": d.State, "outcome": d.Outcome, "submitted_by": d.SubmittedBy,
			"submitted_at": d.SubmittedAt, "decided_by": d.DecidedBy, "decided_at": d.DecidedAt, "reason": d.Reason,
			"ground": d.Ground, "deferred_until": d.DeferredUntil, "valid_until": d.ValidUntil, "delegation_id": d.DelegationID, "cross_land": d.CrossLand,
			"revoked_by": d.RevokedBy, "revoked_at": d.RevokedAt, "revoked_ground": d.RevokedGround, "revoked_reason": d.RevokedReason,
			"state_since": d.StateSince, "version": d.Version,
		})
	if err != nil {
		return fmt.Errorf("save decision %s: %w", d.ID, err)
	}
	return nil
}

func saveReview(ctx context.Context, tx *postgres.Tx, id uuid.UUID, r Review) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.review SET result = @result, note = @note, links = @links, reviewed_by = @reviewed_by, reviewed_at = @reviewed_at, version = @version
		WHERE land_id = @land AND org_id = @org AND decision_id = @id AND kind = @kind`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": id, "kind": r.Kind, "result": r.Result, "note": r.Note, "links": r.Links,
			"reviewed_by": r.ReviewedBy, "reviewed_at": r.ReviewedAt, "version": r.Version,
		})
	if err != nil {
		return fmt.Errorf("save review %s of %s: %w", r.Kind, id, err)
	}
	return nil
}

// insert makes the case and its four open reviews and returns its number; no row if the id is taken.
func insert(ctx context.Context, tx *postgres.Tx, r Request, c Choice) (no int, err error) {
	err = tx.QueryRow(ctx, `
		WITH made AS (
			INSERT INTO portal.decision (land_id, org_id, decision_id, service_id, no, state, occasion, due_on, requested_by, requested_at, state_since)
			SELECT @land, @ministry, @id, @service, coalesce(max(o.no), 0) + 1, 'draft', @occasion, @due_on, @who, @now, @now
			FROM portal.decision o
			WHERE o.land_id = @land AND o.service_id = @service
			ON CONFLICT (land_id, decision_id) DO NOTHING
			RETURNING land_id, org_id, decision_id, no
		), reviews AS (
			INSERT INTO portal.review (land_id, org_id, decision_id, kind)
			SELECT m.land_id, m.org_id, m.decision_id, k.kind
			FROM made m, unnest(@kinds::text[]) AS k (kind)
		)
		SELECT no FROM made`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "ministry": c.MinistryID, "id": r.ID, "service": c.ServiceID, "occasion": r.Occasion, "due_on": r.DueOn,
			"who": tx.Who.Person, "now": tx.Now, "kinds": Kinds,
		}).Scan(&no)
	return no, err
}

func addConditions(ctx context.Context, tx *postgres.Tx, id uuid.UUID, conditions []Condition) error {
	if len(conditions) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.decision_condition (land_id, org_id, decision_id, no, text, owner, due_on)
		SELECT @land, @org, @id, c.no, c.text, c.owner, c.due_on
		FROM ROWS FROM (jsonb_to_recordset(@conditions) AS (text text, owner text, due_on date)) WITH ORDINALITY AS c (text, owner, due_on, no)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "conditions": conditions})
	if err != nil {
		return fmt.Errorf("add conditions to %s: %w", id, err)
	}
	return condition.Begin(ctx, tx, id)
}

// older is a decision that another one has taken the place of.
type older struct {
	ID      uuid.UUID `db:"decision_id"`
	Outcome State
}

// supersede takes the place of older decisions. Putting a question off decides nothing: it replaces only an earlier
// date, and what was approved or refused stays in force.
func supersede(ctx context.Context, tx *postgres.Tx, d Decision) ([]older, error) {
	rows, _ := tx.Query(ctx, `
		UPDATE portal.decision SET state = 'superseded', state_since = @now, version = version + 1
		WHERE land_id = @land AND service_id = @service AND decision_id <> @id
			AND (state = 'deferred' OR state IN ('approved', 'approved_with_conditions', 'rejected') AND @outcome <> 'deferred')
		RETURNING decision_id, outcome`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": d.ServiceID, "id": d.ID, "now": tx.Now, "outcome": string(d.Outcome)})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[older])
	if err != nil {
		return nil, fmt.Errorf("supersede what %s replaces: %w", d.ID, err)
	}
	return found, nil
}

func approvedFor(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (Decision, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`
		FROM portal.decision d
		WHERE d.land_id = @land AND d.service_id = @service AND `+InForce+`
		ORDER BY d.no DESC
		LIMIT 1`, pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "today": tx.Today()})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Decision])
}
