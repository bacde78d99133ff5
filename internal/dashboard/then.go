package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/figure"
	"rollinportal/internal/postgres"
)

// Then are figures of the Lagebild as they stood at the end of a day that is over. What nobody wrote down is nil.
type Then struct {
	Late       *int `json:"late"`
	Punctual   *int `json:"punctual"`
	Blocked    *int `json:"blocked"`
	Decisions  *int `json:"decisions"`
	Conditions *int `json:"conditions"`
	Obstacles  *int `json:"obstacles"`
}

// Before returns what a figure was on the day that the picture is compared with; nil: it is not recorded.
func (p *Picture) Before(f Figure) *int {
	switch past := p.Past.Earlier; f.Key {
	case LiveOnboardings.Key:
		return &past.Live
	case CoveredServices.Key:
		return &past.Covered
	case PunctualBodies.Key:
		return p.Then.Punctual
	case OverdueTasks.Key:
		return p.Then.Late
	case BlockedOnboardings.Key:
		return p.Then.Blocked
	case OpenConditions.Key:
		return p.Then.Conditions
	case OpenDecisions.Key:
		return p.Then.Decisions
	case OpenObstacles.Key:
		return p.Then.Obstacles
	}
	return nil
}

// ThenFigures are the figures of the Lagebild whose records a day that is over can be asked for.
var ThenFigures = []Figure{PunctualBodies, OverdueTasks, BlockedOnboardings, OpenConditions, OpenDecisions, OpenObstacles}

// ThenMeans says what such a figure knows.
var ThenMeans = figure.Meaning{
	Key: "seit-dem-vergleichstag", Name: "Veränderung seit dem Vergleichstag", Definition: "Unter jeder Kennzahl steht, was am Ende des Vergleichstags bekannt war.",
	Part:  "Die heutige Zahl, verglichen mit der des Tages; der Verweis führt zur Liste von damals",
	Apart: "„Nicht erfasst“: Das Portal hat den Verlauf an diesem Tag noch nicht aufgeschrieben.", Source: "domain.md 6.3",
}

// Entry is something that a figure counted on a day.
type Entry struct {
	No          int // of an obstacle; 0 elsewhere
	Title       string
	BodyKey     string
	BodyName    string
	ServiceSlug string
	ServiceName string
	DueOn       *time.Time
	Total       int
}

// mostEntries is how many of them a list shows.
const mostEntries = 500

// On returns what a figure counted at the end of a day, as far as the reader's circle goes; known is false for a day of which
// nobody wrote it down.
func (s *Service) On(ctx context.Context, who access.Actor, key string, day time.Time) (found []Entry, known bool, err error) {
	err = s.db.Read(ctx, who, access.ReportView, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		found, known, err = listOn(ctx, tx, key, day)
		return err
	})
	return found, known, err
}
