// Package eventpage shows the dates that people attend: the Land plans them and notes who came, bodies register with one
// click.
package eventpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/event"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about events.
type Pages struct {
	Shell  page.Shell
	Events *event.Service
}

const heading = "Termine"

// List shows the events to come, or those that are over.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "zeit", "art", "leistung", "angemeldet")
	found, services, err := p.Events.List(r.Context(), who, event.Filter{
		Past: q.Get("zeit") == past, Kind: event.Kind(q.Get("art")), Service: q.Get("leistung"), Own: q.Get("angemeldet") == "ja", Page: q.Page(),
	})
	if err != nil {
		return err
	}
	head := ui.Page{Heading: heading, Meta: "Sprechstunden, Veranstaltungen und Beratung"}
	if who.Can(access.EventManage) {
		head.Actions = []ui.Action{{Text: "Termin ansetzen", URL: link.NewEvent}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(q, found, services, who)))
}

// Show shows an event.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.render(w, r, who, http.StatusOK, extra{})
}

// extra is what the page of an event says besides it: that something was not saved, and what was typed.
type extra struct {
	Late             ui.AlertProps
	Wrong            page.Errors
	Question, Reason *string
	Attended         []string
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, x extra) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	found, err := p.Events.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	head := headOf(found.Event)
	if who.Can(access.EventManage) {
		head.Actions = []ui.Action{{Text: "Bearbeiten", URL: link.EditEvent(id)}}
	}
	return p.Shell.Render(w, r, who, status, head, show(newShowView(found, who, x)))
}

// again shows the event with why something was not saved.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, cause error, x extra) error {
	status, err := x.Wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		x.Late = page.NotSaved(cause)
	}
	return p.render(w, r, who, status, x)
}

func headOf(e event.Event) ui.Page {
	return ui.Page{
		Heading: e.Title, Meta: kindOf(e) + " · " + whenOf(e), State: stateOf(e),
		Crumbs: []ui.Link{{Text: heading, URL: link.Events}, {Text: e.Title}},
	}
}

// Register says that the body comes.
func (p Pages) Register(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "question")
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	question := sent.Text("question")
	cause := p.Events.Register(r.Context(), who, id, version, question)
	if cause == nil {
		return page.Redirect(w, r, link.Event(id), page.Registered)
	}
	return p.again(w, r, who, cause, extra{Question: &question})
}

// Withdraw says that the body does not come.
func (p Pages) Withdraw(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	cause := p.Events.Withdraw(r.Context(), who, id, version)
	if cause == nil {
		return page.Redirect(w, r, link.Event(id), page.Unregistered)
	}
	return p.again(w, r, who, cause, extra{})
}

// Cancel says that an event does not take place.
func (p Pages) Cancel(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	version, reason, err := page.ReadReason(w, r)
	if err != nil {
		return err
	}
	cause := p.Events.Cancel(r.Context(), who, id, version, reason)
	if cause == nil {
		return page.Redirect(w, r, link.Event(id), page.EventCancelled)
	}
	return p.again(w, r, who, cause, extra{Reason: &reason})
}

// Attend notes who came.
func (p Pages) Attend(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "termin")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "attended"+page.Many)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	keys := append([]string{}, sent.All("attended")...)
	cause := p.Events.Attend(r.Context(), who, id, version, keys)
	if cause == nil {
		return page.Redirect(w, r, link.Event(id), page.AttendanceNoted)
	}
	return p.again(w, r, who, cause, extra{Attended: keys})
}
