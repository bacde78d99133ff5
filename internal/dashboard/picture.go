package dashboard

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/history"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// Picture is the Lagebild. All its figures come from one moment and the same cells, so they agree.
type Picture struct {
	At         time.Time
	Bodies     []Body // kreisfreie Städte first, each group by name
	Services   []Line // by name
	Pillars    []Pillar
	Open       int    // decisions that are not taken yet
	Questions  int    // that wait for an answer of the reader's organisation
	ToCheck    int    // steps that wait for the reader to check them
	Overdue    int    // steps that are late
	Longest    []Task // those that are late for the longest time
	Late       Late
	Obstacles  Obstacles
	Hindering  []hurdle.Obstacle // the open ones that come first
	Deadlines  int               // price bindings, contracts and fundings that end within 90 days
	Conditions condition.Figures
	Then       Then                  // how the other figures stood on that day
	Past       history.Course        // how it came to this, since the last meeting or the end of the month before
	Due        []condition.Condition // the unfinished Auflagen that are due first

	rows    [][]Cell       // by service and body, as they stand above
	lineAt  map[string]int // by slug
	bodyAt  map[string]int // by key
	ofLine  []Share
	ofBody  []Share
	pending []bool // whether a competent body of the service has no onboarding yet

	byStep   map[string]Share // the steps that are a part of a pillar of their own
	timely   Share            // decisions
	answered Share            // questions
}

// Body is a Landkreis or a kreisfreie Stadt on the Lagebild.
type Body struct {
	ID      uuid.UUID `json:"id"`
	Key     string    `json:"key"`
	Name    string    `json:"name"`
	Short   string    `json:"short"`
	City    bool      `json:"city"`
	Column  *int      `json:"column"` // place on the tile map, counted from 0
	Row     *int      `json:"row"`
	Overdue int       `json:"overdue"` // its own steps that are late
	People  *int      `json:"people"`  // nil where the master data do not say
	Roles   *bool     `json:"roles"`   // whether its profile names who coordinates; nil for readers who do not see that
	Shares  bool      `json:"shares"`  // experiences with the others
	Current *bool     `json:"current"` // whether its answer to the survey is; nil if it was never asked, and for readers who do not see that
	Attends *bool     `json:"attends"` // whether it was at an event lately; nil for readers who do not see that
}

// Line is a service on the Lagebild.
type Line struct {
	ID        uuid.UUID      `json:"id"`
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Decision  decision.State `json:"decision"` // of the latest case that was not withdrawn; "" if there is none
	RollingIn bool           `json:"rolling_in"`
	Funded    bool           `json:"funded"`   // a funding runs today
	Complete  bool           `json:"complete"` // its Steckbrief says everything that is asked for
	Land      *Elsewhere     `json:"land"`     // for a body; nil for everybody else, and where few bodies have the service
}

// Elsewhere is in how many bodies of the Land a service is live, without their names.
type Elsewhere struct {
	Live  *int `json:"live"` // nil if they are so few that the number would point at somebody
	Whole int  `json:"whole"`
}

// Cell is what a body and a service have to do with each other.
type Cell struct {
	Competent bool
	State     onboarding.State // "" where there is no onboarding
	Blocked   bool             // by an open obstacle, on its way
	Ending    onboarding.Ending

	Unconfirmed bool // the body has not said for too long how it stands; only the Land asks
}

// Stage returns where the cell stands. A body that became competent after the roll-in began has not begun.
func (c Cell) Stage() Stage {
	switch {
	case c.State != "":
		return StageOf(c.State)
	case c.Competent:
		return NotBegun
	}
	return NotCompetent
}

// share counts onboardings: a body without one is in no list and in no figure.
func (c Cell) share() Share {
	if c.State == "" {
		return Share{}
	}
	return shareOf(c.Stage())
}

