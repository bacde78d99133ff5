package signinpage

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"rollinportal/web/link"
)

func TestASignInLeadsBackToWherePeopleWanted(t *testing.T) {
	t.Parallel()
	full := "/" + strings.Repeat("x", longestNext-1)
	for wanted, want := range map[string]string{
		full: full, full + "x": link.Home,
		"/leistungen?suche=a%20b": "/leistungen?suche=a%20b", "/": "/", "/kommunen/16051": "/kommunen/16051", "/huerden/4#x": "/huerden/4",
		"": link.Home, "leistungen": link.Home, "https://boese.example/": link.Home, "//boese.example": link.Home, "///boese.example": link.Home, "/\\boese.example": link.Home,
		"mailto:anna@boese.example": link.Home, "/a\nb": link.Home, "/%zz": link.Home, "//anna@": link.Home, link.SignIn: link.Home, link.SignIn + "?weiter=/": link.Home,
	} {
		if got := safeNext(wanted); got != want {
			t.Errorf("%q leads to %q, want %q", wanted, got, want)
		}
	}
}

func TestAnAnswerCarriesAStateAsWeGiveThemOut(t *testing.T) {
	t.Parallel()
	state := strings.Repeat("A2", 26)
	for raw, fits := range map[string]bool{
		"state=" + state + "&code=x&iss=i": true, "state=" + state + "&error=x": true, "code=x": false, "state=" + state + "A&code=x": false, "state=" + state[1:] + "&code=x": false,
		"state=" + strings.ToLower(state) + "&code=x": false, "state=" + state + "&code=x&code=y": false,
	} {
		query, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := readAnswer(query); (err == nil) != fits || fits && (a.state != state || a.failed != query.Has("error")) {
			t.Errorf("%s: %+v, %v", raw, a, err)
		}
	}
}

// TestCookiesAreGuardedOverHTTPS: a portal on a developer's machine has no https, and its cookies no guard.
func TestCookiesAreGuardedOverHTTPS(t *testing.T) {
	t.Parallel()
	for base, guarded := range map[string]bool{"https://portal.example": true, "http://127.0.0.1:8080": false} {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []*http.Cookie{sessionCookie(u, "x"), invitationCookie(u, "x"), attemptCookie(u, strings.Repeat("A", 52), "x")} {
			if c.Secure != guarded || strings.HasPrefix(c.Name, "__Host-") != guarded || !c.HttpOnly || c.Path != "/" || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("%s: %s", base, c)
			}
		}
		if c := attemptCookie(u, strings.Repeat("A", 52), "x"); c.MaxAge != 600 {
			t.Errorf("a sign-in may take %d seconds", c.MaxAge)
		}
	}
}

func TestEightSignInsMayBeUnderWay(t *testing.T) {
	t.Parallel()
	base := &url.URL{Scheme: "https", Host: "portal.example"}
	for open, ended := range map[int]int{0: 0, 7: 0, 8: 8, 9: 9} {
		r, w := httptest.NewRequest(http.MethodGet, "/login", nil), httptest.NewRecorder()
		r.AddCookie(sessionCookie(base, "x"))
		for i := range open {
			r.AddCookie(&http.Cookie{Name: attempts(base) + strconv.Itoa(i), Value: "x"})
		}
		tidyAttempts(w, r, base)
		said := w.Result().Cookies()
		for _, c := range said {
			if c.MaxAge >= 0 || c.Name == CookieName(base) {
				t.Errorf("%d open: %s is not forgotten", open, c)
			}
		}
		if len(said) != ended {
			t.Errorf("%d open: %d were forgotten, want %d", open, len(said), ended)
		}
	}
}

func TestOnlyTheIssuersOriginNeedsNoPageOfOurs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://idp.example/a", "https://idp.example/b", true},
		{"http://idp.example", "https://idp.example", false},
		{"https://idp.example:8443", "https://idp.example", false},
		{"https://a.example", "https://b.example", false},
		{"://", "://", false},
		{"https://a.example", "://", false},
		{"://", "https://a.example", false},
	} {
		if got := sameOrigin(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: %t", c.a, c.b, got)
		}
	}
}
