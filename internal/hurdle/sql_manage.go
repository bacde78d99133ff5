package hurdle

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// save writes what the Land changed of an obstacle.
func save(ctx context.Context, tx *postgres.Tx, o Obstacle) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.obstacle SET state = @state, state_since = @since, solution = @solution, reason = @reason,
			escalated_to = @to, escalated_on = @on, agenda_on = @agenda, decision = @decision, decided_on = @decided_on,
			escalated_org = (SELECT g.org_id FROM portal.organisation g WHERE g.land_id = @land AND g.key = @committee), severity = @severity, solvable_by = @solver, scope = @scope, due_on = @due,
			merged_into = (SELECT m.obstacle_id FROM portal.obstacle m WHERE m.land_id = @land AND m.no = @into),
			changed_by = @who, version = version + 1
		WHERE land_id = @land AND obstacle_id = @id`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "id": o.ID, "state": o.State, "since": o.StateSince, "solution": o.Solution, "reason": o.Reason,
			"to": o.EscalatedTo, "on": o.EscalatedOn, "severity": o.Severity, "solver": o.SolvableBy, "scope": o.Scope, "due": o.DueOn,
			"agenda": o.AgendaOn, "decision": o.Decision, "decided_on": o.DecidedOn, "committee": o.Committee, "into": o.MergedInto, "who": tx.Who.Person,
		})
	if err != nil {
		return fmt.Errorf("save obstacle %d: %w", o.No, err)
	}
	return nil
}

// forumName returns the name of a committee or an association that exists.
func forumName(ctx context.Context, tx *postgres.Tx, key string) (name string, err error) {
	err = tx.QueryRow(ctx, `
		SELECT g.name
		FROM portal.organisation g
		WHERE g.land_id = @land AND g.key = @key AND g.kind IN ('committee', 'association') AND g.valid_to IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "key": key}).Scan(&name)
	if postgres.IsNoRow(err) {
		return "", fault.InField("forum", "Wählen Sie ein Gremium aus der Liste.")
	}
	return name, err
}

// persists opens an obstacle again, in the name of a body that it affects; false if it stands differently meanwhile.
func persists(ctx context.Context, tx *postgres.Tx, o Obstacle, reason string) (done bool, err error) {
	err = tx.QueryRow(ctx, `SELECT ctx.obstacle_persists(@id, @version, @reason, @now)`,
		pgx.StrictNamedArgs{"id": o.ID, "version": o.Version, "reason": reason, "now": tx.Now}).Scan(&done)
	if err != nil {
		return false, fmt.Errorf("open obstacle %d again: %w", o.No, err)
	}
	return done, nil
}

// takeOver copies whom an obstacle affects to another one. The rows of the first stay, for its history.
func takeOver(ctx context.Context, tx *postgres.Tx, from, into uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.obstacle_affected AS a (land_id, org_id, obstacle_id, step_id, service_id, basis, blocking, since)
		SELECT f.land_id, f.org_id, @into, f.step_id, f.service_id, f.basis, f.blocking, f.since
		FROM portal.obstacle_affected f
		WHERE f.land_id = @land AND f.obstacle_id = @from AND f.left_at IS NULL
		ON CONFLICT (land_id, org_id, obstacle_id, step_id) DO UPDATE SET
			blocking = excluded.blocking OR a.left_at IS NULL AND a.blocking, left_at = NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "from": from, "into": into})
	if err != nil {
		return fmt.Errorf("take over whom an obstacle affects: %w", err)
	}
	return nil
}

// repeated reports whether the last thing that the acting person did with an obstacle was this.
func repeated(ctx context.Context, tx *postgres.Tx, obstacle uuid.UUID, action string) (again bool, err error) {
	err = tx.QueryRow(ctx, `
		SELECT a.action = @action
		FROM portal.audit_event a
		WHERE a.land_id = @land AND a.record = @obstacle AND a.actor = @who
		ORDER BY a.at DESC, a.org_id, a.seq DESC
		LIMIT 1`,
		pgx.StrictNamedArgs{"land": tx.Land(), "obstacle": obstacle, "action": action, "who": tx.Who.Person}).Scan(&again)
	if postgres.IsNoRow(err) {
		return false, nil
	}
	return again, err
}
