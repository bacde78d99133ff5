package onboarding

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// readOffer reads what a roll-in of a service begins with; NotFound if the service is unknown.
func readOffer(ctx context.Context, tx *postgres.Tx, slug string) (offer, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.service_id, v.slug AS service_slug, v.name AS service_name, v.transports, v.backend, v.payment,
			v.declaration_required AS declaration, v.piloting, v.published_at IS NOT NULL AS published, r.started_by,
			d.decision_id, d.no AS decision_no, d.state AS decision_state, d.decided_at, b.body_keys, b.body_names
		FROM portal.service v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		LEFT JOIN LATERAL (
			SELECT d.decision_id, d.no, d.state, d.decided_at
			FROM portal.decision d
			WHERE d.land_id = @land AND d.service_id = v.service_id AND d.state IN ('approved', 'approved_with_conditions')
			ORDER BY d.no DESC
			LIMIT 1) d ON true
		CROSS JOIN LATERAL (
			SELECT coalesce(array_agg(o.key ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '{}') AS body_keys,
				coalesce(array_agg(o.name ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '{}') AS body_names
			FROM portal.service_body c
			JOIN portal.organisation o ON o.land_id = @land AND o.org_id = c.org_id
			WHERE c.land_id = @land AND c.service_id = v.service_id AND (o.valid_to IS NULL OR o.valid_to >= @today)) b
		WHERE v.land_id = @land AND v.slug = @slug`,
		pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug, "today": template.Day(tx.Now)})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[offer])
}

// lockCoordination makes the roll-ins of a Land start one after the other.
func lockCoordination(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `
		SELECT org_id
		FROM portal.organisation
		WHERE land_id = @land AND org_id = @org
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org()})
	if err != nil {
		return fmt.Errorf("lock the Land's coordination: %w", err)
	}
	return nil
}

