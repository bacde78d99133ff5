package page

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
)

// desk writes its log to t: none of these pages may fail to be shown.
func desk(t *testing.T) Desk {
	return Desk{Shell: Shell{Asset: func(name string) string { return "/" + name }}, Log: slog.New(slog.NewTextHandler(silence{t}, nil))}
}

type silence struct{ t *testing.T }

func (s silence) Write(line []byte) (int, error) {
	s.t.Errorf("the log says %s", line)
	return len(line), nil
}

// TestEachFaultHasItsAnswer: the status, whether to come back later, whether what was typed can be sent once more, and what
// is said of it.
func TestEachFaultHasItsAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err           error
		status        int
		later, again  bool
		says, not     string
		withoutAction bool
	}{
		"ours":        {errors.New("secret of the house"), 500, false, true, "nennen Sie der Hilfe bitte diese Nummer", "secret", false},
		"invalid":     {fault.New(fault.Invalid, "So nicht."), 422, false, false, "So nicht.", "name=\"text\"", false},
		"unknown":     {fault.Missing(), 404, false, false, "Prüfen Sie die Adresse", "name=\"text\"", false},
		"known to be": {fault.New(fault.NotFound, "Die Einladung gilt nicht mehr."), 404, false, false, "Die Einladung gilt nicht mehr.", "Prüfen Sie die Adresse", false},
		"forbidden":   {fault.New(fault.Forbidden, "Nein."), 403, false, false, "Nötig ist eine dieser Rollen: Landeskoordination, Redaktion", "nicht angemeldet", false},
		"by anybody":  {fault.New(fault.Forbidden, "Nein."), 403, false, false, "Nein.", "Nötig ist", true},
		"conflict":    {fault.New(fault.Conflict, "Zu spät."), 409, false, false, "Zu spät.", "name=\"text\"", false},
		"away":        {fault.New(fault.Unavailable, "Gleich wieder."), 503, true, true, "Gleich wieder.", "", false},
		"signed out":  {fault.New(fault.SignedOut, "Sitzung beendet."), 401, false, true, "In einem neuen Tab anmelden", "Zur Startseite", false},
		"too many":    {ErrTooMany, 429, true, true, "Zu viele Anfragen", "", false},
		"too large":   {errTooLarge, 413, false, false, "zu groß", "", false},
	} {
		visit := &Visit{ID: "4711", Action: access.ServiceEdit}
		if c.withoutAction {
			visit.Action = access.LegalView
		}
		w := httptest.NewRecorder()
		desk(t).Fail(w, WithVisit(sent("text=Mein+Satz&text=zwei&version=1"), visit), c.err)
		said := w.Body.String()
		if w.Code != c.status || (w.Header().Get("Retry-After") != "") != c.later || strings.Contains(said, "Mein Satz") != c.again || visit.Failed != c.err {
			t.Errorf("%s: %d, later %q, kept %t", name, w.Code, w.Header().Get("Retry-After"), strings.Contains(said, "Mein Satz"))
		}
		if !strings.Contains(said, c.says) || c.not != "" && strings.Contains(said, c.not) {
			t.Errorf("%s: want %q and not %q in\n%s", name, c.says, c.not, said)
		}
	}
}

// TestWhoseSessionEndedSignsInBeforeSending: the other way round the same page would come back.
func TestWhoseSessionEndedSignsInBeforeSending(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	desk(t).Fail(w, sent("text=Mein+Satz"), fault.New(fault.SignedOut, "Sitzung beendet."))
	in, send := strings.Index(w.Body.String(), "In einem neuen Tab anmelden"), strings.Index(w.Body.String(), "Noch einmal senden")
	if in < 0 || send < in {
		t.Errorf("sign in at %d, send at %d", in, send)
	}
}

// TestOnlyAFormIsSentOnceMore: a link is simply clicked again, and a file has to be chosen again.
func TestOnlyAFormIsSentOnceMore(t *testing.T) {
	t.Parallel()
	file := sent("text=Mein+Satz")
	file.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	for name, c := range map[string]struct {
		r    *http.Request
		hint bool
	}{"a link": {httptest.NewRequest("GET", "/x?text=Mein+Satz", nil), false}, "a file": {file, true}, "too much": {sent("text=Mein+Satz" + strings.Repeat("x", MaxForm)), false}} {
		w := httptest.NewRecorder()
		desk(t).Fail(w, c.r, fault.New(fault.Unavailable, "Gleich wieder."))
		if said := w.Body.String(); strings.Contains(said, "Mein Satz") || strings.Contains(said, "Die Datei müssen Sie") != c.hint {
			t.Errorf("%s:\n%s", name, said)
		}
	}
}

func TestTheDeskLetsInWhoMay(t *testing.T) {
	t.Parallel()
	reached := false
	handle := desk(t).Handle(access.ServiceEdit, func(http.ResponseWriter, *http.Request, access.Actor) error { reached = true; return nil })
	who := func(role access.Role) *Visit {
		return &Visit{Who: access.Actor{Token: access.Token("t"), Person: uuid.New(), Role: role}}
	}
	for name, c := range map[string]struct {
		visit   *Visit
		method  string
		status  int
		reaches bool
	}{
		"may":             {who(access.StateCoordinator), "POST", 200, true},
		"may not":         {who(access.BodyEditor), "POST", 403, false},
		"stranger looks":  {&Visit{}, "GET", 303, false},
		"stranger asks":   {&Visit{}, "HEAD", 303, false},
		"stranger writes": {&Visit{}, "POST", 401, false},
		"nobody knows":    {&Visit{Err: fault.New(fault.Unavailable, "Weg.")}, "GET", 503, false},
	} {
		reached = false
		w := httptest.NewRecorder()
		handle(w, WithVisit(httptest.NewRequest(c.method, "/leistungen?suche=a", nil), c.visit))
		if w.Code != c.status || reached != c.reaches {
			t.Errorf("%s: %d, the handler was reached: %t", name, w.Code, reached)
		}
		if to := w.Header().Get("Location"); c.status == 303 && to != "/login?weiter=%2Fleistungen%3Fsuche%3Da" {
			t.Errorf("%s leads to %s", name, to)
		}
	}
}

func TestMessagesTravelWithTheirPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path    string
		message Flash
		want    string
	}{{"/x", NoFlash, "/x"}, {"/x", Saved, "/x?meldung=gespeichert"}, {"/x?seite=2", Saved, "/x?seite=2&meldung=gespeichert"}} {
		w := httptest.NewRecorder()
		if err := Redirect(w, sent(""), c.path, c.message); err != nil || w.Code != http.StatusSeeOther || w.Header().Get("Location") != c.want {
			t.Errorf("%s with %q: %d %s", c.path, c.message, w.Code, w.Header().Get("Location"))
		}
	}
}
