package notify

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/jobs"
	"rollinportal/internal/postgres"
)

// Post makes mails of notices and sends them. Workers do that; db is theirs.
type Post struct {
	db   *postgres.DB
	smtp *SMTP
	base *url.URL
}

// NewPost returns a post that sends through a mail server; links in mails begin with base. Without a server, no notice
// gets a mail.
func NewPost(db *postgres.DB, smtp *SMTP, base *url.URL) *Post { return &Post{db, smtp, base} }

// CollectJob asks to look for pending notices at once. The database inserts it with urgent ones.
type CollectJob struct{}

// Kind names the job.
func (CollectJob) Kind() string { return "notify.collect" }

// SendJob asks to send a mail.
type SendJob struct {
	Mail uuid.UUID `json:"mail"`
}

// Kind names the job.
func (SendJob) Kind() string { return "notify.send" }

// Enlist teaches a crew the post: it looks for pending notices every few minutes, and at once for urgent ones.
func (p *Post) Enlist(crew *jobs.Crew) {
	jobs.Handle(crew, func(ctx context.Context, who access.Actor, _ CollectJob) error { return p.Collect(ctx, who) })
	jobs.Handle(crew, func(ctx context.Context, who access.Actor, job SendJob) error { return p.Send(ctx, who, job.Mail) })
	crew.Every(5*time.Minute, "notify.collect", p.Collect)
	crew.Daily("notify.purge", p.Purge)
}

// Collect makes the mails that are due in a Land and orders their sending, in one transaction. One collector works at a
// time; a second run finds nothing left.
func (p *Post) Collect(ctx context.Context, who access.Actor) error {
	return p.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		found, err := lockPending(ctx, tx)
		if err != nil {
			return err
		}
		drafts, none := plan(found, tx.Now)
		if p.smtp == nil {
			drafts = nil // they wait for a server, and go stale
		}
		if err := dropPending(ctx, tx, none); err != nil {
			return err
		}
		return insertMails(ctx, tx, drafts)
	})
}

// patience is how long a mail is tried: as long as mail servers do, and longer than any row of holidays.
const patience = 5 * 24 * time.Hour

// pauses are those between tries; the last one repeats. So mails flow within minutes of a server's return, however long
// it was away.
var pauses = []time.Duration{time.Minute, 3 * time.Minute, 10 * time.Minute}

// TryLater is the error of a mail that the server did not take, after so many tries before.
func TryLater(before int, why error) error {
	return jobs.Later(pauses[min(before, len(pauses)-1)], why)
}

// Send sends a mail, unless that is done. It returns an error if it is to be tried again. Between the server's yes and
// our note of it a crash may fall; then the mail goes out again under the same Message-ID.
func (p *Post) Send(ctx context.Context, who access.Actor, id uuid.UUID) error {
	if p.smtp == nil {
		return errNoServer
	}
	var l *letter
	err := p.db.Read(ctx, who, access.MailDeliver, func(tx *postgres.Tx) (err error) {
		l, err = readLetter(ctx, tx, id)
		return err
	})
	if err != nil || l == nil {
		return err
	}
	sendErr := p.smtp.Send(ctx, l.message(who.Land, p.base))
	var state string
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = p.db.Write(noting, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		state = outcome(sendErr, tx.Now.Sub(l.MadeAt))
		return noteOutcome(noting, tx, id, state, sendErr)
	})
	if err == nil && state == failing {
		err = TryLater(l.Tries, fmt.Errorf("send mail %s: %w", id, sendErr))
	}
	return err
}

var errNoServer = errors.New("no mail server is configured (SMTP_ADDR)")

// The states of a mail.
const (
	waiting = "waiting"
	failing = "failing"
	sent    = "sent"
	refused = "refused"
)

func outcome(err error, age time.Duration) string {
	switch {
	case err == nil:
		return sent
	case Final(err) || age > patience:
		return refused
	}
	return failing
}

// Purge removes notices after a year and mails after ninety days; by then their links for unsubscribing end, too.
func (p *Post) Purge(ctx context.Context, who access.Actor) error {
	return p.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		return purge(ctx, tx)
	})
}

// newToken returns a secret for the link that ends mails.
func newToken() string { return rand.Text() }
