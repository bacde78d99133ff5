package ui

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// An InputError is the German sentence that tells a person how to correct
// their input. It may be shown as it is.
type InputError string

func (e InputError) Error() string { return string(e) }

const (
	errDate    InputError = "Geben Sie ein Datum ein, zum Beispiel 30.04.2027."
	errNoDay   InputError = "Diesen Tag gibt es nicht. Geben Sie ein Datum ein, zum Beispiel 30.04.2027."
	errMoney   InputError = "Geben Sie einen Betrag in Euro ein, zum Beispiel 1.800,50."
	errNumber  InputError = "Geben Sie eine ganze Zahl ein, zum Beispiel 1.250."
	errTooHigh InputError = "Die Zahl ist zu groß. Geben Sie höchstens zwölf Stellen ein."
)

var (
	// The day always comes first: Germans write 1/12/2026, too, and never mean January.
	germanDate = regexp.MustCompile(`^(\d{1,2})[. /,-]\s*(\d{1,2})[. /,-]\s*(\d{4}|\d{2})$`)
	wordedDate = regexp.MustCompile(`^(\d{1,2})\.?\s*(\p{L}{3,9})\.?\s*(\d{4}|\d{2})$`)
	isoDate    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	// amount takes thousands in groups of three or not at all: "1.800", "1800",
	// but not "18.00", which could mean either.
	amount = regexp.MustCompile(`^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$`)
	spaces = strings.NewReplacer(" ", "", nbsp, "", "\u202f", "")
)

// maxDigits keeps cents far away from the end of an int64.
const maxDigits = 12

// ParseDate reads 1.2.27, 01.02.2027, 1. Februar 2027, 1/2/2027 and 2027-02-01 as midnight UTC, the form
// in which Postgres keeps dates. The error is an InputError, also for "".
func ParseDate(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	var year, month, day string
	if m := germanDate.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := wordedDate.FindStringSubmatch(s); m != nil && monthNumber(m[2]) != "" {
		day, month, year = m[1], monthNumber(m[2]), m[3]
	} else if m := isoDate.FindStringSubmatch(s); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else {
		return time.Time{}, errDate
	}
	if len(year) == 2 {
		year = "20" + year
	}
	parsed, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	if err != nil {
		return time.Time{}, errNoDay
	}
	return parsed, nil
}

// monthNumber reads "Februar" and "Feb"; "" if no month begins like that, or more than one.
func monthNumber(word string) string {
	number := ""
	for i, name := range months {
		if strings.HasPrefix(strings.ToLower(name), strings.ToLower(word)) {
			if number != "" {
				return ""
			}
			number = strconv.Itoa(i + 1)
		}
	}
	return number
}

// ParseMoney reads "1.800", "1800,5", "1.800,50 €" as cents. The error is an
// InputError, also for "".
func ParseMoney(s string) (int64, error) {
	s = spaces.Replace(s)
	for _, unit := range []string{"€", "EUR", "Euro"} {
		s = strings.TrimSuffix(s, unit)
	}
	m := amount.FindStringSubmatch(strings.TrimSuffix(s, ",-"))
	if m == nil {
		return 0, errMoney
	}
	euros, err := whole(m[1])
	if err != nil {
		return 0, err
	}
	cents, _ := strconv.ParseInt((m[2] + "00")[:2], 10, 64) // two digits, see amount
	return euros*100 + cents, nil
}

// ParseNumber reads "1.250" and "1250". The error is an InputError, also for "".
func ParseNumber(s string) (int64, error) {
	m := amount.FindStringSubmatch(spaces.Replace(s))
	if m == nil || m[2] != "" {
		return 0, errNumber
	}
	return whole(m[1])
}

func whole(digits string) (int64, error) {
	digits = strings.ReplaceAll(digits, ".", "")
	if len(digits) > maxDigits {
		return 0, errTooHigh
	}
	return strconv.ParseInt(digits, 10, 64)
}
