package reminder

import (
	"time"

	"rollinportal/internal/workday"
)

// The days after a due date on which it leaves the hands of the coordinator. Before, they hear of it at the distances of
// issue 3; then there is a week for each next one to see to it.
const (
	toDeputy = 14
	toLand   = 21
)

// distances are the days from a due date on which somebody is reminded; before it they are negative.
var distances = []int{-14, -3, 1, 7, toDeputy, toLand}

// grace is for how many working days a reminder is made up for: nobody swept on its day, or nothing was to be done then.
const grace = 2

// span is which due dates somebody is reminded of today at a distance.
type span struct {
	Days  int    `json:"days"`
	First string `json:"first"`
	Last  string `json:"last"`
}

// spans returns the due dates to remind of on a day; none on a day on which offices do not work.
func spans(today time.Time) []span {
	if !workday.IsWorkingDay(today) {
		return nil
	}
	missed := today
	for range grace {
		missed = next(missed, -1)
	}
	found := make([]span, len(distances))
	for i, days := range distances {
		first, last := missed, next(today, 1).AddDate(0, 0, -1) // what falls on the free days to come is said today
		if days > 0 {
			first, last = next(missed, -1).AddDate(0, 0, 1), today // and what fell on those that were
		}
		found[i] = span{days, first.AddDate(0, 0, -days).Format(time.DateOnly), last.AddDate(0, 0, -days).Format(time.DateOnly)}
	}
	return found
}

// next returns the next working day in a direction.
func next(day time.Time, step int) time.Time {
	for day = day.AddDate(0, 0, step); !workday.IsWorkingDay(day); {
		day = day.AddDate(0, 0, step)
	}
	return day
}
