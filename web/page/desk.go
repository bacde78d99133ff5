package page

import (
	"log/slog"
	"net/http"
	"net/url"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
)

// Handler shows or changes something for a person and returns what went wrong.
type Handler func(w http.ResponseWriter, r *http.Request, who access.Actor) error

// Desk receives the requests of all routes.
type Desk struct {
	Shell Shell
	Log   *slog.Logger
}

// Handle makes a handler of the standard library. Whoever may not take the action never reaches h.
func (d Desk) Handle(action access.Action, h Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		visit := VisitOf(r)
		visit.Action = action
		if visit.Err != nil {
			d.Fail(w, r, visit.Err)
			return
		}
		if !visit.Who.Can(action) {
			d.refuse(w, r, visit.Who)
			return
		}
		if err := h(w, r, visit.Who); err != nil {
			d.Fail(w, r, err)
		}
	}
}

// refuse sends strangers to the sign-in and tells others which role they would need.
func (d Desk) refuse(w http.ResponseWriter, r *http.Request, who access.Actor) {
	switch {
	case who.SignedIn():
		d.Fail(w, r, fault.New(fault.Forbidden, "Ihre Rolle erlaubt das nicht."))
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		http.Redirect(w, r, link.SignIn+"?weiter="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
	default:
		d.Fail(w, r, fault.New(fault.SignedOut, "Ihre Sitzung ist beendet. Gespeichert ist noch nichts."))
	}
}
