package link_test

import (
	"net/url"
	"testing"

	"rollinportal/web/link"
)

// TestWithSaysWhatTheURLMeans: whatever stands in a value comes back out of the URL.
func TestWithSaysWhatTheURLMeans(t *testing.T) {
	t.Parallel()
	got := link.With("/suche", "q", "Straße & Wege=1+1?#", "art", "", "von", "2026-11-22", "a/b", " x")
	if wants := "/suche?a%2Fb=+x&q=Stra%C3%9Fe+%26+Wege%3D1%2B1%3F%23&von=2026-11-22"; got != wants {
		t.Errorf("got %s, not %s", got, wants)
	}
	u, err := url.Parse(got)
	if err != nil || u.Query().Get("q") != "Straße & Wege=1+1?#" || u.Query().Get("a/b") != " x" || u.Query().Has("art") {
		t.Errorf("%s reads as %v %v", got, u.Query(), err)
	}
	if got := link.With("/suche", "q", ""); got != "/suche" {
		t.Errorf("nothing asked: %s", got)
	}
}
