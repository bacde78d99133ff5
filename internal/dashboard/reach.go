package dashboard

import (
	"slices"

	"rollinportal/internal/hurdle"
)

// wayThrough are the stages that follow each other.
var wayThrough = []Stage{NotBegun, Preparing, Connecting, Testing, GoingLive, Live}

// Reached reports whether the stage is another one or lies beyond it. What stands aside has reached nothing.
func (s Stage) Reached(other Stage) bool {
	at, wanted := slices.Index(wayThrough, s), slices.Index(wayThrough, other)
	return at >= 0 && wanted >= 0 && at >= wanted
}

// Reached returns how many onboardings have come to a stage or further, of all that count.
func (p *Picture) Reached(stage Stage) Share {
	sum := Share{Whole: p.Live().Whole}
	for _, row := range p.rows {
		for _, c := range row {
			if c.State != "" && c.Stage().Reached(stage) {
				sum.Part++
			}
		}
	}
	return sum
}

// Coverage is where a service in roll-in is live: in how many of its bodies, and for how many of the people there.
type Coverage struct {
	Line
	Bodies Share
	People Share // of nothing where the master data do not say how many live in one of the bodies
}

// Coverage returns the services in roll-in with their coverage.
func (p *Picture) Coverage() []Coverage {
	var found []Coverage
	for _, l := range p.RolledIn() {
		c, known := Coverage{Line: l}, true
		for i, cell := range p.Row(l.Slug) {
			one, people := cell.share(), p.Bodies[i].People
			if one.Whole == 0 {
				continue
			}
			c.Bodies = c.Bodies.Plus(one)
			if people == nil {
				known = false
				continue
			}
			c.People = c.People.Plus(Share{Part: one.Part * *people, Whole: *people})
		}
		if !known {
			c.People = Share{}
		}
		found = append(found, c)
	}
	return found
}

// Late are the steps that are late, by which of hurdle.Ages they have been so.
type Late map[int]int

// Obstacles are the open obstacles that the reader sees, by what hinders.
type Obstacles map[hurdle.Dimension]int

// Sum returns how many there are.
func (o Obstacles) Sum() int {
	sum := 0
	for _, n := range o {
		sum += n
	}
	return sum
}

// Ending returns how many onboardings lean on something that ends soon, or has ended.
func (p *Picture) Ending() int {
	sum := 0
	for _, row := range p.rows {
		for _, c := range row {
			if c.State != "" && c.Ending.Some() {
				sum++
			}
		}
	}
	return sum
}
