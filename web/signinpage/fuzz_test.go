package signinpage

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzSignInLeadsOnlyIntoThePortal: browsers read addresses more generously than we do.
func FuzzSignInLeadsOnlyIntoThePortal(f *testing.F) {
	for _, seed := range []string{
		"", "/", "/leistungen?suche=a", "//boese.example", "/\\boese.example", "https://boese.example", "/\t/boese.example", "/%09/boese.example",
		"/..//boese.example", "/.//boese.example", "javascript:alert(1)", "/leistungen#x", "/%2f%2fboese.example", "/%5cboese.example", "///boese.example", "/\u2028/boese.example",
	} {
		f.Add(seed)
	}
	base, err := url.Parse("https://portal.example/login")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, wanted string) {
		got := safeNext(wanted)
		asBrowsersDo := strings.NewReplacer("\\", "/", "\t", "", "\r", "", "\n", "").Replace(got)
		target, err := base.Parse(asBrowsersDo)
		if err != nil || target.Scheme != "https" || target.Host != "portal.example" || target.User != nil || !strings.HasPrefix(asBrowsersDo, "/") || strings.HasPrefix(asBrowsersDo, "//") {
			t.Errorf("%q leads to %q, which is %v (%v)", wanted, got, target, err)
		}
	})
}

// FuzzAnswersOfTheProviderAreReadOrRefused: what is read is a state that this portal could have given out, and each parameter
// once; nothing longer or shorter becomes the name of a cookie.
func FuzzAnswersOfTheProviderAreReadOrRefused(f *testing.F) {
	state := strings.Repeat("A2", 26)
	for _, seed := range []string{"", "state=" + state + "&code=x", "state=" + state + "&state=" + state, "state=" + state[:51] + "%0a&code=x", "state=" + state + ";code=x", "state=" + state + "&error=access_denied", "state=%ff"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://portal.example")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		query, _ := url.ParseQuery(raw) // as a request reads it
		a, err := readAnswer(query)
		if err != nil {
			return
		}
		for name, values := range query {
			if len(values) != 1 {
				t.Errorf("%q: %s is taken %d times", raw, name, len(values))
			}
		}
		if got := attemptCookie(base, a.state, "x").String(); len(a.state) != 52 || got == "" || strings.ContainsAny(a.state, "\r\n; =") {
			t.Errorf("%q: the state %q makes the cookie %q", raw, a.state, got)
		}
	})
}
