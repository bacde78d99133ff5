package profile

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/fault"
)

// issued is a certificate and its key, made for a test.
func issued(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{
		SerialNumber: big.NewInt(4711), Subject: pkix.Name{CommonName: "GRP: Testbehörde 2026-OSCI", Organization: []string{"Musterstadt"}},
		NotBefore: time.Date(2024, 11, 30, 12, 0, 0, 0, time.UTC), NotAfter: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC),
	}
	certificate, err = x509.CreateCertificate(rand.Reader, plan, plan, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	if key, err = x509.MarshalPKCS8PrivateKey(private); err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

func armoured(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func TestCertificateFillsTheForm(t *testing.T) {
	t.Parallel()
	der, _ := issued(t)
	for name, content := range map[string][]byte{"PEM": armoured("CERTIFICATE", der), "DER": der} {
		got, err := ReadCertificate(content)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !strings.Contains(got[Subject], "GRP: Testbehörde 2026-OSCI") || got[ValidFrom] != "2024-11-30" || got[ValidTo] != "2026-11-30" || checkFingerprint(got[Fingerprint]) != "" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestKeysAreRefused(t *testing.T) {
	t.Parallel()
	der, key := issued(t)
	store, err := asn1.Marshal(struct {
		Version int
		Safe    asn1.RawValue
	}{3, asn1.RawValue{Class: 0, Tag: 16, IsCompound: true, Bytes: []byte{0x05, 0x00}}})
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}{pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}}, []byte("sealed")})
	if err != nil {
		t.Fatal(err)
	}
	both := append(armoured("CERTIFICATE", der), armoured("PRIVATE KEY", key)...)
	for name, content := range map[string]string{
		"PKCS#8": string(armoured("PRIVATE KEY", key)), "encrypted PKCS#8": string(armoured("ENCRYPTED PRIVATE KEY", sealed)),
		"PKCS#1": "-----BEGIN RSA PRIVATE KEY-----", "SSH": "-----BEGIN OPENSSH PRIVATE KEY-----", "PGP": "-----BEGIN PGP PRIVATE KEY BLOCK-----",
		"certificate and key": string(both), "DER key": string(key), "DER sealed key": string(sealed), "PKCS#12": string(store),
		"PKCS#12 of unknown length": "\x30\x80\x02\x01\x03\x30\x80", "Java key store": "\xfe\xed\xfe\xed\x00\x00",
		"base64 of PKCS#12": base64.StdEncoding.EncodeToString(store), "base64 of a key": base64.StdEncoding.EncodeToString(key),
	} {
		details, err := ReadCertificate([]byte(content))
		if fault.KindOf(err) != fault.Invalid || details != nil || strings.Contains(err.Error(), content) {
			t.Errorf("%s: %v, %v", name, details, err)
		}
	}
	for _, text := range []string{string(armoured("PRIVATE KEY", key)), base64.StdEncoding.EncodeToString(store), "Passwort: geheim", `{"kty":"EC","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`} {
		if !CarriesKey(text) {
			t.Errorf("%.40q passes as no key", text)
		}
	}
	for _, text := range []string{"IT-Abteilung, Raum 4", string(armoured("CERTIFICATE", der)), "CN=GRP: Testbehörde 2026-OSCI", "abcd", "Leitung Passwesen"} {
		if CarriesKey(text) {
			t.Errorf("%.40q passes as a key", text)
		}
	}
}

