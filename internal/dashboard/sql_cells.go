package dashboard

import (
	"iter"
	"strconv"
	"time"

	"rollinportal/internal/onboarding"
)

// cells are cells as the database hands them over, column by column: there may be ten thousand, and a column more costs
// more than what is read for it. So yes and no of a cell share a number, and what ends is said only where something does.
type cells struct {
	traits []int
	states []onboarding.State
	what   []string // that the cells lean on which have the trait ending, in their order
	ends   []time.Time
}

// The traits of a cell.
const (
	competent = 1 << iota
	blocked
	ending
	unconfirmed
	changed
)

// cellColumns gather an onboarding o and what EndingJoin says of it, beside what the caller knows of the cell.
func cellColumns(isCompetent, isChanged string) string {
	return `coalesce(array_agg(` + trait(competent, isCompetent) + ` + ` + trait(blocked, isBlocked) + ` + ` + trait(ending, "x.what IS NOT NULL") + `
			+ ` + trait(unconfirmed, "coalesce(@circle = 'land' AND "+stale+", false)") + ` + ` + trait(changed, isChanged) + `), '{}') AS traits,
		coalesce(array_agg(coalesce(o.state, '')), '{}') AS states,
		coalesce(array_agg(x.what) FILTER (WHERE x.what IS NOT NULL), '{}') AS what,
		coalesce(array_agg(x.valid_until) FILTER (WHERE x.what IS NOT NULL), '{}') AS ends`
}

// trait is a trait where a condition holds, and else 0.
func trait(weight int, condition string) string {
	return strconv.Itoa(weight) + ` * (` + condition + `)::int`
}

// targets take the columns.
func (c *cells) targets() []any { return []any{&c.traits, &c.states, &c.what, &c.ends} }

func (c *cells) is(n, trait int) bool { return c.traits[n]&trait != 0 }

// all yields every cell with its number.
func (c *cells) all() iter.Seq2[int, Cell] {
	return func(yield func(int, Cell) bool) {
		next := 0
		for n, state := range c.states {
			cell := Cell{Competent: c.is(n, competent), State: state, Blocked: c.is(n, blocked), Unconfirmed: c.is(n, unconfirmed)}
			if c.is(n, ending) {
				cell.Ending = onboarding.Ending{What: c.what[next], On: c.ends[next]}
				next++
			}
			if !yield(n, cell) {
				return
			}
		}
	}
}
