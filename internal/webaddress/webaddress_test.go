package webaddress_test

import (
	"strings"
	"testing"

	"rollinportal/internal/webaddress"
)

func TestALinkLeadsToAPageAndCarriesNoPassword(t *testing.T) {
	t.Parallel()
	long := "https://akte.example/" + strings.Repeat("a", 500)
	for link, want := range map[string]struct{ wrong, openly string }{
		"https://akte.example/52-2027":     {"", ""},
		"HTTPS://akte.example":             {"", ""},
		"http://akte.intern/52":            {"", "https://"},
		"akte.example/52":                  {"https://", "https://"},
		"https://":                         {"https://", "https://"},
		"javascript:alert(1)":              {"https://", "https://"},
		"https://a b":                      {"https://", "https://"},
		"https://name:geheim@akte.example": {"Zugangsdaten", "Zugangsdaten"},
		"https://name@akte.example":        {"Zugangsdaten", "Zugangsdaten"},
		long[:500]:                         {"", ""},
		long[:501]:                         {"zu lang", "zu lang"},
	} {
		for what, c := range map[string]struct{ got, want string }{"Wrong": {webaddress.Wrong(link), want.wrong}, "WrongOpenly": {webaddress.WrongOpenly(link), want.openly}} {
			if (c.got == "") != (c.want == "") || !strings.Contains(c.got, c.want) {
				t.Errorf("%s(%q) is %q, want %q in it", what, link, c.got, c.want)
			}
		}
		if webaddress.Valid(link) != (want.wrong == "") {
			t.Errorf("Valid(%q) is %v", link, webaddress.Valid(link))
		}
	}
}
