package condition

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// fields builds an Auflage k as Condition is spelled.
const fields = `'ID', k.condition_id, 'Decision', k.decision_id, 'No', k.no, 'Text', c.text, 'DueOn', c.due_on::timestamp AT TIME ZONE 'UTC',
	'ServiceSlug', v.slug, 'ServiceName', v.name, 'Ministry', k.org_id, 'MinistryOf', m.name, 'Owner', k.owner_id, 'OwnerKey', o.key, 'OwnerName', o.name,
	'Function', k.function, 'State', k.state, 'Evidence', k.evidence, 'Link', k.link, 'ReportedBy', k.reported_by, 'ReportedAt', k.reported_at,
	'SettledBy', k.settled_by, 'SettledAt', k.settled_at, 'Reason', k.reason, 'InForce', ` + inForce + `,
	'Late', ` + late + `, 'Version', k.version`

// from joins to the Auflagen k what is told of them. Row security shows them to their owner, to the ministry and to the
// Land only.
const from = `
	FROM portal.condition k
	JOIN portal.decision_condition c ON c.land_id = @land AND c.org_id = k.org_id AND c.decision_id = k.decision_id AND c.no = k.no
	JOIN portal.decision d ON d.land_id = @land AND d.decision_id = k.decision_id
	JOIN portal.service v ON v.land_id = @land AND v.service_id = k.service_id
	JOIN portal.organisation m ON m.land_id = @land AND m.org_id = k.org_id
	JOIN portal.organisation o ON o.land_id = @land AND o.org_id = k.owner_id
	WHERE k.land_id = @land`

// An Auflage k of decision d is followed while the decision holds. It is late when its day c.due_on has passed and nobody
// reported it: the lists, the figures that lead to them and the single Auflage say so in these words.
const (
	inForce = `d.state = 'approved_with_conditions'`
	late    = inForce + ` AND k.state = 'open' AND c.due_on < @today`
)

// statuses are the predicates of the list, and of the figures that lead to it.
var statuses = map[Status]string{
	Unfinished: inForce + ` AND k.state IN ('open', 'reported')`,
	Late:       late,
	ToCheck:    inForce + ` AND k.state = 'reported'`,
	Finished:   inForce + ` AND k.state IN ('confirmed', 'waived')`,
}

const ordered = ` ORDER BY c.due_on, v.name COLLATE "de-x-icu", k.no, k.condition_id`

