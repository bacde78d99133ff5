package workday_test

import (
	"testing"
	"time"

	"rollinportal/internal/workday"
)

func TestHolidaysOfThueringen(t *testing.T) {
	t.Parallel()
	// The movable ones as printed in calendars; the fixed ones as in the law.
	want := map[int]map[string]string{
		2018: {"01-01": "Neujahr", "03-30": "Karfreitag", "04-02": "Ostermontag", "05-01": "Tag der Arbeit", "05-10": "Christi Himmelfahrt", "05-21": "Pfingstmontag", "10-03": "Tag der Deutschen Einheit", "10-31": "Reformationstag", "12-25": "1. Weihnachtstag", "12-26": "2. Weihnachtstag"},
		2025: {"01-01": "Neujahr", "04-18": "Karfreitag", "04-21": "Ostermontag", "05-01": "Tag der Arbeit", "05-29": "Christi Himmelfahrt", "06-09": "Pfingstmontag", "09-20": "Weltkindertag", "10-03": "Tag der Deutschen Einheit", "10-31": "Reformationstag", "12-25": "1. Weihnachtstag", "12-26": "2. Weihnachtstag"},
		2026: {"01-01": "Neujahr", "04-03": "Karfreitag", "04-06": "Ostermontag", "05-01": "Tag der Arbeit", "05-14": "Christi Himmelfahrt", "05-25": "Pfingstmontag", "09-20": "Weltkindertag", "10-03": "Tag der Deutschen Einheit", "10-31": "Reformationstag", "12-25": "1. Weihnachtstag", "12-26": "2. Weihnachtstag"},
		2027: {"01-01": "Neujahr", "03-26": "Karfreitag", "03-29": "Ostermontag", "05-01": "Tag der Arbeit", "05-06": "Christi Himmelfahrt", "05-17": "Pfingstmontag", "09-20": "Weltkindertag", "10-03": "Tag der Deutschen Einheit", "10-31": "Reformationstag", "12-25": "1. Weihnachtstag", "12-26": "2. Weihnachtstag"},
	}
	for year, days := range want {
		for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if got := workday.Holiday(d); got != days[d.Format("01-02")] {
				t.Errorf("%s is %q, want %q", d.Format(time.DateOnly), got, days[d.Format("01-02")])
			}
		}
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{1954: "04-18", 1981: "04-19", 2000: "04-23", 2008: "03-23", 2011: "04-24", 2024: "03-31", 2038: "04-25", 2049: "04-18"} {
		if got := workday.Easter(year).Format("01-02"); got != want {
			t.Errorf("Easter %d is %s, want %s", year, got, want)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]bool{
		"2026-11-20": true, "2026-11-21": false, "2026-11-22": false, "2026-10-31": false, "2027-09-20": false, "2027-05-06": false, "2027-05-07": true, "2026-06-04": true,
	} {
		d, _ := time.Parse(time.DateOnly, day)
		if got := workday.IsWorkingDay(d); got != want {
			t.Errorf("%s works: %v, want %v", day, got, want)
		}
	}
}

func TestADayIsWrittenAsItIsInGermany(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Time]string{
		time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC):   "22.11.2026", // a date, as Postgres hands it out
		time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC): "23.11.2026",
		time.Date(2026, 6, 30, 22, 0, 0, 0, time.UTC):   "01.07.2026",
	} {
		if got := workday.WrittenIf(&at); got != want {
			t.Errorf("%s is written %q, want %q", at, got, want)
		}
	}
	if got := workday.WrittenIf(nil) + workday.WrittenIf(&time.Time{}); got != "" {
		t.Errorf("no day is written %q", got)
	}
}
