package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// Operator prepares Länder and people with the rights of the database's owner. It is not part of the running
// portal: portal demo, portal import and the tests use it.
type Operator struct{ url string }

// NewOperator returns an operator for the database at url, a role that may SET ROLE portal_owner.
func NewOperator(url string) *Operator { return &Operator{url} }

// Land is a tenant to set up, with the organisation that coordinates it (or operates the platform).
type Land struct {
	Key, Name, Product, Banner, ContactEmail string
	Official, Demo                           bool
	Coordination                             Org
}

// Org is the first organisation of a Land.
type Org struct{ Kind, Key, Name, Short string }

// Member is a person with a role in an organisation.
type Member struct{ OrgKey, Issuer, Subject, Name, Email, Role string }

var names = uuid.MustParse("6f1c4b0e-4a55-4c1c-9a1c-5b7a6a2f9d10")

// ID derives a stable id from a path of names, so that setting up twice finds what is there.
func ID(path ...string) uuid.UUID {
	id := names
	for _, p := range path {
		id = uuid.NewSHA1(id, []byte(p))
	}
	return id
}

// AddLand creates a Land and its first organisation, or refreshes their names.
func (o *Operator) AddLand(ctx context.Context, l Land) error {
	return o.asOwner(ctx, l.Key, func(tx pgx.Tx, land uuid.UUID) error {
		var added bool
		err := tx.QueryRow(ctx, `
			INSERT INTO portal.land (land_id, key, name, product, banner, official, demo, contact_email)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (land_id) DO UPDATE SET name = excluded.name, product = excluded.product, banner = excluded.banner,
				official = excluded.official, demo = excluded.demo, contact_email = excluded.contact_email
			RETURNING xmax = 0`,
			land, l.Key, l.Name, l.Product, l.Banner, l.Official, l.Demo, l.ContactEmail).Scan(&added)
		if err != nil {
			return fmt.Errorf("add Land %s: %w", l.Key, err)
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO portal.organisation (land_id, org_id, kind, key, name, short)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (land_id, key) DO NOTHING`,
			land, ID(l.Key, l.Coordination.Key), l.Coordination.Kind, l.Coordination.Key, l.Coordination.Name, l.Coordination.Short)
		if err != nil {
			return fmt.Errorf("add organisation %s: %w", l.Coordination.Key, err)
		}
		if !added {
			return nil
		}
		return noteLand(ctx, tx, land, ID(l.Key, l.Coordination.Key), l.Name)
	})
}

// noteLand begins the trail of a new Land. By its chain the platform's administration finds a Land in which nobody has a role
// yet, and invites who coordinates it.
func noteLand(ctx context.Context, tx pgx.Tx, land, org uuid.UUID, name string) error {
	_, err := tx.Exec(ctx, `SELECT set_config('app.org_id', $1, true), set_config('app.person_id', ctx.automatic()::text, true)`, org.String())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility, changes)
		VALUES ($1, $2, clock_timestamp(), ctx.automatic(), $2, 'land.add', 'land', $1, $3, 'org', '[]')`, land, org, name)
	if err != nil {
		return fmt.Errorf("note the new Land %s: %w", name, err)
	}
	return nil
}

// AddMembers gives people their roles; those who have them keep them. Everyone's organisation must exist.
func (o *Operator) AddMembers(ctx context.Context, landKey string, members []Member) error {
	return o.addMembers(ctx, landKey, members, nil)
}

// KeepMembers is AddMembers for people that may have been erased meanwhile: those stay erased.
func (o *Operator) KeepMembers(ctx context.Context, landKey string, members []Member) error {
	return o.addMembers(ctx, landKey, members, errErased)
}

// addMembers passes over those who are refused for the cause besides; nil: over nobody.
func (o *Operator) addMembers(ctx context.Context, landKey string, members []Member, besides error) error {
	return o.asOwner(ctx, landKey, func(tx pgx.Tx, land uuid.UUID) error {
		for _, m := range members {
			if err := addMember(ctx, tx, landKey, land, m); err != nil && !errors.Is(err, besides) {
				return fmt.Errorf("add %s: %w", m.Subject, err)
			}
		}
		return nil
	})
}

var errErased = errors.New("this person was erased: give the new access to a new subject")

func addMember(ctx context.Context, tx pgx.Tx, landKey string, land uuid.UUID, m Member) error {
	if err := fits(ctx, tx, land, m); err != nil {
		return err
	}
	person := ID(landKey, "person", m.Subject)
	known, err := tx.Exec(ctx, `
		INSERT INTO auth.person AS p (person_id, issuer, subject, name, email)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person_id) DO UPDATE SET issuer = excluded.issuer, name = excluded.name
		WHERE p.erased_at IS NULL`,
		person, m.Issuer, m.Subject, m.Name, m.Email)
	if err != nil {
		return err
	}
	if known.RowsAffected() == 0 {
		return errErased
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO auth.membership (membership_id, person_id, land_id, org_id, role)
		SELECT $1, $2, o.land_id, o.org_id, $3
		FROM portal.organisation o
		WHERE o.land_id = $4 AND o.key = $5
		ON CONFLICT (membership_id) DO UPDATE SET status = 'active'`,
		ID(landKey, "membership", m.Subject, m.OrgKey, m.Role), person, m.Role, land, m.OrgKey)
	return err
}

// fits refuses an organisation that does not exist, and a role that its people cannot have.
func fits(ctx context.Context, tx pgx.Tx, land uuid.UUID, m Member) error {
	var kind organisation.Kind
	err := tx.QueryRow(ctx, `SELECT kind FROM portal.organisation WHERE land_id = $1 AND key = $2`, land, m.OrgKey).Scan(&kind)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("organisation %s does not exist", m.OrgKey)
	case err != nil:
		return err
	case !slices.Contains(rolesOf[kind], access.Role(m.Role)):
		return fmt.Errorf("in %s (%s) nobody is %s; there may be %v", m.OrgKey, kind, m.Role, rolesOf[kind])
	}
	return nil
}

// asOwner runs fn as portal_owner with the context of a Land: forced row security binds the owner, too.
func (o *Operator) asOwner(ctx context.Context, landKey string, fn func(pgx.Tx, uuid.UUID) error) error {
	conn, err := pgx.Connect(ctx, o.url)
	if err != nil {
		return fmt.Errorf("connect as operator: %w", err)
	}
	defer conn.Close(ctx)
	land := ID(landKey)
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SET LOCAL ROLE portal_owner`)
		if err != nil {
			return fmt.Errorf("become portal_owner: %w", err)
		}
		_, err = tx.Exec(ctx, `SELECT set_config('app.land_id', $1, true), set_config('app.scope', 'land', true)`, land.String())
		if err != nil {
			return err
		}
		return fn(tx, land)
	})
}

// importIssuer is no address: no OpenID provider can vouch for somebody of this issuer.
const importIssuer = "portal:import"

// Importer signs in the technical person under whose name data come into a Land from files.
func (o *Operator) Importer(ctx context.Context, db *postgres.DB, landKey, orgKey string) (access.Actor, error) {
	err := o.AddMembers(ctx, landKey, []Member{{OrgKey: orgKey, Issuer: importIssuer, Subject: "import-" + landKey, Name: "Datenimport", Role: "LK"}})
	if err != nil {
		return access.Actor{}, err
	}
	people := NewService(db)
	token, err := people.SignIn(ctx, Person{Issuer: importIssuer, Subject: "import-" + landKey})
	if err != nil {
		return access.Actor{}, err
	}
	return people.Actor(ctx, token)
}
