package decision

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/catalog"
	"rollinportal/internal/postgres"
)

// seen changes whenever something changes that the decision about a case d leans on, besides the case: the facts about
// its service s, what sources say about it, or what others say.
const seen = `(s.version + ` + catalog.FactsSeen + ` + coalesce((SELECT sum(n.version + (
		SELECT count(*) + count(e.deleted_at) FROM portal.evidence e WHERE e.land_id = @land AND e.org_id = n.party_id AND e.opinion_id = n.opinion_id))
	FROM portal.opinion n
	WHERE n.land_id = @land AND n.org_id = @org AND n.decision_id = d.decision_id), 0))::bigint AS seen`

const opinionsJSON = `(
	SELECT jsonb_agg(to_jsonb(n) || jsonb_build_object('due_on', n.due_on::timestamp AT TIME ZONE 'UTC', 'party_key', p.key, 'party_name', p.name, 'files', ` + enclosedJSON + `)
		ORDER BY n.asked_at, n.opinion_id)
	FROM portal.opinion n JOIN portal.organisation p ON p.land_id = @land AND p.org_id = n.party_id
	WHERE n.land_id = @land AND n.org_id = @org AND n.decision_id = d.decision_id) AS opinions`

// Party is an organisation that may be asked.
type Party struct{ Key, Name, Kind string }

func listParties(ctx context.Context, tx *postgres.Tx, kind OpinionKind) ([]Party, error) {
	rows, _ := tx.Query(ctx, `
		SELECT o.key, o.name, o.kind
		FROM portal.organisation o
		WHERE o.land_id = @land AND o.kind = ANY (@kinds) AND (o.valid_to IS NULL OR o.valid_to >= @today::date)
		ORDER BY o.kind, o.name COLLATE "de-x-icu", o.org_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land(), "kinds": parties[kind], "today": tx.Today()})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Party])
	if err != nil {
		return nil, fmt.Errorf("list whom to ask: %w", err)
	}
	return found, nil
}

// insertOpinion asks and returns who is asked: no row if nobody like that may be asked, ErrRepeated if the id is taken.
func insertOpinion(ctx context.Context, tx *postgres.Tx, d Decision, in AskInput) (party uuid.UUID, name string, err error) {
	var isNew bool
	err = tx.QueryRow(ctx, `
		WITH made AS (
			INSERT INTO portal.opinion (land_id, org_id, opinion_id, decision_id, service_id, party_id, kind, question, due_on, asked_by, asked_at)
			SELECT @land, @org, @opinion, @id, @service, o.org_id, @kind, @question, @due_on, @who, @now
			FROM portal.organisation o
			WHERE o.land_id = @land AND o.key = @party AND o.kind = ANY (@kinds)
			ON CONFLICT (land_id, org_id, opinion_id) DO NOTHING
			RETURNING party_id
		)
		SELECT o.org_id, o.name, m.party_id IS NOT NULL
		FROM portal.organisation o LEFT JOIN made m ON m.party_id = o.org_id
		WHERE o.land_id = @land AND o.key = @party AND o.kind = ANY (@kinds)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "opinion": in.ID, "id": d.ID, "service": d.ServiceID, "kind": in.Kind, "question": in.Question,
			"due_on": in.DueOn, "who": tx.Who.Person, "now": tx.Now, "party": in.PartyKey, "kinds": parties[in.Kind],
		}).Scan(&party, &name, &isNew)
	if err == nil && !isNew {
		err = postgres.ErrRepeated
	}
	return party, name, err
}

// closeOpinions ends the asking with the case.
func closeOpinions(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.opinion SET closed_at = @now
		WHERE land_id = @land AND org_id = @org AND decision_id = @id AND closed_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "now": tx.Now})
	return wrapped("close the opinions about "+id.String(), err)
}

// Asked is an opinion as the asked organisation sees it: the question and the service, nothing of the case.
type Asked struct {
	Opinion
	DecisionID   uuid.UUID
	Ministry     uuid.UUID
	MinistryName string
	ServiceSlug  string
	ServiceName  string
	Today        time.Time
	Draft        *OpinionDraft // what colleagues have begun; nil once it is answered. Version counts it in
	Drafted      int64         // how often it was saved
}

// OpinionDraft is an answer that is not given yet. Only the asked organisation sees it.
type OpinionDraft struct {
	Result Result   `json:"result"`
	Note   string   `json:"note"`
	Links  []string `json:"links"`
}