// lockBodies holds what other services have begun in the same bodies: their basis steps are about to be leant on.
func (l layout) lockBodies(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `
		SELECT o.onboarding_id
		FROM portal.onboarding o
		WHERE o.land_id = @land AND o.org_id IN (
			SELECT c.org_id FROM portal.service_body c WHERE c.land_id = @land AND c.service_id = @service)
		ORDER BY o.onboarding_id
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "service": l.offer.ServiceID})
	if err != nil {
		return fmt.Errorf("lock the bodies' onboardings: %w", err)
	}
	return nil
}

func (l layout) insertRollin(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.rollin (land_id, org_id, service_id, decision_id, template_version_id, started_by, started_at)
		VALUES (@land, @org, @service, @decision, @version, @who, @now)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "service": l.offer.ServiceID, "decision": l.offer.DecisionID,
			"version": l.version.ID, "who": tx.Who.Person, "now": tx.Now,
		})
	return err
}

func (l layout) insertOnboardings(ctx context.Context, tx *postgres.Tx, pilots []string) ([]created, error) {
	rows, _ := tx.Query(ctx, `
		INSERT INTO portal.onboarding (land_id, org_id, onboarding_id, service_id, state, state_since, target_on, pilot)
		SELECT @land, o.org_id, gen_random_uuid(), @service, 'not_started', @now,
			CASE WHEN o.key = ANY (@pilots) THEN @pilot_target::date ELSE @target::date END, o.key = ANY (@pilots)
		FROM portal.organisation o
		WHERE o.land_id = @land AND o.key = ANY (@bodies)
		RETURNING org_id, onboarding_id, target_on, pilot`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "service": l.offer.ServiceID, "now": tx.Now, "bodies": l.offer.BodyKeys, "pilots": append([]string{}, pilots...),
			"pilot_target": l.schedule(true)[template.Live], "target": l.schedule(false)[template.Live],
		})
	return pgx.CollectRows(rows, pgx.RowToStructByName[created])
}

// insertSteps lays out all steps and counts them. A basis step that the body has already is leant on as it is; if no
// service needed it so far and this one does, it opens. What the body's profile proves is done from the start.
func (l layout) insertSteps(ctx context.Context, tx *postgres.Tx) error {
	steps, err := json.Marshal(l.steps(tx.Now))
	if err != nil {
		return fmt.Errorf("encode steps: %w", err)
	}
	land, service := tx.Land(), l.offer.ServiceID
	batch := &pgx.Batch{}
	batch.Queue(insertOwnSteps, pgx.StrictNamedArgs{
		"land": land, "org": tx.Org(), "service": service, "version": l.version.ID, "who": tx.Who.Person, "steps": steps,
	})
	batch.Queue(insertBasisSteps, pgx.StrictNamedArgs{
		"land": land, "service": service, "version": l.version.ID, "who": tx.Who.Person, "now": tx.Now, "today": template.Day(tx.Now), "steps": steps,
	})
	batch.Queue(insertLinks, pgx.StrictNamedArgs{"land": land, "service": service, "steps": steps})
	batch.Queue(countOnboardings, pgx.StrictNamedArgs{"land": land, "service": service})
	batch.Queue(countProgress, pgx.StrictNamedArgs{"land": land, "service": service})
	return tx.SendBatch(ctx, batch).Close()
}

const laidSteps = `jsonb_to_recordset(@steps) AS p ("Key" text, "Scope" text, "State" text, "Reason" text, "Evidence" text,
		"Pilot" boolean, "Due" date, "Since" timestamptz)`

const insertOwnSteps = `
	INSERT INTO portal.step (land_id, org_id, step_id, scope, key, service_id, onboarding_id, template_version_id, state,
		reason, evidence, due_on, state_since, changed_by)
	SELECT @land, coalesce(o.org_id, @org), gen_random_uuid(), p."Scope", p."Key", @service, o.onboarding_id, @version, p."State",
		p."Reason", p."Evidence", p."Due", p."Since", @who
	FROM ` + laidSteps + `
	LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = @service AND o.pilot = p."Pilot" AND p."Scope" = 'kommune'
	WHERE p."Scope" = 'land' OR o.onboarding_id IS NOT NULL`

const insertBasisSteps = `
	INSERT INTO portal.step (land_id, org_id, step_id, scope, key, template_version_id, state, reason, evidence, due_on, state_since, changed_by)
	SELECT @land, o.org_id, gen_random_uuid(), p."Scope", p."Key", @version,
		CASE WHEN p."State" = 'open' AND f.key IS NOT NULL THEN 'done' ELSE p."State" END, p."Reason",
		CASE WHEN p."State" = 'open' THEN coalesce(f.evidence, '') ELSE '' END, p."Due", @now, @who
	FROM ` + laidSteps + `
	JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = @service AND o.pilot = p."Pilot"
	LEFT JOIN portal.basis_proof f ON f.land_id = @land AND f.org_id = o.org_id AND f.key = p."Key" AND (f.valid_until IS NULL OR f.valid_until > @today)
	WHERE p."Scope" = 'basis'
	ORDER BY o.org_id, p."Key"
	ON CONFLICT (land_id, org_id, service_id, key) DO UPDATE SET state = excluded.state, reason = '', evidence = excluded.evidence,
		due_on = excluded.due_on, state_since = excluded.state_since, changed_by = excluded.changed_by, version = step.version + 1
		WHERE step.state = 'not_applicable' AND excluded.state <> 'not_applicable' AND NOT EXISTS (
			SELECT FROM portal.onboarding_basis l
			WHERE l.land_id = step.land_id AND l.org_id = step.org_id AND l.step_id = step.step_id AND l.reason = '')`

const insertLinks = `
	INSERT INTO portal.onboarding_basis (land_id, org_id, onboarding_id, step_id, reason)
	SELECT @land, o.org_id, o.onboarding_id, s.step_id, p."Reason"
	FROM ` + laidSteps + `
	JOIN portal.onboarding o ON o.land_id = @land AND o.service_id = @service AND o.pilot = p."Pilot"
	JOIN portal.step s ON s.land_id = @land AND s.org_id = o.org_id AND s.service_id IS NULL AND s.key = p."Key"
	WHERE p."Scope" = 'basis'`

const countOnboardings = `
	UPDATE portal.onboarding o SET steps_relevant = n.relevant, steps_done = n.done
	FROM (
		SELECT n.onboarding_id, ` + counting + `
		FROM (
			SELECT s.onboarding_id, s.state
			FROM portal.step s
			WHERE s.land_id = @land AND s.service_id = @service AND s.scope = 'kommune'
			UNION ALL
			SELECT l.onboarding_id, s.state
			FROM portal.onboarding b
			JOIN portal.onboarding_basis l ON l.land_id = @land AND l.org_id = b.org_id AND l.onboarding_id = b.onboarding_id AND l.reason = ''
			JOIN portal.step s ON s.land_id = @land AND s.org_id = l.org_id AND s.step_id = l.step_id
			WHERE b.land_id = @land AND b.service_id = @service
		) n
		GROUP BY n.onboarding_id
	) n
	WHERE o.land_id = @land AND o.onboarding_id = n.onboarding_id`

const countProgress = `
	INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
	SELECT @land, n.org_id, n.service_id, n.pillar, n.scope, ` + counting + `
	FROM (
		SELECT s.org_id, s.service_id, s.scope, s.state, t.pillar
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE s.land_id = @land AND (s.service_id = @service OR s.service_id IS NULL AND s.org_id IN (
			SELECT o.org_id FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = @service))
	) n
	GROUP BY n.org_id, n.service_id, n.pillar, n.scope
	ON CONFLICT (land_id, org_id, service_id, pillar, scope) DO UPDATE SET
		relevant = excluded.relevant, done = excluded.done, active = excluded.active`
