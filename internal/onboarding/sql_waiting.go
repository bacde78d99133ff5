package onboarding

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// partyKinds are the kinds of organisations that steps may lie with.
const partyKinds = `('state_coordination', 'ministry', 'it_provider', 'efa_provider')`

// periodAt is a period and the step that lay with others.
type periodAt struct {
	Waiting
	Step uuid.UUID
}

// periodsOf selects the periods in which steps lay with others, as JSON, the first one first. Names without underscores
// are those of the fields for JSON.
func periodsOf(steps string) string {
	return `
	SELECT json_agg(json_build_object('step', w.step_id, 'id', w.waiting_id, 'partykey', coalesce(p.key, w.party_key), 'party', coalesce(p.name, w.party),
		'ticket', w.ticket, 'note', w.note, 'since', w.since::timestamp AT TIME ZONE 'UTC', 'until', w.ended_at) ORDER BY w.started_at, w.waiting_id)
	FROM portal.waiting w
	LEFT JOIN portal.organisation p ON p.land_id = @land AND p.org_id = w.party_id
	WHERE w.land_id = @land AND w.step_id = ANY (` + steps + `)`
}

// PartiesAsJSON selects the organisations of the Land that steps may lie with, by kind and name, for []Party. It needs
// the arguments land and today; the rooms above read it beside what else they want to know.
const PartiesAsJSON = `
	SELECT coalesce(json_agg(json_build_object('key', p.key, 'kind', p.kind, 'name', p.name) ORDER BY p.kind DESC, p.name COLLATE "de-x-icu", p.org_id), '[]')
	FROM portal.organisation p
	WHERE p.land_id = @land AND p.kind IN ` + partyKinds + ` AND (p.valid_to IS NULL OR p.valid_to >= @today)`

func listParties(ctx context.Context, tx *postgres.Tx) ([]Party, error) {
	var found []Party
	err := tx.QueryRow(ctx, PartiesAsJSON, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today()}).Scan(&found)
	if err != nil {
		return nil, fmt.Errorf("list parties: %w", err)
	}
	return found, nil
}

// insertWaiting begins a period, touches the step so that forms made before are late, and takes the act as a
// confirmation by the body. It returns the party's name.
func insertWaiting(ctx context.Context, tx *postgres.Tx, c *Checklist, s Step, in HandOverInput) (string, error) {
	rows, _ := tx.Query(ctx, `
		WITH `+touching+`
		INSERT INTO portal.waiting (land_id, org_id, waiting_id, step_id, party_id, party, ticket, note, since, started_by, started_at)
		SELECT @land, @org, @id, @step, p.org_id, @party, @ticket, @note, @since, @who, @now
		FROM (SELECT 1) one
		LEFT JOIN portal.organisation p ON p.land_id = @land AND p.key = @key AND p.kind IN `+partyKinds+`
		WHERE @key = '' OR p.org_id IS NOT NULL
		RETURNING coalesce((SELECT p.name FROM portal.organisation p WHERE p.land_id = @land AND p.org_id = party_id), party) AS name`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": c.BodyID, "id": in.ID, "onboarding": c.ID, "step": s.ID, "key": in.PartyKey, "party": in.Party, "ticket": in.Ticket,
			"note": in.Note, "since": in.Since, "who": tx.Who.Person, "now": tx.Now, "own": tx.Org() == c.BodyID,
		})
	name, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[string])
	if postgres.IsNoRow(err) {
		return "", fault.InField("party", "Wählen Sie eine Stelle aus der Liste.")
	}
	if err != nil {
		return "", fmt.Errorf("hand over step %s: %w", s.ID, err)
	}
	return name, nil
}

// endWaiting ends the period in which a step lies with others.
func endWaiting(ctx context.Context, tx *postgres.Tx, c *Checklist, s Step) error {
	_, err := tx.Exec(ctx, `
		WITH `+touching+`
		UPDATE portal.waiting SET ended_at = @now, ended_by = @who
		WHERE land_id = @land AND org_id = @org AND step_id = @step AND ended_at IS NULL`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": c.BodyID, "onboarding": c.ID, "step": s.ID, "who": tx.Who.Person, "now": tx.Now, "own": tx.Org() == c.BodyID,
		})
	if err != nil {
		return fmt.Errorf("take back step %s: %w", s.ID, err)
	}
	return nil
}

// touching is what handing over and taking back have in common.
const touching = `touched AS (
			UPDATE portal.step SET changed_by = @who, version = version + 1
			WHERE land_id = @land AND org_id = @org AND step_id = @step
		), confirmed AS (
			UPDATE portal.onboarding SET confirmed_at = @now
			WHERE land_id = @land AND org_id = @org AND onboarding_id = @onboarding AND @own
		)`

// confirmation is an onboarding whose state was confirmed, and when it was the last time.
type confirmation struct {
	ID      uuid.UUID `db:"onboarding_id"`
	Service string
	Before  *time.Time
}

// confirm notes that what is known of the own body's onboardings holds. What rests says nothing new.
func confirm(ctx context.Context, tx *postgres.Tx, slug string) ([]confirmation, error) {
	rows, _ := tx.Query(ctx, `
		WITH held AS (
			SELECT o.onboarding_id, o.confirmed_at AS before, v.name AS service
			FROM portal.onboarding o
			JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
			WHERE o.land_id = @land AND o.org_id = @org AND (@slug = '' AND o.state <> ALL (@aside) OR v.slug = @slug)
			ORDER BY o.onboarding_id
			FOR NO KEY UPDATE OF o
		)
		UPDATE portal.onboarding o SET confirmed_at = @now
		FROM held
		WHERE o.land_id = @land AND o.org_id = @org AND o.onboarding_id = held.onboarding_id
		RETURNING o.onboarding_id, held.service, held.before`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "slug": slug, "now": tx.Now,
			"aside": []State{Paused, Declined, NotCompetent, Decommissioned},
		})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[confirmation])
	if err != nil {
		return nil, fmt.Errorf("confirm onboardings: %w", err)
	}
	return found, nil
}
