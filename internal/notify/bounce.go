package notify

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/google/uuid"
)

// Bounce is what a mail server reports later about a mail that it took (RFC 3464).
type Bounce struct {
	Mail   uuid.UUID // its number: a mail's or an invitation's
	Failed bool      // given up; a report may also tell of a delay or of success
	Why    string    // in the words of the server
}

// ErrNoReport says that something is no delivery report on a mail of the portal.
var ErrNoReport = errors.New("no delivery report on a mail of the portal")

// maxReport is more than any server returns of mails as short as ours.
const maxReport = 1 << 20

// ReadBounce reads one message as a mail server hands it over; ErrNoReport for anything but a report that names a mail.
// Whoever got a mail knows its number and can forge a report on it, and on no other.
func ReadBounce(r io.Reader) (Bounce, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxReport+1))
	if err != nil {
		return Bounce{}, fmt.Errorf("read the report: %w", err)
	}
	if len(raw) > maxReport {
		return Bounce{}, fmt.Errorf("%w: longer than %d bytes", ErrNoReport, maxReport)
	}
	b, err := parseReport(raw)
	switch {
	case err != nil:
		return Bounce{}, fmt.Errorf("%w: %w", ErrNoReport, err)
	case b.Mail == uuid.Nil:
		return Bounce{}, fmt.Errorf("%w: it names none", ErrNoReport)
	}
	return b, nil
}

func parseReport(raw []byte) (b Bounce, err error) {
	message, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return b, err
	}
	kind, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return b, err
	}
	if kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return b, fmt.Errorf("content type %q", kind)
	}
	b.Mail = numberOfReturnPath(message.Header)
	parts := multipart.NewReader(message.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return b, err
		}
		if err := b.readPart(part); err != nil {
			return b, err
		}
	}
}

// readPart takes what a part says: the second how delivery went, the third about which mail. RFC 6533 calls both global.
func (b *Bounce) readPart(part *multipart.Part) error {
	kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		return nil // a part without a type is text for people
	}
	switch kind {
	case "message/delivery-status", "message/global-delivery-status":
		return b.readStatus(part)
	case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
		header, err := textproto.NewReader(bufio.NewReader(part)).ReadMIMEHeader()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if found := inMessageID.FindStringSubmatch(header.Get("Message-Id")); found != nil && b.Mail == uuid.Nil {
			b.Mail = uuid.MustParse(found[1])
		}
	}
	return nil
}

// readStatus reads groups of fields, first one about the report and then one for each recipient. Our mails have one.
func (b *Bounce) readStatus(r io.Reader) error {
	lines := textproto.NewReader(bufio.NewReader(r))
	for {
		group, err := lines.ReadMIMEHeader()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if action, _, _ := strings.Cut(group.Get("Action"), "("); strings.EqualFold(strings.TrimSpace(action), "failed") {
			b.Failed, b.Why = true, diagnosis(group)
		}
		if err != nil {
			return nil
		}
	}
}

// diagnosis is what the other server said, or else its status alone.
func diagnosis(group textproto.MIMEHeader) string {
	said := group.Get("Diagnostic-Code")
	if _, words, typed := strings.Cut(said, ";"); typed {
		said = words
	}
	if strings.TrimSpace(said) == "" {
		said = group.Get("Status")
	}
	return oneLine(strings.ReplaceAll(strings.ToValidUTF8(said, "?"), "\x00", "?"))
}

const number = `([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})`

var (
	inMessageID = regexp.MustCompile(`^\s*<` + number + `[.@]`)
	inAddress   = regexp.MustCompile(`\+` + number + `@`)
)

// numberOfReturnPath finds the number in the address that the report was sent to (see SMTP.Bounces), uuid.Nil without one.
func numberOfReturnPath(header netmail.Header) uuid.UUID {
	for _, name := range []string{"X-Original-To", "Delivered-To", "To"} {
		if found := inAddress.FindStringSubmatch(header.Get(name)); found != nil {
			return uuid.MustParse(found[1])
		}
	}
	return uuid.Nil
}

// returnPath puts the number of a mail into the address that reports about it go to.
func returnPath(address string, mail uuid.UUID) string {
	at := strings.LastIndexByte(address, '@')
	return address[:at] + "+" + mail.String() + address[at:]
}