const askedColumns = `
	SELECT n.opinion_id, n.kind, n.question, n.due_on, n.asked_at, n.result, n.note, n.links, ` + enclosedJSON + ` AS files, n.answered_at, n.closed_at, n.version + coalesce(f.version, 0) AS version,
		coalesce(f.version, 0) AS drafted, CASE WHEN n.result = 'open' THEN to_jsonb(f) END AS draft, p.key AS party_key, p.name AS party_name, n.decision_id, n.org_id AS ministry, m.name AS ministry_name, s.slug AS service_slug, s.name AS service_name, @today::date AS today
	FROM portal.opinion n
	LEFT JOIN portal.opinion_draft f ON f.land_id = @land AND f.org_id = n.party_id AND f.opinion_id = n.opinion_id
	JOIN portal.organisation p ON p.land_id = @land AND p.org_id = n.party_id
	JOIN portal.organisation m ON m.land_id = @land AND m.org_id = n.org_id
	JOIN portal.service s ON s.land_id = @land AND s.service_id = n.service_id
	WHERE n.land_id = @land AND n.party_id = @org`

// AwaitedAsJSON are the opinions that organisation @own owes, for its start page.
const AwaitedAsJSON = `
	SELECT coalesce(json_agg(json_build_object('opinion_id', n.opinion_id, 'kind', n.kind, 'due_on', n.due_on::timestamp AT TIME ZONE 'UTC', 'result', n.result,
		'MinistryName', m.name, 'ServiceName', s.name, 'Today', @today::timestamp AT TIME ZONE 'UTC') ORDER BY n.due_on, n.opinion_id), '[]')
	FROM portal.opinion n
	JOIN portal.organisation m ON m.land_id = @land AND m.org_id = n.org_id
	JOIN portal.service s ON s.land_id = @land AND s.service_id = n.service_id
	WHERE n.land_id = @land AND n.party_id = @own AND n.result = 'open' AND n.closed_at IS NULL`

func askedOne(ctx context.Context, tx *postgres.Tx, id uuid.UUID, lock string) (Asked, error) {
	rows, _ := tx.Query(ctx, askedColumns+` AND n.opinion_id = @id `+lock, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "today": tx.Today()})
	a, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Asked])
	if err != nil {
		return a, fmt.Errorf("read opinion %s: %w", id, err)
	}
	return a, nil
}

func saveAnswer(ctx context.Context, tx *postgres.Tx, a Asked) error {
	tag, err := tx.Exec(ctx, `
		UPDATE portal.opinion SET result = @result, note = @note, links = @links, answered_by = @who, answered_at = @now, version = version + 1
		WHERE land_id = @land AND party_id = @org AND opinion_id = @id AND closed_at IS NULL AND version = @version - 1 - @drafted`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": a.ID, "result": a.Result, "note": a.Note, "links": a.Links, "who": tx.Who.Person,
			"now": tx.Now, "version": a.Version, "drafted": a.Drafted,
		})
	if err == nil && tag.RowsAffected() == 0 {
		err = errStale
	}
	return wrapped("answer "+a.ID.String(), err)
}

// saveDraft keeps an answer, unless a colleague came first.
func saveDraft(ctx context.Context, tx *postgres.Tx, o Asked, a Answer) error {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.opinion_draft AS f (land_id, org_id, opinion_id, result, note, links, saved_at)
		VALUES (@land, @org, @id, @result, @note, @links, @now)
		ON CONFLICT (land_id, org_id, opinion_id) DO UPDATE
		SET result = @result, note = @note, links = @links, saved_at = @now, version = f.version + 1
		WHERE f.version = @drafted`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": o.ID, "result": a.Result, "note": a.Note, "links": a.Links,
			"now": tx.Now, "drafted": o.Drafted,
		})
	if err == nil && tag.RowsAffected() == 0 {
		err = errColleague
	}
	return wrapped("keep a draft of "+o.ID.String(), err)
}

// ListAsked returns what the acting person's organisation is asked: what is open first, by its date.
func ListAsked(ctx context.Context, tx *postgres.Tx, openOnly bool) ([]Asked, error) {
	rows, _ := tx.Query(ctx, askedColumns+` AND (NOT @open_only OR n.result = 'open' AND n.closed_at IS NULL)
		ORDER BY n.result <> 'open' OR n.closed_at IS NOT NULL, n.due_on, n.opinion_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "today": tx.Today(), "open_only": openOnly})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Asked])
	if err != nil {
		return nil, fmt.Errorf("list what others ask: %w", err)
	}
	return found, nil
}
