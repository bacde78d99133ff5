package profile

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"regexp"
	"strings"

	"rollinportal/internal/onboarding"
)

// keyMarks begin private keys in text form: PEM of every kind, OpenPGP, PuTTY, and a JWK with its private part.
var keyMarks = regexp.MustCompile(`(?i)BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File|"d"\s*:\s*"[A-Za-z0-9_-]{16,}`)

// CarriesKey reports whether a text holds a private key, a PKCS#12 file or a password, in whatever form people copy them.
func CarriesKey(text string) bool {
	if onboarding.CarriesSecret(text) || keyMarks.MatchString(text) {
		return true
	}
	bytes, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	return err == nil && isKey(bytes)
}

// isKey reports whether bytes are a private key or a store of keys.
func isKey(der []byte) bool {
	return isStore(der) || isPlainKey(der) || isEncryptedKey(der)
}

// isStore recognises PKCS#12 (a sequence that begins with version 3, its length definite or not) and Java's key store.
func isStore(der []byte) bool {
	var pfx struct {
		Version int
		Rest    asn1.RawValue
		Mac     asn1.RawValue `asn1:"optional"`
	}
	if _, err := asn1.Unmarshal(der, &pfx); err == nil && pfx.Version == 3 {
		return true
	}
	return strings.HasPrefix(string(der), "\x30\x80\x02\x01\x03") || strings.HasPrefix(string(der), "\xfe\xed\xfe\xed")
}

func isPlainKey(der []byte) bool {
	if _, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return true
	}
	if _, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return true
	}
	_, err := x509.ParseECPrivateKey(der)
	return err == nil
}

// isEncryptedKey recognises an encrypted PKCS#8 key: an algorithm and one string of bytes.
func isEncryptedKey(der []byte) bool {
	var sealed struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	rest, err := asn1.Unmarshal(der, &sealed)
	return err == nil && len(rest) == 0 && len(sealed.Data) > 0
}
