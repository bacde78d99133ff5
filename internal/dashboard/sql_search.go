package dashboard

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// search looks for all kinds in one statement.
func search(ctx context.Context, tx *postgres.Tx, query string) ([]Hits, error) {
	rows, _ := tx.Query(ctx, searchStatement, searchArgs(tx, query))
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Hits])
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

func searchArgs(tx *postgres.Tx, query string) pgx.StrictNamedArgs {
	return args(tx, pgx.StrictNamedArgs{
		"query": query, "shown": HitsShown, "today": tx.Today(), "reach": hurdle.ReachOf(tx.Who), "who": tx.Who.Person,
		"files": tx.Who.Can(access.EvidenceDownload), "papers": tx.Who.Can(access.DecisionInternalView), "asked": tx.Who.Can(access.OpinionAnswer),
		"proofs": tx.Who.Can(access.ConditionView), "records": tx.Who.Can(access.DecisionView), "letters": tx.Who.Can(access.ChecklistView),
		"provider": tx.Who.Role == access.Provider, "decider": tx.Who.Role == access.MinistryDecider,
		"by_provider": template.ByProvider, "by_ministry": template.ByMinistry, "live": Live.States(), "apart": onboarding.NotCompetent,
	})
}

// closeness says how well a normalised text answers: it begins with the words, has them, has other forms of them, or
// is spelled nearly like them. What is less close than near is no answer. German stemming splits no compounds; the
// similarity of words finds those.
func closeness(normalised string) string {
	return strings.ReplaceAll(`CASE
				WHEN strpos(?, asked.plain) = 1 THEN 3
				WHEN strpos(?, asked.plain) > 0 THEN 2
				WHEN to_tsvector('pg_catalog.german', ?) @@ asked.words THEN 1.5
				WHEN length(asked.plain) > 3 THEN portal.word_similarity(asked.plain, ?)
				ELSE 0 END`, "?", normalised)
}

const near = `0.5`

// hits counts what a query finds and gathers the first of it.
func hits(place, kind, found string) string {
	return `
	SELECT ` + place + ` AS place, '` + kind + `' AS kind, count(*)::int AS total,
		json_agg(json_build_object('key', f.key, 'title', f.title, 'state', f.state, 'note', f.note, 'part', f.part, 'whole', f.whole, 'on', f.ends)
			ORDER BY f.rank DESC, f.title COLLATE "de-x-icu", f.key) FILTER (WHERE f.no <= @shown) AS found
	FROM (
		SELECT m.*, row_number() OVER (ORDER BY m.rank DESC, m.title COLLATE "de-x-icu", m.key) AS no
		FROM (` + found + `) m
		WHERE m.rank >= ` + near + `) f
	HAVING count(*) > 0`
}

var searchStatement = `
	WITH asked AS MATERIALIZED (
		SELECT portal.plain(@query) AS plain, websearch_to_tsquery('pg_catalog.german', portal.plain(@query)) AS words
	)
	SELECT n.kind, n.total, n.found
	FROM (` + strings.Join([]string{
	hits("1", "service", serviceHits), hits("2", "body", bodyHits), hits("3", "step", stepHits), hits("4", "obstacle", obstacleHits), hits("5", "document", strings.Join([]string{stepFileHits, paperHits, enclosureHits, proofHits, recordHits, letterHits}, `
		UNION ALL`)),
	hits("6", "event", eventHits), hits("7", "survey", surveyHits),
}, `
	UNION ALL`) + `) n
	ORDER BY n.place
	LIMIT 7`

var serviceHits = `
		SELECT v.slug AS key, v.name AS title, CASE WHEN r.service_id IS NULL THEN '' ELSE 'rolling_in' END AS state, v.topic_field AS note,
			0 AS part, 0 AS whole, NULL::timestamptz AS ends, ` + closeness("portal.plain(v.name)") + ` AS rank
		FROM asked
		CROSS JOIN portal.service v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		WHERE v.land_id = @land AND (v.published_at IS NOT NULL OR @circle IN ('land', 'ministry'))`

