package template

import (
	"time"

	"rollinportal/internal/workday"
)

// Days returns after how many working days each step is finished, if everybody starts as soon as they can. Steps
// that do not count take no time: they do not apply, or are done already.
func Days(steps []Step, counts func(Step) bool) map[string]int {
	byKey := index(steps)
	finished := make(map[string]int, len(steps))
	var finish func(string) int
	finish = func(key string) int {
		if days, known := finished[key]; known {
			return days
		}
		s, days := byKey[key], 0
		for _, p := range s.Predecessors {
			days = max(days, finish(p))
		}
		if counts(s) {
			days += s.DurationDays
		}
		finished[key] = days
		return days
	}
	for _, s := range steps {
		finish(s.Key)
	}
	return finished
}

// Schedule returns the day on which each step is due, if work begins on a day.
func Schedule(steps []Step, start time.Time, counts func(Step) bool) map[string]time.Time {
	due := make(map[string]time.Time, len(steps))
	for key, days := range Days(steps, counts) {
		due[key] = AddWorkingDays(start, days)
	}
	return due
}

// AddWorkingDays returns the day n working days (Monday to Friday) after a day. A start at the weekend counts like
// the Monday after it.
func AddWorkingDays(day time.Time, n int) time.Time {
	for workday.IsWeekend(day) {
		day = day.AddDate(0, 0, 1)
	}
	day = day.AddDate(0, 0, n/5*7)
	for n %= 5; n > 0; n-- {
		day = day.AddDate(0, 0, 1)
		for workday.IsWeekend(day) {
			day = day.AddDate(0, 0, 1)
		}
	}
	return day
}

// SubtractWorkingDays returns the day from which n working days end on a day, a working day itself.
func SubtractWorkingDays(day time.Time, n int) time.Time {
	day = day.AddDate(0, 0, -n/5*7)
	for n %= 5; n > 0; n-- {
		day = day.AddDate(0, 0, -1)
		for workday.IsWeekend(day) {
			day = day.AddDate(0, 0, -1)
		}
	}
	return day
}
