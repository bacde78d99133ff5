package onboarding

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/decision"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// readOffer reads what a roll-in of a service begins with; NotFound if the service is unknown.
func readOffer(ctx context.Context, tx *postgres.Tx, slug string) (offer, error) {
	o, _, err := readOfferAnd(ctx, tx, slug, `'{}'::json`)
	return o, err
}

// readOfferAnd reads in the same statement what a room above wants to know of service v besides, as JSON. That may take
// @land and @today.
func readOfferAnd(ctx context.Context, tx *postgres.Tx, slug, besides string) (offer, json.RawMessage, error) {
	rows, _ := tx.Query(ctx, `
		SELECT v.service_id, v.slug AS service_slug, v.name AS service_name, v.transports, v.backend, v.payment,
			v.declaration_required AS declaration, v.piloting, v.published_at IS NOT NULL AS published, r.started_by,
			d.decision_id, d.no AS decision_no, d.state AS decision_state, d.cross_land, d.decided_at, b.body_keys, b.body_names, b.body_providers, (`+besides+`) AS besides
		FROM portal.service v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		LEFT JOIN LATERAL (
			SELECT d.decision_id, d.no, d.state, d.cross_land, d.decided_at
			FROM portal.decision d
			WHERE d.land_id = @land AND d.service_id = v.service_id AND `+decision.InForce+`
			ORDER BY d.no DESC
			LIMIT 1) d ON true
		CROSS JOIN LATERAL (
			SELECT coalesce(array_agg(o.key ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '{}') AS body_keys,
				coalesce(array_agg(o.name ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '{}') AS body_names,
				coalesce(array_agg(coalesce(h.providers, '') ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '{}') AS body_providers
			FROM portal.service_body c
			JOIN portal.organisation o ON o.land_id = @land AND o.org_id = c.org_id
			CROSS JOIN LATERAL (
				SELECT string_agg(p.key, ' ' ORDER BY p.key) AS providers
				FROM portal.assignment a
				JOIN portal.organisation p ON p.land_id = @land AND p.org_id = a.provider_id
				WHERE a.land_id = @land AND a.org_id = o.org_id) h
			WHERE c.land_id = @land AND c.service_id = v.service_id AND (o.valid_to IS NULL OR o.valid_to >= @today)) b
		WHERE v.land_id = @land AND v.slug = @slug`,
		pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug, "today": tx.Today()})
	type row struct {
		offer
		Besides json.RawMessage
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
	return found.offer, found.Besides, err
}

