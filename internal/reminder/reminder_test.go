package reminder

import (
	"testing"
	"time"
)

// toldOn returns the days on which somebody is reminded of a date at a distance, when every day is swept.
func toldOn(t *testing.T, due string, days int) []string {
	t.Helper()
	date, err := time.Parse(time.DateOnly, due)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for day := date.AddDate(0, 0, -40); day.Before(date.AddDate(0, 0, 40)); day = day.AddDate(0, 0, 1) {
		for _, s := range spans(day) {
			if s.Days == days && due >= s.First && due <= s.Last {
				found = append(found, day.Format(time.DateOnly))
			}
		}
	}
	return found
}

func TestRemindersFallOnWorkingDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		due  string
		days int
		want string
	}{
		{"2027-03-10", -14, "2027-02-24"}, // a Wednesday, two weeks before a Wednesday
		{"2027-03-10", -3, "2027-03-05"},  // Sunday: on the Friday before
		{"2027-03-10", 1, "2027-03-11"},
		{"2027-03-12", 1, "2027-03-15"},   // Saturday: on the Monday after
		{"2027-03-19", 7, "2027-03-30"},   // Karfreitag: on the Tuesday after Easter
		{"2027-04-01", -3, "2027-03-25"},  // Ostermontag: before Karfreitag
		{"2027-09-06", 14, "2027-09-21"},  // Weltkindertag, which only Thüringen has
		{"2027-01-08", -14, "2026-12-24"}, // 1. Weihnachtstag: on the day before
		{"2026-12-11", 14, "2026-12-28"},
		{"2027-03-10", 21, "2027-03-31"},
	} {
		got := toldOn(t, c.due, c.days)
		if len(got) == 0 || got[0] != c.want {
			t.Errorf("%d days from %s: first on %v, want %s", c.days, c.due, got, c.want)
		}
	}
}

func TestEveryDateIsMadeUpForWhenADayWasMissed(t *testing.T) {
	t.Parallel()
	for day := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == 2027; day = day.AddDate(0, 0, 1) {
		for _, days := range distances {
			if due := day.Format(time.DateOnly); len(toldOn(t, due, days)) != 1+grace {
				t.Errorf("%d days from %s: told on %v, want its day and two working days to make up for it", days, due, toldOn(t, due, days))
			}
		}
	}
}

func TestListedReadsAsPeopleSpeak(t *testing.T) {
	t.Parallel()
	for want, words := range map[string][]string{
		"A":                           {"A"},
		"A und B":                     {"A", "B"},
		"A, B, C, D, E und F":         {"A", "B", "C", "D", "E", "F"},
		"A, B, C, D, E und 2 weitere": {"A", "B", "C", "D", "E", "F", "G"},
	} {
		if got := listed(words); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
