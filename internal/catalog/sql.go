package catalog

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/funding"
	"rollinportal/internal/postgres"
)

const fieldColumns = `name, ozg_ids, leika_keys, also_sought, topic_field, lifecycle, lifecycle_note, providing_state, operator, ministry_id,
	ministry_note, transports, transport_note, focus, execution_level, competence, declaration_required, piloting, payment,
	backend, price_once_cents, price_yearly_cents, price_bound_until, available_from, conditions, note, source, checked_on`

// ministryID finds a ministry by the key that people know.
const ministryID = `(SELECT o.org_id FROM portal.organisation o WHERE o.land_id = @land AND o.key = @ministry AND o.kind = 'ministry')`

func ministryExists(ctx context.Context, tx *postgres.Tx, key string) (known bool, err error) {
	err = tx.QueryRow(ctx, `SELECT `+ministryID+` IS NOT NULL`, pgx.StrictNamedArgs{"land": tx.Land(), "ministry": key}).Scan(&known)
	return known, err
}

// overview joins to each service what the Land has made of it. What a person may not see is not counted: a town
// counts only itself as live, and is told by ctx.land_reach whether the service is live everywhere.
const overview = `
	SELECT s.service_id, s.slug, s.name, s.ozg_ids, s.leika_keys, s.also_sought, s.topic_field, s.lifecycle, s.lifecycle_note, s.providing_state,
		s.operator, s.ministry_id, s.ministry_note, s.transports, s.transport_note, s.focus, s.execution_level, s.competence,
		s.declaration_required, s.piloting, s.payment, s.backend, s.price_once_cents, s.price_yearly_cents, s.price_bound_until,
		s.available_from, s.conditions, s.note, s.source, s.checked_on, s.published_at, s.changed_by, s.version,
		coalesce(m.key, '') AS ministry_key, m.name AS ministry_name, b.competent, o.relevant, d.state AS decision_state, r.started_at AS rollin_started, o.live,
		CASE
			WHEN r.service_id IS NOT NULL AND (o.live >= b.competent - o.not_applicable AND o.live > 0 OR e.area) THEN 'covered'
			WHEN r.service_id IS NOT NULL THEN 'rolling_in'
			WHEN d.state IN ('approved', 'approved_with_conditions') THEN 'approved_preparing'
			WHEN d.state IN ('draft', 'in_review', 'submitted') THEN 'deciding'
			WHEN d.state = 'deferred' THEN 'deferred'
			WHEN d.state = 'rejected' THEN 'not_reused'
			ELSE 'no_decision'
		END AS land_view,
		o.own_state
	FROM portal.service s
	LEFT JOIN portal.organisation m ON m.land_id = s.land_id AND m.org_id = s.ministry_id
	LEFT JOIN portal.rollin r ON r.land_id = s.land_id AND r.service_id = s.service_id
	LEFT JOIN ctx.land_reach() e ON e.service_id = s.service_id
	LEFT JOIN LATERAL (
		SELECT d.state FROM portal.decision d
		WHERE d.land_id = s.land_id AND d.service_id = s.service_id AND d.state NOT IN ('withdrawn', 'superseded')
		ORDER BY d.state = 'deferred', d.no DESC LIMIT 1) d ON true
	CROSS JOIN LATERAL (
		SELECT count(*)::int AS competent FROM portal.service_body b
		WHERE b.land_id = s.land_id AND b.service_id = s.service_id) b
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE o.state IN ('live', 'operating'))::int AS live,
			count(*) FILTER (WHERE o.state = 'not_applicable')::int AS not_applicable, count(*) FILTER (WHERE o.state <> 'not_applicable')::int AS relevant,
			min(o.state) FILTER (WHERE o.org_id = @org) AS own_state
		FROM portal.onboarding o
		WHERE o.land_id = s.land_id AND o.service_id = s.service_id) o
	WHERE s.land_id = @land`

// Complete holds for a service whose Steckbrief says everything that is asked for. The statement calls the service v.
const Complete = `(cardinality(v.ozg_ids) > 0 AND cardinality(v.leika_keys) > 0 AND v.topic_field <> '' AND v.ministry_id IS NOT NULL
	AND v.operator <> '' AND cardinality(v.transports) > 0 AND v.source <> '' AND v.checked_on IS NOT NULL)`

// Concerns holds for a service v that concerns a body that the organisation @org is or works for: one that is competent
// for it or has an onboarding.
const Concerns = `EXISTS (
	SELECT FROM (
		SELECT c.org_id FROM portal.service_body c WHERE c.land_id = @land AND c.service_id = v.service_id
		UNION ALL
		SELECT o.org_id FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = v.service_id) x
	WHERE x.org_id = @org OR x.org_id IN (SELECT a.org_id FROM portal.assignment a WHERE a.land_id = @land AND a.provider_id = @org))`

