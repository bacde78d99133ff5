package web

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/web/page"
	"rollinportal/web/static"
)

// guard stands before every route.
type guard struct {
	config Config
	desk   page.Desk
	people *identity.Service
	cookie string

	draining *atomic.Bool
}

var errCrossSite = fault.New(fault.Forbidden, "Diese Anfrage kam von einer anderen Website. Zum Schutz vor Missbrauch führt das Portal sie nicht aus.")

func (g guard) protect(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	_ = crossOrigin.AddTrustedOrigin(g.config.BaseURL.Scheme + "://" + g.config.BaseURL.Host)
	crossOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.desk.Fail(w, r, errCrossSite)
	}))
	inner := g.limit(g.recognised(crossOrigin.Handler(next)))
	csp := contentPolicy(g.config.Provider.Issuer)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		visit := &page.Visit{ID: uuid.NewString()}
		r, ended := g.traced(page.WithVisit(r, visit))
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		g.headers(answer.Header(), csp, visit.ID)
		// A body in pieces may carry a length besides, by which a proxy went: nothing that follows is taken (RFC 9112, 6.1).
		if g.draining.Load() || len(r.TransferEncoding) > 0 {
			answer.Header().Set("Connection", "close")
		}
		defer func() { ended(answer, visit) }()
		defer g.logLine(r, answer, visit, started)
		defer catch(answer, visit)
		if !strings.HasPrefix(r.URL.Path, static.Prefix) {
			answer.Header().Set("Cache-Control", "no-store")
		}
		if !fromForm(r) {
			g.desk.Fail(answer, r, errNoForm)
			return
		}
		if page.Unstorable(r.URL.Path) {
			g.desk.NotFound(answer, r) // the database would refuse to look for it
			return
		}
		inner.ServeHTTP(answer, r)
	})
}

// recognised finds the person behind the session cookie. Nobody is no error; a database that is away is.
func (g guard) recognised(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visit := page.VisitOf(r)
		if session, _ := g.sessionOf(r); session != "" && !strings.HasPrefix(r.URL.Path, static.Prefix) {
			visit.Who, visit.Err = g.people.Actor(r.Context(), session)
			if fault.KindOf(visit.Err) == fault.SignedOut {
				visit.Who, visit.Err, visit.Stale = access.Actor{}, nil, true
			}
		}
		next.ServeHTTP(w, r)
	})
}

// contentPolicy allows nothing from third hosts, and no script but the few files of web/static/js. Chromium checks
// form-action also on the redirect after the sign-out form, hence the issuer. KERN draws its icons as data URIs.
func contentPolicy(issuer string) string {
	provider := ""
	if u, err := url.Parse(issuer); err == nil && u.Host != "" {
		provider = " " + u.Scheme + "://" + u.Host
	}
	return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'" + provider +
		"; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
}

func (g guard) headers(h http.Header, csp, id string) {
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("X-Request-Id", id)
	if g.config.BaseURL.Scheme == "https" {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// catch turns a panic into a 500, if nothing was written yet.
func catch(w middleware.WrapResponseWriter, visit *page.Visit) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	visit.Failed = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	if w.Status() == 0 {
		http.Error(w, "Bei uns ist ein Fehler aufgetreten. Nummer: "+visit.ID, http.StatusInternalServerError)
	}
}

var errNoForm = fault.New(fault.Invalid, "Das Formular kam beschädigt an. Gehen Sie zurück und senden Sie es noch einmal.")

// fromForm: what changes something comes as our forms send it. Another website can make old browsers send text/plain
// without a word on where it came from.
func fromForm(r *http.Request) bool {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") == "" { // a button alone has no body
		return true
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && (kind == "application/x-www-form-urlencoded" || kind == "multipart/form-data")
}
