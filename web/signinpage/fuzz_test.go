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
