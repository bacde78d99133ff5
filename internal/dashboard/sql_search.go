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
		"words": wordsOf(query), "shown": HitsShown, "today": tx.Today(), "reach": hurdle.ReachOf(tx.Who), "who": tx.Who.Person,
		"files": tx.Who.Can(access.EvidenceDownload), "papers": tx.Who.Can(access.DecisionInternalView), "asked": tx.Who.Can(access.OpinionAnswer),
		"proofs": tx.Who.Can(access.ConditionView), "records": tx.Who.Can(access.DecisionView), "checklists": tx.Who.Can(access.ChecklistView),
		"provider": tx.Who.Role == access.Provider, "decider": tx.Who.Role == access.MinistryDecider,
		"by_provider": template.ByProvider, "by_ministry": template.ByMinistry, "live": Live.States(), "apart": onboarding.NotCompetent,
	})
}

// hits counts what a query finds and gathers the best of it: of what a kind has, only those records that answer the most
// of the words, and of these only what is about as close as the closest. Where a name has the words, names that only
// look like them are noise.
func hits(place, kind, found string) string {
	return `
	SELECT ` + place + ` AS place, '` + kind + `' AS kind, count(*)::int AS total, max(f.answered) AS answered, max(f.close) AS close,
		to_json((array_agg(
			json_build_object('key', f.key, 'title', f.title, 'state', f.state, 'note', f.note, 'via', f.via, 'part', f.part, 'whole', f.whole, 'on', f.ends)
			ORDER BY f.close + ` + phrase + ` DESC, f.title COLLATE "de-x-icu", f.key))[1:@shown]) AS found
	FROM asked
	CROSS JOIN (
		SELECT m.*, max(m.answered) OVER () AS most, first_value(m.close) OVER (ORDER BY m.answered DESC, m.close DESC) AS closest
		FROM (` + found + `) m
		WHERE m.answered > 0) f
	WHERE f.answered = f.most AND f.close >= 0.75 * f.closest
	HAVING count(*) > 0`
}

// searchStatement shows kinds that answer more of the words first, then those that have the words before those that only
// look like them. Once a kind answers every word for sure, of the others only names that do so for theirs are worth a look.
var searchStatement = `
	WITH asked AS MATERIALIZED (` + asked + `
	),
	services AS MATERIALIZED (` + services + `),
	bodies AS MATERIALIZED (` + bodies + `)
	SELECT n.kind, n.total, n.found
	FROM (
		SELECT n.*, bool_or(n.close >= ` + sure + ` AND n.answered = cardinality(asked.terms)) OVER () AS clear, cardinality(asked.terms) AS terms
		FROM asked
		CROSS JOIN (` + strings.Join([]string{
	hits("1", "service", serviceHits), hits("2", "body", bodyHits), hits("3", "onboarding", onboardingHits), hits("4", "step", stepHits), hits("5", "obstacle", byText(obstacleHits)),
	hits("6", "document", byText(strings.Join([]string{stepFileHits, paperHits, enclosureHits, proofHits, recordHits, letterHits}, `
		UNION ALL`))),
	hits("7", "event", byText(eventHits)), hits("8", "survey", byText(surveyHits)),
}, `
	UNION ALL`) + `) n) n
	WHERE NOT n.clear OR n.answered = n.terms AND n.close >= ` + sure + ` OR n.kind IN ('service', 'body') AND n.close >= 0.95
	ORDER BY n.answered DESC, n.close >= ` + sure + ` DESC, n.place
	LIMIT 8`

// services are those that the reader sees and that answer some of the words: by their name, or less so by the other words
// for them, their keys, or who provides or decides about them.
var services = `
		SELECT v.service_id, v.slug, v.name, v.topic_field, all_told.levels, ` + either("named", "all_told", 0.9) + `,
			CASE WHEN all_told.answered > named.answered OR all_told.close * 0.9 > named.close THEN ` + via("x.words") + ` ELSE '' END AS via
		FROM asked
		CROSS JOIN portal.service v
		LEFT JOIN portal.organisation m ON m.land_id = @land AND m.org_id = v.ministry_id
		CROSS JOIN LATERAL (SELECT v.also_sought || v.ozg_ids || v.leika_keys || ARRAY[v.topic_field, v.operator, coalesce(m.key, '')] AS words) w
		CROSS JOIN LATERAL (SELECT w.words, portal.plain(v.name || ' ' || array_to_string(w.words, ' ')) AS text) x
		` + answers("named", "portal.plain(v.name)") + answers("all_told", "x.text") + `
		WHERE all_told.answered > 0 AND v.land_id = @land AND (v.published_at IS NOT NULL OR @circle IN ('land', 'ministry'))`

