package page

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// statuses answer the kinds of fault.
var statuses = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusForbidden,
	fault.Conflict:    http.StatusConflict,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.SignedOut:   http.StatusUnauthorized,
}

var headings = map[fault.Kind]string{
	fault.Internal:    "Das hat nicht geklappt",
	fault.Invalid:     "Das Formular passt nicht",
	fault.NotFound:    "Seite nicht gefunden",
	fault.Forbidden:   "Dafür fehlt Ihnen die Berechtigung",
	fault.Conflict:    "Jemand war schneller",
	fault.Unavailable: "Das Portal ist gerade nicht erreichbar",
	fault.SignedOut:   "Sie sind nicht angemeldet",
}

// Fail shows the page for an error. It is the one place where an error of a handler meets the log.
func (d Desk) Fail(w http.ResponseWriter, r *http.Request, err error) {
	visit := VisitOf(r)
	visit.Failed = err
	kind := fault.KindOf(err)
	status := statuses[kind]
	if errors.Is(err, errTooLarge) {
		status = http.StatusRequestEntityTooLarge
	}
	heading := headings[kind]
	if errors.Is(err, ErrTooMany) {
		status, heading = http.StatusTooManyRequests, "Zu viele Anfragen"
	}
	if kind == fault.Unavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "30")
	}
	v := failView(err, kind, visit)
	if worthSendingAgain(kind) || status == http.StatusTooManyRequests {
		v.Again, v.AgainURL = sentValues(w, r), r.URL.Path
		if carriesFile(r) {
			v.Hint = "Die Datei müssen Sie danach noch einmal auswählen."
			v.Links = append(v.Links, ui.Link{Text: "Zurück zum Formular", URL: r.URL.Path})
		}
	}
	p := ui.Page{Heading: heading, Title: heading, Narrow: true}
	if err := d.Shell.Render(w, r, visit.Who, status, p, failure(v)); err != nil {
		d.Log.ErrorContext(r.Context(), "render the error page", "error", err)
	}
}

// BreakOff ends an answer that has begun and cannot go on: what is sent must not look complete.
func BreakOff(r *http.Request, err error) {
	VisitOf(r).Failed = err
	panic(http.ErrAbortHandler)
}

type failureView struct {
	Text, Hint, RequestID string
	Links                 []ui.Link
	Again                 []ui.Value // what was sent, to be sent once more
	AgainURL              string
	SignIn                bool // the session has ended
}

// worthSendingAgain: the form was fine, only the moment was not. Nothing that somebody typed may be lost.
func worthSendingAgain(kind fault.Kind) bool {
	return kind == fault.Unavailable || kind == fault.SignedOut || kind == fault.Internal
}

// carriesFile reports whether a request brings a file. It is not read for the failure page: no hidden field can carry it.
func carriesFile(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/")
}

// sentValues returns what the form of a POST carried; nothing for other requests.
func sentValues(w http.ResponseWriter, r *http.Request) []ui.Value {
	if r.Method != http.MethodPost || carriesFile(r) {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxForm)
	if err := r.ParseForm(); err != nil {
		return nil
	}
	var found []ui.Value
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			found = append(found, ui.Value{Name: name, Value: value})
		}
	}
	return found
}

func failView(err error, kind fault.Kind, visit *Visit) failureView {
	v := failureView{Links: []ui.Link{{Text: "Zur Startseite", URL: link.Home}, {Text: "Hilfe und Kontakt", URL: link.Help}}}
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		v.Text = "Bei uns ist ein Fehler aufgetreten. Versuchen Sie es noch einmal. Bleibt der Fehler, nennen Sie der Hilfe bitte diese Nummer:"
		v.RequestID = visit.ID
		return v
	}
	v.Text = f.Text
	switch kind {
	case fault.Forbidden:
		v.Hint = neededRoles(visit.Action)
	case fault.NotFound:
		if f.Text != fault.Missing().Text {
			return v // it says itself what to do
		}
		v.Hint = "Prüfen Sie die Adresse, oder suchen Sie über das Menü."
	case fault.SignedOut:
		v.SignIn = true
		v.Links = []ui.Link{{Text: "Anmelden", URL: link.SignIn}}
	}
	return v
}

// neededRoles says who may do what was refused, and whom to ask.
func neededRoles(action access.Action) string {
	if access.Allows(action, access.Anonymous) {
		return "" // it is not the role
	}
	var names string
	for _, role := range access.Roles {
		if !access.Allows(action, role) || role == access.Anonymous {
			continue
		}
		if names != "" {
			names += ", "
		}
		names += RoleName(role)
	}
	if names == "" {
		return ""
	}
	return "Nötig ist eine dieser Rollen: " + names + ". Wenden Sie sich an die Koordination Ihrer Organisation oder an die OZG-Landeskoordination."
}

// NotFound answers every address that is no route.
func (d Desk) NotFound(w http.ResponseWriter, r *http.Request) { d.Fail(w, r, fault.Missing()) }
