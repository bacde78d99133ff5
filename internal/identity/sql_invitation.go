package identity

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// readTeam returns the members of an organisation and, if wanted, its open invitations.
func readTeam(ctx context.Context, tx *postgres.Tx, org uuid.UUID, invited bool) ([]OrgMember, []Invitation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT membership_id, person_id, name, email, role, automatic
		FROM ctx.members($1)
		ORDER BY role DESC, name COLLATE "de-x-icu", membership_id
		LIMIT 1000`, org)
	members, err := pgx.CollectRows(rows, pgx.RowToStructByName[OrgMember])
	if err != nil || !invited {
		return members, nil, err
	}
	rows, _ = tx.Query(ctx, `
		SELECT invitation_id, email, role, expires_at, mail, expires_at <= @now AS expired
		FROM portal.invitation
		WHERE land_id = @land AND org_id = @org AND accepted_at IS NULL AND withdrawn_at IS NULL
		ORDER BY created_at DESC, invitation_id
		LIMIT 200`, pgx.StrictNamedArgs{"land": tx.Land(), "org": org, "now": tx.Now})
	open, err := pgx.CollectRows(rows, pgx.RowToStructByName[Invitation])
	if err != nil {
		return nil, nil, fmt.Errorf("list invitations: %w", err)
	}
	return members, open, nil
}

func ownAddress(ctx context.Context, tx *postgres.Tx) (email string, err error) {
	err = tx.QueryRow(ctx, `SELECT email FROM ctx.members($1) WHERE person_id = $2 LIMIT 1`, tx.Org(), tx.Who.Person).Scan(&email)
	return email, err
}

// insertInvitation puts an invitation in the place of an older one to the same address.
func insertInvitation(ctx context.Context, tx *postgres.Tx, org uuid.UUID, n NewInvitation) error {
	args := pgx.StrictNamedArgs{"land": tx.Land(), "org": org, "id": n.ID, "email": n.Email, "role": n.Role, "now": tx.Now}
	_, err := tx.Exec(ctx, `
		UPDATE portal.invitation SET withdrawn_at = @now, token_hash = NULL
		WHERE land_id = @land AND org_id = @org AND role = @role AND lower(email) = lower(@email) AND invitation_id <> @id
			AND accepted_at IS NULL AND withdrawn_at IS NULL`, args)
	if err != nil {
		return fmt.Errorf("replace an invitation: %w", err)
	}
	args["person"], args["expires"] = tx.Who.Person, tx.Now.Add(invitationLives)
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.invitation (land_id, org_id, invitation_id, email, role, invited_by, created_at, expires_at)
		VALUES (@land, @org, @id, @email, @role, @person, @now, @expires)
		ON CONFLICT (land_id, invitation_id) DO NOTHING`, args)
	if err != nil {
		return fmt.Errorf("insert an invitation: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return postgres.ErrRepeated
	}
	return nil
}

func withdrawInvitation(ctx context.Context, tx *postgres.Tx, org, id uuid.UUID, roles []access.Role) (role access.Role, err error) {
	err = tx.QueryRow(ctx, `
		UPDATE portal.invitation SET withdrawn_at = @now, token_hash = NULL
		WHERE land_id = @land AND org_id = @org AND invitation_id = @id AND role = ANY (@roles::text[]) AND accepted_at IS NULL AND withdrawn_at IS NULL
		RETURNING role`, pgx.StrictNamedArgs{"land": tx.Land(), "org": org, "id": id, "roles": roles, "now": tx.Now}).Scan(&role)
	if postgres.IsNoRow(err) {
		return "", closedBefore(ctx, tx, org, id, roles)
	}
	return role, err
}

var errAccepted = fault.New(fault.Conflict, "Diese Einladung ist inzwischen angenommen. Wer nicht mitarbeiten soll, dem entziehen Sie die Rolle in der Liste der Personen.")

// closedBefore returns ErrRepeated for an invitation that somebody withdrew, Conflict for one that was taken, and NotFound
// for any other.
func closedBefore(ctx context.Context, tx *postgres.Tx, org, id uuid.UUID, roles []access.Role) error {
	var accepted bool
	err := tx.QueryRow(ctx, `
		SELECT accepted_at IS NOT NULL FROM portal.invitation
		WHERE land_id = @land AND org_id = @org AND invitation_id = @id AND role = ANY (@roles::text[])`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": org, "id": id, "roles": roles}).Scan(&accepted)
	switch {
	case err != nil:
		return err
	case accepted:
		return errAccepted
	}
	return postgres.ErrRepeated
}

// lockTeam has others who end memberships of an organisation wait, so that each reads who is left. ctx.end_membership takes
// the same lock for the last coordination.
func lockTeam(ctx context.Context, tx *postgres.Tx, org uuid.UUID) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('members ' || @org::uuid, 0))`, pgx.StrictNamedArgs{"org": org})
	if err != nil {
		return fmt.Errorf("lock the team of %s: %w", org, err)
	}
	return nil
}

func endMembership(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	var result string
	if err := tx.QueryRow(ctx, `SELECT ctx.end_membership($1)`, id).Scan(&result); err != nil {
		return fmt.Errorf("end membership %s: %w", id, err)
	}
	switch result {
	case "ended":
		return nil
	case "last":
		return errLast
	}
	return fault.Missing()
}

// endedBefore returns ErrRepeated for a membership of the organisation that has ended, and NotFound for any other.
func endedBefore(ctx context.Context, tx *postgres.Tx, org, id uuid.UUID) error {
	var ended bool
	if err := tx.QueryRow(ctx, `SELECT ctx.ended_before($1, $2)`, org, id).Scan(&ended); err != nil {
		return fmt.Errorf("look whether membership %s has ended: %w", id, err)
	}
	if ended {
		return postgres.ErrRepeated
	}
	return fault.Missing()
}

// armInvitation gives an open invitation the token that its mail will carry; false if there is nothing to send.
func armInvitation(ctx context.Context, tx *postgres.Tx, id uuid.UUID, hash access.Token) (n Invitation, org string, open bool, err error) {
	err = tx.QueryRow(ctx, `
		UPDATE portal.invitation i SET token_hash = @hash
		FROM portal.organisation o
		WHERE i.land_id = @land AND i.invitation_id = @id AND i.mail = 'waiting' AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > @now
			AND o.land_id = @land AND o.org_id = i.org_id
		RETURNING i.invitation_id, i.email, i.role, i.expires_at, o.name`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "hash": []byte(hash), "now": tx.Now}).Scan(&n.ID, &n.Email, &n.Role, &n.ExpiresAt, &org)
	if postgres.IsNoRow(err) {
		return n, "", false, nil
	}
	return n, org, err == nil, err
}

// noteInvitation says how the mail went; false if it is known to have come back.
func noteInvitation(ctx context.Context, tx *postgres.Tx, id uuid.UUID, state string) (bool, error) {
	tag, err := tx.Exec(ctx, `UPDATE portal.invitation SET mail = @state WHERE land_id = @land AND invitation_id = @id AND mail <> 'refused'`,
		pgx.StrictNamedArgs{"land": tx.Land(), "id": id, "state": state})
	if err != nil {
		return false, fmt.Errorf("note that the mail of invitation %s is %s: %w", id, state, err)
	}
	return tag.RowsAffected() == 1, nil
}