var bodyHits = `
		SELECT b.key, b.name AS title, b.kind AS state, b.short AS note, o.live AS part, o.whole, NULL::timestamptz AS ends,
			` + closeness("portal.plain(b.name)") + ` AS rank
		FROM asked
		CROSS JOIN portal.organisation b
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE o.state = ANY (@live))::int AS live, count(*) FILTER (WHERE o.state <> @apart)::int AS whole
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.org_id = b.org_id AND ` + within("o") + `) o
		WHERE b.land_id = @land AND ` + existing + ` AND ` + bodiesWithin

// stepHits names each kind of step once, if the reader has one in a list. It asks the steps by their keys only.
var stepHits = `
		SELECT DISTINCT ON (t.key) t.key, t.title, t.phase AS state, t.responsible AS note, 0 AS part, 0 AS whole, NULL::timestamptz AS ends, t.rank
		FROM (
			SELECT t.key, t.title, t.phase, t.responsible, t.scope, t.template_version_id, ` + closeness("portal.plain(t.title)") + ` AS rank
			FROM asked
			CROSS JOIN portal.template_step t
			WHERE t.land_id = @land) t
		JOIN portal.template_version w ON w.land_id = @land AND w.template_version_id = t.template_version_id
		WHERE t.rank >= ` + near + ` AND CASE t.scope
			WHEN 'kommune' THEN EXISTS (
				SELECT FROM portal.onboarding o
				JOIN portal.step s ON s.land_id = @land AND s.org_id = o.org_id AND s.service_id = o.service_id AND s.key = t.key AND s.state <> 'not_applicable'
				WHERE o.land_id = @land AND o.state <> @apart AND ` + within("o") + `)
			WHEN 'basis' THEN @circle <> 'ministry' AND EXISTS (
				SELECT FROM portal.organisation b
				JOIN portal.step s ON s.land_id = @land AND s.org_id = b.org_id AND s.service_id IS NULL AND s.key = t.key AND s.state <> 'not_applicable'
				WHERE b.land_id = @land AND ` + bodiesWithin + `)
			ELSE @circle IN ('land', 'ministry') AND EXISTS (
				SELECT FROM portal.rollin r
				JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id AND ` + linesWithin + `
				JOIN portal.step s ON s.land_id = @land AND s.service_id = r.service_id AND s.scope = 'land' AND s.key = t.key AND s.state <> 'not_applicable'
				WHERE r.land_id = @land) END
		ORDER BY t.key, t.rank DESC, w.no DESC, t.template_version_id`

// obstacleHits uses what is kept of an obstacle's text. Whom it affects says who may see it.
var obstacleHits = `
		SELECT o.no::text AS key, o.text AS title, o.state, v.name AS note, 0 AS part, 0 AS whole, NULL::timestamptz AS ends, ` +
	strings.Replace(closeness("o.plain"), "to_tsvector('pg_catalog.german', o.plain)", "o.plain_words", 1) + ` AS rank
		FROM asked
		CROSS JOIN portal.obstacle o
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		WHERE o.land_id = @land AND o.merged_into IS NULL AND ` + hurdle.Visible

// stepFileHits are files of steps that the reader may open: the same as evidence.Sees says. The state of a document says
// what kind it is.
var stepFileHits = `
		SELECT e.evidence_id::text AS key, e.name AS title, '' AS state, t.title || ' · ' || b.name AS note, 0 AS part, 0 AS whole,
			` + midnight("e.valid_until") + ` AS ends, ` + closeness("portal.plain(e.name)") + ` AS rank
		FROM asked
		CROSS JOIN portal.evidence e
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = e.org_id
		JOIN portal.step s ON s.land_id = @land AND s.org_id = e.org_id AND s.step_id = e.step_id
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE @files AND e.land_id = @land AND e.deleted_at IS NULL AND (@circle <> 'body' OR e.org_id = @org)
			AND (NOT @provider OR @by_provider IN (t.responsible, t.review) OR e.uploaded_by = @who)
			AND (NOT @decider OR t.review = @by_ministry)`

