package web

import (
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"rollinportal/internal/access"
	"rollinportal/web/page"
	"rollinportal/web/static"
)

// addressesShare is how many sessions' worth of requests an address may send: a whole town hall comes from one.
const addressesShare = 10

// limit refuses a session, or an address, that asks for more than its share, before the database hears of it. Files with
// hashed names and health checks are free. Addresses count only behind proxies whose number is known: a header alone
// could name anybody.
func (g guard) limit(next http.Handler) http.Handler {
	if g.config.Rate <= 0 {
		return g.addressed(next)
	}
	refuse := httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) { g.desk.Fail(w, r, page.ErrTooMany) })
	silent := httprate.WithResponseHeaders(httprate.ResponseHeaders{})
	limited := unless(g.isStranger, next, httprate.LimitBy(g.config.Rate, time.Minute, g.sessionOf, refuse, silent)(next))
	if g.config.Proxies > 0 {
		limited = httprate.LimitBy(g.config.Rate*addressesShare, time.Minute, addressOf, refuse, silent)(limited)
	}
	return g.addressed(unless(isFree, next, limited))
}

// addressed notes the address of the browser, as the last of the known proxies saw it.
func (g guard) addressed(next http.Handler) http.Handler {
	if g.config.Proxies <= 0 {
		return next
	}
	return middleware.ClientIPFromXFFTrustedProxies(g.config.Proxies)(next)
}

// unless sends requests of one kind past a handler.
func unless(is func(*http.Request) bool, past, through http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if is(r) {
			past.ServeHTTP(w, r)
			return
		}
		through.ServeHTTP(w, r)
	})
}

func isFree(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, static.Prefix) || r.URL.Path == "/healthz" || r.URL.Path == "/readyz"
}

func (g guard) isStranger(r *http.Request) bool {
	session, _ := g.sessionOf(r)
	return session == ""
}

// sessionOf is what a browser shows as its session, true or not.
func (g guard) sessionOf(r *http.Request) (string, error) {
	cookie, err := r.Cookie(g.cookie)
	if err != nil {
		return "", nil
	}
	return cookie.Value, nil
}

// addressOf is where a request comes from. Without known proxies that is whoever opened the connection. Of an IPv6 address
// only the net counts: whoever has one has all of its 2⁶⁴ addresses.
func addressOf(r *http.Request) (string, error) {
	address := middleware.GetClientIP(r.Context())
	if address == "" {
		address = r.RemoteAddr
		if host, _, err := net.SplitHostPort(address); err == nil {
			address = host
		}
	}
	return httprate.CanonicalizeIP(address), nil
}

// reports is how many barriers one sender may report within ten minutes: half of what a Land takes in, so that nobody alone
// keeps others from reporting theirs.
const reports = 5

// greedySenders counts what each sender has sent: a person who is signed in, or an address.
func greedySenders() func(w http.ResponseWriter, r *http.Request, who access.Actor) bool {
	sent := httprate.NewRateLimiter(reports, 10*time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
	return func(w http.ResponseWriter, r *http.Request, who access.Actor) bool {
		sender, _ := addressOf(r)
		if who.SignedIn() {
			sender = who.Person.String()
		}
		return sent.OnLimit(w, r, sender)
	}
}
