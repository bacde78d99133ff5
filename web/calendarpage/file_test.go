package calendarpage

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/calendar"
)

// FuzzNothingTypedAddsALineToACalendar: a lone return ends a line for some programs, too.
func FuzzNothingTypedAddsALineToACalendar(f *testing.F) {
	for _, seed := range []string{"Schulung", "a\r\nATTACH:https://boese.example/x", "a\nEND:VEVENT", "a\rBEGIN:VALARM", "a;X=1:b", `a\nb`, "a\\", "\u0085x", "\u2028x", "\x00", "ä" + strings.Repeat("ö", 80), strings.Repeat("a", 74) + "\rX:y"} {
		f.Add(seed)
	}
	base := &url.URL{Scheme: "https", Host: "portal.example"}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	lines := func(t *testing.T, typed string) (names []string) {
		var out strings.Builder
		err := write(&out, &calendar.Calendar{
			At: day, BodyKey: "16051", BodyName: typed, Product: typed,
			Entries:  []calendar.Entry{{Slug: "wohngeld", Service: typed, On: day, Tasks: []string{typed, typed}}, {Slug: "wohngeld", Service: typed, On: day, Tasks: []string{typed}}},
			Meetings: []calendar.Meeting{{ID: uuid.Nil, Title: typed, StartsAt: day, EndsAt: day, Place: typed, Address: typed}},
		}, base)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.FieldsFuncSeq(out.String(), func(r rune) bool { return r == '\r' || r == '\n' }) {
			if line[0] != ' ' && line[0] != '\t' { // not folded
				name, _, _ := strings.Cut(line, ":")
				names = append(names, name)
			}
		}
		return names
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if typed == "" {
			return // what was not typed has no line at all
		}
		if got, want := lines(t, typed), lines(t, "Schulung"); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%q makes the lines %v, want %v", typed, got, want)
		}
	})
}
