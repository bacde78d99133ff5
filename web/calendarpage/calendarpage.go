// Package calendarpage gives a town's due dates to its calendar program: the page on which a person opens an address,
// and the file behind the address.
package calendarpage

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/calendar"
	"rollinportal/internal/event"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about calendar addresses.
type Pages struct {
	Shell    page.Shell
	Calendar *calendar.Service
	Events   *event.Service
	Base     *url.URL // where calendar programs reach the portal
}

// Show says whether the person has an address.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	since, err := p.Calendar.Opened(r.Context(), who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, newView(since))
}

// Open shows a new address, this once. It answers with the page itself: the secret stands in no URL that a browser keeps.
func (p Pages) Open(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	secret, err := p.Calendar.Open(r.Context(), who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, newAddress(p.Base.String()+link.CalendarFile(secret)))
}

// Close ends the address.
func (p Pages) Close(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Calendar.Close(r.Context(), who); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Calendar, page.CalendarClosed)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, v view) error {
	head := ui.Page{Heading: "Fristen im Kalender", Meta: who.Org.Name, Narrow: true, Crumbs: []ui.Link{{Text: "Aufgaben", URL: link.Tasks}, {Text: "Fristen im Kalender"}}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(v))
}

// File is what calendar programs fetch: iCalendar (RFC 5545).
func (p Pages) File(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	c, err := p.Calendar.Read(r.Context(), chi.URLParam(r, "adresse"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := write(&out, c, p.Base); err != nil {
		return err
	}
	return send(w, &out, "fristen.ics")
}

func send(w http.ResponseWriter, out *bytes.Buffer, name string) error {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := out.WriteTo(w)
	return err
}

// Event is one event as a file, for people who take it over by hand.
func (p Pages) Event(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	found, err := p.Events.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	meeting := calendar.Meeting{
		ID: found.ID, Title: found.Title, StartsAt: found.StartsAt, EndsAt: found.EndsAt, Place: found.Place, Address: found.Address, Cancelled: found.Cancelled != "",
	}
	if err := writeMeeting(&out, who.Land.Product, meeting, found.Now, p.Base); err != nil {
		return err
	}
	return send(w, &out, "termin.ics")
}