// LockStart makes the roll-ins of a Land start one after the other.
func LockStart(ctx context.Context, tx *postgres.Tx) error {
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

// insertWaves writes the waves and who is left out.
func (l layout) insertWaves(ctx context.Context, tx *postgres.Tx) error {
	if len(l.waves) == 0 {
		return nil
	}
	waves, err := json.Marshal(l.waves)
	if err != nil {
		return fmt.Errorf("encode waves: %w", err)
	}
	out, err := json.Marshal(append([]LeftOut{}, l.leftOut...))
	if err != nil {
		return fmt.Errorf("encode who is left out: %w", err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		INSERT INTO portal.wave (land_id, org_id, service_id, no, name, pilot, first_on, last_on, released_at)
		SELECT @land, @org, @service, w.place, w.wave->>'Name', (w.wave->>'Pilot')::boolean, (w.wave->>'FirstOn')::timestamp::date,
			(w.wave->>'LastOn')::timestamp::date, CASE WHEN (w.wave->>'Held')::boolean THEN NULL ELSE @now::timestamptz END
		FROM jsonb_array_elements(@waves) WITH ORDINALITY AS w (wave, place)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "service": l.offer.ServiceID, "now": tx.Now, "waves": waves})
	batch.Queue(`
		INSERT INTO portal.rollin_left_out (land_id, org_id, service_id, reason, left_out_by, left_out_at)
		SELECT @land, o.org_id, @service, p."Reason", @who, @now
		FROM jsonb_to_recordset(@out) AS p ("Key" text, "Reason" text)
		JOIN portal.organisation o ON o.land_id = @land AND o.key = p."Key"`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": l.offer.ServiceID, "who": tx.Who.Person, "now": tx.Now, "out": out})
	return tx.SendBatch(ctx, batch).Close()
}

func (l layout) insertOnboardings(ctx context.Context, tx *postgres.Tx) ([]created, error) {
	bodies, err := json.Marshal(l.bodies)
	if err != nil {
		return nil, fmt.Errorf("encode bodies: %w", err)
	}
	rows, _ := tx.Query(ctx, `
		INSERT INTO portal.onboarding (land_id, org_id, onboarding_id, service_id, state, state_since, target_on, pilot, wave_no, held)
		SELECT @land, o.org_id, gen_random_uuid(), @service, 'not_started', @now, g."Target", g."Pilot", g."Wave", g."Held"
		FROM `+placedBodies+`
		JOIN portal.organisation o ON o.land_id = @land AND o.key = g."Key"
		RETURNING org_id, onboarding_id, target_on, pilot, wave_no`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": l.offer.ServiceID, "now": tx.Now, "bodies": bodies})
	return pgx.CollectRows(rows, pgx.RowToStructByName[created])
}

// insertSteps lays out all steps and counts them. A basis step that the body has already is leant on as it is; if no
// service needed it so far and this one does, it opens. What the body's profile proves is done from the start.
func (l layout) insertSteps(ctx context.Context, tx *postgres.Tx, withLand bool) error {
	all := l.steps(tx.Now)
	if !withLand {
		all = slices.DeleteFunc(all, func(s laid) bool { return s.Scope == string(template.Land) })
	}
	steps, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("encode steps: %w", err)
	}
	bodies, err := json.Marshal(l.bodies)
	if err != nil {
		return fmt.Errorf("encode bodies: %w", err)
	}
	keys := make([]string, len(l.bodies))
	for i, b := range l.bodies {
		keys[i] = b.Key
	}
	land, service := tx.Land(), l.offer.ServiceID
	batch := &pgx.Batch{}
	batch.Queue(insertOwnSteps, pgx.StrictNamedArgs{
		"land": land, "org": tx.Org(), "service": service, "version": l.version.ID, "who": tx.Who.Person, "steps": steps, "bodies": bodies,
	})
	batch.Queue(insertBasisSteps, pgx.StrictNamedArgs{
		"land": land, "service": service, "version": l.version.ID, "who": tx.Who.Person, "now": tx.Now, "today": tx.Today(), "steps": steps, "bodies": bodies,
	})
	batch.Queue(insertLinks, pgx.StrictNamedArgs{"land": land, "service": service, "steps": steps, "bodies": bodies})
	batch.Queue(countOnboardings, pgx.StrictNamedArgs{"land": land, "service": service, "keys": keys})
	batch.Queue(countProgress, pgx.StrictNamedArgs{"land": land, "service": service, "keys": keys})
	return tx.SendBatch(ctx, batch).Close()
}

const laidSteps = `jsonb_to_recordset(@steps) AS p ("Key" text, "Scope" text, "State" text, "Reason" text, "Evidence" text,
		"Scheme" int, "Due" date, "Since" timestamptz)`

const placedBodies = `jsonb_to_recordset(@bodies) AS g ("Key" text, "Scheme" int, "Wave" int, "Pilot" boolean, "Held" boolean, "Target" date)`

// placedOnboardings are the onboardings o of the bodies that are laid out, each beside its scheme.
const placedOnboardings = placedBodies + `
	JOIN portal.organisation b ON b.land_id = @land AND b.key = g."Key"
	JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = b.org_id AND o.service_id = @service
	JOIN ` + laidSteps + ` ON p."Scheme" = g."Scheme"`

const insertOwnSteps = `
	INSERT INTO portal.step (land_id, org_id, step_id, scope, key, service_id, onboarding_id, template_version_id, state,
		reason, evidence, due_on, state_since, changed_by)
	SELECT @land, coalesce(p.org_id, @org), gen_random_uuid(), p."Scope", p."Key", @service, p.onboarding_id, @version, p."State",
		p."Reason", p."Evidence", p."Due", p."Since", @who
	FROM (
		SELECT NULL::uuid AS org_id, NULL::uuid AS onboarding_id, p.*
		FROM ` + laidSteps + `
		WHERE p."Scope" = 'land'
		UNION ALL
		SELECT o.org_id, o.onboarding_id, p.*
		FROM ` + placedOnboardings + `
		WHERE p."Scope" = 'kommune'
	) p`

const insertBasisSteps = `
	INSERT INTO portal.step (land_id, org_id, step_id, scope, key, template_version_id, state, reason, evidence, due_on, state_since, changed_by)
	SELECT @land, o.org_id, gen_random_uuid(), p."Scope", p."Key", @version,
		CASE WHEN p."State" = 'open' AND f.key IS NOT NULL THEN 'done' ELSE p."State" END, p."Reason",
		CASE WHEN p."State" = 'open' THEN coalesce(f.evidence, '') ELSE '' END, p."Due", @now, @who
	FROM ` + placedOnboardings + `
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
	FROM ` + placedOnboardings + `
	JOIN portal.step s ON s.land_id = @land AND s.org_id = o.org_id AND s.service_id IS NULL AND s.key = p."Key"
	WHERE p."Scope" = 'basis'`

// ofKeys are the bodies that are laid out.
const ofKeys = `(SELECT k.org_id FROM portal.organisation k WHERE k.land_id = @land AND k.key = ANY (@keys))`

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
	WHERE o.land_id = @land AND o.onboarding_id = n.onboarding_id AND o.org_id IN ` + ofKeys

const countProgress = `
	INSERT INTO portal.progress (land_id, org_id, service_id, pillar, scope, relevant, done, active)
	SELECT @land, n.org_id, n.service_id, n.pillar, n.scope, ` + counting + `
	FROM (
		SELECT s.org_id, s.service_id, s.scope, s.state, t.pillar
		FROM portal.step s
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE s.land_id = @land AND (s.service_id = @service AND s.scope = 'land' OR s.org_id IN ` + ofKeys + ` AND (s.service_id = @service OR s.service_id IS NULL))
	) n
	GROUP BY n.org_id, n.service_id, n.pillar, n.scope
	ON CONFLICT (land_id, org_id, service_id, pillar, scope) DO UPDATE SET
		relevant = excluded.relevant, done = excluded.done, active = excluded.active`
