package dashboard

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/hurdle"
	"rollinportal/internal/postgres"
)

// effective is the state of a step s as figures count it: where a body is not competent, its steps fall away.
const effective = `CASE WHEN o.state = 'not_applicable' THEN o.state ELSE s.state END`

// statuses say of a step s what a status means. They repeat how portal.progress counts relevant, done and active.
var statuses = map[Status]string{
	Relevant: effective + ` <> 'not_applicable'`,
	Open:     effective + ` = 'open'`,
	Active:   effective + ` IN ('in_progress', 'submitted', 'returned')`,
	ToDo:     toDo,
	Possible: toDo + ` AND NOT ` + isHeld,
	Held:     toDo + ` AND ` + isHeld,
	Overdue:  overdue,
	Waits:    toDo + ` AND w.waiting_id IS NOT NULL`,
	InReview: `s.state = 'submitted' AND NOT s.resting`,
	ToCheck:  toCheck,
	Finished: effective + ` = 'done'`,
	Away:     effective + ` = 'not_applicable'`,
	notable:  `(s.scope = 'basis' OR ` + overdue + `)`,
}

// taskSorts are the orders of the list; the request only names a key.
var taskSorts = map[string]string{
	"":          `s.due_on, t.no, b.name COLLATE "de-x-icu"`,
	"frist":     `s.due_on, t.no, b.name COLLATE "de-x-icu"`,
	"-frist":    `s.due_on DESC, t.no, b.name COLLATE "de-x-icu"`,
	"einheit":   `b.name COLLATE "de-x-icu", s.due_on, t.no`,
	"-einheit":  `b.name COLLATE "de-x-icu" DESC, s.due_on, t.no`,
	"leistung":  `v.name COLLATE "de-x-icu" NULLS LAST, s.due_on, t.no`,
	"wartet":    `b.name COLLATE "de-x-icu", w.since, t.no`,
	"-leistung": `v.name COLLATE "de-x-icu" DESC NULLS LAST, s.due_on, t.no`,
}

// listTasks finds steps. Whether one is overdue and which checklist shows it is asked for the rows of the page alone.
func listTasks(ctx context.Context, tx *postgres.Tx, f TaskFilter) ([]Task, error) {
	rows, _ := tx.Query(ctx, tasksStatement(f), planned, tasksArgs(tx, f))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Task])
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return found, nil
}

func tasksArgs(tx *postgres.Tx, f TaskFilter) pgx.StrictNamedArgs {
	return args(tx, pgx.StrictNamedArgs{
		"today": tx.Today(), "aside": asideStates(), "body": f.Body, "service": f.Service, "pillar": f.Pillar, "scope": f.Scope, "responsible": f.Responsible, "kind": f.Kind, "age": f.Age, "ages": hurdle.Ages, "party": f.WaitsFor,
		"limit": f.limit(), "offset": offset(f.Page, f.limit()),
	})
}

