package eventpage

import (
	"testing"
	"time"

	"rollinportal/internal/event"
	"rollinportal/internal/workday"
	"rollinportal/web/page"
)

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"9": "09:00", "9:30": "09:30", "09.05": "09:05", "9:30 Uhr": "09:30", "23:59": "23:59", "0": "00:00",
		"24": "", "9:60": "", "neun": "", "": "", "9:3": "",
	} {
		var wrong page.Errors
		got := moment(day, typed, "begins", &wrong)
		if want == "" {
			if wrong.For("begins") == "" {
				t.Errorf("%q is taken for %s", typed, got)
			}
			continue
		}
		if got.In(workday.Berlin).Format("15:04") != want || got.In(workday.Berlin).Day() != 1 {
			t.Errorf("%q is %s, want %s in Germany", typed, got, want)
		}
	}
}

func TestFormsSayWhatTheEventSays(t *testing.T) {
	t.Parallel()
	no, seats := 3, 40
	until := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	e := event.Shown{Event: event.Event{
		Kind: event.Consultation, SeriesNo: &no, Title: "3. Sprechstunde", Place: "Erfurt", Seats: &seats, RegisterUntil: &until,
		StartsAt: time.Date(2026, 12, 3, 9, 0, 0, 0, time.UTC), EndsAt: time.Date(2026, 12, 3, 10, 30, 0, 0, time.UTC),
		Materials: []event.Link{{Title: "Folien vom Mai", URL: "https://a.example/1"}, {Title: "Protokoll", URL: "https://a.example/2"}},
	}, Services: []event.Choice{{Slug: "wohngeld", Name: "Wohngeld"}}}
	in, wrong := formOf(e).input()
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if *in.SeriesNo != no || *in.Seats != seats || !in.RegisterUntil.Equal(until) || !in.StartsAt.Equal(e.StartsAt) || !in.EndsAt.Equal(e.EndsAt) {
		t.Errorf("read %+v from the form of %+v", in, e.Event)
	}
	if len(in.Materials) != 2 || in.Materials[0] != e.Materials[0] || in.Materials[1] != e.Materials[1] || in.Services[0] != "wohngeld" {
		t.Errorf("links %v, services %v", in.Materials, in.Services)
	}
}

func TestAnEventStandsAsItsReaderHasToKnow(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	yes, one := true, 1
	own := func(r event.Registration) *event.Registration { return &r }
	next := event.Event{StartsAt: now.Add(time.Hour), EndsAt: now.Add(2 * time.Hour), Now: now}
	with := func(change func(*event.Event)) event.Event {
		e := next
		change(&e)
		return e
	}
	yesterday := now.AddDate(0, 0, -1)
	for want, e := range map[string]event.Event{
		"Anmeldung offen":       next,
		"Angemeldet":            with(func(e *event.Event) { e.Own = own(event.Registration{}) }),
		"Auf der Warteliste":    with(func(e *event.Event) { e.Own, e.Seats, e.BeforeOwn = own(event.Registration{}), &one, 1 }),
		"Anmeldung geschlossen": with(func(e *event.Event) { e.RegisterUntil = &yesterday }),
		"Fällt aus":             with(func(e *event.Event) { e.Own, e.Cancelled = own(event.Registration{}), "krank" }),
		"Vorbei":                with(func(e *event.Event) { e.StartsAt = now }),
		"Sie waren dabei":       with(func(e *event.Event) { e.StartsAt, e.Own = now, own(event.Registration{Attended: &yes}) }),
	} {
		if got := stateOf(e).Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
