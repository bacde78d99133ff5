// Package mailaddress judges what people type as a mail address, once for every form.
//
// It takes what mailboxes of administrations are called, and that is less than RFC 5322 allows: a plain name at the domain of
// an organisation. Quotes, address literals (a@[127.0.0.1]), bare numbers and hosts without a domain are mistakes or
// tricks. Domains may have umlauts, names of mailboxes not: hardly a mail server takes those (RFC 6531).
package mailaddress

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

var (
	mailbox = regexp.MustCompile(`^[A-Za-z0-9_'&+~=-]+(\.[A-Za-z0-9_'&+~=-]+)*$`)
	typed   = regexp.MustCompile(`^[\p{L}\p{M}\p{N}.-]+$`)
	top     = regexp.MustCompile(`^([a-z]{2,}|xn--[a-z0-9-]+)$`)
	names   = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
	nowhere = []string{"invalid", "local", "localhost"} // RFC 6761, 6762
)

// Valid reports whether a mail to this address could arrive at an organisation.
func Valid(address string) bool {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at > 64 || !mailbox.MatchString(address[:at]) || !typed.MatchString(address[at+1:]) {
		return false
	}
	wire := OnWire(address)
	if wire == "" || len(wire) > 254 {
		return false
	}
	labels := strings.Split(strings.ToLower(wire[at+1:]), ".")
	last := labels[len(labels)-1]
	return len(labels) > 1 && top.MatchString(last) && !slices.Contains(nowhere, last)
}

// OnWire is the address as mail servers pass it on, with the umlauts of its domain encoded; "" if there is no such domain.
func OnWire(address string) string {
	at := strings.LastIndexByte(address, '@')
	domain, err := names.ToASCII(address[at+1:])
	switch {
	case err != nil:
		return ""
	case strings.EqualFold(domain, address[at+1:]):
		return address
	}
	return address[:at+1] + domain
}
