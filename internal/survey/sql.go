package survey

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

const columns = `n.round_id, n.title, n.note, n.state, n.closes_on, n.made_at, n.opened_at, n.reminded_at, n.closed_at, n.published_at, n.results,
	n.changed_by, n.version, @today::date AS today`

// answersOf gathers what response r says, as one object.
const answersOf = `
	SELECT coalesce(json_object_agg(a.block, json_build_object('Details', a.details, 'Changed', a.changed)), '{}')
	FROM portal.survey_answer a
	WHERE a.land_id = @land AND a.org_id = r.org_id AND a.round_id = r.round_id`

// answersBefore gathers the answers of the last response of the same body that counted, in a round that opened before n.
const answersBefore = `
	SELECT coalesce(json_object_agg(a.block, json_build_object('Details', a.details)), '{}')
	FROM portal.survey_answer a
	WHERE a.land_id = @land AND a.org_id = r.org_id AND a.round_id = (
		SELECT e.round_id
		FROM portal.survey_response e
		JOIN portal.survey_round m ON m.land_id = @land AND m.round_id = e.round_id
		WHERE e.land_id = @land AND e.org_id = r.org_id AND e.state IN ('accepted', 'confirmed_unchanged') AND m.opened_at < n.opened_at
		ORDER BY m.opened_at DESC, m.round_id
		LIMIT 1)`

// responses are those that the reader sees one by one: a body its own, the Land all of them if @single.
const responses = `
	SELECT coalesce(json_agg(json_build_object('Body', r.org_id, 'Key', o.key, 'Name', o.name, 'State', r.state, 'Reason', r.reason,
		'SubmittedAt', r.submitted_at, 'SubmittedBy', coalesce(r.submitted_by, '00000000-0000-0000-0000-000000000000'), 'SettledAt', r.settled_at,
		'Version', r.version, 'Answers', (` + answersOf + `), 'Before', (` + answersBefore + `)) ORDER BY o.name COLLATE "de-x-icu", o.org_id), '[]')
	FROM portal.survey_response r
	JOIN portal.organisation o ON o.land_id = @land AND o.org_id = r.org_id
	WHERE r.land_id = @land AND r.round_id = n.round_id AND @single AND (@body::uuid IS NULL OR r.org_id = @body)`

