// Package noticepage shows people what concerns them, lets them choose their mails, and lets the Land see which mails did
// not arrive.
package noticepage

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about notices and mails.
type Pages struct {
	Shell   page.Shell
	Notices *notify.Service
}

// Inbox lists the person's notices, unread ones first.
func (p Pages) Inbox(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r)
	found, err := p.Notices.Inbox(r.Context(), who, q.Page())
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Mitteilungen", Meta: unreadLine(found.Unread, found.Total),
		Actions: []ui.Action{{Text: "Einstellungen für Mails", URL: link.MailSettings}},
	}
	if who.Can(access.MailView) {
		head.Actions = append(head.Actions, ui.Action{Text: "Versand ansehen", URL: link.Deliveries})
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, inbox(newInboxView(found, q, who)))
}

// Open marks a notice as read and goes on to what it is about, or back to the inbox.
func (p Pages) Open(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "bleiben")
	if err != nil {
		return err
	}
	id, err := page.ID(r, "mitteilung")
	if err != nil {
		return err
	}
	path, err := p.Notices.Open(r.Context(), who, id)
	if err != nil {
		return err
	}
	if sent.Has("bleiben") {
		path = link.Notices
	}
	return page.Redirect(w, r, path, page.NoFlash)
}

// ReadAll marks everything as read that the inbox showed when it was loaded.
func (p Pages) ReadAll(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "bis")
	if err != nil {
		return err
	}
	until, err := time.Parse(time.RFC3339Nano, sent.Text("bis"))
	if err != nil {
		return fault.New(fault.Invalid, "Dem Formular fehlt, bis wann Sie gelesen haben. Laden Sie die Seite neu.")
	}
	if err := p.Notices.ReadAll(r.Context(), who, until); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Notices, page.AllRead)
}

// Settings shows when mails come and which.
func (p Pages) Settings(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Notices.Settings(r.Context(), who)
	if err != nil {
		return err
	}
	return p.renderSettings(w, r, who, http.StatusOK, newSettingsView(found, nil))
}

// SaveSettings stores what the person chose.
func (p Pages) SaveSettings(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "digest_hour", "kinds"+page.Many)
	if err != nil {
		return err
	}
	in := readSettings(sent)
	var wrong page.Errors
	if err := p.Notices.Choose(r.Context(), who, in); err != nil {
		if err := wrong.Merge(err); err != nil {
			return err
		}
		return p.renderSettings(w, r, who, http.StatusUnprocessableEntity, newSettingsView(in, wrong))
	}
	return page.Redirect(w, r, link.MailSettings, page.Saved)
}

func (p Pages) renderSettings(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v settingsView) error {
	head := ui.Page{
		Heading: "Einstellungen für Mails", Meta: "Gilt nur für Sie", Narrow: true,
		Crumbs: []ui.Link{{Text: "Mitteilungen", URL: link.Notices}, {Text: "Einstellungen für Mails"}},
	}
	return p.Shell.Render(w, r, who, status, head, settings(v))
}

// Deliveries shows the Land which mails did not arrive.
func (p Pages) Deliveries(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Notices.Deliveries(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Versand der Mails", Meta: "Die letzten 30 Tage · Stand " + ui.DateTime(found.At),
		Crumbs: []ui.Link{{Text: "Mitteilungen", URL: link.Notices}, {Text: "Versand der Mails"}},
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, deliveries(newDeliveriesView(found)))
}

// Subscription shows what a mail's link turns off. It changes nothing: programs look at links, too.
func (p Pages) Subscription(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	token := chi.URLParam(r, "token")
	found, err := p.Notices.Subscription(r.Context(), token)
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Mails abbestellen", Meta: found.Product, Narrow: true},
		subscription(newSubscriptionView(found, token)))
}

// Unsubscribe turns mails off. A mail program sends the one field of RFC 8058 and no kinds: then all that the mail was
// about.
func (p Pages) Unsubscribe(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	sent, err := page.ReadForm(w, r, "kinds"+page.Many, "List-Unsubscribe")
	if err != nil {
		return err
	}
	token := chi.URLParam(r, "token")
	if err := p.Notices.Unsubscribe(r.Context(), token, kindsOf(sent.All("kinds"))); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Unsubscribe(token), page.Unsubscribed)
}
