package ui

import (
	"errors"
	"testing"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1.2.27":       "2027-02-01",
		"01.02.2027":   "2027-02-01",
		" 1. 2. 2027 ": "2027-02-01",
		"2027-02-01":   "2027-02-01",
		"29.2.2028":    "2028-02-29",
		"1 12 26":      "2026-12-01",
		"1/12/2026":    "2026-12-01",
		"1,12,2026":    "2026-12-01",
		"01-12-2026":   "2026-12-01",
		"1. Dez. 2026": "2026-12-01",
		"1.Dezember26": "2026-12-01",
		"15 märz 2027": "2027-03-15",
		"31. Mai 2027": "2027-05-31",
	} {
		got, err := ParseDate(in)
		if err != nil || got.Format("2006-01-02") != want || got.Hour() != 0 {
			t.Errorf("ParseDate(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
	for in, want := range map[string]InputError{
		"":                        errDate,
		"morgen":                  errDate,
		"1.2.":                    errDate,
		"1.2.027":                 errDate,
		"1. Ju 2027":              errDate,
		"1. Foo 27":               errDate,
		"1.12.2026 bis 3.12.2026": errDate,
		"29.2.2027":               errNoDay,
		"31.4.2027":               errNoDay,
		"1.13.2027":               errNoDay,
		"2027-02-30":              errNoDay,
	} {
		if _, err := ParseDate(in); !errors.Is(err, want) {
			t.Errorf("ParseDate(%q): error = %v, want %v", in, err, want)
		}
	}
}

func TestDateSurvivesTheForm(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"01.01.2027", "28.03.2027", "31.10.2027", "31.12.2027"} {
		day, err := ParseDate(in)
		if err != nil || Date(day) != in {
			t.Errorf("Date(ParseDate(%q)) = %q, %v, want it unchanged", in, Date(day), err)
		}
	}
}

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"0":               0,
		"1.800":           180000,
		"1800":            180000,
		"1800,5":          180050,
		"1800,50":         180050,
		"1.800,50 €":      180050,
		"1.800,50\u00a0€": 180050,
		"1 800 EUR":       180000,
		"50 Euro":         5000,
		"1.234.567,89":    123456789,
		"100,-":           10000,
		",":               -1,
		"":                -1,
		"-5":              -1,
		"18.00":           -1, // 18 Euro or 1800? ask
		"1.80":            -1,
		"1.8000":          -1,
		"1,234":           -1,
		"zwei":            -1,
		"9999999999999":   -1,
	} {
		got, err := ParseMoney(in)
		if want < 0 {
			var sentence InputError
			if !errors.As(err, &sentence) {
				t.Errorf("ParseMoney(%q) = %d, %v, want an InputError", in, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{"1.250": 1250, " 1250 ": 1250, "0": 0, "007": 7} {
		if got, err := ParseNumber(in); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "3,5", "viele", "-1", "12.50"} {
		if got, err := ParseNumber(in); err == nil {
			t.Errorf("ParseNumber(%q) = %d, want an error", in, got)
		}
	}
}
