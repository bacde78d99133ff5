package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Settings is when somebody wants the day's mail and what they want by no mail.
type Settings struct {
	DigestHour int
	Muted      []Kind
}

// Hours are those that the day's mail may come at.
var Hours = []int{6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}

// mutable are the kinds that may be turned off, of those given.
func mutable(kinds []Kind) []string {
	found := []string{}
	for _, known := range Kinds {
		if !known.Required && slices.Contains(kinds, known.Kind) {
			found = append(found, string(known.Kind))
		}
	}
	return found
}

// Settings returns the acting person's own settings.
func (s *Service) Settings(ctx context.Context, who access.Actor) (Settings, error) {
	found := Settings{DigestHour: 8}
	err := s.db.Read(ctx, who, access.MailSettings, func(tx *postgres.Tx) error {
		err := tx.QueryRow(ctx, `
			SELECT digest_hour, muted
			FROM portal.mail_setting
			WHERE land_id = @land AND org_id = @org AND person_id = @person`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person}).Scan(&found.DigestHour, &found.Muted)
		if postgres.IsNoRow(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return Settings{}, fmt.Errorf("read mail settings: %w", err)
	}
	return found, nil
}

// Choose stores the acting person's own settings. Kinds that bind stay on, whatever is asked.
func (s *Service) Choose(ctx context.Context, who access.Actor, in Settings) error {
	if !slices.Contains(Hours, in.DigestHour) {
		return fault.InField("digest_hour", "Wählen Sie eine Uhrzeit aus der Liste.")
	}
	return s.db.Write(ctx, who, access.MailSettings, func(tx *postgres.Tx) error {
		audit.Personal(tx)
		_, err := tx.Exec(ctx, `
			INSERT INTO portal.mail_setting (land_id, org_id, person_id, digest_hour, muted)
			VALUES (@land, @org, @person, @hour, @muted)
			ON CONFLICT (land_id, org_id, person_id) DO UPDATE SET digest_hour = excluded.digest_hour, muted = excluded.muted`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "person": tx.Who.Person, "hour": in.DigestHour, "muted": mutable(in.Muted)})
		return err
	})
}

// Subscription is what the holder of a mail may turn off.
type Subscription struct {
	Product string
	Kinds   []Kind // of the mail, those that may be turned off
	Muted   []Kind // those of them that are off
}

// Subscription returns what a mail's link turns off; NotFound if there is no such mail (any more). Nobody is signed in.
func (s *Service) Subscription(ctx context.Context, token string) (sub Subscription, err error) {
	var kinds, muted []Kind
	err = s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT land, kinds, muted FROM ctx.mail_of_token($1)`, token).Scan(&sub.Product, &kinds, &muted)
	})
	if err != nil {
		return Subscription{}, err
	}
	for _, k := range kinds {
		if k.Required() {
			continue
		}
		sub.Kinds = append(sub.Kinds, k)
		if slices.Contains(muted, k) {
			sub.Muted = append(sub.Muted, k)
		}
	}
	return sub, nil
}

// Unsubscribe turns mails of some kinds off for whoever got the mail with the token; all that the mail was about, if
// kinds is empty. NotFound if there is no such mail (any more). Done again, it changes nothing.
func (s *Service) Unsubscribe(ctx context.Context, token string, kinds []Kind) error {
	sub, err := s.Subscription(ctx, token)
	if err != nil {
		return err
	}
	if len(kinds) == 0 {
		kinds = sub.Kinds
	}
	var done bool
	err = s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.unsubscribe($1, $2)`, token, mutable(kinds)).Scan(&done)
	})
	if err != nil {
		return fmt.Errorf("unsubscribe: %w", err)
	}
	if !done {
		return fault.Missing()
	}
	return nil
}

// Delivery is a mail as the Land sees it: to whom and how it went, not what it says.
type Delivery struct {
	ID       uuid.UUID
	Name     string
	Org      string
	Address  string
	State    string
	Error    string
	Attempts int
	MadeAt   time.Time
	TriedAt  *time.Time

	ReturnedAt *time.Time // when another server reported that it could not deliver it after all
}

// Refused reports whether the mail will never arrive.
func (d Delivery) Refused() bool { return d.State == refused }

// Failing reports whether the mail was tried in vain and will be tried again.
func (d Delivery) Failing() bool { return d.State == failing }

// Unknown reports whether the server said that nobody is reached at the address.
func (d Delivery) Unknown() bool {
	return d.Error == errAddress.Error() || strings.Contains(d.Error, "5.1.1") || strings.Contains(d.Error, "550")
}

// Deliveries is what the Land sees of the post of the last thirty days.
type Deliveries struct {
	Sent    int
	Waiting int
	Trouble []Delivery // refused or failing, the newest first; at most two hundred
	At      time.Time
}

// Deliveries returns how mails of the last thirty days went.
func (s *Service) Deliveries(ctx context.Context, who access.Actor) (found Deliveries, err error) {
	err = s.db.Read(ctx, who, access.MailView, func(tx *postgres.Tx) error {
		found, err = readDeliveries(ctx, tx)
		return err
	})
	return found, err
}

func readDeliveries(ctx context.Context, tx *postgres.Tx) (Deliveries, error) {
	found := Deliveries{At: tx.Now}
	args := pgx.StrictNamedArgs{"land": tx.Land(), "now": tx.Now}
	err := tx.QueryRow(ctx, `
		SELECT count(*) FILTER (WHERE state = 'sent'), count(*) FILTER (WHERE state = 'waiting')
		FROM portal.mail
		WHERE land_id = @land AND made_at > @now::timestamptz - interval '30 days'`, args).Scan(&found.Sent, &found.Waiting)
	if err != nil {
		return found, fmt.Errorf("count mails: %w", err)
	}
	rows, _ := tx.Query(ctx, `
		SELECT m.mail_id AS id, m.name, o.short AS org, m.address, m.state, m.error, m.attempts, m.made_at, m.tried_at, m.returned_at
		FROM portal.mail m
		JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
		WHERE m.land_id = @land AND m.state IN ('refused', 'failing') AND m.made_at > @now::timestamptz - interval '30 days'
		ORDER BY m.state DESC, m.made_at DESC, m.mail_id
		LIMIT 200`, args)
	found.Trouble, err = pgx.CollectRows(rows, pgx.RowToStructByName[Delivery])
	if err != nil {
		return found, fmt.Errorf("read mails in trouble: %w", err)
	}
	return found, nil
}
