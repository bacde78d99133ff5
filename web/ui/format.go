package ui

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the portal also runs where no zone files are installed
)

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00a0"

// NotApplicable stands where there is nothing to show; a cell is never empty.
const NotApplicable = "–"

// berlin is the zone of every date on screen. Dates without a time come from
// Postgres as midnight UTC, which is the same day in Berlin.
var berlin = zone("Europe/Berlin")

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zone data is compiled in
	}
	return loc
}

var months = [...]string{
	"Januar", "Februar", "März", "April", "Mai", "Juni",
	"Juli", "August", "September", "Oktober", "November", "Dezember",
}

// Date writes "20.11.2026", for tables and meta lines.
func Date(t time.Time) string {
	if t.IsZero() {
		return NotApplicable
	}
	return t.In(berlin).Format("02.01.2006")
}

// LongDate writes "20. November 2026", for running text.
func LongDate(t time.Time) string {
	if t.IsZero() {
		return NotApplicable
	}
	t = t.In(berlin)
	return strconv.Itoa(t.Day()) + "." + nbsp + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Clock writes "7:30 Uhr", and "10 Uhr" on the hour.
func Clock(t time.Time) string {
	t = t.In(berlin)
	if t.Minute() == 0 {
		return strconv.Itoa(t.Hour()) + nbsp + "Uhr"
	}
	return strconv.Itoa(t.Hour()) + t.Format(":04") + nbsp + "Uhr"
}

// DateTime writes "20.11.2026, 7:30 Uhr".
func DateTime(t time.Time) string {
	if t.IsZero() {
		return NotApplicable
	}
	return Date(t) + ", " + Clock(t)
}

// MachineTime writes the datetime attribute of a time element.
func MachineTime(t time.Time) string {
	return t.In(berlin).Format(time.RFC3339)
}

// DaysSince writes "seit 21 Tagen", "seit gestern" or "seit heute", counted in
// calendar days.
func DaysSince(day, today time.Time) string {
	switch days := calendarDays(day, today); {
	case days <= 0:
		return "seit heute"
	case days == 1:
		return "seit gestern"
	default:
		return "seit " + Number(int64(days)) + nbsp + "Tagen"
	}
}

// calendarDays counts midnights in Berlin, so that the 23 and 25 hour days of
// the clock changes count like any other.
func calendarDays(from, to time.Time) int {
	return int(dayOf(to).Sub(dayOf(from)) / (24 * time.Hour))
}

func dayOf(t time.Time) time.Time {
	year, month, day := t.In(berlin).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Number writes "1.250".
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte('.')
		}
		out.WriteRune(d)
	}
	return sign + out.String()
}

// Euro writes an amount in cents: "1.800 €", or "1.800,50 €" when there are
// cents.
func Euro(cents int64) string {
	if cents%100 == 0 {
		return Number(cents/100) + nbsp + "€"
	}
	return EuroExact(cents)
}

// EuroExact writes both decimals always, for columns in which some rows have
// cents: "1.800,00 €".
func EuroExact(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "−", -cents
	}
	rest := strconv.FormatInt(100+cents%100, 10)[1:]
	return sign + Number(cents/100) + "," + rest + nbsp + "€"
}

// Percent writes "95 %". It rounds down: 100 % means that nothing is left.
func Percent(part, whole int) string {
	if whole <= 0 {
		return NotApplicable
	}
	return strconv.Itoa(part*100/whole) + nbsp + "%"
}

// Share writes "21 von 22 (95 %)".
func Share(part, whole int) string {
	share := Number(int64(part)) + " von " + Number(int64(whole))
	if whole <= 0 {
		return share
	}
	return share + " (" + Percent(part, whole) + ")"
}

// Count writes "1 Aufgabe", "7 Aufgaben".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(int64(n)) + " " + many
}

// Span is from one day to another: "25.01.2027 bis 26.04.2027", or the day itself.
func Span(from, to time.Time) string {
	if from.Equal(to) {
		return Date(from)
	}
	return Date(from) + " bis " + Date(to)
}

// OrDash answers the text, or a dash when there is none.
func OrDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return NotApplicable
	}
	return text
}

// Excerpt is the beginning of a text in whole words, at most so many letters of it on one line. The whole stands elsewhere.
func Excerpt(text string, most int) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= most {
		return string(letters)
	}
	kept := string(letters[:most+1])
	if end := strings.LastIndex(kept, " "); end > len(kept)/2 {
		kept = kept[:end]
	} else {
		kept = string(letters[:most])
	}
	return strings.TrimRight(kept, " ,;:.–-") + " …"
}

// YesNo is a bool in words.
func YesNo(b bool) string {
	if b {
		return "ja"
	}
	return "nein"
}