// bodies are those that the reader sees and that answer some of the words: by their name, or less so by their key, their
// number plate, their seat, what they are, or which body became part of them.
var bodies = `
		SELECT b.org_id, b.key, b.name, b.kind, all_told.levels, ` + either("named", "all_told", 0.9) + `,
			CASE WHEN all_told.answered > named.answered OR all_told.close * 0.9 > named.close THEN ` + via("x.words") + ` ELSE '' END AS via
		FROM asked
		CROSS JOIN portal.organisation b
		CROSS JOIN LATERAL (
			SELECT ARRAY[b.key, b.short, b.seat] || ARRAY(
				SELECT p.name FROM portal.organisation p WHERE p.land_id = @land AND p.successor_key = b.key ORDER BY p.key LIMIT 20) AS words) w
		CROSS JOIN LATERAL (
			SELECT w.words, portal.plain(b.name || ' ' || array_to_string(w.words, ' ') ||
				CASE b.kind WHEN 'district' THEN ' Landkreis LK' ELSE ' kreisfreie Stadt' END) AS text) x
		` + answers("named", "portal.plain(b.name)") + answers("all_told", "x.text") + `
		WHERE all_told.answered > 0 AND b.land_id = @land AND ` + existing + ` AND ` + bodiesWithin + ``

var serviceHits = `
		SELECT v.slug AS key, v.name AS title, CASE WHEN r.service_id IS NULL THEN '' ELSE 'rolling_in' END AS state, v.topic_field AS note, v.via,
			0 AS part, 0 AS whole, NULL::timestamptz AS ends, v.answered, v.close
		FROM services v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id`

var bodyHits = `
		SELECT b.key, b.name AS title, b.kind AS state, '' AS note, b.via, o.live AS part, o.whole, NULL::timestamptz AS ends, b.answered, b.close
		FROM bodies b
		CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE o.state = ANY (@live))::int AS live, count(*) FILTER (WHERE o.state <> @apart)::int AS whole
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.org_id = b.org_id AND ` + within("o") + `) o`

// onboardingHits are asked for by a service and a body together: each answers words that the other does not.
var onboardingHits = `
		SELECT b.key || ' ' || v.slug AS key, v.name || ' · ' || b.name AS title, o.state, '' AS note, '' AS via, 0 AS part, 0 AS whole,
			NULL::timestamptz AS ends, a.answered, a.close
		FROM services v
		CROSS JOIN bodies b
		JOIN portal.onboarding o ON o.land_id = @land AND o.org_id = b.org_id AND o.service_id = v.service_id
		CROSS JOIN LATERAL (
			SELECT count(greatest(w.said, w.named))::int AS answered, avg(greatest(w.said, w.named)) AS close
			FROM unnest(v.levels, b.levels) w(said, named)) a
		WHERE @checklists AND ` + within("o") + ` AND a.answered > greatest(v.answered, b.answered)`

// stepHits names each kind of step once, if the reader has one in a list. It asks the steps by their keys only.
var stepHits = `
		SELECT DISTINCT ON (t.key) t.key, t.title, t.phase AS state, t.responsible AS note, t.via, 0 AS part, 0 AS whole,
			NULL::timestamptz AS ends, t.answered, t.close
		FROM (
			SELECT t.key, t.title, t.phase, t.responsible, t.scope, t.template_version_id, ` + either("named", "all_told", 0.6) + `,
				CASE WHEN all_told.answered > named.answered THEN 'description' ELSE '' END AS via
			FROM asked
			CROSS JOIN portal.template_step t
			` + answers("named", "portal.plain(t.title)") + answers("all_told", "portal.plain(concat_ws(' ', t.title, t.evidence, t.description))") + `
			WHERE t.land_id = @land AND ` + promising("portal.plain(concat_ws(' ', t.title, t.evidence, t.description))") + `) t
		JOIN portal.template_version w ON w.land_id = @land AND w.template_version_id = t.template_version_id
		WHERE t.answered > 0 AND CASE t.scope
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
		ORDER BY t.key, t.answered DESC, t.close DESC, w.no DESC, t.template_version_id`

// byText judges records by the one text they have.
func byText(records string) string {
	return `
		SELECT m.key, m.title, m.state, m.note, '' AS via, 0 AS part, 0 AS whole, m.ends, a.answered, a.close
		FROM asked
		CROSS JOIN (` + records + `) m
		` + answers("a", "m.text") + `
		WHERE ` + promising("m.text")
}

