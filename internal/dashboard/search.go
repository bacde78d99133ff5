package dashboard

import (
	"context"
	"strings"
	"time"
	"unicode"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// HitKind is what a search may find.
type HitKind string

// The kinds, in the order in which they are shown.
const (
	HitService    HitKind = "service"
	HitBody       HitKind = "body"
	HitOnboarding HitKind = "onboarding"
	HitStep       HitKind = "step"
	HitObstacle   HitKind = "obstacle"
	HitDocument   HitKind = "document"
	HitEvent      HitKind = "event"
	HitSurvey     HitKind = "survey"
)

// The kinds of documents that are no file of a step. Their keys are the ids that their addresses need.
const (
	Paper      = "paper"     // decision, section of the review, file
	Enclosure  = "enclosure" // decision unless one was asked oneself, Stellungnahme, file
	Proof      = "proof"     // Auflage, file
	Record     = "record"    // decision
	Letterhead = "letter"    // key of the body, slug
)

// HitsShown is how many hits of a kind a search shows, and ShortestQuery how many letters it asks for.
const (
	HitsShown     = 10
	ShortestQuery = 2
	longestQuery  = 100
	mostWords     = 8
)

// Hits are what a search found of a kind: the first of them, and how many there are.
type Hits struct {
	Kind  HitKind
	Total int
	Found []Hit
}

// Hit is a record that a search found.
type Hit struct {
	Key   string     `json:"key"`   // slug, key of a body or step or of both, number of an obstacle, id of a file, an event or a round
	Title string     `json:"title"` // what the words were looked for in
	State string     `json:"state"` // of the record; phase of a step, kind of a body or of a document
	Note  string     `json:"note"`  // what it belongs to
	Via   string     `json:"via"`   // by which other words it was found, where its title does not say so
	Part  int        `json:"part"`  // of a body: services that are live
	Whole int        `json:"whole"` // of a body: services that count
	On    *time.Time `json:"on"`    // of a file: valid until; of an event: its day; of a round: the last one
}

// Search finds services, bodies, Anbindungen, steps, obstacles, documents, events and rounds of the survey by their names, as
// far as the reader sees them elsewhere. Services answer to their keys and to other words for them, too, and bodies to theirs.
// What is hidden is not counted either.
func (s *Service) Search(ctx context.Context, who access.Actor, query string) (found []Hits, err error) {
	query = tidyQuery(query)
	if len([]rune(query)) < ShortestQuery {
		return nil, nil
	}
	err = s.db.Read(ctx, who, access.SearchRun, func(tx *postgres.Tx) error {
		found, err = search(ctx, tx, query)
		return err
	})
	return found, err
}

// tidyQuery keeps what can be looked for: words, one space apart, not too many.
func tidyQuery(query string) string {
	query = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(query, ""), "\x00", "")), " ")
	if letters := []rune(query); len(letters) > longestQuery {
		query = string(letters[:longestQuery])
	}
	return query
}

// wordsOf takes a query apart into words in small letters. A number may be written in groups.
func wordsOf(query string) []string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	words := strings.FieldsFunc(strings.ToLower(query), apart)
	if digits := strings.Join(words, ""); len(digits) > 4 && strings.Trim(digits, "0123456789") == "" {
		return []string{digits}
	}
	return words[:min(len(words), mostWords)]
}