func TestWrongDetailsAreNamed(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	fine := Input{Kind: Certificate, Details: map[string]string{
		Purpose: ForOSCI, Subject: "CN=A", Issuer: "CN=B", Fingerprint: strings.Repeat("ab", 32), ValidFrom: "2024-11-30", ValidTo: "2026-11-30", Custodian: "IT",
	}}
	links := Input{Kind: Links, Details: map[string]string{"privacy": "https://stadt.example/datenschutz"}}
	for _, c := range []struct {
		name  string
		in    Input
		field string // "" if nothing is wrong
	}{
		{"a good certificate", fine, ""},
		{"an expired one", changed(fine, ValidTo, "2026-05-04"), ValidTo},
		{"one that ends before it begins", changed(fine, ValidFrom, "2027-01-01"), ValidTo},
		{"a day that does not exist", changed(fine, ValidTo, "2026-02-30"), ValidTo},
		{"a nonsense fingerprint", changed(fine, Fingerprint, "12:34:zz"), Fingerprint},
		{"a purpose of one's own", changed(fine, Purpose, "Allerlei"), Purpose},
		{"no custodian", changed(fine, Custodian, ""), Custodian},
		{"a key as custodian", changed(fine, Custodian, "-----BEGIN PRIVATE KEY-----"), Custodian},
		{"a long subject", changed(fine, Subject, strings.Repeat("x", 501)), Subject},
		{"good links", links, ""},
		{"a link without TLS", changed(links, "imprint", "http://stadt.example"), "imprint"},
		{"a link with a login", changed(links, "imprint", "https://a:b@stadt.example"), "imprint"},
		{"a script", changed(links, "imprint", "javascript:alert(1)"), "imprint"},
		{"no link at all", Input{Kind: Links, Details: map[string]string{}}, "privacy"},
		{"an address of a machine", Input{Kind: Mailbox, Details: map[string]string{Email: "a@[127.0.0.1]"}}, Email},
		{"an address that is none", Input{Kind: Mailbox, Details: map[string]string{Email: "Stadt <post@stadt.example>"}}, Email},
		{"a DMS beside none", Input{Kind: DMS, Details: map[string]string{Product: "Docuware\nkein DMS"}}, Product},
		{"a DMS that nobody knows", Input{Kind: DMS, Details: map[string]string{Product: "Ablage 2000"}}, Product},
		{"several DMS", Input{Kind: DMS, Details: map[string]string{Product: "Docuware\nEnaio (Optimal Systems)"}}, ""},
		{"a test tomorrow", Input{Kind: Payment, Details: map[string]string{Product: "ePayBL", TestedOn: "2026-05-05"}}, TestedOn},
		{"a Fachverfahren of no service", Input{Kind: Backend, Details: map[string]string{Product: "WoGeVa"}}, "service"},
		{"a DestinationID that is none", Input{Kind: Destination, Service: "wohngeld", Details: map[string]string{"destination": "123"}}, "destination"},
		{"a key of an office", Input{Kind: DVDV, Service: "wohngeld", Details: map[string]string{"category": "wgb", "key": "wgb160530000000"}}, ""},
		{"a key with spaces", Input{Kind: DVDV, Service: "wohngeld", Details: map[string]string{"category": "wgb", "key": "wgb 1605"}}, "key"},
	} {
		spec, _ := c.in.Kind.Spec()
		wrong := c.in.tidy(spec).wrong(spec, today)
		switch {
		case c.field == "" && len(wrong) > 0:
			t.Errorf("%s: %v", c.name, wrong)
		case c.field != "" && (len(wrong) != 1 || wrong[0].Name != c.field || wrong[0].Text == ""):
			t.Errorf("%s: %v, want a sentence for %s", c.name, wrong, c.field)
		}
	}
}

func changed(in Input, name, value string) Input {
	details := map[string]string{name: value}
	for k, v := range in.Details {
		if k != name {
			details[k] = v
		}
	}
	in.Details = details
	return in
}

func TestProductsHaveOneKey(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"WoGeVa", "wogeva 4.2", "WoGeVa GmbH, Version 5", "Wo-Ge-Va"},
		{"Enaio (Optimal Systems)", "enaio, Optimal Systems", "Enayo Optimal-Systems"},
		{"Regisafe der Firma Commundus", "regisafe comundus"},
		{"Führerschein-Profi", "Fuehrerschein Profi v3"},
	} {
		for _, name := range same {
			if got, want := ProductKey(name), ProductKey(same[0]); got != want || got == "" {
				t.Errorf("%q has the key %q, %q has %q", name, got, same[0], want)
			}
		}
	}
	if ProductKey("WoGeVa") == ProductKey("Mietzuschuss Pro") || ProductKey("4711") != "4711" || ProductKey(" - ") != "" {
		t.Error("different products have one key, or a number has none")
	}
}

func TestLastCertificateOfEachPurposeCounts(t *testing.T) {
	t.Parallel()
	cert := func(purpose, until string) Fact {
		return Fact{Kind: Certificate, Details: map[string]string{Purpose: purpose, ValidTo: until}}
	}
	for _, c := range []struct {
		name  string
		facts []Fact
		until string
	}{
		{"none", nil, ""},
		{"another purpose", []Fact{cert(ForOther, "2027-01-01")}, ""},
		{"one", []Fact{cert(ForOSCI, "2026-11-30")}, "2026-11-30"},
		{"renewed", []Fact{cert(ForOSCI, "2026-11-30"), cert(ForOSCI, "2028-11-30")}, "2028-11-30"},
		{"two purposes", []Fact{cert(ForOSCI, "2028-11-30"), cert(ForFITConnect, "2027-01-01")}, "2027-01-01"},
	} {
		_, until := provenCertificates(c.facts)
		got := ""
		if until != nil {
			got = until.Format(time.DateOnly)
		}
		if got != c.until {
			t.Errorf("%s: until %q, want %q", c.name, got, c.until)
		}
	}
}

func TestEveryKindIsListed(t *testing.T) {
	t.Parallel()
	for kind := range specs {
		found := false
		for _, k := range Kinds {
			found = found || k == kind
		}
		if !found {
			t.Errorf("%s is not listed among Kinds", kind)
		}
	}
	if len(Kinds) != len(specs) {
		t.Errorf("%d kinds are listed, %d are known", len(Kinds), len(specs))
	}
}
