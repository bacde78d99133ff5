package onboarding

import (
	"reflect"
	"testing"
	"time"
)

func TestApartCountsOwnAndForeignDays(t *testing.T) {
	t.Parallel()
	on := func(day int) time.Time { return time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC) }
	ended := func(party string, from, until int) Waiting {
		end := on(until)
		return Waiting{Party: party, Since: on(from), Until: &end}
	}
	for _, c := range []struct {
		name       string
		begin, end int
		periods    []Waiting
		want       Time
	}{
		{"nobody else", 1, 11, nil, Time{Own: 10}},
		{"still there", 1, 11, []Waiting{{Party: "Dataport", Since: on(5)}}, Time{4, 6, []PartyDays{{"Dataport", 6}}}},
		{"twice the same and once another", 1, 21, []Waiting{ended("A", 2, 4), ended("B", 6, 10), ended("A", 12, 15)}, Time{11, 9, []PartyDays{{"A", 5}, {"B", 4}}}},
		{"began before the step was possible", 10, 20, []Waiting{ended("A", 5, 12)}, Time{8, 2, []PartyDays{{"A", 2}}}},
		{"there and back on one day", 1, 11, []Waiting{ended("A", 3, 3)}, Time{Own: 10}},
		{"ended after the step was finished", 1, 5, []Waiting{ended("A", 3, 9)}, Time{2, 2, []PartyDays{{"A", 2}}}},
		{"all of it", 1, 9, []Waiting{{Party: "A", Since: on(1)}}, Time{0, 8, []PartyDays{{"A", 8}}}},
	} {
		if got := Apart(on(c.begin), on(c.end), c.periods); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