// place puts the cells where they belong and sums them up. A body that ended and left nothing has no place.
func (p *Picture) place(found pairs) {
	lines, bodies := map[uuid.UUID]int{}, map[uuid.UUID]int{}
	p.lineAt, p.bodyAt = map[string]int{}, map[string]int{}
	for i, l := range p.Services {
		lines[l.ID], p.lineAt[l.Slug] = i, i
		p.rows = append(p.rows, make([]Cell, len(p.Bodies)))
	}
	for i, b := range p.Bodies {
		bodies[b.ID], p.bodyAt[b.Key] = i, i
	}
	p.ofLine, p.ofBody, p.pending = make([]Share, len(p.Services)), make([]Share, len(p.Bodies)), make([]bool, len(p.Services))
	for n, c := range found.all() {
		line, known := lines[found.services[n]]
		body, there := bodies[found.bodies[n]]
		if !known || !there {
			continue
		}
		p.rows[line][body] = c
		p.ofLine[line], p.ofBody[body] = p.ofLine[line].Plus(c.share()), p.ofBody[body].Plus(c.share())
		p.pending[line] = p.pending[line] || c.Competent && c.State == ""
	}
}

// Row returns what every body has to do with a service, in the order of the bodies.
func (p *Picture) Row(slug string) []Cell { return p.rows[p.lineAt[slug]] }

// OfService returns in how many of its bodies a service is live.
func (p *Picture) OfService(slug string) Share { return p.ofLine[p.lineAt[slug]] }

// OfBody returns how many of its services are live in a body.
func (p *Picture) OfBody(key string) Share { return p.ofBody[p.bodyAt[key]] }

// Live returns how many onboardings are live, over all services and bodies.
func (p *Picture) Live() Share {
	var sum Share
	for _, s := range p.ofLine {
		sum = sum.Plus(s)
	}
	return sum
}

// Blocked returns how many onboardings an open obstacle blocks.
func (p *Picture) Blocked() int {
	sum := 0
	for _, row := range p.rows {
		for _, c := range row {
			if c.Blocked {
				sum++
			}
		}
	}
	return sum
}

// Covered returns how many of the services in roll-in are live in every competent body.
func (p *Picture) Covered() Share {
	var sum Share
	for _, l := range p.Services {
		if !l.RollingIn {
			continue
		}
		sum.Whole++
		if p.Standing(l) == Area {
			sum.Part++
		}
	}
	return sum
}

// Punctual returns how many bodies have no step that is late.
func (p *Picture) Punctual() Share {
	sum := Share{Whole: len(p.Bodies)}
	for _, b := range p.Bodies {
		if b.Overdue == 0 {
			sum.Part++
		}
	}
	return sum
}

// RolledIn returns the services that are in their roll-in, in the order of the picture.
func (p *Picture) RolledIn() []Line {
	var found []Line
	for _, l := range p.Services {
		if l.RollingIn {
			found = append(found, l)
		}
	}
	return found
}

// Standing returns where a service stands in the Land.
func (p *Picture) Standing(l Line) Standing {
	return standing(l, p.OfService(l.Slug).Complete() && !p.pending[p.lineAt[l.Slug]])
}

// Count returns how many services stand where.
func (p *Picture) Count() map[Standing]int {
	counts := map[Standing]int{}
	for _, l := range p.Services {
		counts[p.Standing(l)]++
	}
	return counts
}

// longest is how many late steps the Lagebild names.
const longest = 9

// Picture returns the Lagebild: of everything for the Land, of its own services for a ministry, of the bodies it works for
// for a provider, and of itself for a body. Readers share it and change nothing in it.
func (s *Service) Picture(ctx context.Context, who access.Actor) (*Picture, error) {
	var p Picture
	err := s.db.ReadMoment(ctx, who, access.DashboardView, func(tx *postgres.Tx, at postgres.Moment) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		counted, err := s.pictures.Read(tx, at, struct{}{}, func() (*Picture, error) { return readPicture(ctx, tx) })
		if err != nil {
			return err
		}
		p = *counted
		p.At = tx.Now
		return nil
	})
	return &p, err
}

func (p *Picture) size() int { return sizeOfCell * (1 + len(p.Services)*len(p.Bodies)) }
