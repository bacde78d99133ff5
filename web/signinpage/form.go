package signinpage

import (
	"net/url"
	"strings"

	"rollinportal/web/link"
)

// answer is what the provider sends the browser back with.
type answer struct {
	state, code, iss string
	failed           bool
}

// readAnswer reads the address of a callback. What comes twice is nothing that a provider sent.
func readAnswer(query url.Values) (answer, error) {
	for _, values := range query {
		if len(values) != 1 {
			return answer{}, errStale
		}
	}
	a := answer{state: query.Get("state"), code: query.Get("code"), iss: query.Get("iss"), failed: query.Has("error")}
	if len(a.state) != 52 || strings.Trim(a.state, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return answer{}, errStale
	}
	return a, nil
}

// longestNext is how long an address may be that a sign-in leads to: it is kept for whoever begins one.
const longestNext = 2000

// safeNext lets a sign-in lead only to pages of the portal itself.
func safeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || len(next) > longestNext || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.User != nil ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\x00\r\n\t") ||
		strings.HasPrefix(u.Path, link.SignIn) || strings.HasPrefix(u.Path, "//") {
		return link.Home
	}
	return u.RequestURI()
}
