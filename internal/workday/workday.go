// Package workday knows which day it is in Germany, and on which days offices in Thüringen work.
package workday

import (
	"time"
	_ "time/tzdata" // the portal also runs where no zone files are installed
)

// Berlin is the zone of every day and hour that people read.
var Berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic("time zone of the working days: " + err.Error()) // tzdata is compiled in
	}
	return zone
}()

// Day is the day in Berlin at a moment, as midnight UTC: the way Postgres hands out dates.
func Day(at time.Time) time.Time {
	year, month, day := at.In(Berlin).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Written is the day in Berlin at a moment, as people write it: 30.04.2027.
func Written(at time.Time) string { return at.In(Berlin).Format("02.01.2006") }

// WrittenIf is Written, and "" where there is no day.
func WrittenIf(at *time.Time) string {
	if at == nil || at.IsZero() {
		return ""
	}
	return Written(*at)
}

// IsWeekend reports whether the day of t is a Saturday or a Sunday.
func IsWeekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// IsWorkingDay reports whether offices in Thüringen work on the day of t.
func IsWorkingDay(t time.Time) bool {
	return !IsWeekend(t) && Holiday(t) == ""
}

// Holiday returns the name of the public holiday that is the day of t everywhere in Thüringen, "" if there is none.
//
// Source: § 2 Absatz 1 ThürFtG (Thüringer Feier- und Gedenktagsgesetz) in the version of 19 March 2019, which added the
// Weltkindertag from 2019 on. Fronleichnam is a holiday only in parts of the Land (§ 2 Absatz 2, § 10 Absatz 1) and
// therefore none here: a mail too many in the Eichsfeld is better than none in Erfurt.
func Holiday(t time.Time) string {
	year, month, day := t.Date()
	switch {
	case month == time.January && day == 1:
		return "Neujahr"
	case month == time.May && day == 1:
		return "Tag der Arbeit"
	case month == time.September && day == 20 && year >= 2019:
		return "Weltkindertag"
	case month == time.October && day == 3:
		return "Tag der Deutschen Einheit"
	case month == time.October && day == 31:
		return "Reformationstag"
	case month == time.December && day == 25:
		return "1. Weihnachtstag"
	case month == time.December && day == 26:
		return "2. Weihnachtstag"
	}
	return movable[daysAfterEaster(year, month, day)]
}

// movable are the holidays that follow Easter Sunday, by days.
var movable = map[int]string{-2: "Karfreitag", 1: "Ostermontag", 39: "Christi Himmelfahrt", 50: "Pfingstmontag"}

func daysAfterEaster(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Sub(Easter(year)) / (24 * time.Hour))
}

// Easter is Easter Sunday of a year in the Gregorian calendar, after the formula of Meeus, Jones and Butcher.
func Easter(year int) time.Time {
	golden, century, rest := year%19, year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	shift := (golden + 11*epact + 22*weekday) / 451
	month, day := (epact+weekday-7*shift+114)/31, (epact+weekday-7*shift+114)%31+1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
