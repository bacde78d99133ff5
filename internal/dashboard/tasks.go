package dashboard

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// PageSize is how many rows a page of a list shows.
const PageSize = 50

// Status narrows tasks by how far they are.
type Status string

// The statuses. Relevant is the default and the denominator of every figure about tasks: all that do not fall away.
const (
	Relevant Status = ""
	Open     Status = "open"
	Active   Status = "active"
	ToDo     Status = "todo"     // unfinished, and the onboarding runs
	Possible Status = "possible" // to do, and nothing before it is open; for the steps of one responsible, as it is dear to find out
	Held     Status = "held"     // to do, and waits for a step before it
	Overdue  Status = "overdue"
	Waits    Status = "waiting" // to do, and lies with others
	InReview Status = "review"  // others have to check it
	ToCheck  Status = "check"   // and these others are the reader's organisation
	Finished Status = "done"
	Away     Status = "not_applicable"
	notable  Status = "notable" // what the page of a body names: its basis steps, and what is late
)

// TaskFilter narrows and orders the list of tasks. An empty field narrows nothing.
type TaskFilter struct {
	Status      Status
	Body        string // key
	Service     string // slug
	Pillar      int
	Scope       template.Scope
	Responsible template.Responsible
	Kind        string // key of the step in the template
	Age         int    // for which of hurdle.Ages it has been late, from 1; 0 for any
	WaitsFor    string // key of the party that the step lies with
	Sort        string // a key of taskSorts; a leading minus turns the order
	Page        int    // from 1
	Limit       int    // PageSize if zero
}

func (f TaskFilter) limit() int {
	if f.Limit > 0 {
		return f.Limit
	}
	return PageSize
}

func offset(page, size int) int { return (max(page, 1) - 1) * size }

// Task is a step as the lists show it. A basis step stands there once for its body, a step of the Land once for its
// service.
type Task struct {
	StepID      uuid.UUID
	Scope       template.Scope
	Key         string
	No          int
	Title       string
	Pillar      int
	Responsible template.Responsible
	State       onboarding.StepState
	DueOn       time.Time
	Overdue     bool
	BodyKey     string
	BodyName    string
	ServiceSlug string // the service it belongs to; "" for a basis step
	ServiceName string
	Via         string // slug of the service whose checklist shows it; "" for a step of the Land
	PartyKey    string // of the party that the step lies with; "" if it lies with its own people
	Party       string
	Ticket      string
	WaitsSince  *time.Time
	WaitsDays   int
	Blocked     bool // by an open obstacle
	ForeignDays int  `db:"-"` // of a late step on the Lagebild: the late days on which it lay with others
	Version     int64
	Total       int // how many the filter finds in all
}

// Choice is something to filter by.
type Choice struct{ Key, Name string }

// Choices are the bodies and services that occur in the reader's lists.
type Choices struct{ Bodies, Services []Choice }

// Tasks returns a page of the steps the reader may see, and what to filter by.
func (s *Service) Tasks(ctx context.Context, who access.Actor, f TaskFilter) (found []Task, ch Choices, err error) {
	err = s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) error {
		if err := oneByOne(tx); err != nil {
			return err
		}
		if found, err = listTasks(ctx, tx, f); err != nil {
			return err
		}
		ch, err = choices(ctx, tx)
		return err
	})
	return found, ch, err
}
