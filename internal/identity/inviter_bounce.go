package identity

import (
	"context"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Returned notes that an invitation's mail came back, so that those who invited see it; false if it is no invitation or
// that is known. Told again, it changes nothing.
func (i *Inviter) Returned(ctx context.Context, b notify.Bounce) (noted bool, err error) {
	who, known, err := notify.Sender(ctx, i.db, b.Mail)
	if err != nil || !known {
		return false, err
	}
	err = i.db.Write(ctx, who, access.MailDeliver, func(tx *postgres.Tx) (err error) {
		audit.Personal(tx)
		noted, err = noteInvitation(ctx, tx, b.Mail, "refused")
		return err
	})
	return noted, err
}