// document shows a document by the ids that its address needs.
func document(kind, key, title, note string) string {
	return `
		SELECT ` + key + ` AS key, ` + title + ` AS title, '` + kind + `' AS state, ` + note + ` AS note, 0 AS part, 0 AS whole, NULL::timestamptz AS ends,
			` + closeness("portal.plain("+title+")") + ` AS rank
		FROM asked`
}

// paperHits are files of reviews: their ministry's alone.
var paperHits = document(Paper, "concat_ws(' ', e.decision_id, e.section, e.evidence_id)", "e.name", "v.name") + `
		CROSS JOIN portal.evidence e
		JOIN portal.decision d ON d.land_id = @land AND d.org_id = e.org_id AND d.decision_id = e.decision_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
		WHERE @papers AND e.land_id = @land AND e.org_id = @org AND e.deleted_at IS NULL`

// enclosureHits are files enclosed with a Stellungnahme, for whoever was asked and for the ministry that asked.
var enclosureHits = document(Enclosure, "concat_ws(' ', CASE WHEN e.org_id <> @org THEN n.decision_id END, n.opinion_id, e.evidence_id)", "e.name", "v.name") + `
		CROSS JOIN portal.evidence e
		JOIN portal.opinion n ON n.land_id = @land AND n.opinion_id = e.opinion_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = n.service_id
		WHERE e.land_id = @land AND e.deleted_at IS NULL AND (@asked AND e.org_id = @org OR @papers AND n.org_id = @org)`

// proofHits are files that show that an Auflage is fulfilled, for whoever follows it.
var proofHits = document(Proof, "concat_ws(' ', e.condition_id, e.evidence_id)", "e.name", "v.name") + `
		CROSS JOIN portal.evidence e
		JOIN portal.condition k ON k.land_id = @land AND k.condition_id = e.condition_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = k.service_id
		WHERE @proofs AND e.land_id = @land AND e.deleted_at IS NULL`

// recordHits are Vermerke, of which everybody but another ministry reads the public part.
var recordHits = document(Record, "r.decision_id::text", "'Vermerk ' || v.name", "''") + `
		CROSS JOIN portal.decision_record r
		JOIN portal.decision d ON d.land_id = @land AND d.org_id = r.org_id AND d.decision_id = r.decision_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
		WHERE @records AND r.land_id = @land AND r.part = 'public' AND r.form = 'json' AND (@circle <> 'ministry' OR d.org_id = @org OR v.ministry_id = @org)`

// letterHits are the Informationsschreiben that bodies got.
var letterHits = document(Letterhead, "b.key || ' ' || v.slug", "l.subject", "b.name") + `
		CROSS JOIN portal.rollin_letter l
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = l.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = l.service_id
		WHERE @letters AND l.land_id = @land AND ` + within("l")

// eventHits are dates that people attend; everybody of the Land reads them.
var eventHits = `
		SELECT e.event_id::text AS key, e.title, CASE WHEN e.cancelled = '' THEN '' ELSE 'cancelled' END AS state, e.place AS note, 0 AS part, 0 AS whole,
			e.starts_at AS ends, ` + closeness("portal.plain(e.title)") + ` AS rank
		FROM asked
		CROSS JOIN portal.event e
		WHERE e.land_id = @land`

// surveyHits are rounds of the survey; row security shows each reader those that concern them.
var surveyHits = `
		SELECT n.round_id::text AS key, 'Umfrage ' || n.title AS title, n.state, '' AS note, 0 AS part, 0 AS whole,
			` + midnight("n.closes_on") + ` AS ends, ` + closeness("portal.plain('Umfrage ' || n.title)") + ` AS rank
		FROM asked
		CROSS JOIN portal.survey_round n
		WHERE n.land_id = @land`
