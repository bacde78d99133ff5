package identity

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

func readMapping(ctx context.Context, tx *postgres.Tx) (m Mapping, err error) {
	// The Land comes along with each rule, and alone if it has none: one statement less for the page.
	rows, _ := tx.Query(ctx, `
		SELECT l.claims_grant, r.rule_id, coalesce(r.claim, '') AS claim, coalesce(r.value, '') AS value, coalesce(o.name, '') AS org,
			coalesce(r.role, '') AS role, coalesce(r.changed_by = @person, false) AS own, coalesce(c.people, 0) AS people
		FROM portal.land l
		LEFT JOIN portal.claim_rule r ON r.land_id = @land
		LEFT JOIN portal.organisation o ON o.land_id = @land AND o.org_id = r.target
		LEFT JOIN ctx.rule_members() c ON c.rule_id = r.rule_id
		WHERE l.land_id = @land
		ORDER BY o.name COLLATE "de-x-icu", r.role, r.claim, r.value, r.rule_id
		LIMIT 500`, pgx.StrictNamedArgs{"land": tx.Land(), "person": tx.Who.Person})
	type row struct {
		ClaimsGrant  bool
		RuleID       uuid.NullUUID
		Claim, Value string
		Org          string
		Role         access.Role
		Own          bool
		People       int
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return m, fmt.Errorf("list the rules for sign-in: %w", err)
	}
	for _, r := range found {
		m.On = r.ClaimsGrant
		if r.RuleID.Valid {
			m.Rules = append(m.Rules, Rule{r.RuleID.UUID, r.Claim, r.Value, r.Org, r.Role, r.Own, r.People})
		}
	}
	m.Orgs, err = organisation.ListToday(ctx, tx)
	return m, err
}

func insertRule(ctx context.Context, tx *postgres.Tx, r NewRule, target uuid.UUID) error {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.claim_rule (land_id, org_id, rule_id, claim, value, target, role, changed_by, changed_at)
		VALUES (@land, @org, @id, @claim, @value, @target, @role, @person, @now)
		ON CONFLICT (land_id, rule_id) DO NOTHING`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": r.ID, "claim": r.Claim, "value": r.Value, "target": target, "role": r.Role,
		"person": tx.Who.Person, "now": tx.Now,
	})
	switch {
	case postgres.Violates(err, "claim_rule_once"):
		return fault.InField("value", "Diese Regel gibt es schon.")
	case err != nil:
		return fmt.Errorf("insert a rule for sign-in: %w", err)
	case tag.RowsAffected() == 0:
		return postgres.ErrRepeated
	}
	return nil
}

// deleteRule removes a rule and ends whom it let in.
func deleteRule(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Rule, error) {
	rows, _ := tx.Query(ctx, `
		WITH gone AS (DELETE FROM portal.claim_rule WHERE land_id = @land AND rule_id = @id RETURNING rule_id, claim, value, target, role)
		SELECT g.rule_id, g.claim, g.value, o.name AS org, g.role, false AS own, ctx.end_rule(g.rule_id) AS people
		FROM gone g
		JOIN portal.organisation o ON o.land_id = @land AND o.org_id = g.target`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id})
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Rule])
	if postgres.IsNoRow(err) {
		return r, removedBefore(ctx, tx, id)
	}
	return r, err
}

// removedBefore returns ErrRepeated for a rule that the coordination has removed, as the trail tells, and NotFound for any other.
func removedBefore(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	var removed bool
	err := tx.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM portal.audit_event WHERE land_id = @land AND org_id = @org AND record = @id AND action = 'rule.removed')`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id}).Scan(&removed)
	if err != nil {
		return fmt.Errorf("look whether rule %s was removed: %w", id, err)
	}
	if removed {
		return postgres.ErrRepeated
	}
	return fault.Missing()
}

func tryClaims(ctx context.Context, tx *postgres.Tx, claims json.RawMessage) ([]Judgement, error) {
	rows, _ := tx.Query(ctx, `
		SELECT rule_id, claim, value, org, role, verdict
		FROM ctx.try_claims($1)
		ORDER BY verdict = 'differs', org COLLATE "de-x-icu", role, claim, value, rule_id
		LIMIT 1000`, []byte(claims))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Judgement])
	if err != nil {
		return nil, fmt.Errorf("try claims: %w", err)
	}
	return found, nil
}
