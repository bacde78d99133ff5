package decision

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// visible limits decisions to what the permission reaches: the Land's all, a ministry's own and those about services it
// has taken over, and for everybody else what is decided.
const visible = `(@reach = 'L'
	OR @reach = 'Z' AND (d.org_id = @org OR s.ministry_id = @org)
	OR @reach = 'P' AND d.outcome <> '')`

// Listed is a row of the list.
type Listed struct {
	ID           uuid.UUID `db:"decision_id"`
	No           int
	State        State
	StateSince   time.Time
	DueOn        *time.Time
	DecidedAt    *time.Time
	ValidUntil   *time.Time // the last day of an approval in force
	ServiceSlug  string
	ServiceName  string
	MinistryKey  string
	MinistryName string
	WaitsFor     []string // whom the case lies with; nobody once it is decided, or for readers who may not know
	ReviewsDone  int      // 0 for readers who may not know
	Waits        bool     // for this very person
	Overdue      bool
	Total        int // how many the filter finds in all
}

// rank orders the states as a case lives through them.
const rank = `array_position(ARRAY['draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'deferred', 'rejected', 'revoked', 'expired', 'superseded', 'withdrawn'], d.state)`

const open = `d.state IN ('draft', 'in_review', 'submitted')`

// awaited are the organisations that have been asked about a case in preparation and have not answered yet. The case
// lies with them; an open case about which nobody is asked lies with its ministry o.
const awaited = `
	LEFT JOIN (
		SELECT n.decision_id, array_agg(DISTINCT p.key ORDER BY p.key) AS keys
		FROM ctx.decision_asked() n
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = n.party_id
		WHERE n.until IS NULL
		GROUP BY n.decision_id
	) a ON a.decision_id = d.decision_id AND d.state IN ('draft', 'in_review')`

// sortColumns are the columns a list may be sorted by; the request only names a key.
var sortColumns = map[string]string{
	"":          open + ` DESC, CASE WHEN ` + open + ` THEN d.due_on END NULLS LAST, d.state_since DESC`,
	"leistung":  `s.name COLLATE "de-x-icu"`,
	"-leistung": `s.name COLLATE "de-x-icu" DESC`,
	"ressort":   `o.key, s.name COLLATE "de-x-icu"`,
	"-ressort":  `o.key DESC, s.name COLLATE "de-x-icu"`,
	"stand":     rank + `, s.name COLLATE "de-x-icu"`,
	"-stand":    rank + ` DESC, s.name COLLATE "de-x-icu"`,
	"frist":     `d.due_on NULLS LAST, s.name COLLATE "de-x-icu"`,
	"-frist":    `d.due_on DESC NULLS LAST, s.name COLLATE "de-x-icu"`,
	"seit":      `d.state_since, s.name COLLATE "de-x-icu"`,
	"-seit":     `d.state_since DESC, s.name COLLATE "de-x-icu"`,
}

// unstarted is an approval in force whose service no roll-in has begun for.
const unstarted = `d.state IN ('approved', 'approved_with_conditions')
	AND NOT EXISTS (SELECT FROM portal.rollin b WHERE b.land_id = @land AND b.service_id = d.service_id)`

// OpenOn says whether a case d was asked for by a day and had not ended by its evening.
func OpenOn(day string) string {
	end := `(coalesce(d.decided_at, CASE WHEN d.state = 'withdrawn' THEN d.state_since END) AT TIME ZONE 'Europe/Berlin')::date`
	return `(d.requested_at AT TIME ZONE 'Europe/Berlin')::date <= ` + day + ` AND coalesce(` + end + ` > ` + day + `, true)`
}

// Due holds for a case d that was asked for by a day, once it is decided or that day is past. Timely holds for one of
// them that was decided by that day.
const (
	Due    = `d.due_on IS NOT NULL AND d.state <> 'withdrawn' AND (d.outcome <> '' OR d.due_on < @today)`
	Timely = `d.outcome <> '' AND d.due_on >= (d.decided_at AT TIME ZONE 'Europe/Berlin')::date`
)

