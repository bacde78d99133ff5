package main

import (
	"fmt"
	"net"
	"net/mail"
	"strconv"

	"rollinportal/internal/notify"
)

// mailAccess is how workers reach the mail server. Without an address there are no mails, only the portal's own inbox.
type mailAccess struct {
	SMTPAddr     string `env:"SMTP_ADDR" help:"Mail server as host:port. Without it the portal tells people only in its inbox."`
	SMTPTLS      string `name:"smtp-tls" env:"SMTP_TLS" default:"starttls" enum:"starttls,implicit,none" help:"How the line to the mail server is protected: starttls, implicit or none, which is for the same machine only."`
	SMTPUser     string `env:"SMTP_USER" with:"SMTP_PASSWORD" help:"User at the mail server, if it asks for one."`
	SMTPPassword string `env:"SMTP_PASSWORD" secret:"" with:"SMTP_USER" help:"Password at the mail server."`
	SMTPFrom     string `env:"SMTP_FROM" with:"SMTP_ADDR" help:"Address that sends the mails."`
	SMTPBounces  string `env:"SMTP_BOUNCES" help:"Address that mail servers report undeliverable mails to, for portal bounce. The mail's number is put after a plus. Unset: SMTP_FROM."`
}

// server returns the mail server, nil if none is configured.
func (c mailAccess) server() (*notify.SMTP, error) {
	if c.SMTPAddr == "" {
		return nil, nil
	}
	host, port, err := net.SplitHostPort(c.SMTPAddr)
	if err != nil {
		return nil, fmt.Errorf("SMTP_ADDR %q is no address like mail.example.org:587", c.SMTPAddr)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("SMTP_ADDR %q has no port in digits", c.SMTPAddr)
	}
	if c.SMTPTLS == string(notify.Plain) && !isLocal(host) {
		return nil, fmt.Errorf("SMTP_TLS is none, and SMTP_ADDR %q is another machine: mails and password could be read on the line", c.SMTPAddr)
	}
	from, err := mail.ParseAddress(c.SMTPFrom)
	if err != nil {
		return nil, fmt.Errorf("SMTP_FROM %q is no mail address", c.SMTPFrom)
	}
	server := &notify.SMTP{Host: host, Port: number, User: c.SMTPUser, Password: c.SMTPPassword, From: from.Address, TLS: notify.TLS(c.SMTPTLS)}
	if c.SMTPBounces == "" {
		return server, nil
	}
	bounces, err := mail.ParseAddress(c.SMTPBounces)
	if err != nil {
		return nil, fmt.Errorf("SMTP_BOUNCES %q is no mail address", c.SMTPBounces)
	}
	server.Bounces = bounces.Address
	return server, nil
}