func list(ctx context.Context, tx *postgres.Tx, f Filter) (found []Condition, total int, err error) {
	predicate, known := statuses[f.Status]
	if !known {
		return nil, 0, fault.Missing()
	}
	rows, _ := tx.Query(ctx, `
		SELECT json_build_object(`+fields+`), count(*) OVER ()::int`+from+` AND `+predicate+`
			AND (@service = '' OR v.slug = @service) AND (NOT @mine OR k.owner_id = @own)`+ordered+`
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "own": tx.Org(), "today": tx.Today(), "service": f.Service, "mine": f.Mine, "limit": PageSize, "offset": f.offset(),
		})
	found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Condition, err error) { return c, row.Scan(&c, &total) })
	if err != nil {
		return nil, 0, fmt.Errorf("list Auflagen: %w", err)
	}
	return found, total, nil
}

// OfOwnerAsJSON are the open Auflagen of organisation @own, for start pages.
const OfOwnerAsJSON = `
	SELECT coalesce(json_agg(json_build_object(` + fields + `)` + ordered + `), '[]')` + from + ` AND ` + inForce + ` AND k.owner_id = @own AND k.state = 'open'`

// OfMinistryAsJSON are those and the ones that ministry @own has to check.
const OfMinistryAsJSON = `
	SELECT coalesce(json_agg(json_build_object(` + fields + `)` + ordered + `), '[]')` + from + ` AND ` + inForce + `
		AND (k.owner_id = @own AND k.state = 'open' OR k.org_id = @own AND k.state = 'reported')`

// unfinished are the Auflagen in force that somebody has to see to or to check.
const unfinished = from + ` AND ` + inForce + ` AND k.state IN ('open', 'reported')`

// UnfinishedOn are the Auflagen k, with their words c, that were in force and unfinished at the end of a day. What was
// settled stays so; when an approval ended tells its course, or where the reader does not see that, the decision.
func UnfinishedOn(day string) string {
	onDay := func(moment string) string { return `(` + moment + ` AT TIME ZONE 'Europe/Berlin')::date` }
	return from + ` AND d.outcome = 'approved_with_conditions' AND ` + onDay("d.decided_at") + ` <= ` + day + `
		AND coalesce(` + onDay("k.settled_at") + ` > ` + day + `, true)
		AND (d.state = 'approved_with_conditions' OR ` + onDay(`coalesce((
			SELECT min(h.since) FROM portal.decision_course h
			WHERE h.land_id = @land AND h.decision_id = d.decision_id AND h.state IN ('superseded', 'revoked', 'expired')), d.state_since)`) + ` > ` + day + `)`
}

// OfServiceAsJSON are those of the service called @slug.
const OfServiceAsJSON = `
	SELECT coalesce(json_agg(json_build_object(` + fields + `)` + ordered + `), '[]')` + unfinished + ` AND v.slug = @slug`

// FirstAsJSON are the five that are due first.
const FirstAsJSON = `
	SELECT coalesce(json_agg(x.it ORDER BY x.no), '[]')
	FROM (
		SELECT json_build_object(` + fields + `) AS it, row_number() OVER (` + ordered + `) AS no` + unfinished + ordered + `
		LIMIT 5) x`

// Life is what a decision's page shows of an Auflage's fate.
type Life struct {
	ID    uuid.UUID
	No    int
	State State
	Late  bool
}

// OfDecisionAsJSON are the Auflagen of decision d, as far as the reader may follow them, on day @today.
const OfDecisionAsJSON = `
	SELECT coalesce(json_agg(json_build_object('ID', k.condition_id, 'No', k.no, 'State', k.state,
		'Late', ` + late + `) ORDER BY k.no), '[]')
	FROM portal.condition k
	JOIN portal.decision_condition c ON c.land_id = @land AND c.org_id = k.org_id AND c.decision_id = k.decision_id AND c.no = k.no
	WHERE k.land_id = @land AND k.org_id = d.org_id AND k.decision_id = d.decision_id`

// Figures are how many Auflagen are not finished, and how many of them are late.
type Figures struct{ Unfinished, Late, ToCheck int }

// FiguresAsJSON counts what the lists show to the same reader, on day @today.
const FiguresAsJSON = `
	SELECT json_build_object('Unfinished', count(*), 'Late', count(*) FILTER (WHERE ` + late + `),
		'ToCheck', count(*) FILTER (WHERE k.state = 'reported'))` + from + ` AND ` + inForce + ` AND k.state IN ('open', 'reported')`

// listDue finds the Auflagen whose day has come and that nobody reported.
func listDue(ctx context.Context, tx *postgres.Tx) ([]Condition, error) {
	rows, _ := tx.Query(ctx, `
		SELECT json_build_object(`+fields+`)`+from+` AND `+inForce+` AND k.state = 'open' AND c.due_on <= @today`+ordered+`
		LIMIT @limit`, pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "limit": maxOverdue})
	found, err := pgx.CollectRows(rows, pgx.RowTo[Condition])
	if err != nil {
		return nil, fmt.Errorf("list due Auflagen: %w", err)
	}
	return found, nil
}

// owners are the organisations that an Auflage may be given to.
const owners = `w.land_id = @land AND w.kind IN ('state_coordination', 'ministry', 'district', 'independent_city', 'it_provider', 'efa_provider')
	AND (w.valid_to IS NULL OR w.valid_to >= @today)`

// OwnersAsJSON are those organisations, to choose from, on day @today.
const OwnersAsJSON = `
	SELECT coalesce(json_agg(json_build_object('Key', w.key, 'Name', w.name) ORDER BY w.name COLLATE "de-x-icu", w.org_id), '[]')
	FROM portal.organisation w
	WHERE ` + owners

// filesAsJSON are the files of an Auflage k, newest version first.
const filesAsJSON = `
	SELECT json_agg(json_build_object('id', e.evidence_id, 'name', e.name, 'version', e.version, 'kind', e.kind, 'size', e.size,
		'sha256', encode(e.sha256, 'hex'), 'uploaded_by', e.uploaded_by, 'uploaded_at', e.uploaded_at) ORDER BY e.name, e.version DESC)
	FROM portal.evidence e
	WHERE e.land_id = @land AND e.condition_id = k.condition_id AND e.deleted_at IS NULL`

func one(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (s Shown, err error) {
	err = tx.QueryRow(ctx, `
		SELECT json_build_object(`+fields+`), (`+OwnersAsJSON+`), (`+filesAsJSON+`)`+from+` AND k.condition_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "today": tx.Today()}).Scan(&s.Condition, &s.Owners, &s.Files)
	if err != nil {
		return s, fmt.Errorf("read Auflage %s: %w", id, err)
	}
	return s, nil
}

// hold keeps an Auflage from changing until the transaction ends.
func hold(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		SELECT FROM portal.condition
		WHERE land_id = @land AND condition_id = @id AND owner_id = @own
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "own": tx.Org()})
	if err != nil {
		return fmt.Errorf("hold Auflage %s: %w", id, err)
	}
	return nil
}

