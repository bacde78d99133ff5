package identity

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
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// InviteJob asks to mail an invitation.
type InviteJob struct {
	Invitation uuid.UUID `json:"invitation"`
}

// Kind names the job.
func (InviteJob) Kind() string { return "identity.invite" }

// Inviter mails invitations. Workers do that; db is theirs.
type Inviter struct {
	db   *postgres.DB
	smtp *notify.SMTP
	base *url.URL
}

// NewInviter returns an inviter whose mails lead to base.
func NewInviter(db *postgres.DB, smtp *notify.SMTP, base *url.URL) *Inviter {
	return &Inviter{db, smtp, base}
}

// Enlist teaches a crew to mail invitations.
func (i *Inviter) Enlist(crew *jobs.Crew) {
	jobs.Handle(crew, func(ctx context.Context, who access.Actor, job InviteJob) error {
		return i.Send(ctx, who, job.Invitation)
	})
}

var errNoServer = errors.New("no mail server is configured (SMTP_ADDR)")

// Send mails an invitation that is still open. The token is made here and stands nowhere but in the mail; a second try
// makes a new one, and what an earlier mail may have carried is worth nothing.
func (i *Inviter) Send(ctx context.Context, who access.Actor, id uuid.UUID) error {
	if i.smtp == nil {
		return errNoServer
	}
	token := NewToken()
	var n Invitation
	var org string
	var open bool
	err := i.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) (err error) {
		audit.Personal(tx)
		n, org, open, err = armInvitation(ctx, tx, id, Hash(token))
		return err
	})
	if err != nil || !open {
		return err
	}
	sendErr := i.smtp.Send(ctx, i.message(who.Land, n, org, token))
	state := "sent"
	switch {
	case notify.Final(sendErr):
		state = "refused"
	case sendErr != nil:
		return notify.TryLater(1, fmt.Errorf("send invitation %s: %w", id, sendErr))
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return i.db.Write(noting, who, access.MailDeliver, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		_, err := noteInvitation(noting, tx, id, state)
		return err
	})
}

func (i *Inviter) message(land access.Land, n Invitation, org, token string) notify.Message {
	until := n.ExpiresAt.In(workday.Berlin).Format("02.01.2006 um 15:04 Uhr")
	return notify.Message{
		Number: n.ID, ID: n.ID.String() + "." + rand.Text() + "@" + i.base.Hostname(), // anew each time: stores keep one of an ID
		From: land.Product, Address: n.Email, Date: n.ExpiresAt.Add(-invitationLives),
		Subject: land.Product + ": Einladung zur Mitarbeit für " + org,
		Body: "Guten Tag,\n\nSie sind eingeladen, im " + land.Product + " für " + org + " mitzuarbeiten.\n\n" +
			"Nehmen Sie die Einladung hier an. Sie melden sich dabei mit dem Konto Ihrer Verwaltung an:\n" +
			i.base.JoinPath("/einladung", token).String() + "\n\n" +
			"Die Einladung gilt einmal, nur für " + n.Email + ", und bis zum " + until + ".\n" +
			"Haben Sie nicht damit gerechnet? Dann müssen Sie nichts tun.\n\n" +
			"Mit freundlichen Grüßen\n" + land.Product + "\n\n-- \nFragen beantwortet Ihnen die Landeskoordination: " + land.ContactEmail + "\n",
	}
}
