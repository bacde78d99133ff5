package privacy

import (
	"context"
	"fmt"
	"net/mail"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// EraseJob asks to erase the person of an approved request.
type EraseJob struct {
	Erasure uuid.UUID `json:"erasure"`
}

// Kind names the job.
func (EraseJob) Kind() string { return "privacy.erase" }

// Eraser does what two have decided. Workers do that; db is theirs.
type Eraser struct {
	db   *postgres.DB
	smtp *notify.SMTP
	host string
}

// NewEraser returns an eraser whose mails come from a portal on host; without a mail server nobody is told.
func NewEraser(db *postgres.DB, smtp *notify.SMTP, host string) *Eraser {
	return &Eraser{db, smtp, host}
}

// Enlist teaches a crew to erase.
func (e *Eraser) Enlist(crew *jobs.Crew) {
	jobs.Handle(crew, func(ctx context.Context, who access.Actor, job EraseJob) error { return e.Erase(ctx, who, job.Erasure) })
}

// patience is how long erasing waits for a mail server that is away: the person shall hear of it, but their right does not
// wait for long.
const patience = 24 * time.Hour

// Erase tells a person that their data go, and lets them go. A second run finds nothing to do; a crash between the two
// tells the same under the same Message-ID.
func (e *Eraser) Erase(ctx context.Context, who access.Actor, id uuid.UUID) error {
	var to addressee
	var open bool
	var now time.Time
	err := e.db.Read(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) (err error) {
		to, open, err = addressFor(ctx, tx, id)
		now = tx.Now
		return err
	})
	if err != nil || !open {
		return err
	}
	told, err := e.tell(ctx, who, id, to)
	if err != nil && !notify.Final(err) && now.Sub(to.DecidedAt) < patience {
		return notify.TryLater(1, fmt.Errorf("tell of erasure %s: %w", id, err))
	}
	return e.db.Write(ctx, who, access.PrivacyErase, func(tx *postgres.Tx) error {
		org, done, err := erase(ctx, tx, id)
		if err != nil {
			return err
		}
		if !done {
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, erasureEntry(org, id, "erasure.done", audit.Diff("Benachrichtigung der Person", "", told)))
	})
}

// tell mails the person, and says in a word how that went.
func (e *Eraser) tell(ctx context.Context, who access.Actor, id uuid.UUID, to addressee) (string, error) {
	if _, err := mail.ParseAddress(to.Email); e.smtp == nil || err != nil {
		return "nicht möglich", nil
	}
	if err := e.smtp.Send(ctx, e.message(who.Land, id, to)); err != nil {
		return "nicht zustellbar", err
	}
	return "per E-Mail", nil
}

func (e *Eraser) message(land access.Land, id uuid.UUID, to addressee) notify.Message {
	return notify.Message{
		Number: id, ID: id.String() + "@" + e.host, From: land.Product, Name: to.Name, Address: to.Email, Date: to.DecidedAt,
		Subject: land.Product + ": Ihre Daten werden gelöscht",
		Body: "Guten Tag,\n\nIhre Daten im " + land.Product + " werden jetzt gelöscht: Ihr Name, Ihre Adresse, Ihr Zugang, " +
			"Ihre Mitteilungen und Ihre Einstellungen. Zwei Stellen haben das beantragt und freigegeben.\n\n" +
			"Was Sie dienstlich entschieden haben, bleibt in den Akten. Dort steht statt Ihres Namens „Sachbearbeitung“ und Ihre Stelle.\n\n" +
			"Haben Sie Fragen, oder sind Sie nicht einverstanden? Wenden Sie sich an die Landeskoordination: " + land.ContactEmail + "\n\n" +
			"Mit freundlichen Grüßen\n" + land.Product + "\n",
	}
}