func read(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Condition, error) {
	var c Condition
	err := tx.QueryRow(ctx, `
		SELECT json_build_object(`+fields+`)`+from+` AND k.condition_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "today": tx.Today()}).Scan(&c)
	if err != nil {
		return c, fmt.Errorf("read Auflage %s: %w", id, err)
	}
	return c, nil
}

// save writes what was changed on the version before, and reports whether nobody else came first.
func save(ctx context.Context, tx *postgres.Tx, c Condition) (bool, error) {
	settled := c.State == Confirmed || c.State == Waived
	tag, err := tx.Exec(ctx, `
		UPDATE portal.condition SET owner_id = @owner, function = @function, state = @state, evidence = @evidence, link = @link,
			reported_by = @reported_by, reported_at = @reported_at, reason = @reason, version = @version,
			settled_by = CASE WHEN @settled THEN @who::uuid END, settled_at = CASE WHEN @settled THEN @now::timestamptz END
		WHERE land_id = @land AND condition_id = @id AND version = @version - 1`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "id": c.ID, "owner": c.Owner, "function": c.Function, "state": c.State, "evidence": c.Evidence, "link": c.Link,
			"reported_by": c.ReportedBy, "reported_at": c.ReportedAt, "reason": c.Reason, "version": c.Version, "settled": settled, "who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil {
		return false, fmt.Errorf("save Auflage %s: %w", c.ID, err)
	}
	return tag.RowsAffected() == 1, nil
}

// ownerOf finds whom an Auflage is given to; a fault at the field if there is nobody of that key.
func ownerOf(ctx context.Context, tx *postgres.Tx, key string) (id uuid.UUID, name string, err error) {
	err = tx.QueryRow(ctx, `SELECT w.org_id, w.name FROM portal.organisation w WHERE `+owners+` AND w.key = @key`,
		pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "key": key}).Scan(&id, &name)
	if postgres.IsNoRow(err) {
		return id, "", fault.InField("owner", "Wählen Sie, wer sich um die Auflage kümmert.")
	}
	return id, name, err
}

// follow begins to follow the Auflagen of a decision. The owner was written in words: the organisation of that name or short name, alone or before a comma and its function. What names nobody stays with the
// ministry until it hands it over.
func follow(ctx context.Context, tx *postgres.Tx, decision uuid.UUID) ([]Condition, error) {
	rows, _ := tx.Query(ctx, `
		WITH added AS (
			INSERT INTO portal.condition (land_id, org_id, decision_id, no, service_id, owner_id, function)
			SELECT @land, c.org_id, c.decision_id, c.no, d.service_id, coalesce(w.org_id, c.org_id),
				CASE WHEN w.org_id IS NULL THEN c.owner ELSE ltrim(substr(c.owner, length(w.name) + 1), ', ') END
			FROM portal.decision_condition c
			JOIN portal.decision d ON d.land_id = @land AND d.decision_id = c.decision_id
			LEFT JOIN LATERAL (
				SELECT w.org_id, n.name
				FROM portal.organisation w
				CROSS JOIN LATERAL (VALUES (w.name), (w.short)) n (name)
				WHERE `+owners+` AND n.name <> '' AND (lower(c.owner) = lower(n.name) OR starts_with(lower(c.owner), lower(n.name) || ','))
				ORDER BY length(n.name) DESC, w.org_id
				LIMIT 1) w ON true
			WHERE c.land_id = @land AND c.org_id = @own AND c.decision_id = @decision
			RETURNING condition_id, decision_id, org_id, no, service_id, owner_id)
		SELECT json_build_object('ID', a.condition_id, 'No', a.no, 'Decision', a.decision_id, 'Ministry', a.org_id, 'Owner', a.owner_id,
			'Text', c.text, 'DueOn', c.due_on::timestamp AT TIME ZONE 'UTC', 'ServiceName', v.name, 'State', 'open', 'InForce', true, 'Version', 1)
		FROM added a
		JOIN portal.decision_condition c ON c.land_id = @land AND c.org_id = a.org_id AND c.decision_id = a.decision_id AND c.no = a.no
		JOIN portal.service v ON v.land_id = @land AND v.service_id = a.service_id
		ORDER BY a.no
		LIMIT @limit`,
		pgx.StrictNamedArgs{"land": tx.Land(), "own": tx.Org(), "decision": decision, "today": tx.Today(), "limit": maxOfCase})
	found, err := pgx.CollectRows(rows, pgx.RowTo[Condition])
	if err != nil {
		return nil, fmt.Errorf("follow the Auflagen of %s: %w", decision, err)
	}
	return found, nil
}
