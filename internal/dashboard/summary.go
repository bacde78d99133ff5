package dashboard

import (
	"context"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/history"
	"rollinportal/internal/postgres"
)

// smallest is how many members a group needs to be shown on its own to those who see aggregates only.
const smallest = 3

// Summary is the Lagebild as a committee sees it: counts, no body, no step.
type Summary struct {
	At      time.Time
	Lines   []Counted // by name
	Pillars []Pillar
	Past    history.Course // how it came to this, since the last meeting or the end of the month before
}

// Counted is a service with how many of its onboardings stand where.
type Counted struct {
	Line
	Stages  map[Stage]int
	Pending int // competent bodies that have no onboarding yet
}

// Share returns in how many of its bodies the service is live.
func (c Counted) Share() Share {
	var sum Share
	for stage, n := range c.Stages {
		if one := shareOf(stage); one.Whole > 0 {
			sum = sum.Plus(Share{Part: one.Part * n, Whole: n})
		}
	}
	return sum
}

// Standing returns where the service stands in the Land.
func (c Counted) Standing() Standing { return standing(c.Line, c.Share().Complete() && c.Pending == 0) }

// Live returns how many onboardings are live, over all services.
func (s *Summary) Live() Share {
	var sum Share
	for _, l := range s.Lines {
		sum = sum.Plus(l.Share())
	}
	return sum
}

// Count returns how many services stand where.
func (s *Summary) Count() map[Standing]int {
	counts := map[Standing]int{}
	for _, l := range s.Lines {
		counts[l.Standing()]++
	}
	return counts
}

// Group is a part of a count. Where small groups were merged it has several stages.
type Group struct {
	Stages []Stage
	Count  int
}

// Groups returns how many of the onboardings that count stand where, in groups of three and more.
func (s *Summary) Groups() []Group {
	var groups []Group
	for _, stage := range Stages {
		if !stage.Counts() {
			continue
		}
		g := Group{Stages: []Stage{stage}}
		for _, l := range s.Lines {
			g.Count += l.Stages[stage]
		}
		groups = append(groups, g)
	}
	return merge(groups)
}

// merge puts groups of fewer than three together, so that none points at somebody. If they are still too few, the
// smallest of the others joins them. Empty groups are left out; the order of the rest stays.
func merge(groups []Group) []Group {
	var large []Group
	var rest Group
	for _, g := range groups {
		switch {
		case g.Count == 0:
		case g.Count < smallest:
			rest = rest.plus(g)
		default:
			large = append(large, g)
		}
	}
	if rest.Count == 0 {
		return large
	}
	if rest.Count < smallest && len(large) > 0 {
		least := 0
		for i, g := range large {
			if g.Count < large[least].Count {
				least = i
			}
		}
		rest = rest.plus(large[least])
		large = append(large[:least], large[least+1:]...)
	}
	return append(large, rest)
}

func (g Group) plus(other Group) Group {
	return Group{append(g.Stages, other.Stages...), g.Count + other.Count}
}

// ByService returns the services in roll-in with their counts. Services of fewer than three bodies stand together in
// the last line, which has no name.
func (s *Summary) ByService() []Counted {
	var found []Counted
	few := Counted{Line: Line{RollingIn: true}, Stages: map[Stage]int{}}
	for _, l := range s.Lines {
		switch {
		case !l.RollingIn:
		case l.Share().Whole < smallest:
			for stage, n := range l.Stages {
				few.Stages[stage] += n
			}
		default:
			found = append(found, l)
		}
	}
	if few.Share().Whole > 0 {
		found = append(found, few)
	}
	return found
}

// TooFew reports whether a count may not be shown because it would point at somebody.
func TooFew(n int) bool { return n > 0 && n < smallest }

// Summary returns the Lagebild without names.
func (s *Service) Summary(ctx context.Context, who access.Actor) (*Summary, error) {
	sum := &Summary{}
	err := s.db.ReadSteady(ctx, who, access.DashboardView, func(tx *postgres.Tx) (err error) {
		if tx.Reach != access.WholeLand && tx.Reach != access.Aggregates {
			return fault.New(fault.Forbidden, "Ihre Rolle sieht einen Teil des Landes. Zahlen über das ganze Land hat sie nicht.")
		}
		sum.At = tx.Now
		if sum.Lines, err = countLines(ctx, tx); err != nil {
			return err
		}
		return sum.addPast(ctx, tx)
	})
	return sum, err
}
