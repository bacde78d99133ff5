package ui

import (
	"strings"
	"testing"
	"time"
)

// plain shows no-break spaces as "_", so that the tables below can be read.
func plain(s string) string { return strings.ReplaceAll(s, nbsp, "_") }

func utc(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at                         string
		date, long, clock, instant string
	}{
		// Winter: Berlin is one hour ahead.
		{"2026-11-20 06:30", "20.11.2026", "20._November 2026", "7:30_Uhr", "20.11.2026, 7:30_Uhr"},
		// Summer: two hours; this is already the next day.
		{"2026-06-30 22:05", "01.07.2026", "1._Juli 2026", "0:05_Uhr", "01.07.2026, 0:05_Uhr"},
		// A date column is midnight UTC and stays its day.
		{"2027-03-01 00:00", "01.03.2027", "1._März 2027", "1_Uhr", "01.03.2027, 1_Uhr"},
	} {
		at := utc(c.at)
		for name, pair := range map[string][2]string{
			"Date": {Date(at), c.date}, "LongDate": {LongDate(at), c.long},
			"Clock": {Clock(at), c.clock}, "DateTime": {DateTime(at), c.instant},
		} {
			if got := plain(pair[0]); got != pair[1] {
				t.Errorf("%s(%s) = %q, want %q", name, c.at, got, pair[1])
			}
		}
	}
	for name, write := range map[string]func(time.Time) string{"Date": Date, "LongDate": LongDate, "DateTime": DateTime} {
		if got := write(time.Time{}); got != NotApplicable {
			t.Errorf("%s(zero) = %q, want %q", name, got, NotApplicable)
		}
	}
}

func TestDaysSince(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ day, today, want string }{
		{"2026-11-20 00:00", "2026-11-20 18:00", "seit heute"},
		{"2026-11-20 00:00", "2026-11-19 12:00", "seit heute"}, // not yet
		{"2026-11-19 00:00", "2026-11-20 06:00", "seit gestern"},
		{"2026-10-30 00:00", "2026-11-20 06:00", "seit 21_Tagen"},
		{"2026-11-19 22:59", "2026-11-20 06:00", "seit gestern"}, // 23:59 in Berlin
		{"2026-11-19 23:01", "2026-11-20 06:00", "seit heute"},   // 0:01 in Berlin
		{"2026-10-24 00:00", "2026-10-26 00:00", "seit 2_Tagen"}, // a day of 25 hours between
		{"2020-01-01 00:00", "2026-11-20 06:00", "seit 2.515_Tagen"},
	} {
		if got := plain(DaysSince(utc(c.day), utc(c.today))); got != c.want {
			t.Errorf("DaysSince(%s, %s) = %q, want %q", c.day, c.today, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{Number(0), "0"},
		{Number(999), "999"},
		{Number(1250), "1.250"},
		{Number(1234567), "1.234.567"},
		{Number(-1250), "−1.250"},
		{Euro(180000), "1.800_€"},
		{Euro(180050), "1.800,50_€"},
		{Euro(5), "0,05_€"},
		{Euro(-180005), "−1.800,05_€"},
		{EuroExact(180000), "1.800,00_€"},
		{Percent(21, 22), "95_%"},
		{Percent(273, 274), "99_%"},
		{Percent(22, 22), "100_%"},
		{Percent(0, 22), "0_%"},
		{Percent(0, 0), "–"},
		{Share(21, 22), "21 von 22 (95_%)"},
		{Share(1200, 1250), "1.200 von 1.250 (96_%)"},
		{Share(0, 0), "0 von 0"},
		{Count(0, "Aufgabe", "Aufgaben"), "0 Aufgaben"},
		{Count(1, "Aufgabe", "Aufgaben"), "1 Aufgabe"},
		{Count(1250, "Aufgabe", "Aufgaben"), "1.250 Aufgaben"},
		{OrDash("  "), "–"},
		{OrDash("VIS"), "VIS"},
	} {
		if plain(c.got) != c.want {
			t.Errorf("got %q, want %q", plain(c.got), c.want)
		}
	}
}

func TestSoftHyphens(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Aufenthaltstitel":                  "Aufenthalts|titel",
		"Hilfe zum Lebensunterhalt":         "Hilfe zum Lebens|unterhalt",
		"Wirtschaftlichkeitsbetrachtung":    "Wirtschaftlichkeits|betrachtung",
		"Wohngeld":                          "Wohngeld",
		"Geburtsurkunde und -bescheinigung": "Geburts|urkunde und -\u2060beschei|nigung",
	} {
		if got := strings.ReplaceAll(SoftHyphens(in), "\u00ad", "|"); got != want {
			t.Errorf("SoftHyphens(%q) = %q, want %q", in, got, want)
		}
	}
	for word, parts := range hyphenated {
		if strings.ReplaceAll(parts, "|", "") != word {
			t.Errorf("hyphenated[%q] = %q is another word", word, parts)
		}
	}
}

func TestAnExcerptEndsWithAWholeWord(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Redaktion und Anbieter nennen verschiedene Stellen, ", 4)
	for in, want := range map[string]string{
		"":                       "",
		"Kein Zugang":            "Kein Zugang",
		"zwei\n Zeilen":          "zwei Zeilen",
		strings.Repeat("ü", 120): strings.Repeat("ü", 120),
		strings.Repeat("ü", 121): strings.Repeat("ü", 120) + " …",
		long:                     "Redaktion und Anbieter nennen verschiedene Stellen, Redaktion und Anbieter nennen verschiedene Stellen, Redaktion und …",
	} {
		if got := Excerpt(in, 120); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
