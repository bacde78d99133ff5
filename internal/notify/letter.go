package notify

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
)

// letter is a mail with what it says.
type letter struct {
	ID                        uuid.UUID
	Key, Name, Address, Token string
	MadeAt                    time.Time
	Tries                     int
	Lines                     []line
}

// line is a notice as a mail says it.
type line struct {
	Kind  Kind
	Text  string
	Path  string
	About string
	Role  access.Role
	Org   string
}

// Message is a mail as it goes out. The same letter makes the same message each time.
type Message struct {
	Number      uuid.UUID // what a delivery report finds the mail by
	ID          string    // Message-ID without brackets: begins with the number
	From        string    // the name beside the sender's address
	Name        string
	Address     string
	Subject     string
	Body        string
	Unsubscribe string // "" if everything in it has to be said
	Date        time.Time
}

func (l *letter) message(land access.Land, base *url.URL) Message {
	m := Message{
		Number: l.ID, ID: l.ID.String() + "@" + base.Hostname(), From: land.Product, Name: l.Name, Address: l.Address, Date: l.MadeAt,
		Subject: l.subject(land),
	}
	if l.optional() {
		m.Unsubscribe = absolute(base, AtUnsubscribe(l.Token))
	}
	m.Body = l.body(land, base, m.Unsubscribe)
	return m
}

// optional reports whether anything in the mail may be turned off.
func (l *letter) optional() bool {
	for _, n := range l.Lines {
		if !n.Kind.Required() {
			return true
		}
	}
	return false
}

func (l *letter) digest() bool { return strings.HasPrefix(l.Key, "digest:") }

func (l *letter) subject(land access.Land) string {
	switch {
	case len(l.Lines) > 1:
		return fmt.Sprintf("%s: %d Mitteilungen für Sie", land.Product, len(l.Lines))
	case l.digest():
		return land.Product + ": " + l.Lines[0].Kind.Label()
	}
	return "Bitte gleich ansehen: " + l.Lines[0].Kind.Label()
}

func (l *letter) body(land access.Land, base *url.URL, unsubscribe string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Guten Tag %s,\n\n%s\n", l.Name, l.intro())
	for i, n := range l.Lines {
		number := ""
		if len(l.Lines) > 1 {
			number = fmt.Sprintf("%d. ", i+1)
		}
		fmt.Fprintf(&b, "\n%s%s\n%s\nSie lesen das, %s.\n", number, n.Text, absolute(base, n.Path), Reason(n.Role, n.Org, n.About))
	}
	fmt.Fprintf(&b, "\nMit freundlichen Grüßen\n%s\n\n-- \nFragen beantwortet Ihnen die Landeskoordination: %s\nUhrzeit und Arten der Mails ändern: %s\n",
		land.Product, land.ContactEmail, absolute(base, AtSettings))
	if unsubscribe != "" {
		fmt.Fprintf(&b, "Solche Mails abbestellen, ohne Anmeldung: %s\n", unsubscribe)
	}
	return b.String()
}

func (l *letter) intro() string {
	switch {
	case !l.digest():
		return "ohne Sie geht es hier nicht weiter:"
	case len(l.Lines) == 1:
		return "seit der letzten Mail ist das für Sie passiert:"
	}
	return "seit der letzten Mail ist das für Sie passiert, das Älteste zuerst:"
}

func absolute(base *url.URL, path string) string {
	return strings.TrimSuffix(base.String(), "/") + path
}
