package onboarding

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// Obstacle is a Hürde that the body meets at a step. Package hurdle writes obstacles; a step only knows which there are.
type Obstacle struct {
	No       int
	Text     string
	Blocking bool
	Open     bool
	Solution string // once it is resolved
}

// obstacleAt is an obstacle and the step where the body meets it.
type obstacleAt struct {
	Obstacle
	Step uuid.UUID
}

// obstacles that the body of onboarding o meets at its steps l.
const obstacles = `
		SELECT json_agg(json_build_object('Step', a.step_id, 'No', h.no, 'Text', h.text, 'Blocking', a.blocking, 'Open', portal.obstacle_open(h),
			'Solution', h.solution) ORDER BY h.no)
		FROM portal.obstacle_affected a
		JOIN portal.obstacle h ON h.land_id = @land AND h.obstacle_id = a.obstacle_id
		WHERE a.land_id = @land AND a.org_id = o.org_id AND a.step_id = ANY (l.steps) AND a.left_at IS NULL AND h.merged_into IS NULL`

// Blockers returns the numbers of the open obstacles that keep the step from going on.
func (s Step) Blockers() []int {
	var found []int
	for _, o := range s.Obstacles {
		if o.Open && o.Blocking && !s.State.Finished() {
			found = append(found, o.No)
		}
	}
	return found
}

// Blocked reports whether an open obstacle keeps the step from going on.
func (s Step) Blocked() bool { return len(s.Blockers()) > 0 }

// Blockers returns the numbers of the obstacles that block the onboarding: those that block one of its steps, while it
// is on its way. View portal.blocked_onboarding says the same to those who count.
func (c *Checklist) Blockers() []int {
	if c.State.Aside() || c.LiveOn != nil {
		return nil
	}
	var found []int
	for i := range c.Steps {
		if len(c.Steps[i].Obstacles) > 0 {
			found = append(found, c.Steps[i].Blockers()...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// blockedBy refuses what an obstacle stands before; nil if none does.
func blockedBy(what string, numbers []int) error {
	if len(numbers) == 0 {
		return nil
	}
	list := ""
	for i, no := range numbers {
		if i > 0 {
			list += " und "
		}
		list += "Hürde Nr. " + strconv.Itoa(no)
	}
	return fault.New(fault.Conflict, what+" ist blockiert: "+list+" ist noch nicht gelöst.")
}
