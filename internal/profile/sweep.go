package profile

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Sweep does what time does to profiles: on the day on which a certificate ends, its step is work again, and its body
// hears of it then and four weeks before. It runs once a day; a second run changes and tells nothing.
func (s *Service) Sweep(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		if _, err := onboarding.Settle(ctx, tx); err != nil {
			return err
		}
		ending, err := listEnding(ctx, tx)
		if err != nil {
			return err
		}
		if len(ending) == 0 {
			return postgres.ErrRepeated
		}
		notices := make([]notify.Notice, len(ending))
		for i, e := range ending {
			notices[i] = e.notice(tx.Today())
		}
		if err := notify.Tell(ctx, tx, notices...); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "profile.sweep", Kind: "profile", Record: tx.Org(), Title: "Profile", Visibility: audit.Private,
			Changes: audit.Diff("Nachweise, die ablaufen oder abgelaufen sind", "", fmt.Sprint(len(ending))),
		})
	})
}

// grace is for how many days a notice is made up for, when nobody swept on its day.
const grace = 3

// ending is a proof of a body that ends soon, or has ended.
type ending struct {
	OrgID   uuid.UUID
	BodyKey string
	Key     string
	What    string
	On      time.Time
}

// notice tells the body once that the end is near, and once that it has come.
func (e ending) notice(today time.Time) notify.Notice {
	n := notify.Notice{
		Kind: notify.CertificateExpiring, To: notify.Orgs(e.OrgID).In(access.BodyCoordinator, access.BodyEditor), Path: notify.AtProfile(e.BodyKey),
		Text: e.What + " läuft ab am " + workday.Written(e.On) + ". Erneuern Sie es rechtzeitig, und tragen Sie es ins Profil ein.",
		Key:  "profile/" + e.OrgID.String() + "/" + e.Key + "/" + e.On.Format(time.DateOnly) + "/soon",
	}
	if !e.On.After(today) {
		n.Text = e.What + " ist am " + workday.Written(e.On) + " abgelaufen. Die Aufgabe ist wieder offen, in allen Leistungen, die darauf beruhen."
		n.Key = "profile/" + e.OrgID.String() + "/" + e.Key + "/" + e.On.Format(time.DateOnly) + "/over"
	}
	return n
}

// listEnding returns what ends four weeks from now, or has ended, on this day or in the days before.
func listEnding(ctx context.Context, tx *postgres.Tx) ([]ending, error) {
	rows, _ := tx.Query(ctx, `
		SELECT p.org_id, b.key AS body_key, p.key, p.what, p.valid_until AS "on"
		FROM portal.basis_proof p
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = p.org_id
		WHERE p.land_id = @land AND (p.valid_until BETWEEN @today::date - @grace::int AND @today::date
			OR p.valid_until BETWEEN @notice::date - @grace::int AND @notice::date)
		ORDER BY p.valid_until, p.org_id, p.key
		LIMIT 5000`, pgx.StrictNamedArgs{
		"land": tx.Land(), "today": tx.Today(), "notice": onboarding.Notice(tx.Today()), "grace": grace,
	})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[ending])
	if err != nil {
		return nil, fmt.Errorf("list proofs that end: %w", err)
	}
	return found, nil
}
