package devstack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Mailbox is a mail server on loopback that keeps what it receives in memory. Like real stores it keeps one mail for each
// Message-ID and recipient. Recipients under .invalid, where nobody can be (RFC 2606), are refused; mails to those under
// .test are taken and come back as a delivery report (see ReturnTo).
type Mailbox struct {
	server   *smtp.Server
	listener net.Listener

	mu    sync.Mutex
	mails []Mail
	seen  map[string]int // how often each Message-ID arrived for a recipient
	hear  func(report []byte)
}

// Mail is a mail that arrived.
type Mail struct {
	To, Subject, Body string
	Header            mail.Header
	At                time.Time
}

// kept is how many mails a mailbox keeps; older ones go.
const kept = 5000

// StartMailbox listens at addr, "127.0.0.1:0" for any free port.
func StartMailbox(addr string) (*Mailbox, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for mails: %w", err)
	}
	m := &Mailbox{listener: listener, seen: map[string]int{}}
	m.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: m}, nil }))
	m.server.Domain = "localhost"
	m.server.MaxMessageBytes = 1 << 20
	m.server.ReadTimeout, m.server.WriteTimeout = 10*time.Second, 10*time.Second
	go func() { _ = m.server.Serve(listener) }()
	return m, nil
}

// Addr is where the mailbox listens.
func (m *Mailbox) Addr() string { return m.listener.Addr().String() }

// Port is the port of that.
func (m *Mailbox) Port() int {
	return m.listener.Addr().(*net.TCPAddr).Port
}

// Stop closes the mailbox; what it kept can still be read.
func (m *Mailbox) Stop() error {
	err := m.listener.Close() // the server may not have begun to serve; then it does not know its listener
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	if closing := m.server.Close(); closing != nil && !errors.Is(closing, smtp.ErrServerClosed) && !errors.Is(closing, net.ErrClosed) {
		err = errors.Join(err, closing)
	}
	return err
}

// ReturnTo says who hears of mails that come back: hear gets each report, as a pipe would.
func (m *Mailbox) ReturnTo(hear func(report []byte)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hear = hear
}

// giveBack reports that a mail which was taken did not arrive.
func (m *Mailbox) giveBack(sender, to string, raw []byte) {
	m.mu.Lock()
	hear := m.hear
	m.mu.Unlock()
	if hear == nil || !strings.HasSuffix(strings.ToLower(to), ".test") {
		return
	}
	header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	go hear(fmt.Appendf(nil, reportForm, sender, to, to, header))
}

// reportForm is a delivery report (RFC 3464).
const reportForm = "From: MAILER-DAEMON@localhost\r\nTo: %s\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/report; report-type=delivery-status; boundary=returned\r\n\r\n" +
	"--returned\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\r\n" +
	"--returned\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; localhost\r\n\r\n" +
	"Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <%s>: no such person\r\n\r\n" +
	"--returned\r\nContent-Type: text/rfc822-headers\r\n\r\n%s\r\n\r\n--returned--\r\n"

// Mails returns what was kept, the newest first.
func (m *Mailbox) Mails() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := slices.Clone(m.mails)
	slices.Reverse(found)
	return found
}

// Arrivals counts everything that arrived, also what was kept already.
func (m *Mailbox) Arrivals() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, times := range m.seen {
		n += times
	}
	return n
}

func (m *Mailbox) keep(to string, parsed Mail) {
	m.mu.Lock()
	defer m.mu.Unlock()
	parsed.To = to
	id := parsed.Header.Get("Message-Id") + " " + to
	m.seen[id]++
	if m.seen[id] > 1 {
		return
	}
	if m.mails = append(m.mails, parsed); len(m.mails) > kept {
		m.mails = m.mails[len(m.mails)-kept:]
	}
}

// delivery is one talk with a client.
type delivery struct {
	box  *Mailbox
	from string
	to   []string
}

func (d *delivery) Reset()        { d.from, d.to = "", nil }
func (d *delivery) Logout() error { return nil }

func (d *delivery) Mail(from string, _ *smtp.MailOptions) error {
	d.from = from
	return nil
}

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasSuffix(strings.ToLower(to), ".invalid") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	d.to = append(d.to, to)
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	parsed, err := parseMail(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "no readable mail"}
	}
	for _, to := range d.to {
		d.box.keep(to, parsed)
		d.box.giveBack(d.from, to, raw)
	}
	return nil
}

func parseMail(raw []byte) (Mail, error) {
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		return Mail{}, err
	}
	body := message.Body
	if strings.EqualFold(message.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return Mail{}, err
	}
	return Mail{Subject: subject, Body: strings.ReplaceAll(string(text), "\r\n", "\n"), Header: message.Header, At: time.Now()}, nil
}