// sortColumns are the columns a list may be sorted by; the request only names a key.
var sortColumns = map[string]string{
	"":         `name COLLATE "de-x-icu"`,
	"name":     `name COLLATE "de-x-icu"`,
	"-name":    `name COLLATE "de-x-icu" DESC`,
	"ressort":  `ministry_id IS NULL, ministry_key, name COLLATE "de-x-icu"`,
	"-ressort": `ministry_id IS NULL, ministry_key DESC, name COLLATE "de-x-icu"`,
	"stand":    `array_position(ARRAY['no_decision','deciding','deferred','not_reused','approved_preparing','rolling_in','covered'], land_view), name COLLATE "de-x-icu"`,
	"-stand":   `array_position(ARRAY['covered','rolling_in','approved_preparing','not_reused','deferred','deciding','no_decision'], land_view), name COLLATE "de-x-icu"`,
}

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Listed, error) {
	sort, ok := sortColumns[f.Sort]
	if !ok {
		sort = sortColumns[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT v.*, count(*) OVER ()::int AS total, NULL::json AS funding, NULL::json AS facts
		FROM (`+overview+`
			AND (@q = '' OR s.search LIKE '%' || replace(replace(replace(portal.fold(@q), '\', '\\'), '%', '\%'), '_', '\_') || '%')
			AND (@ministry = '' OR m.key = @ministry)
			AND (@topic = '' OR s.topic_field = @topic)
		) v
		WHERE (NOT @concerns OR `+Concerns+`) AND (@state = '' OR v.land_view = @state OR @state = 'draft' AND v.published_at IS NULL
			OR @state IN ('rollin', 'funded', 'complete') AND v.land_view IN ('rolling_in', 'covered')
				AND (@state <> 'funded' OR `+funding.Running+`) AND (@state <> 'complete' OR `+Complete+`))
		ORDER BY `+sort+`, service_id
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "q": f.Query, "ministry": f.Ministry, "topic": f.Topic, "state": f.State,
			"concerns": f.Concerns, "today": tx.Today(), "limit": PageSize, "offset": f.offset(),
		})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list services: %w", err)
	}
	return found, nil
}

// choices are the values to filter by that occur in the catalogue.
func choices(ctx context.Context, tx *postgres.Tx) (Choices, error) {
	var c Choices
	err := tx.QueryRow(ctx, `
		SELECT
			coalesce((SELECT array_agg(DISTINCT m.key ORDER BY m.key) FROM portal.service s
				JOIN portal.organisation m ON m.land_id = s.land_id AND m.org_id = s.ministry_id WHERE s.land_id = @land), '{}'),
			coalesce((SELECT array_agg(DISTINCT s.topic_field ORDER BY s.topic_field) FROM portal.service s
				WHERE s.land_id = @land AND s.topic_field <> ''), '{}')`,
		pgx.StrictNamedArgs{"land": tx.Land()}).Scan(&c.Ministries, &c.Topics)
	if err != nil {
		return c, fmt.Errorf("list filter values: %w", err)
	}
	return c, nil
}

func bySlug(ctx context.Context, tx *postgres.Tx, slug string) (Listed, error) {
	rows, _ := tx.Query(ctx, `SELECT s.*, 1 AS total, (`+funding.BorneAsJSON+`) AS funding, (`+FactsAsJSON+`) AS facts FROM (`+overview+` AND s.slug = @slug) s`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "slug": slug})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Listed])
}

