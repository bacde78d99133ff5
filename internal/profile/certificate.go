package profile

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"time"

	"rollinportal/internal/fault"
)

// MaxCertificate is how large a certificate may be that is read, in bytes: a chain of several fits.
const MaxCertificate = 64 << 10

// ReadCertificate returns the details that a public certificate states about itself, from PEM or DER. Of a chain it
// takes the first. Anything with a private key is refused; none of it is kept.
func ReadCertificate(content []byte) (map[string]string, error) {
	text := strings.TrimSpace(string(content))
	switch {
	case text == "":
		return nil, unreadable("Fügen Sie das Zertifikat ein, oder wählen Sie seine Datei.")
	case len(content) > MaxCertificate:
		return nil, unreadable("Das ist zu groß für ein Zertifikat. Gebraucht wird nur der öffentliche Teil, eine Datei mit der Endung .pem, .crt oder .cer.")
	case CarriesKey(text) || isKey(content):
		return nil, unreadable("Das ist ein privater Schlüssel oder ein Schlüsselspeicher (PKCS#12). Er gehört nicht in das Portal und ist nicht gespeichert. Gebraucht wird nur das öffentliche Zertifikat, eine Datei mit der Endung .pem, .crt oder .cer.")
	}
	der := content
	if block, _ := pem.Decode([]byte(text + "\n")); block != nil {
		der = block.Bytes
	}
	found, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, unreadable("Das ist kein Zertifikat, das sich lesen lässt. Es beginnt mit „-----BEGIN CERTIFICATE-----“. Sie können die Angaben auch von Hand eintragen.")
	}
	sum := sha256.Sum256(found.Raw)
	return map[string]string{
		Subject: found.Subject.String(), Issuer: found.Issuer.String(), Fingerprint: colons(strings.ToUpper(hex.EncodeToString(sum[:]))),
		ValidFrom: found.NotBefore.UTC().Format(time.DateOnly), ValidTo: found.NotAfter.UTC().Format(time.DateOnly),
	}, nil
}

func unreadable(text string) error {
	return fault.InField("pem", text)
}
