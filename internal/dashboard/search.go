package dashboard

import (
	"context"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// HitKind is what a search may find.
type HitKind string

// The kinds, in the order in which they are shown.
const (
	HitService  HitKind = "service"
	HitBody     HitKind = "body"
	HitStep     HitKind = "step"
	HitObstacle HitKind = "obstacle"
	HitDocument HitKind = "document"
	HitEvent    HitKind = "event"
	HitSurvey   HitKind = "survey"
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
)

// Hits are what a search found of a kind: the first of them, and how many there are.
type Hits struct {
	Kind  HitKind
	Total int
	Found []Hit
}

// Hit is a record that a search found.
type Hit struct {
	Key   string     `json:"key"`   // slug, key of a body or step, number of an obstacle, id of a file, an event or a round
	Title string     `json:"title"` // what the words were looked for in
	State string     `json:"state"` // of the record; phase of a step, kind of a body or of a document
	Note  string     `json:"note"`  // what it belongs to
	Part  int        `json:"part"`  // of a body: services that are live
	Whole int        `json:"whole"` // of a body: services that count
	On    *time.Time `json:"on"`    // of a file: valid until; of an event: its day; of a round: the last one
}

// Search finds services, bodies, steps, obstacles, documents, events and rounds of the survey by their names, as far as the reader
// sees them elsewhere.
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
