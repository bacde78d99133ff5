package notify

import (
	"bytes"
	"errors"
	netmail "net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
)

// FuzzANoticeIsOneLine: what people typed becomes neither a header nor a line of its own in a mail.
func FuzzANoticeIsOneLine(f *testing.F) {
	for _, seed := range []string{"", "Frist läuft ab", "a\r\nBcc: x@boese.example", "a\u2028b\u0085c", strings.Repeat("ä ", maxText), "\xff\r\n\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := oneLine(typed)
		if strings.ContainsAny(got, "\r\n\v\f\u0085\u2028\u2029") || utf8.RuneCountInString(got) > maxText {
			t.Errorf("%q becomes %q", typed, got)
		}
	})
}

// FuzzAMailKeepsItsHeaders: whatever a person, a Land or a notice is called, it adds no header and no recipient, and the text
// of the mail begins where it should.
func FuzzAMailKeepsItsHeaders(f *testing.F) {
	for _, seed := range []string{"Erika Muster", "a\r\nBcc: x@boese.example", "\r\n\r\n<script>", "=?utf-8?q?a=0d=0aBcc:_x?=", "\x00\x1b[2J", "\"a\" <b@boese.example>,", "\xff"} {
		f.Add(seed, seed, seed)
	}
	server := &SMTP{Host: "127.0.0.1", Port: 25, From: "portal@land.example"}
	known := map[string]bool{"Auto-Submitted": true, "Content-Transfer-Encoding": true, "Content-Type": true, "Date": true, "From": true, "Message-Id": true, "Mime-Version": true, "Subject": true, "To": true}
	f.Fuzz(func(t *testing.T, name, subject, body string) {
		msg, err := server.compose(Message{Number: uuid.Nil, ID: "1@portal.example", From: name, Name: name, Address: "erika@stadt.example", Subject: subject, Body: body})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		var raw bytes.Buffer
		if _, err := msg.WriteTo(&raw); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		read, err := netmail.ReadMessage(&raw)
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		for header, values := range read.Header {
			if !known[header] || len(values) != 1 {
				t.Errorf("%q: the header %s is there %d times", name+subject, header, len(values))
			}
		}
		if to, err := read.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "erika@stadt.example" {
			t.Errorf("%q goes to %v (%v)", name, to, err)
		}
	})
}

// TestMailsGoToMailboxesOfDomains: umlauts of a domain are encoded, as not every server takes them; a machine is no domain.
func TestMailsGoToMailboxesOfDomains(t *testing.T) {
	t.Parallel()
	server := &SMTP{Host: "127.0.0.1", Port: 25, From: "portal@land.example"}
	for address, want := range map[string]string{
		"ozg@stadt-köln.example": "ozg@xn--stadt-kln-67a.example", "ozg@intern": "ozg@intern",
		"a@[127.0.0.1]": "", "Erika <a@b.example>": "", "a@b.example, c@d.example": "", "": "",
	} {
		msg, err := server.compose(Message{Address: address})
		if want == "" {
			if !errors.Is(err, errAddress) {
				t.Errorf("%q: %v, want that nobody is there", address, err)
			}
			continue
		}
		if err != nil || msg.GetToString()[0] != "<"+want+">" {
			t.Errorf("%q goes to %v, %v", address, msg.GetToString(), err)
		}
	}
}

// FuzzReportsAreReadOrRefused: mail servers write these, and anybody who got a mail.
func FuzzReportsAreReadOrRefused(f *testing.F) {
	const report = "Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n" +
		"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <7d0f3f8e-3d5f-4a6e-9d0f-3f8e3d5f4a6e@portal.example>\r\n\r\n--x--\r\n"
	for _, seed := range []string{"", report, strings.ReplaceAll(report, "failed", "delayed"), "Content-Type: multipart/report\r\n\r\n", "a: b\r\n\r\n" + strings.Repeat("--x\r\n", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		b, err := ReadBounce(strings.NewReader(raw))
		if err != nil && !errors.Is(err, ErrNoReport) || err == nil && b.Mail == uuid.Nil {
			t.Errorf("%q: %v, %v", raw, b, err)
		}
	})
}
