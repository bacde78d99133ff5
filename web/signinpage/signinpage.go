// Package signinpage signs people in at the OpenID provider and out again.
//
//	/login -> provider (code, PKCE, state, nonce) -> /auth/callback -> session cookie -> where they wanted to go
//
// The attempt is kept in the database and bound to the browser by a cookie of its own; it works once.
package signinpage

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of signing in and out.
type Pages struct {
	shell    page.Shell
	people   *identity.Service
	provider *provider
	base     *url.URL
}

// New returns the pages for a portal that browsers reach at base.
func New(base *url.URL, config ProviderConfig, people *identity.Service, shell page.Shell) Pages {
	return Pages{shell: shell, people: people, base: base, provider: newProvider(config, base.JoinPath("/auth/callback").String())}
}

// Show is the page that people reach after signing out.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.SignedIn() {
		return page.Redirect(w, r, link.Home, page.NoFlash)
	}
	return p.shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Anmelden", Narrow: true}, show())
}

// Begin sends the browser to the provider.
func (p Pages) Begin(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	next := safeNext(r.URL.Query().Get("weiter"))
	if who.SignedIn() {
		return page.Redirect(w, r, next, page.NoFlash)
	}
	if r.Host != p.base.Host {
		// The callback comes to the base address, and the cookie must be there.
		http.Redirect(w, r, p.base.String()+link.With(link.SignIn, "weiter", next), http.StatusSeeOther)
		return nil
	}
	token := identity.NewToken()
	attempt := identity.Attempt{State: identity.NewToken(), Nonce: identity.NewToken(), Verifier: oauth2.GenerateVerifier(), Next: next}
	target, err := p.provider.authorizeURL(r.Context(), attempt)
	if err != nil {
		return err
	}
	if err := p.people.BeginSignIn(r.Context(), token, attempt); err != nil {
		return err
	}
	http.SetCookie(w, attemptCookie(p.base, token))
	http.Redirect(w, r, target, http.StatusSeeOther)
	return nil
}

var errStale = fault.New(fault.Invalid, "Diese Anmeldung ist abgelaufen oder wurde schon benutzt. Melden Sie sich noch einmal an.")

// Callback takes the provider's answer and opens a session.
func (p Pages) Callback(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	query := r.URL.Query()
	cookie, err := r.Cookie(attemptName(p.base))
	if err != nil {
		return errStale
	}
	http.SetCookie(w, expired(attemptCookie(p.base, "")))
	attempt, err := p.people.TakeSignIn(r.Context(), cookie.Value)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return errStale
	case err != nil:
		return err
	case subtle.ConstantTimeCompare([]byte(attempt.State), []byte(query.Get("state"))) != 1:
		return errStale
	case query.Has("iss") && query.Get("iss") != p.provider.config.Issuer: // RFC 9207
		return errStale
	case query.Has("error"):
		return fault.New(fault.Invalid, "Der Anmeldedienst hat die Anmeldung abgebrochen. Melden Sie sich noch einmal an.")
	}
	person, err := p.provider.exchange(r.Context(), query.Get("code"), attempt)
	if err != nil {
		if fault.KindOf(err) != fault.Internal {
			return err
		}
		return fault.Wrap(fault.Invalid, "Die Antwort des Anmeldedienstes ließ sich nicht prüfen. Melden Sie sich noch einmal an.", err)
	}
	session, err := p.people.SignIn(r.Context(), person)
	if err != nil {
		return err
	}
	http.SetCookie(w, sessionCookie(p.base, session))
	return page.Redirect(w, r, attempt.Next, page.NoFlash)
}

// SignOut ends the portal's session first and then, if it can, the provider's.
func (p Pages) SignOut(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	cookie, err := r.Cookie(CookieName(p.base))
	if err != nil {
		return page.Redirect(w, r, link.SignedOut, page.NoFlash)
	}
	hint, err := p.people.SignOut(r.Context(), cookie.Value)
	if err != nil {
		return err
	}
	http.SetCookie(w, expired(sessionCookie(p.base, "")))
	back := p.base.JoinPath(link.SignedOut).String()
	if target := p.provider.endSessionURL(r.Context(), hint, back); target != "" {
		http.Redirect(w, r, target, http.StatusSeeOther)
		return nil
	}
	return page.Redirect(w, r, link.SignedOut, page.NoFlash)
}

// safeNext lets a sign-in lead only to pages of the portal itself.
func safeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.User != nil ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\x00\r\n\t") ||
		strings.HasPrefix(u.Path, link.SignIn) || strings.HasPrefix(u.Path, "//") {
		return link.Home
	}
	return u.RequestURI()
}
