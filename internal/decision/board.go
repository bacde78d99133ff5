package decision

import (
	"time"

	"github.com/google/uuid"
)

// Board is the view over all cases that a reader works with: what stands where, what lies with whom, and how long it
// takes. It counts exactly what the list finds with the same filter.
type Board struct {
	At        time.Time
	Counts    []Count
	Waiting   []Waiting
	Unstarted []Unstarted // the oldest approvals without a roll-in, no more than shownUnstarted
	Times     []Time
}

// Count is how many cases of a ministry are in a state, and for how long.
type Count struct {
	MinistryKey  string    `json:"ministry_key"`
	MinistryName string    `json:"ministry_name"`
	State        State     `json:"state"`
	Cases        int       `json:"cases"`
	Oldest       time.Time `json:"oldest"`
	Median       float64   `json:"median"` // days in the state
}

// Waiting is an organisation that open cases lie with: one that was asked, and otherwise the ministry.
type Waiting struct {
	Key    string    `json:"key"`
	Name   string    `json:"name"`
	Cases  int       `json:"cases"`
	Oldest time.Time `json:"oldest"` // since when the first of them lies there
}

// Unstarted is an approval whose roll-in has not begun. Total counts them all.
type Unstarted struct {
	ID          uuid.UUID  `json:"id"`
	ServiceName string     `json:"service_name"`
	ServiceSlug string     `json:"service_slug"`
	MinistryKey string     `json:"ministry_key"`
	DecidedAt   time.Time  `json:"decided_at"`
	ValidUntil  *time.Time `json:"valid_until"`
	Total       int        `json:"total"`
}

const shownUnstarted = 5

// Time is how long decided cases took: in a state, or with an organisation while they were prepared.
type Time struct {
	State  State   `json:"state"` // "" if it is about an organisation
	Key    string  `json:"key"`
	Name   string  `json:"name"`
	Cases  int     `json:"cases"`
	Median float64 `json:"median"` // days
}

// fewest is how many cases a median needs. Below it, a figure would speak about single cases.
const fewest = 5

// Known reports whether there are enough cases for a median.
func (t Time) Known() bool { return t.Cases >= fewest }
