package notify

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"

	"rollinportal/internal/mailaddress"

	"github.com/wneessen/go-mail"
)

// SMTP is the mail server that takes our mails.
type SMTP struct {
	Host     string
	Port     int
	User     string // "" if the server wants no password
	Password string
	From     string // the address that sends
	Bounces  string // the address that delivery reports go to, with the mail's number after a plus; "" for From as it is
	TLS      TLS
}

// TLS is how the line to the mail server is protected.
type TLS string

// The ways.
const (
	StartTLS TLS = "starttls" // from the start of the talk, and never without
	Implicit TLS = "implicit" // from the first byte
	Plain    TLS = "none"     // only for a server on the same machine
)

// errAddress says that nobody can be reached at an address.
var errAddress = errors.New("keine gültige E-Mail-Adresse")

// Send hands a message to the server.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return fmt.Errorf("set up the mail client: %w", err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return nameless{err}
	}
	return nil
}

// nameless keeps addresses out of logs: servers quote whom they refuse.
type nameless struct{ error }

var address = regexp.MustCompile(`[^\s<>()",;:]+@[^\s<>()",;:]+`)

func (n nameless) Error() string { return address.ReplaceAllString(n.error.Error(), "(Adresse)") }

func (n nameless) Unwrap() error { return n.error }

// compose makes the headers. Names and subject are encoded by the library, and the address is parsed first: whatever
// people typed, it stays within its header.
func (s *SMTP) compose(m Message) (*mail.Msg, error) {
	wire := mailaddress.OnWire(m.Address)
	to, err := netmail.ParseAddress(wire)
	if err != nil || to.Address != wire {
		return nil, errAddress
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: inHeader(m.From), Address: s.From})
	if s.Bounces != "" {
		if err := msg.EnvelopeFrom(returnPath(s.Bounces, m.Number)); err != nil {
			return nil, fmt.Errorf("address reports to %s: %w", s.Bounces, err)
		}
	}
	msg.ToMailAddress(&netmail.Address{Name: inHeader(m.Name), Address: to.Address})
	msg.Subject(inHeader(m.Subject))
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office replies, please
	if m.Unsubscribe != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.Unsubscribe+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") // RFC 8058
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Body)
	return msg, nil
}

// inHeader is a name as every mail program reads it: one line of letters and signs. A backslash in an encoded name is no word
// of RFC 5322, and the whole address would be lost with it.
func inHeader(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '\\' {
			return '/'
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, oneLine(strings.ToValidUTF8(name, "")))
}

func (s *SMTP) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(15 * time.Second)}
	switch s.TLS {
	case Implicit:
		options = append(options, mail.WithSSL())
	case Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return mail.NewClient(s.Host, options...)
}

// Final reports whether trying again is of no use: the server refused this person or this mail for good. That it refuses
// us, as the sender or for a wrong password, is for the operator to mend, and the mail waits for that.
func Final(err error) bool {
	if errors.Is(err, errAddress) {
		return true
	}
	refusal, known := errors.AsType[*mail.SendError](err)
	return known && refusal.ErrorCode()/100 == 5 && (refusal.Reason == mail.ErrSMTPRcptTo || refusal.Reason == mail.ErrSMTPDataClose)
}
