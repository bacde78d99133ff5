// Package signinpage signs people in at the OpenID provider and out again.
//
//	/login -> provider (code, PKCE, state, nonce) -> /auth/callback -> session cookie -> where they wanted to go
//
// The attempt is kept in the database and bound to the browser by a cookie of its own; it works once.
package signinpage

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"

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
	return p.begin(w, r, who, next)
}

// begin remembers the attempt and sends the browser to the provider.
func (p Pages) begin(w http.ResponseWriter, r *http.Request, who access.Actor, next string) error {
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
	tidyAttempts(w, r, p.base)
	http.SetCookie(w, attemptCookie(p.base, attempt.State, token))
	return p.leave(w, r, who, target)
}

// leave sends the browser to the provider. Chromium holds the policy of the page with the form against the redirect
// after it, and the policy knows the issuer's origin only: elsewhere a page of our own leads.
func (p Pages) leave(w http.ResponseWriter, r *http.Request, who access.Actor, target string) error {
	if r.Method == http.MethodGet || sameOrigin(target, p.provider.config.Issuer) {
		http.Redirect(w, r, target, http.StatusSeeOther)
		return nil
	}
	w.Header().Set("Refresh", "0; url="+target)
	return p.shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Weiter zum Anmeldedienst", Narrow: true}, onward(target))
}

func sameOrigin(a, b string) bool {
	one, err := url.Parse(a)
	other, wrong := url.Parse(b)
	return err == nil && wrong == nil && one.Scheme == other.Scheme && one.Host == other.Host
}

var errStale = fault.New(fault.Invalid, "Diese Anmeldung ist abgelaufen oder wurde schon benutzt. Melden Sie sich noch einmal an.")

// Callback takes the provider's answer and opens a session. A session that the browser had before ends.
func (p Pages) Callback(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	answer, err := readAnswer(r.URL.Query())
	if err != nil {
		return err
	}
	attempt, err := p.attempt(w, r, answer)
	if err != nil {
		return err
	}
	person, err := p.prove(r.Context(), answer, attempt)
	if err != nil {
		return unproven(err)
	}
	message := page.NoFlash
	if attempt.Next == link.Invited {
		if err := p.accept(w, r, person); err != nil {
			return err
		}
		attempt.Next, message = link.Home, page.Joined
	}
	session, err := p.people.SignIn(r.Context(), person)
	if err != nil {
		return err
	}
	if before, err := r.Cookie(CookieName(p.base)); err == nil {
		if _, err := p.people.SignOut(r.Context(), before.Value); err != nil {
			return err
		}
	}
	http.SetCookie(w, sessionCookie(p.base, session))
	return page.Redirect(w, r, attempt.Next, message)
}

// attempt finds the sign-in that this browser began and that the answer belongs to. It works once.
func (p Pages) attempt(w http.ResponseWriter, r *http.Request, a answer) (identity.Attempt, error) {
	cookie, err := r.Cookie(attemptName(p.base, a.state))
	if err != nil {
		return identity.Attempt{}, errStale
	}
	http.SetCookie(w, expired(attemptCookie(p.base, a.state, "")))
	found, err := p.people.TakeSignIn(r.Context(), cookie.Value)
	if fault.KindOf(err) == fault.NotFound || err == nil && subtle.ConstantTimeCompare([]byte(found.State), []byte(a.state)) != 1 {
		return identity.Attempt{}, errStale
	}
	return found, err
}

// prove turns an answer into a person.
func (p Pages) prove(ctx context.Context, a answer, attempt identity.Attempt) (identity.Person, error) {
	d, err := p.provider.discover(ctx)
	switch {
	case err != nil:
		return identity.Person{}, err
	case a.iss != p.provider.config.Issuer && (a.iss != "" || d.meta.SendsIss): // RFC 9207
		return identity.Person{}, fmt.Errorf("%w: iss of the answer", errUnproven)
	case a.failed:
		return identity.Person{}, fault.New(fault.Invalid, "Der Anmeldedienst hat die Anmeldung abgebrochen. Melden Sie sich noch einmal an.")
	}
	return p.provider.exchange(ctx, a.code, attempt)
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
		return p.leave(w, r, access.Actor{}, target)
	}
	return page.Redirect(w, r, link.SignedOut, page.NoFlash)
}

// Switch goes on under another membership of the person, with a new session.
func (p Pages) Switch(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "zugang")
	if err != nil {
		return err
	}
	membership, err := page.FormID(sent.Text("zugang"))
	if err != nil {
		return err
	}
	session, err := p.people.Switch(r.Context(), who, membership)
	if err != nil {
		return err
	}
	http.SetCookie(w, sessionCookie(p.base, session))
	return page.Redirect(w, r, link.Home, page.Switched)
}