func insert(ctx context.Context, tx *postgres.Tx, id uuid.UUID, slug string, f Fields) (bool, error) {
	args := f.args()
	args["land"], args["org"], args["id"], args["slug"], args["now"], args["who"] = tx.Land(), tx.Org(), id, slug, tx.Now, tx.Who.Person
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.service (land_id, org_id, service_id, slug, created_at, changed_by, `+fieldColumns+`)
		VALUES (@land, @org, @id, @slug, @now, @who, @name, @ozg_ids, @leika_keys, @also_sought, @topic_field, @lifecycle, @lifecycle_note,
			@providing_state, @operator, `+ministryID+`, @ministry_note, @transports, @transport_note, @focus, @execution_level,
			@competence, @declaration_required, @piloting, @payment, @backend, @price_once_cents, @price_yearly_cents,
			@price_bound_until, @available_from, @conditions, @note, @source, @checked_on)
		ON CONFLICT (land_id, service_id) DO NOTHING`, args)
	return tag.RowsAffected() == 1, err
}

func update(ctx context.Context, tx *postgres.Tx, id uuid.UUID, version int64, f Fields) (bool, error) {
	args := f.args()
	args["land"], args["id"], args["version"], args["who"] = tx.Land(), id, version, tx.Who.Person
	tag, err := tx.Exec(ctx, `
		UPDATE portal.service SET name = @name, ozg_ids = @ozg_ids, leika_keys = @leika_keys, also_sought = @also_sought, topic_field = @topic_field,
			lifecycle = @lifecycle, lifecycle_note = @lifecycle_note, providing_state = @providing_state, operator = @operator,
			ministry_id = `+ministryID+`, ministry_note = @ministry_note, transports = @transports, transport_note = @transport_note,
			focus = @focus, execution_level = @execution_level, competence = @competence,
			declaration_required = @declaration_required, piloting = @piloting, payment = @payment, backend = @backend,
			price_once_cents = @price_once_cents, price_yearly_cents = @price_yearly_cents, price_bound_until = @price_bound_until,
			available_from = @available_from, conditions = @conditions, note = @note, source = @source, checked_on = @checked_on,
			changed_by = @who, version = version + 1
		WHERE land_id = @land AND service_id = @id AND version = @version`, args)
	return tag.RowsAffected() == 1, err
}

// publish shows what was read; false if somebody changed or published it in the meantime.
func publish(ctx context.Context, tx *postgres.Tx, read Listed) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.service SET published_at = @now
		WHERE land_id = @land AND service_id = @id AND version = @version AND published_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": read.ID, "version": read.Version, "now": tx.Now})
	return tag.RowsAffected() == 1, err
}

func (f Fields) args() pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"name": f.Name, "ozg_ids": notNil(f.OzgIDs), "leika_keys": notNil(f.LeikaKeys), "also_sought": notNil(f.AlsoSought), "topic_field": f.TopicField, "lifecycle": f.Lifecycle,
		"lifecycle_note": f.LifecycleNote, "providing_state": f.ProvidingState, "operator": f.Operator, "ministry": f.MinistryKey,
		"ministry_note": f.MinistryNote, "transports": notNil(f.Transports), "transport_note": f.TransportNote, "focus": f.Focus,
		"execution_level": f.ExecutionLevel, "competence": f.Competence, "declaration_required": f.Declaration,
		"piloting": f.Piloting, "payment": f.Payment, "backend": f.Backend, "price_once_cents": f.PriceOnce,
		"price_yearly_cents": f.PriceYearly, "price_bound_until": f.PriceUntil, "available_from": f.AvailableFrom,
		"conditions": f.Conditions, "note": f.Note, "source": f.Source, "checked_on": f.CheckedOn,
	}
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// setCompetence writes out which bodies are competent. Bodies that are already being onboarded stay: taking them out
// is an act on the onboarding, with a reason.
func setCompetence(ctx context.Context, tx *postgres.Tx, service uuid.UUID, how Competence, chosen []string) error {
	_, err := tx.Exec(ctx, `
		WITH wanted AS (
			SELECT o.org_id FROM portal.organisation o
			WHERE o.land_id = @land AND o.kind IN ('district', 'independent_city') AND (o.valid_to IS NULL OR o.valid_to >= @today)
				AND (@how = 'all' OR @how = 'cities' AND o.kind = 'independent_city' OR @how = 'chosen' AND o.key = ANY (@chosen))
		), gone AS (
			DELETE FROM portal.service_body b
			WHERE b.land_id = @land AND b.service_id = @service AND b.org_id NOT IN (SELECT org_id FROM wanted)
				AND NOT EXISTS (SELECT 1 FROM portal.onboarding o
					WHERE o.land_id = @land AND o.service_id = @service AND o.org_id = b.org_id)
		)
		INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT @land, @service, w.org_id FROM wanted w
		ON CONFLICT DO NOTHING`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "how": how, "chosen": notNil(chosen), "today": tx.Today()})
	if err != nil {
		return fmt.Errorf("set competent bodies: %w", err)
	}
	return nil
}

// competentKeys returns the keys of the competent bodies, kreisfreie Städte first.
func competentKeys(ctx context.Context, tx *postgres.Tx, service uuid.UUID) ([]string, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.key
		FROM portal.service_body b JOIN portal.organisation o ON o.land_id = b.land_id AND o.org_id = b.org_id
		WHERE b.land_id = @land AND b.service_id = @service
		ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.key
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "service": service})
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
