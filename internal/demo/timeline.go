package demo

import (
	"container/heap"
	"context"
	"fmt"
	"time"
)

// act is something that happens in the story at a time. It returns when to try again if it was not possible yet, or
// the zero time if it is over.
type act func(ctx context.Context, now time.Time) (again time.Time, err error)

// timeline plays acts in the order of their time, whatever the order in which they were planned.
type timeline struct {
	clock *Clock
	queue moments
	count int
}

// plan puts an act on the timeline.
func (t *timeline) plan(at time.Time, what string, do act) {
	t.count++
	heap.Push(&t.queue, moment{at, t.count, what, do})
}

// play runs until the end of the story. What is planned for later does not happen.
func (t *timeline) play(ctx context.Context, end time.Time) error {
	for len(t.queue) > 0 && !t.queue[0].at.After(end) {
		e := heap.Pop(&t.queue).(moment)
		t.clock.Set(e.at)
		again, err := e.do(ctx, e.at)
		if err != nil {
			return fmt.Errorf("%s, %s: %w", e.at.Format(time.DateOnly), e.what, err)
		}
		if again.After(e.at) {
			t.plan(again, e.what, e.do)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	t.clock.Set(end)
	return nil
}

type moment struct {
	at   time.Time
	no   int // of two acts at the same time, the one planned first happens first
	what string
	do   act
}

// moments is a heap by time.
type moments []moment

func (q moments) Len() int { return len(q) }
func (q moments) Less(i, j int) bool {
	return q[i].at.Before(q[j].at) || q[i].at.Equal(q[j].at) && q[i].no < q[j].no
}
func (q moments) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *moments) Push(e any)   { *q = append(*q, e.(moment)) }
func (q *moments) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}
