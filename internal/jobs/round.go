package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"rollinportal/internal/access"
	"rollinportal/internal/workday"
)

// Sweep is a round for one Land, made in the name of its coordination.
type Sweep func(ctx context.Context, who access.Actor) error

// round is a sweep and the slot of time it is due in: the same slot is made once.
type round struct {
	name  string
	slot  func(now time.Time) (slot string, due bool)
	sweep Sweep
}

// dawn is when the daily rounds begin, in Germany: before anybody works, after the night's backup.
const dawn = 5

// Daily makes a sweep once a day, from five in the morning on. A crew that comes later makes up for it the same day.
func (c *Crew) Daily(name string, sweep Sweep) {
	c.rounds = append(c.rounds, round{name, func(now time.Time) (string, bool) {
		local := now.In(workday.Berlin)
		return local.Format(time.DateOnly), local.Hour() >= dawn
	}, sweep})
}

// Every makes a sweep once in each interval.
func (c *Crew) Every(interval time.Duration, name string, sweep Sweep) {
	c.rounds = append(c.rounds, round{name, func(now time.Time) (string, bool) {
		return now.UTC().Truncate(interval).Format(time.RFC3339), true
	}, sweep})
}

// tickArgs is the heartbeat: it looks which rounds are due.
type tickArgs struct{}

// Kind names the job.
func (tickArgs) Kind() string { return "tick" }

func tickNow() (river.JobArgs, *river.InsertOpts) {
	return tickArgs{}, &river.InsertOpts{MaxAttempts: 1}
}

// roundArgs is one round in one Land. The slot makes it unique.
type roundArgs struct {
	Name string    `json:"name"`
	Slot string    `json:"slot"`
	Land uuid.UUID `json:"land"`
}

// Kind names the job.
func (roundArgs) Kind() string { return "round" }

// tick orders the rounds that are due and not ordered yet.
func (c *Crew) tick(ctx context.Context, _ *river.Job[tickArgs]) error {
	now, err := c.db.Now(ctx)
	if err != nil {
		return err
	}
	lands, err := laender(ctx, c.db)
	if err != nil {
		return err
	}
	var due []river.InsertManyParams
	for _, r := range c.rounds {
		slot, isDue := r.slot(now)
		if !isDue {
			continue
		}
		for _, land := range lands {
			due = append(due, river.InsertManyParams{
				Args:       roundArgs{r.name, slot, land},
				InsertOpts: &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}},
			})
		}
	}
	if len(due) == 0 {
		return nil
	}
	if _, err := client(ctx).InsertMany(ctx, due); err != nil {
		return fmt.Errorf("order the rounds: %w", err)
	}
	return nil
}

func (c *Crew) makeRound(ctx context.Context, job *river.Job[roundArgs]) error {
	for _, r := range c.rounds {
		if r.name != job.Args.Name {
			continue
		}
		who, err := Actor(ctx, c.db, job.Args.Land, uuid.Nil)
		if err == nil {
			err = r.sweep(ctx, who)
		}
		return c.answer(ctx, job.JobRow, err)
	}
	return river.JobCancel(fmt.Errorf("round %q is made no more", job.Args.Name))
}
