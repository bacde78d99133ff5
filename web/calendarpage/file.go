package calendarpage

import (
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"rollinportal/internal/calendar"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// write writes a calendar of whole days. An entry keeps its UID as long as its day stays, so that programs that fetch
// the file again change nothing; a day that moved is a new entry, and the old one is gone with the next fetch.
func write(out io.Writer, c *calendar.Calendar, base *url.URL) error {
	file := ics.NewCalendarFor(said(c.Product))
	file.SetMethod(ics.MethodPublish)
	file.SetName("Roll-in: " + said(c.BodyName))
	file.SetXWRCalName("Roll-in: " + said(c.BodyName))
	file.SetRefreshInterval("PT6H", ics.WithValue("DURATION"))
	file.SetXPublishedTTL("PT6H")
	for _, e := range c.Entries {
		event := file.AddEvent(uid(c, e, base))
		event.SetDtStampTime(c.At)
		event.SetAllDayStartAt(e.On)
		event.SetAllDayEndAt(e.On.AddDate(0, 0, 1))
		event.SetSummary(said(summary(e)))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		if len(e.Tasks) > 0 {
			event.SetDescription(said("• " + strings.Join(e.Tasks, "\n• ")))
		}
		event.SetURL(base.String() + link.Checklist(c.BodyKey, e.Slug))
	}
	for _, m := range c.Meetings {
		addMeeting(file, m, c.At, base)
	}
	return file.SerializeTo(out, ics.WithNewLineWindows)
}

// writeMeeting writes a calendar of one event, for whoever takes it over by hand.
func writeMeeting(out io.Writer, product string, m calendar.Meeting, at time.Time, base *url.URL) error {
	file := ics.NewCalendarFor(said(product))
	file.SetMethod(ics.MethodPublish)
	addMeeting(file, m, at, base)
	return file.SerializeTo(out, ics.WithNewLineWindows)
}

// addMeeting adds an event under a UID of its own: taken over by hand and read from the address it is the same one.
func addMeeting(file *ics.Calendar, m calendar.Meeting, at time.Time, base *url.URL) {
	event := file.AddEvent("termin-" + m.ID.String() + "@" + base.Hostname())
	event.SetDtStampTime(at)
	event.SetStartAt(m.StartsAt)
	event.SetEndAt(m.EndsAt)
	event.SetSummary(said(m.Title))
	event.SetURL(base.String() + link.Event(m.ID))
	if m.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	place := m.Place
	if place == "" {
		place = m.Address
	}
	event.SetLocation(said(place))
	if m.Address != "" && m.Place != "" {
		event.SetDescription(said(m.Address))
	}
}

// said is what somebody typed, without the signs that some programs end a line at: the library escapes line feeds only.
func said(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

func uid(c *calendar.Calendar, e calendar.Entry, base *url.URL) string {
	kind := "frist"
	if e.GoesLive {
		kind = "produktivstart"
	}
	return strings.Join([]string{kind, c.BodyKey, e.Slug, e.On.Format("20060102")}, "-") + "@" + base.Hostname()
}

func summary(e calendar.Entry) string {
	switch {
	case e.GoesLive:
		return e.Service + ": geplanter Produktivstart"
	case len(e.Tasks) == 1:
		return e.Service + ": " + e.Tasks[0]
	default:
		return e.Service + ": " + ui.Count(len(e.Tasks), "Aufgabe", "Aufgaben") + " fällig"
	}
}