// load reads a round with responses; NotFound if the reader has no part in it. With a body, it is that one's alone.
func load(ctx context.Context, tx *postgres.Tx, id uuid.UUID, single bool, body *uuid.UUID) (*Page, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, (`+responses+`) AS responses, (
			SELECT m.results
			FROM portal.survey_round m
			WHERE m.land_id = @land AND m.results IS NOT NULL AND m.opened_at < n.opened_at
			ORDER BY m.opened_at DESC, m.round_id
			LIMIT 1) AS last
		FROM portal.survey_round n
		WHERE n.land_id = @land AND n.round_id = @id`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "today": tx.Today(), "single": single, "body": body})
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Page])
	if postgres.IsNoRow(err) {
		return nil, fault.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read round %s: %w", id, err)
	}
	return &p, nil
}

// PageSize is how many rounds a page of the list shows.
const PageSize = 20

// Listed is a round as the list shows it.
type Listed struct {
	Round
	Invited  int
	Answered int
	Own      Progress // of the reader's body; "" for others
	Total    int
}

func list(ctx context.Context, tx *postgres.Tx, page int, archived bool) ([]Listed, error) {
	rows, _ := tx.Query(ctx, `
		SELECT `+columns+`, coalesce(c.invited, 0) AS invited, coalesce(c.answered, 0) AS answered, coalesce(c.own, '') AS own, count(*) OVER ()::int AS total
		FROM portal.survey_round n
		LEFT JOIN LATERAL (
			SELECT count(*)::int AS invited, count(*) FILTER (WHERE r.state IN ('submitted', 'accepted', 'confirmed_unchanged'))::int AS answered,
				max(r.state) FILTER (WHERE r.org_id = @org) AS own
			FROM portal.survey_response r
			WHERE r.land_id = @land AND r.round_id = n.round_id) c ON true
		WHERE n.land_id = @land AND (@archived OR n.state <> 'archived')
		ORDER BY coalesce(n.opened_at, n.made_at) DESC, n.round_id
		LIMIT @limit OFFSET @offset`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "today": tx.Today(), "archived": archived, "limit": PageSize, "offset": (max(page, 1) - 1) * PageSize,
		})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Listed])
	if err != nil {
		return nil, fmt.Errorf("list rounds: %w", err)
	}
	return found, nil
}

// insert adds a round; false if it is there already, or another one has its name.
func insert(ctx context.Context, tx *postgres.Tx, in Input) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.survey_round (land_id, org_id, round_id, title, note, closes_on, made_at, changed_by)
		VALUES (@land, @org, @id, @title, @note, @closes_on, @now, @who)
		ON CONFLICT DO NOTHING`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": in.ID, "title": in.Title, "note": in.Note, "closes_on": in.ClosesOn, "now": tx.Now, "who": tx.Who.Person,
	})
	if err != nil {
		return false, fmt.Errorf("insert a round: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// save writes what the Land says of a round; false if another one has the name.
func save(ctx context.Context, tx *postgres.Tx, in Input) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.survey_round SET title = @title, note = @note, closes_on = @closes_on, changed_by = @who, version = version + 1
		WHERE land_id = @land AND round_id = @id AND version = @version AND NOT EXISTS (
			SELECT FROM portal.survey_round m WHERE m.land_id = @land AND m.title = @title AND m.round_id <> @id)`, pgx.StrictNamedArgs{
		"land": tx.Land(), "id": in.ID, "version": in.Version, "title": in.Title, "note": in.Note, "closes_on": in.ClosesOn, "who": tx.Who.Person,
	})
	if err != nil {
		return false, fmt.Errorf("save round %s: %w", in.ID, err)
	}
	return tag.RowsAffected() == 1, nil
}

// saveTurn writes that a round is a state further; false if somebody was faster.
func saveTurn(ctx context.Context, tx *postgres.Tx, r Round) (bool, error) {
	results, err := json.Marshal(r.Results)
	if err != nil {
		return false, fmt.Errorf("encode results: %w", err)
	}
	tag, err := tx.Exec(ctx, `
		UPDATE portal.survey_round SET state = @state, results = NULLIF(@results::jsonb, 'null'), changed_by = @who, version = version + 1,
			opened_at = CASE WHEN @state = 'open' THEN @now ELSE opened_at END, closed_at = CASE WHEN @state = 'closed' THEN @now ELSE closed_at END,
			published_at = CASE WHEN @state = 'published' THEN @now ELSE published_at END
		WHERE land_id = @land AND round_id = @id AND version = @version
			AND (@state <> 'open' OR NOT EXISTS (SELECT FROM portal.survey_round m WHERE m.land_id = @land AND m.state = 'open'))`, pgx.StrictNamedArgs{
		"land": tx.Land(), "id": r.ID, "version": r.Version, "state": r.State, "results": results, "now": tx.Now, "who": tx.Who.Person,
	})
	if err != nil {
		return false, fmt.Errorf("turn round %s: %w", r.ID, err)
	}
	return tag.RowsAffected() == 1, nil
}

// invite adds a response for each body that there is, and returns whom.
func invite(ctx context.Context, tx *postgres.Tx, round uuid.UUID) ([]uuid.UUID, error) {
	rows, _ := tx.Query(ctx, `
		INSERT INTO portal.survey_response (land_id, org_id, round_id)
		SELECT @land, o.org_id, @round
		FROM portal.organisation o
		WHERE o.land_id = @land AND o.kind IN ('district', 'independent_city') AND coalesce(o.valid_from <= @today, true) AND coalesce(o.valid_to >= @today, true)
		RETURNING org_id`, pgx.StrictNamedArgs{"land": tx.Land(), "round": round, "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("invite to round %s: %w", round, err)
	}
	return found, nil
}

// noteReminder writes that those who have not answered were reminded.
func noteReminder(ctx context.Context, tx *postgres.Tx, round uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.survey_round SET reminded_at = @now, changed_by = @who, version = version + 1
		WHERE land_id = @land AND round_id = @round`, pgx.StrictNamedArgs{"land": tx.Land(), "round": round, "now": tx.Now, "who": tx.Who.Person})
	if err != nil {
		return fmt.Errorf("note a reminder for round %s: %w", round, err)
	}
	return nil
}

// settle writes what the Land makes of a response; false if somebody was faster.
func settle(ctx context.Context, tx *postgres.Tx, round uuid.UUID, r Response) (bool, error) {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.survey_response SET state = @state, reason = @reason, settled_by = @who,
			settled_at = CASE WHEN @state = 'accepted' THEN @now::timestamptz END, version = version + 1
		WHERE land_id = @land AND org_id = @body AND round_id = @round AND version = @version AND state = 'submitted'`, pgx.StrictNamedArgs{
		"land": tx.Land(), "body": r.Body, "round": round, "version": r.Version, "state": r.State, "reason": r.Reason, "who": tx.Who.Person, "now": tx.Now,
	})
	if err != nil {
		return false, fmt.Errorf("settle a response: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// Offer is an open round that the reader's body has not answered.
type Offer struct {
	ID       uuid.UUID
	Title    string
	ClosesOn time.Time
	State    Progress
}

// OpenAsJSON are the open rounds that body @own has not answered, for its start page.
const OpenAsJSON = `
	SELECT coalesce(json_agg(json_build_object('ID', n.round_id, 'Title', n.title, 'ClosesOn', n.closes_on::timestamp AT TIME ZONE 'UTC', 'State', r.state)
		ORDER BY n.closes_on, n.round_id), '[]')
	FROM portal.survey_round n
	JOIN portal.survey_response r ON r.land_id = @land AND r.org_id = @own AND r.round_id = n.round_id AND r.state IN ('none', 'draft', 'returned')
	WHERE n.land_id = @land AND n.state = 'open'`

// Fresh is for how many months an answer counts as current: the survey comes back every year.
const Fresh = 12

// Asked holds for a body b that was invited to a round.
const Asked = `EXISTS (SELECT FROM portal.survey_response r WHERE r.land_id = @land AND r.org_id = b.org_id)`

// Current holds for a body b whose last answer that counts is not older than Fresh months on day @today.
const Current = `EXISTS (
	SELECT FROM portal.survey_response r
	WHERE r.land_id = @land AND r.org_id = b.org_id AND r.state IN ('accepted', 'confirmed_unchanged')
		AND r.submitted_at >= @today::date - interval '12 months')`
