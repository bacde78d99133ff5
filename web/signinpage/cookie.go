package signinpage

import (
	"net/http"
	"net/url"
)

// CookieName is the name of the session cookie. Over https it carries the __Host- prefix, which no subdomain and no
// insecure page can overwrite.
func CookieName(base *url.URL) string { return prefix(base) + "portal" }

func attemptName(base *url.URL) string { return prefix(base) + "portal-anmeldung" }

func prefix(base *url.URL) string {
	if base.Scheme == "https" {
		return "__Host-"
	}
	return ""
}

func sessionCookie(base *url.URL, value string) *http.Cookie {
	return cookie(base, CookieName(base), value, 0)
}

func attemptCookie(base *url.URL, value string) *http.Cookie {
	return cookie(base, attemptName(base), value, 600)
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