func tasksStatement(f TaskFilter) string {
	status, known := statuses[f.Status]
	if !known {
		status = statuses[Relevant]
	}
	sort, known := taskSorts[f.Sort]
	if !known {
		sort = taskSorts[""]
	}
	return `
		SELECT s.step_id, s.scope, s.key, s.no, s.title, s.pillar, s.responsible, s.state, s.due_on, ` + overdue + ` AS overdue, s.body_key,
			s.body_name, coalesce(s.service_slug, '') AS service_slug, coalesce(s.service_name, '') AS service_name,
			coalesce(via.slug, CASE WHEN s.scope = 'kommune' THEN s.service_slug END, '') AS via, s.party_key, s.party, s.ticket,
			s.waits_since, s.waits_days, s.version, s.total, EXISTS (
				SELECT FROM portal.obstacle_affected a
				JOIN portal.obstacle h ON h.land_id = @land AND h.obstacle_id = a.obstacle_id
				WHERE a.land_id = @land AND a.org_id = s.org_id AND a.step_id = s.step_id AND a.blocking AND a.left_at IS NULL
					AND h.merged_into IS NULL AND portal.obstacle_open(h)) AS blocked
		FROM (
			SELECT s.step_id, s.org_id, s.onboarding_id, s.version, s.scope, s.key, t.no, t.title, t.pillar, t.responsible, ` + effective + ` AS state,
				s.due_on, s.resting, b.key AS body_key, b.name AS body_name, v.slug AS service_slug, v.name AS service_name,
				coalesce(p.key, w.party_key, '') AS party_key, coalesce(p.name, w.party, '') AS party, coalesce(w.ticket, '') AS ticket, w.since AS waits_since,
				coalesce(greatest(0, @today::date - w.since), 0) AS waits_days,
				count(*) OVER ()::int AS total, row_number() OVER (ORDER BY ` + sort + `, s.step_id) AS place
			FROM portal.step s
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
			JOIN portal.organisation b ON b.land_id = @land AND b.org_id = s.org_id
			LEFT JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
			LEFT JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id
			` + lying + `
			WHERE s.land_id = @land AND ` + within("s") + ` AND ` + status + `
				AND (@party = '' OR coalesce(p.key, w.party_key) = @party)
				AND (@body = '' OR b.key = @body)
				AND (@service = '' OR v.slug = @service)
				AND (@pillar = 0 OR t.pillar = @pillar)
				AND (@scope = '' OR s.scope = @scope)
				AND (@responsible = '' OR t.responsible = @responsible)
				AND (@kind = '' OR s.key = @kind)
				AND (@age = 0 OR ` + agedLate("s") + ` = @age)
			ORDER BY place
			LIMIT @limit OFFSET @offset
		) s
		LEFT JOIN LATERAL (` + shownBy + `) via ON s.scope = 'basis'
		ORDER BY s.place`
}

// planned has Postgres plan a statement for the values it gets. With one plan for all filters, it expects a row or two
// and walks whole tables for each of a thousand.
const planned = pgx.QueryExecModeCacheDescribe

// shownBy finds the checklist that shows a basis step s: one that needs it before one that does not, one that runs
// before one that rests.
const shownBy = `
	SELECT lv.slug, lo.onboarding_id, lo.service_id
	FROM portal.onboarding_basis l
	JOIN portal.onboarding lo ON lo.land_id = @land AND lo.org_id = l.org_id AND lo.onboarding_id = l.onboarding_id
	JOIN portal.service lv ON lv.land_id = @land AND lv.service_id = lo.service_id
	WHERE l.land_id = @land AND l.org_id = s.org_id AND l.step_id = s.step_id
	ORDER BY l.reason = '' DESC, lo.state <> ALL (@aside) DESC, lv.name COLLATE "de-x-icu", lv.service_id
	LIMIT 1`

// choices are the bodies and the services in roll-in that the reader may filter by, each by name.
func choices(ctx context.Context, tx *postgres.Tx) (Choices, error) {
	rows, _ := tx.Query(ctx, `
		SELECT DISTINCT kind, key, name, name COLLATE "de-x-icu" AS sorted
		FROM (
			SELECT 'body' AS kind, b.key, b.name
			FROM portal.organisation b
			WHERE b.land_id = @land AND `+existing+` AND `+bodiesWithin+`
			UNION ALL
			SELECT 'service', v.slug, v.name
			FROM portal.onboarding o
			JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
			WHERE o.land_id = @land AND `+within("o")+`
		) c
		ORDER BY sorted, key
		LIMIT 5000`, args(tx, pgx.StrictNamedArgs{"today": tx.Today()}))
	var ch Choices
	var kind, key, name, sorted string
	_, err := pgx.ForEachRow(rows, []any{&kind, &key, &name, &sorted}, func() error {
		if kind == "body" {
			ch.Bodies = append(ch.Bodies, Choice{key, name})
		} else {
			ch.Services = append(ch.Services, Choice{key, name})
		}
		return nil
	})
	if err != nil {
		return ch, fmt.Errorf("list filter values: %w", err)
	}
	return ch, nil
}
