package onboarding

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/template"
)

// Checklist is an onboarding with its steps and what follows from them.
type Checklist struct {
	Onboarding
	Steps []Step // of the body, by number
	Land  []Step // of the Land, by number
	Acts  []Act  // what the reader may do with the onboarding now
	Trail []audit.Event
	Today time.Time

	General Talk // about the onboarding as a whole

	order template.Order // of the steps, as it binds this body
	rank  int            // among those that were read together, as people read them
}

// newChecklist sorts steps apart and derives what depends on the day and on who reads.
func newChecklist(o Onboarding, all []Step, today time.Time, who access.Actor) *Checklist {
	c := layOut(o, all, today)
	c.derive(today, who)
	return c
}

// layOut sorts steps apart; all is its own from then on.
func layOut(o Onboarding, all []Step, today time.Time) *Checklist {
	c := &Checklist{Onboarding: o, Today: today, Steps: all[:0], order: template.OrderFor(templatesIn(all), o.Pilot)}
	for i := range all {
		if all[i].Scope == template.Land {
			c.Land = append(c.Land, all[i])
		} else {
			c.Steps = append(c.Steps, all[i])
		}
	}
	return c
}

// templatesIn goes through the templates of steps.
func templatesIn(all []Step) iter.Seq[*template.Step] {
	return func(yield func(*template.Step) bool) {
		for i := range all {
			if !yield(&all[i].Step) {
				return
			}
		}
	}
}

func (c *Checklist) derive(today time.Time, who access.Actor) {
	number(c.Land, func(Step) string { return "" })
	number(c.Steps, func(s Step) string { return strconv.Itoa(s.Phase.Leg()) + "." })
	deriveSteps(c.Land, c.order, c.step, today)
	deriveSteps(c.Steps, c.order, c.step, today)
	c.hold(c.Steps)
	hand, blockers := c.handOf(who), c.Blockers()
	for i := range c.Steps {
		c.offer(&c.Steps[i], hand, blockers)
	}
	c.Acts = actsFor(who, c.Onboarding)
}

// deriveOne derives what depends on the day and on who reads for one of the body's steps; nobody looks at the others.
func (c *Checklist) deriveOne(key string, who access.Actor) {
	i := slices.IndexFunc(c.Steps, func(s Step) bool { return s.Key == key })
	if i < 0 {
		return
	}
	one := c.Steps[i : i+1]
	deriveSteps(one, c.order, c.step, c.Today)
	c.hold(one)
	c.offer(&one[0], c.handOf(who), c.Blockers())
}

// offer says what a person may do with a step.
func (c *Checklist) offer(s *Step, h hand, blockers []int) {
	if s.Phase == template.GoLive {
		s.Gate = blockers
	}
	s.Overdue = s.Overdue && !c.State.Aside()
	s.Proven, s.Checker = s.proven(c.Today), c.checker(*s)
	if s.Key != template.Live && !c.State.Aside() {
		s.May, s.Mine = s.open(h), h.works(*s) && !s.Unneeded
		s.Checks = s.State == Submitted && h.checks(*s)
	}
}

// number counts the steps of each group; group begins the number.
func number(steps []Step, group func(Step) string) {
	count := map[string]int{}
	for i := range steps {
		g := group(steps[i])
		count[g]++
		steps[i].Number = g + strconv.Itoa(count[g])
	}
}

// deriveSteps tells of each step what it waits for, by number, and whether it is overdue. find returns the step with a
// key; the Land's steps are derived before those of a body, which wait for them.
func deriveSteps(steps []Step, order template.Order, find func(string) *Step, today time.Time) {
	seen := map[string]bool{}
	for i := range steps {
		s := &steps[i]
		if !s.State.Finished() {
			clear(seen)
			s.WaitsFor = waitsFor(s.Key, order, find, seen)
		}
		slices.SortFunc(s.WaitsFor, func(a, b Ref) int { return cmp.Compare(a.No, b.No) })
		s.Overdue = !s.State.Finished() && s.DueOn.Before(today)
	}
	for i := range steps { // now that every step is judged, say of each that is waited for how it stands
		for j, r := range steps[i].WaitsFor {
			steps[i].WaitsFor[j] = find(r.Key).ref()
		}
	}
}

// waitsFor returns the unfinished steps that a step waits for. A basis step may have been finished for another
// service; that saves its work but not its place: what comes before it still has to be finished for this service.
func waitsFor(key string, order template.Order, find func(string) *Step, seen map[string]bool) []Ref {
	var waits []Ref
	for _, p := range order[key] {
		s := find(p)
		if s == nil || seen[p] {
			continue
		}
		seen[p] = true
		switch {
		case !s.State.Finished():
			waits = append(waits, s.ref())
		case s.Scope == template.Basis:
			waits = append(waits, waitsFor(p, order, find, seen)...)
		}
	}
	return waits
}

func (c *Checklist) step(key string) *Step {
	for _, list := range [][]Step{c.Steps, c.Land} {
		for i := range list {
			if list[i].Key == key {
				return &list[i]
			}
		}
	}
	return nil
}

// Find returns the body's step with a key.
func (c *Checklist) Find(key string) (Step, bool) {
	for i := range c.Steps {
		if c.Steps[i].Key == key {
			return c.Steps[i], true
		}
	}
	return Step{}, false
}

// Next returns the one step that is most urgent among those that can be worked on now, or nil. What waits for
// somebody else comes last.
func (c *Checklist) Next() *Step {
	if c.State.Aside() {
		return nil
	}
	var next *Step
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.State.Finished() || !s.Possible() || s.Blocked() {
			continue
		}
		if next == nil || cmp.Or(cmp.Compare(s.waiting(), next.waiting()), s.DueOn.Compare(next.DueOn), cmp.Compare(s.No, next.No)) < 0 {
			next = s
		}
	}
	return next
}

// waiting is 1 for a step that lies with others or is in review by somebody else than the reader.
func (s Step) waiting() int {
	if s.With() != nil || s.State == Submitted && !slices.Contains(s.May, Done) {
		return 1
	}
	return 0
}

// Missing returns what stands between the onboarding and its Produktivstart, however far before it, by number. The
// gate is open when nothing does.
func (c *Checklist) Missing() []Ref {
	var missing []Ref
	for key := range c.order.Before(template.Live) {
		if s := c.step(key); s != nil && !s.State.Finished() {
			missing = append(missing, s.ref())
		}
	}
	slices.SortFunc(missing, func(a, b Ref) int { return cmp.Compare(a.No, b.No) })
	return missing
}
