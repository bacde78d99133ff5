package mailaddress_test

import (
	"net/mail"
	"strings"
	"testing"

	"rollinportal/internal/mailaddress"
)

func TestMailboxesOfAdministrationsAreTaken(t *testing.T) {
	t.Parallel()
	for address, wire := range map[string]string{
		"poststelle@erfurt.de":                     "poststelle@erfurt.de",
		"Vorname.Nachname@TMDI.Thueringen.de":      "Vorname.Nachname@TMDI.Thueringen.de",
		"ozg+rollin@stadt.example":                 "ozg+rollin@stadt.example",
		"sean.o'neil@landkreis-altenburger.land":   "sean.o'neil@landkreis-altenburger.land",
		"buergerbuero_2@stadt-köln.de":             "buergerbuero_2@xn--stadt-kln-67a.de",
		"info@xn--stadt-kln-67a.de":                "info@xn--stadt-kln-67a.de",
		"amt@1und1.de":                             "amt@1und1.de",
		strings.Repeat("n", 64) + "@stadt.example": strings.Repeat("n", 64) + "@stadt.example",
	} {
		if !mailaddress.Valid(address) {
			t.Errorf("%q is refused", address)
		}
		if got := mailaddress.OnWire(address); got != wire {
			t.Errorf("%q goes out to %q, want %q", address, got, wire)
		}
		if parsed, err := mail.ParseAddress(wire); err != nil || parsed.Address != wire {
			t.Errorf("mail servers read %q as %v, %v", wire, parsed, err)
		}
	}
}

func TestWhatNoMailReachesIsRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "a", "@", "a@", "@stadt.de", "stadt.de", "a@stadt", "a@localhost", "a@mail.localhost", "a@stadt.local", "a@stadt.invalid",
		"a@[127.0.0.1]", "a@[IPv6:::1]", "a@127.0.0.1", "a@10.1", "a@1", "a@stadt.1", "a@stadt.d",
		"a@stadt.de.", "a@.stadt.de", "a@stadt..de", "a@-stadt.de", "a@stadt-.de", "a@sta_dt.de", "a@stadt.de/x", "a@stadt.de:25", "a@xn--a.de", "a@xn--.de",
		"a@sta\u200bdt.de", "a@sta\u00addt.de", "a@stadt\u3002de", "a@" + strings.Repeat("a", 64) + ".de", "a@" + strings.Repeat("abc.", 63) + "de",
		"a b@stadt.de", ` a@stadt.de`, "a@stadt.de ", "a@stadt.de\n", "a@stadt.de\r\nBcc:b@stadt.de", "a@stadt.de,b@stadt.de", "a@b@stadt.de",
		`"a b"@stadt.de`, `"a"@stadt.de`, "a(b)@stadt.de", "<a@stadt.de>", "Stadt <a@stadt.de>", ".a@stadt.de", "a.@stadt.de", "a..b@stadt.de",
		"a%b.de@stadt.de", "a!b@stadt.de", "=?utf-8?q?a?=@stadt.de", "jürgen@stadt.de", "a\u202eb@stadt.de", strings.Repeat("n", 65) + "@stadt.de",
	} {
		if mailaddress.Valid(address) {
			t.Errorf("%q is taken", address)
		}
	}
}