// The cases d of which the board says how long they were in a state, or lay with somebody.
const (
	spent = `EXISTS (
		SELECT FROM portal.decision_course h
		WHERE h.land_id = @land AND h.decision_id = d.decision_id AND h.state = @spent)`
	spentWith = `EXISTS (
		SELECT FROM ctx.decision_asked() n
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = n.party_id
		WHERE n.decision_id = d.decision_id AND n.until IS NOT NULL AND p.key = @spent_with)`
)

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Listed, error) {
	sort, ok := sortColumns[f.Sort]
	if !ok {
		sort = sortColumns[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT d.decision_id, d.no, d.state, d.state_since, d.due_on, d.decided_at,
			CASE WHEN d.state IN ('approved', 'approved_with_conditions') THEN d.valid_until END AS valid_until, s.slug AS service_slug, s.name AS service_name,
			o.key AS ministry_key, o.name AS ministry_name, count(*) OVER ()::int AS total,
			CASE WHEN @reach <> 'P' AND `+open+` THEN coalesce(a.keys, ARRAY[o.key]) ELSE '{}' END AS waits_for,
			(SELECT count(*) FROM portal.review r
				WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = d.decision_id AND r.result <> 'open')::int AS reviews_done,
			d.org_id = @org AND @decides AND (d.state IN ('draft', 'in_review')
				OR d.state = 'submitted' AND d.requested_by <> @person AND d.submitted_by <> @person AND NOT EXISTS (
					SELECT FROM portal.review r
					WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = d.decision_id AND r.reviewed_by = @person)) AS waits,
			coalesce(`+open+` AND d.due_on < @today::date, false) AS overdue
		FROM portal.decision d
		JOIN portal.service s ON s.land_id = d.land_id AND s.service_id = d.service_id
		JOIN portal.organisation o ON o.land_id = d.land_id AND o.org_id = d.org_id`+awaited+`
		WHERE d.land_id = @land AND `+visible+`
			AND (cardinality(@states::text[]) = 0 OR d.state = ANY (@states::text[]))
			AND (@service = '' OR s.slug = @service)
			AND (@ministry = '' OR o.key = @ministry)
			AND (@waits_for = '' OR `+open+` AND @waits_for = ANY (coalesce(a.keys, ARRAY[o.key])))
			AND (NOT @unstarted OR `+unstarted+`)
			AND (NOT @due OR `+Due+`)
			AND (NOT @timely OR `+Due+` AND `+Timely+`)
			AND (@spent = '' OR d.outcome <> '' AND `+spent+`)
			AND (@spent_with = '' OR d.outcome <> '' AND `+spentWith+`)
			AND (@query = '' OR position(portal.fold(@query) IN s.search) > 0)
		ORDER BY waits DESC, `+sort+`, d.decision_id
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "reach": tx.Reach, "decides": tx.Who.Can(access.DecisionInternalEdit),
			"states": append([]State{}, f.States...), "service": f.Service, "ministry": f.Ministry, "query": f.Query, "waits_for": f.WaitsFor,
			"unstarted": f.Unstarted, "due": f.Due, "timely": f.Timely, "spent": f.Spent, "spent_with": f.SpentWith, "today": tx.Today(), "limit": f.limit(), "offset": f.offset(),
		})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	return found, nil
}

const choiceColumns = `
	SELECT s.service_id, s.slug AS service_slug, s.name AS service_name, s.published_at IS NOT NULL AS published, s.ministry_id,
		m.name AS ministry_name, d.decision_id AS open_id, d.no AS open_no, d.state AS open_state, @today::date AS today
	FROM portal.service s
	LEFT JOIN portal.organisation m ON m.land_id = s.land_id AND m.org_id = s.ministry_id
	LEFT JOIN portal.decision d ON d.land_id = s.land_id AND d.service_id = s.service_id AND d.state IN ('draft', 'in_review', 'submitted')
	WHERE s.land_id = @land`

func choices(ctx context.Context, tx *postgres.Tx) ([]Choice, error) {
	rows, _ := tx.Query(ctx, choiceColumns+` AND (@reach = 'L' OR s.ministry_id = @org)
		ORDER BY s.name COLLATE "de-x-icu", s.service_id
		LIMIT 1000`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Choice])
	if err != nil {
		return nil, fmt.Errorf("list services to decide: %w", err)
	}
	return found, nil
}

func choice(ctx context.Context, tx *postgres.Tx, slug string) (Choice, error) {
	rows, _ := tx.Query(ctx, choiceColumns+` AND s.slug = @slug`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug, "today": tx.Today()})
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Choice])
	if err != nil {
		return c, fmt.Errorf("read service %s: %w", slug, err)
	}
	return c, nil
}
