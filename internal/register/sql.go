package register

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

const columns = `m.matter_id, m.no, m.question, m.background, coalesce(o.key, '') AS decider_key, coalesce(o.name, m.decider) AS decider_name,
	m.due_on, m.state, m.result, m.decided_on, m.reason, m.made_at, m.changed_by, m.version,
	@today::date AS today`

const matters = `portal.matter m
	LEFT JOIN portal.organisation o ON o.land_id = @land AND o.org_id = m.decider_id`

// Listed is a row of the register.
type Listed struct {
	Matter
	Services  int
	Obstacles int
	Total     int // how many the filter finds in all
}

// sortColumns are what the register may be sorted by; the request only names a key.
var sortColumns = map[string]string{
	"":        `m.state <> 'open', CASE WHEN m.state = 'open' THEN m.due_on END, m.decided_on DESC NULLS LAST`,
	"frage":   `m.question COLLATE "de-x-icu"`,
	"-frage":  `m.question COLLATE "de-x-icu" DESC`,
	"stelle":  `coalesce(o.name, m.decider) COLLATE "de-x-icu"`,
	"-stelle": `coalesce(o.name, m.decider) COLLATE "de-x-icu" DESC`,
	"stand":   `array_position(ARRAY['open', 'decided', 'dropped'], m.state)`,
	"-stand":  `array_position(ARRAY['open', 'decided', 'dropped'], m.state) DESC`,
	"frist":   `coalesce(m.decided_on, m.due_on)`,
	"-frist":  `coalesce(m.decided_on, m.due_on) DESC`,
}

func list(ctx context.Context, tx *postgres.Tx, f Filter) ([]Listed, error) {
	sort, known := sortColumns[f.Sort]
	if !known {
		sort = sortColumns[""]
	}
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, count(*) OVER ()::int AS total,
			(SELECT count(*) FROM portal.matter_service s WHERE s.land_id = @land AND s.matter_id = m.matter_id)::int AS services,
			(SELECT count(*) FROM portal.matter_obstacle b WHERE b.land_id = @land AND b.matter_id = m.matter_id)::int AS obstacles
		FROM `+matters+`
		WHERE m.land_id = @land AND (@state = '' OR m.state = @state)
			AND (NOT @overdue OR m.state = 'open' AND m.due_on < @today::date)
			AND (@query = '' OR position(portal.fold(@query) IN portal.fold(m.question || ' ' || m.decider || ' ' || coalesce(o.name, ''))) > 0)
		ORDER BY `+sort+`, m.no
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "state": f.State, "overdue": f.Overdue, "query": f.Query, "limit": PageSize, "offset": f.offset()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list the register: %w", err)
	}
	return found, nil
}

// Linked is a service that waits for a matter.
type Linked struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// Obstacle is a linked obstacle that the reader may see.
type Obstacle struct {
	No        int    `json:"no"`
	Text      string `json:"text"`
	Open      bool   `json:"open"`
	Undecided bool   `json:"undecided"` // it is escalated, and nobody has noted a decision there
}

// Details are a matter with what is linked to it. Linked counts all its obstacles, Obstacles are the ones among them that
// row security shows this reader.
type Details struct {
	Matter
	Services  []Linked
	Obstacles []Obstacle
	Linked    int
}

func read(ctx context.Context, tx *postgres.Tx, no int) (Details, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`,
			(SELECT coalesce(jsonb_agg(jsonb_build_object('slug', v.slug, 'name', v.name) ORDER BY v.name COLLATE "de-x-icu", v.service_id), '[]')
				FROM portal.matter_service s JOIN portal.service v ON v.land_id = @land AND v.service_id = s.service_id
				WHERE s.land_id = @land AND s.matter_id = m.matter_id) AS services,
			(SELECT coalesce(jsonb_agg(jsonb_build_object('no', b.no, 'text', b.text, 'open', portal.obstacle_open(b), 'undecided', b.escalated_to <> '' AND b.decision = '') ORDER BY b.no), '[]')
				FROM portal.matter_obstacle l JOIN portal.obstacle b ON b.land_id = @land AND b.obstacle_id = l.obstacle_id
				WHERE l.land_id = @land AND l.matter_id = m.matter_id) AS obstacles,
			(SELECT count(*) FROM portal.matter_obstacle l WHERE l.land_id = @land AND l.matter_id = m.matter_id)::int AS linked
		FROM `+matters+`
		WHERE m.land_id = @land AND m.no = @no`,
		pgx.StrictNamedArgs{"land": tx.Land(), "today": tx.Today(), "no": no})
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Details])
	if err != nil {
		return d, fmt.Errorf("read matter %d: %w", no, err)
	}
	return d, nil
}

// oneByOne lets only one transaction of a Land write the register at a time: it is small, and its numbers have no gaps.
func oneByOne(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('register ' || @land::text, 0))`, pgx.StrictNamedArgs{"land": tx.Land()})
	return err
}

// numberOf returns the number of the entry that was made with a form before.
func numberOf(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (no int, err error) {
	err = tx.QueryRow(ctx, `SELECT m.no FROM portal.matter m WHERE m.land_id = @land AND m.matter_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id}).Scan(&no)
	return no, err
}

// linked are the records that an entry names, by the words of its form.
type linked struct {
	DeciderID *uuid.UUID
	Services  []uuid.UUID
	Obstacles []uuid.UUID
	Today     time.Time
}

// deciders are the kinds of organisations that decide beyond a service. No body is among them: committees read the register.
var deciders = []string{"state_coordination", "ministry", "committee", "association", "it_provider"}

// resolve finds what the form names; a fault for whatever is not there.
func resolve(ctx context.Context, tx *postgres.Tx, in Input) (linked, error) {
	rows, _ := tx.Query(ctx, `
		SELECT @today::date AS today,
			(SELECT o.org_id FROM portal.organisation o WHERE o.land_id = @land AND o.key = @decider AND o.kind = ANY (@kinds)) AS decider_id,
			(SELECT coalesce(array_agg(s.service_id), '{}') FROM portal.service s WHERE s.land_id = @land AND s.slug = ANY (@services::text[])) AS services,
			(SELECT coalesce(array_agg(b.obstacle_id), '{}') FROM portal.obstacle b WHERE b.land_id = @land AND b.no = ANY (@obstacles::int[])) AS obstacles`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "today": tx.Today(), "decider": in.DeciderKey, "kinds": deciders,
			"services": append([]string{}, in.Services...), "obstacles": append([]int{}, in.Obstacles...),
		})
	l, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[linked])
	if err != nil {
		return l, fmt.Errorf("find what a matter names: %w", err)
	}
	var wrong fault.Wrong
	wrong.If(in.DeciderKey != "" && l.DeciderID == nil, "decider_key", "Wählen Sie eine Stelle aus der Liste.")
	wrong.If(len(l.Services) != len(in.Services), "services", "Wählen Sie Leistungen aus der Liste.")
	wrong.If(len(l.Obstacles) != len(in.Obstacles), "obstacles", "Eine dieser Hürden gibt es nicht. Prüfen Sie die Nummern.")
	return l, wrong.Err()
}