// obstacleHits are found by their number or their text. Whom one affects says who may see it.
const obstacleHits = `
		SELECT o.no::text AS key, o.text AS title, o.state, v.name AS note, NULL::timestamptz AS ends, 'hurde ' || o.no || ' ' || o.plain AS text
		FROM portal.obstacle o
		JOIN portal.service v ON v.land_id = @land AND v.service_id = o.service_id
		WHERE o.land_id = @land AND o.merged_into IS NULL AND ` + hurdle.Visible

// stepFileHits are files of steps that the reader may open: the same as evidence.Sees says. The state of a document says
// what kind it is.
var stepFileHits = `
		SELECT e.evidence_id::text AS key, e.name AS title, '' AS state, t.title || ' · ' || b.name AS note, ` + midnight("e.valid_until") + ` AS ends,
			portal.plain(e.name) AS text
		FROM portal.evidence e
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = e.org_id
		JOIN portal.step s ON s.land_id = @land AND s.org_id = e.org_id AND s.step_id = e.step_id
		JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
		WHERE @files AND e.land_id = @land AND e.deleted_at IS NULL AND (@circle <> 'body' OR e.org_id = @org)
			AND (NOT @provider OR @by_provider IN (t.responsible, t.review) OR e.uploaded_by = @who)
			AND (NOT @decider OR t.review = @by_ministry)`

// document shows a document by the ids that its address needs.
func document(kind, key, title, note string) string {
	return `
		SELECT ` + key + ` AS key, ` + title + ` AS title, '` + kind + `' AS state, ` + note + ` AS note, NULL::timestamptz AS ends,
			portal.plain(` + title + `) AS text
		FROM `
}

// paperHits are files of reviews: their ministry's alone.
var paperHits = document(Paper, "concat_ws(' ', e.decision_id, e.section, e.evidence_id)", "e.name", "v.name") + `portal.evidence e
		JOIN portal.decision d ON d.land_id = @land AND d.org_id = e.org_id AND d.decision_id = e.decision_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
		WHERE @papers AND e.land_id = @land AND e.org_id = @org AND e.deleted_at IS NULL`

// enclosureHits are files enclosed with a Stellungnahme, for whoever was asked and for the ministry that asked.
var enclosureHits = document(Enclosure, "concat_ws(' ', CASE WHEN e.org_id <> @org THEN n.decision_id END, n.opinion_id, e.evidence_id)", "e.name", "v.name") + `portal.evidence e
		JOIN portal.opinion n ON n.land_id = @land AND n.opinion_id = e.opinion_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = n.service_id
		WHERE e.land_id = @land AND e.deleted_at IS NULL AND (@asked AND e.org_id = @org OR @papers AND n.org_id = @org)`

// proofHits are files that show that an Auflage is fulfilled, for whoever follows it.
var proofHits = document(Proof, "concat_ws(' ', e.condition_id, e.evidence_id)", "e.name", "v.name") + `portal.evidence e
		JOIN portal.condition k ON k.land_id = @land AND k.condition_id = e.condition_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = k.service_id
		WHERE @proofs AND e.land_id = @land AND e.deleted_at IS NULL`

// recordHits are Vermerke, of which everybody but another ministry reads the public part.
var recordHits = document(Record, "r.decision_id::text", "'Vermerk ' || v.name", "''") + `portal.decision_record r
		JOIN portal.decision d ON d.land_id = @land AND d.org_id = r.org_id AND d.decision_id = r.decision_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = d.service_id
		WHERE @records AND r.land_id = @land AND r.part = 'public' AND r.form = 'json' AND (@circle <> 'ministry' OR d.org_id = @org OR v.ministry_id = @org)`

// letterHits are the Informationsschreiben that bodies got.
var letterHits = document(Letterhead, "b.key || ' ' || v.slug", "l.subject", "b.name") + `portal.rollin_letter l
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = l.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = l.service_id
		WHERE @checklists AND l.land_id = @land AND ` + within("l")

// eventHits are dates that people attend; everybody of the Land reads them.
const eventHits = `
		SELECT e.event_id::text AS key, e.title, CASE WHEN e.cancelled = '' THEN '' ELSE 'cancelled' END AS state, e.place AS note, e.starts_at AS ends,
			portal.plain(e.title) AS text
		FROM portal.event e
		WHERE e.land_id = @land`

// surveyHits are rounds of the survey; row security shows each reader those that concern them.
var surveyHits = `
		SELECT n.round_id::text AS key, 'Umfrage ' || n.title AS title, n.state, '' AS note, ` + midnight("n.closes_on") + ` AS ends,
			portal.plain('Umfrage ' || n.title) AS text
		FROM portal.survey_round n
		WHERE n.land_id = @land`
