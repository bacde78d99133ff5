package dashboard

import "fmt"

// How names answer words. German stemming splits no compounds and knows no slips of the keyboard; so each word that is
// asked for is held against each word of a name, and counts as what fits best:
//
//	1     the word itself            "Baugenehmigung"
//	0.95  another form of it         "Baugenehmigungen"
//	0.9   it begins the name's word  "Bau"
//	0.8   it is part of it           "Genehmigung"
//	0.65  it begins or ends like it  "Baugenehmigungsantrag"
//	0.55  both begin alike           "Baugenehmiger"
//	0.5   some letters differ        "Baugenemihgung"
//	0.45  part of it nearly          "Genemigung"
//
// Numbers are right or wrong: they begin the name's, or have it for a beginning as 16051000 has Erfurt's 16051.
const (
	sure  = `0.7`
	level = `CASE
				WHEN t.token = w.term THEN 1
				WHEN t.stem = w.stem THEN 0.95
				WHEN length(w.term) > 1 AND starts_with(t.token, w.term) THEN 0.9
				WHEN w.number THEN CASE WHEN length(t.token) > 4 AND starts_with(w.term, t.token) THEN 0.8 END
				WHEN length(w.stem) > 3 AND strpos(t.token, w.stem) > 0 THEN 0.8
				WHEN length(t.stem) > 4 AND (starts_with(w.term, t.stem) OR right(w.term, length(t.token)) = t.token) THEN 0.65
				WHEN length(w.term) > 5 AND length(t.token) > 5 AND left(t.token, 6) = left(w.term, 6) THEN 0.55
				WHEN length(w.term) > 3 AND portal.levenshtein_less_equal(w.term, left(t.token, 60), length(w.term) / 4) <= length(w.term) / 4 THEN 0.5
				WHEN length(w.term) > 5 AND portal.word_similarity(w.term, t.token) >= 0.6 THEN 0.45
				END`
)

// asked holds what is asked for: the words one after another, and those among them that say something, with their stems.
// The stemmer knows words without meaning only with their umlauts.
const asked = `
		SELECT portal.plain(array_to_string(@words::text[], ' ')) AS plain, coalesce(array_agg(w.term ORDER BY w.no), '{}') AS terms,
			coalesce(array_agg(coalesce(w.stem, w.term) ORDER BY w.no), '{}') AS stems
		FROM (
			SELECT min(u.no) AS no, portal.plain(u.word) AS term, min((ts_lexize('pg_catalog.german_stem', portal.plain(u.word)))[1]) AS stem
			FROM unnest(@words::text[]) WITH ORDINALITY u(word, no)
			WHERE ts_lexize('pg_catalog.german_stem', u.word) <> '{}'
			GROUP BY portal.plain(u.word)) w`

// terms are the words that are asked for, each with its stem.
const terms = `(SELECT u.no, u.term, u.stem, u.term ~ '^[0-9]+$' AS number FROM unnest(asked.terms, asked.stems) WITH ORDINALITY u(term, stem, no)) w`

// answers joins to a normalised text how many of the words it answers, how closely, and each of them how closely.
func answers(alias, text string) string {
	return `CROSS JOIN LATERAL (
			SELECT count(x.level)::int AS answered, coalesce(avg(x.level), 0) AS close, array_agg(x.level ORDER BY x.no) AS levels
			FROM (
				SELECT w.no, max(` + level + `) AS level
				FROM ` + terms + `
				CROSS JOIN (
					SELECT r.token, (ts_lexize('pg_catalog.german_stem', r.token))[1] AS stem
					FROM regexp_split_to_table(` + text + `, '[^[:alnum:]]+') r(token)
					WHERE r.token <> '') t
				GROUP BY w.no) x) ` + alias + `
		`
}

// promising holds for a normalised text that may answer one of the words. It spares the others a closer look.
func promising(text string) string {
	return `EXISTS (SELECT FROM ` + terms + ` WHERE strpos(` + text + `, w.stem) > 0 OR portal.word_similarity(w.term, ` + text + `) >= 0.4)`
}

// either takes the closer of two answers, of which the second counts less.
func either(first, second string, less float64) string {
	return fmt.Sprintf(`%[2]s.answered,
			greatest(CASE WHEN %[1]s.answered = %[2]s.answered THEN %[1]s.close ELSE 0 END, %[2]s.close * %[3]g) AS close`, first, second, less)
}

// via lists those of some words that answer.
func via(list string) string {
	return `(
				SELECT coalesce(string_agg(e.word, ', ' ORDER BY e.no), '')
				FROM unnest(` + list + `) WITH ORDINALITY e(word, no)
				` + answers("y", "portal.plain(e.word)") + `WHERE y.answered > 0)`
}

// phrase prefers titles f that are what was asked for, begin with it or have it as it stands.
const phrase = `CASE
				WHEN portal.plain(f.title) = asked.plain THEN 0.3
				WHEN starts_with(portal.plain(f.title), asked.plain) THEN 0.2
				WHEN strpos(' ' || portal.plain(f.title), ' ' || asked.plain) > 0 THEN 0.1
				ELSE 0 END`
