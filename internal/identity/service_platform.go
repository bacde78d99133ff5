package identity

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// Coordination is what the platform's administration sees of who coordinates a Land: those whose role it may end, without
// their addresses, and whom it has invited.
type Coordination struct {
	Land, Org   string
	Members     []OrgMember
	Invitations []Invitation
}

// Coordination returns who coordinates a Land; NotFound if there is none with that key.
func (s *Service) Coordination(ctx context.Context, who access.Actor, land string) (found Coordination, err error) {
	err = s.db.Read(ctx, who, access.PlatformInvite, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `SELECT land, org, members, invitations FROM ctx.coordination($1)`, land).
			Scan(&found.Land, &found.Org, &found.Members, &found.Invitations)
	})
	return found, err
}

// InviteCoordination offers the coordination of a Land to an address. Everybody who coordinates the Land hears of it by
// mail at once, and the Land's trail says who did it.
func (s *Service) InviteCoordination(ctx context.Context, who access.Actor, land string, n NewInvitation) error {
	n.Role = access.StateCoordinator
	if err := n.wrong([]access.Role{n.Role}); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.PlatformInvite, func(tx *postgres.Tx) error {
		news, err := coordinationNews(tx, "Der Plattformbetrieb hat jemanden in Ihre Landeskoordination eingeladen. Wenn Sie nichts davon wissen, fragen Sie dort nach, bevor die Person annimmt.")
		if err != nil {
			return err
		}
		result, err := inviteCoordination(ctx, tx, land, n, news)
		if err != nil {
			return err
		}
		switch result {
		case "missing":
			return fault.Missing()
		case "own":
			return fault.InField("email", "Sich selbst können Sie keine Rolle geben.")
		case "has":
			return fault.InField("email", "Wer diese Adresse hat, gehört schon zur Koordination dieses Landes.")
		case "repeated":
			return postgres.ErrRepeated
		}
		return audit.Record(ctx, tx, platformEntry(tx, n.ID, "platform.invited", land))
	})
}

// UninviteCoordination takes such an invitation back. Two who withdraw the same do it once; Conflict if it was taken
// meanwhile.
func (s *Service) UninviteCoordination(ctx context.Context, who access.Actor, land string, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.PlatformInvite, func(tx *postgres.Tx) error {
		var done bool
		if err := tx.QueryRow(ctx, `SELECT ctx.uninvite_coordination($1, $2, $3)`, land, id, tx.Now).Scan(&done); err != nil {
			return fmt.Errorf("withdraw invitation %s: %w", id, err)
		}
		if !done {
			return coordinationBefore(ctx, tx, land, id)
		}
		return audit.Record(ctx, tx, platformEntry(tx, id, "platform.uninvited", land))
	})
}

// EndCoordination takes the role from somebody who coordinates a Land. Conflict for the last one; the others hear of it. Two
// who end the same do it once.
func (s *Service) EndCoordination(ctx context.Context, who access.Actor, land string, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.PlatformInvite, func(tx *postgres.Tx) error {
		news, err := coordinationNews(tx, "Der Plattformbetrieb hat den Zugang einer Person Ihrer Landeskoordination beendet. Wenn Sie nichts davon wissen, fragen Sie dort nach.")
		if err != nil {
			return err
		}
		var result string
		if err := tx.QueryRow(ctx, `SELECT ctx.end_coordination($1, $2, $3, $4)`, land, id, tx.Now, []byte(news)).Scan(&result); err != nil {
			return fmt.Errorf("end membership %s: %w", id, err)
		}
		switch result {
		case "last":
			return errLast
		case "missing":
			return coordinationBefore(ctx, tx, land, id)
		}
		return audit.Record(ctx, tx, platformEntry(tx, id, "platform.ended", land))
	})
}

// coordinationBefore returns ErrRepeated for what somebody has withdrawn or ended, Conflict for an invitation that was taken,
// and NotFound for anything else.
func coordinationBefore(ctx context.Context, tx *postgres.Tx, land string, id uuid.UUID) error {
	var before string
	if err := tx.QueryRow(ctx, `SELECT ctx.coordination_before($1, $2)`, land, id).Scan(&before); err != nil {
		return fmt.Errorf("look what became of %s: %w", id, err)
	}
	switch before {
	case "withdrawn", "ended":
		return postgres.ErrRepeated
	case "accepted":
		return errAccepted
	}
	return fault.Missing()
}

// coordinationNews is what everybody hears who coordinates the Land. The function of the database adds where that is.
func coordinationNews(tx *postgres.Tx, text string) (json.RawMessage, error) {
	return notify.Encode(notify.Notice{Kind: notify.CoordinationChanged, Urgent: true, To: notify.To{}.In(access.StateCoordinator), Text: text}, tx.Now)
}

// platformEntry is the line in the trail of the platform; that of the Land is written where the invitation is.
func platformEntry(tx *postgres.Tx, id uuid.UUID, action, land string) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "invitation", Record: id, Title: "Land " + land, Visibility: audit.Private}
}

func inviteCoordination(ctx context.Context, tx *postgres.Tx, land string, n NewInvitation, news json.RawMessage) (result string, err error) {
	err = tx.QueryRow(ctx, `SELECT ctx.invite_coordination(@land, @id, @email, @now, @expires, @news)`, pgx.StrictNamedArgs{
		"land": land, "id": n.ID, "email": n.Email, "now": tx.Now, "expires": tx.Now.Add(invitationLives), "news": []byte(news),
	}).Scan(&result)
	if err != nil {
		return "", fmt.Errorf("invite a coordination of %s: %w", land, err)
	}
	return result, nil
}
