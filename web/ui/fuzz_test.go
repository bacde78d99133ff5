package ui

import (
	"errors"
	"testing"
	"time"
)

// FuzzWhatIsTypedAsADayIsThatDay: a day is shown as it was typed, and read again as the same. Whatever is none gets a sentence.
func FuzzWhatIsTypedAsADayIsThatDay(f *testing.F) {
	for _, seed := range []string{"", "1.2.27", "01.02.2027", "2027-02-01", "29.2.2028", "29.2.2027", "31.12.9999", "0.0.0000", "1. 2. 2027", "1.2.27x", "١.٢.٢٧"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		day, err := ParseDate(typed)
		if err != nil {
			if _, ok := errors.AsType[InputError](err); !ok || err.Error() == "" {
				t.Errorf("%q: %v is no sentence for people", typed, err)
			}
			return
		}
		again, err := ParseDate(day.Format(time.DateOnly))
		if err != nil || !again.Equal(day) || day.Hour() != 0 || day.Location() != time.UTC || day.Year() < 0 || day.Year() > 9999 {
			t.Errorf("%q is %v, and again %v (%v)", typed, day, again, err)
		}
		if shown, err := ParseDate(Date(day)); !day.IsZero() && day.Year() > 0 && (err != nil || !shown.Equal(day)) {
			t.Errorf("%q is shown as %q, which is %v (%v)", typed, Date(day), shown, err)
		}
	})
}

// FuzzAmountsStayInBounds: no text becomes a negative amount or one that overflows where sums are made.
func FuzzAmountsStayInBounds(f *testing.F) {
	for _, seed := range []string{"", "1.800", "1800,5", "1.800,50 €", "18.00", "999999999999,99", "9999999999999", "-1", ",5", "1,-", "1e9", "٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		const most = 1_000_000_000_000 // twelve digits
		for name, parse := range map[string]func(string) (int64, error){"amount": ParseMoney, "number": ParseNumber} {
			n, err := parse(typed)
			if _, ok := errors.AsType[InputError](err); err != nil && !ok || n < 0 || n >= most*100 || err != nil && n != 0 {
				t.Errorf("%q is the %s %d, %v", typed, name, n, err)
			}
		}
	})
}
