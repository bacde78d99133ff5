package signinpage

import (
	"net/http"
	"net/url"
	"strings"
)

// CookieName is the name of the session cookie. Over https it carries the __Host- prefix, which no subdomain and no
// insecure page can overwrite.
func CookieName(base *url.URL) string { return prefix(base) + "portal" }

// attemptName is the name of the cookie of one sign-in. Each has its own, so that several tabs may sign in at once.
func attemptName(base *url.URL, state string) string { return attempts(base) + state[:8] }

func attempts(base *url.URL) string { return prefix(base) + "portal-anmeldung-" }

// mostAttempts is how many sign-ins of a browser may be under way; more are forgotten.
const mostAttempts = 8

func prefix(base *url.URL) string {
	if base.Scheme == "https" {
		return "__Host-"
	}
	return ""
}

// invitationCookie carries the token of an invitation through the sign-in that takes it.
func invitationCookie(base *url.URL, token string) *http.Cookie {
	return cookie(base, prefix(base)+"portal-einladung", token, int(longest.Seconds()))
}

func sessionCookie(base *url.URL, value string) *http.Cookie {
	return cookie(base, CookieName(base), value, 0)
}

func attemptCookie(base *url.URL, state, value string) *http.Cookie {
	return cookie(base, attemptName(base, state), value, int(longest.Seconds()))
}

// tidyAttempts keeps a browser from collecting cookies of sign-ins that it never finished.
func tidyAttempts(w http.ResponseWriter, r *http.Request, base *url.URL) {
	var old []*http.Cookie
	for _, c := range r.Cookies() {
		if strings.HasPrefix(c.Name, attempts(base)) {
			old = append(old, cookie(base, c.Name, "", 0))
		}
	}
	if len(old) < mostAttempts {
		return
	}
	for _, c := range old {
		http.SetCookie(w, expired(c))
	}
}

// cookie is sent with top-level navigation from the provider, hence Lax.
func cookie(base *url.URL, name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: base.Scheme == "https", SameSite: http.SameSiteLaxMode,
	}
}

func expired(c *http.Cookie) *http.Cookie {
	c.MaxAge = -1
	return c
}
