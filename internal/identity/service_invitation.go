package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/jobs"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// Team returns the people of an organisation; NotFound if it is not the reader's own and the reader is not the Land.
func (s *Service) Team(ctx context.Context, who access.Actor, orgKey string) (found Team, err error) {
	err = s.db.Read(ctx, who, access.MemberList, func(tx *postgres.Tx) error {
		if found.Org, err = findTeam(ctx, tx, orgKey); err != nil {
			return err
		}
		if who.Can(access.MemberInvite) {
			found.Grantable = Grantable(who.Role, found.Org.Kind)
		}
		found.Members, found.Invitations, err = readTeam(ctx, tx, found.Org.ID, len(found.Grantable) > 0)
		return err
	})
	return found, err
}

// findTeam finds an organisation whose people the actor may know.
func findTeam(ctx context.Context, tx *postgres.Tx, key string) (organisation.Organisation, error) {
	if own := tx.Who.Org; key == own.Key {
		return organisation.Organisation{ID: own.ID, Kind: organisation.Kind(own.Kind), Key: own.Key, Name: own.Name, Short: own.Short}, nil
	}
	org, err := organisation.Find(ctx, tx, key)
	if err == nil && tx.Reach != access.WholeLand && org.ID != tx.Org() {
		return org, fault.Missing()
	}
	return org, err
}

// Invite offers a role to an address; the mail goes out by a job. Twice the same makes one.
func (s *Service) Invite(ctx context.Context, who access.Actor, orgKey string, n NewInvitation) error {
	return s.db.Write(ctx, who, access.MemberInvite, func(tx *postgres.Tx) error {
		org, err := findTeam(ctx, tx, orgKey)
		if err != nil {
			return err
		}
		if err := n.wrong(Grantable(who.Role, org.Kind)); err != nil {
			return err
		}
		if err := s.invitable(ctx, tx, org.ID, n); err != nil {
			return err
		}
		if err := insertInvitation(ctx, tx, org.ID, n); err != nil {
			return err
		}
		if err := jobs.Insert(ctx, tx, InviteJob{n.ID}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, invitationEntry(org.ID, n.ID, "member.invited", "", string(n.Role)))
	})
}

// invitable refuses an invitation of oneself, and of somebody who has the role.
func (s *Service) invitable(ctx context.Context, tx *postgres.Tx, org uuid.UUID, n NewInvitation) error {
	members, _, err := readTeam(ctx, tx, org, false)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Role == n.Role && strings.EqualFold(m.Email, n.Email) {
			return fault.InField("email", m.Name+" hat diese Rolle hier schon.")
		}
	}
	own, err := ownAddress(ctx, tx)
	if err == nil && own != "" && strings.EqualFold(own, n.Email) {
		return fault.InField("email", "Sich selbst können Sie keine Rolle geben.")
	}
	return err
}

// invitationEntry names no address: the trail outlives what is known of people.
func invitationEntry(org, id uuid.UUID, action, before, after string) audit.Entry {
	return audit.Entry{
		Org: org, Action: action, Kind: "invitation", Record: id, Title: "Einladung", Visibility: audit.Org, Changes: audit.Diff("Rolle", before, after),
	}
}

// Withdraw takes an open invitation back; its mail is worth nothing from now on. Two who withdraw the same do it once;
// Conflict if it was taken meanwhile.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, orgKey string, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.MemberInvite, func(tx *postgres.Tx) error {
		org, err := findTeam(ctx, tx, orgKey)
		if err != nil {
			return err
		}
		role, err := withdrawInvitation(ctx, tx, org.ID, id, Grantable(who.Role, org.Kind))
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, invitationEntry(org.ID, id, "member.uninvited", string(role), ""))
	})
}

// EndMembership takes a role from a person, who is out with the next click. Conflict for the last coordination. Two who
// end the same do it once.
func (s *Service) EndMembership(ctx context.Context, who access.Actor, orgKey string, id uuid.UUID) error {
	return s.db.Write(ctx, who, access.MemberChange, func(tx *postgres.Tx) error {
		org, err := findTeam(ctx, tx, orgKey)
		if err != nil {
			return err
		}
		if err := lockTeam(ctx, tx, org.ID); err != nil {
			return err
		}
		members, _, err := readTeam(ctx, tx, org.ID, false)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(members, func(m OrgMember) bool { return m.ID == id })
		if i < 0 {
			return endedBefore(ctx, tx, org.ID, id)
		}
		if !slices.Contains(Grantable(who.Role, org.Kind), members[i].Role) {
			return fault.New(fault.Forbidden, "Diese Rolle können Sie nicht vergeben und nicht entziehen.")
		}
		if err := endMembership(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: org.ID, Action: "member.ended", Kind: "membership", Record: id, Title: "Zugang", Visibility: audit.Org,
			Changes: audit.Diff("Rolle", string(members[i].Role), ""),
		})
	})
}

// Offer returns what an invitation offers; NotFound if it is not open.
func (s *Service) Offer(ctx context.Context, token string) (o Offer, err error) {
	err = s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT product, org, role, email, expires_at FROM ctx.invitation_of($1)`, []byte(Hash(token))).
			Scan(&o.Product, &o.Org, &o.Role, &o.Email, &o.ExpiresAt)
	})
	if fault.KindOf(err) == fault.NotFound {
		return o, errNoInvitation
	}
	return o, err
}

// Accept gives a person what they were invited to. The provider must vouch for the address that was invited.
func (s *Service) Accept(ctx context.Context, token string, p Person) error {
	if p.Unverified {
		return errOtherAddress
	}
	var result string
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.accept_invitation($1, $2, $3, $4, $5)`, []byte(Hash(token)), p.Issuer, p.Subject, p.Name, p.Email).Scan(&result)
	})
	if err != nil {
		return fmt.Errorf("accept an invitation: %w", err)
	}
	switch result {
	case "accepted":
		return nil
	case "address":
		return errOtherAddress
	case "own":
		return errOwn
	}
	return errNoInvitation
}
