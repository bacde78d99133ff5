package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service signs people in and out and says who they are.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// NewToken returns a secret for a cookie: 52 letters with at least 256 random bits, as crypto/rand gives them.
func NewToken() string { return rand.Text() + rand.Text() }

// Hash is what the database keeps of a token.
func Hash(token string) access.Token {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// actorRow mirrors the database type ctx.actor.
type actorRow struct {
	MembershipID, PersonID, LandID, OrgID uuid.UUID
	PersonName, Role, LandKey             string
	OrgKey, OrgKind, OrgName, OrgShort    string
	Product, Banner, ContactEmail         string
	Official, Demo                        bool
	Unread, FreshDays                     int
}

// Actor returns who is behind a session token; a SignedOut fault if nobody is (any more).
func (s *Service) Actor(ctx context.Context, token string) (access.Actor, error) {
	hash := Hash(token)
	var row actorRow
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		rows, _ := q.Query(ctx, `
			SELECT membership_id, person_id, person_name, role, land_id, land_key, org_id, org_key, org_kind,
				org_name, org_short, product, banner, official, demo, contact_email, unread, fresh_days
			FROM ctx.session($1)`, []byte(hash))
		var err error
		row, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[actorRow])
		return err
	})
	if fault.KindOf(err) == fault.NotFound {
		return access.Actor{}, fault.New(fault.SignedOut, "Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.")
	}
	if err != nil {
		return access.Actor{}, fmt.Errorf("read the session: %w", err)
	}
	return row.actor(hash), nil
}

func (r actorRow) actor(token access.Token) access.Actor {
	return access.Actor{
		Token: token, Membership: r.MembershipID, Person: r.PersonID, Name: r.PersonName, Role: access.Role(r.Role),
		Land: access.Land{ID: r.LandID, Key: r.LandKey, Product: r.Product, Banner: r.Banner, Official: r.Official, Demo: r.Demo, ContactEmail: r.ContactEmail, FreshDays: r.FreshDays},
		Org:  access.Org{ID: r.OrgID, Key: r.OrgKey, Kind: r.OrgKind, Name: r.OrgName, Short: r.OrgShort}, Unread: r.Unread,
	}
}

// Attempt is a sign-in on its way to the provider and back.
type Attempt struct{ State, Nonce, Verifier, Next string }

// BeginSignIn remembers an attempt for the browser that holds the token.
func (s *Service) BeginSignIn(ctx context.Context, token string, a Attempt) error {
	return s.db.Anonymous(ctx, func(q postgres.Querier) error {
		_, err := q.Exec(ctx, `SELECT ctx.begin_sign_in($1, $2, $3, $4, $5)`, []byte(Hash(token)), a.State, a.Nonce, a.Verifier, a.Next)
		return err
	})
}

// TakeSignIn returns the attempt of a browser, once; NotFound if there is none or it is older than ten minutes.
func (s *Service) TakeSignIn(ctx context.Context, token string) (Attempt, error) {
	var a Attempt
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT state, nonce, verifier, next FROM ctx.take_sign_in($1)`, []byte(Hash(token))).
			Scan(&a.State, &a.Nonce, &a.Verifier, &a.Next)
	})
	return a, err
}

// Person is whom the provider vouched for.
type Person struct {
	Issuer, Subject, Name, Email, IDToken string
	Session                               string    // the provider's own session (sid), if it says so
	IssuedAt                              time.Time // when the provider vouched
	Claims                                []byte    // everything it said, as JSON
	Unverified                            bool      // the provider says that it did not check the address
}

var (
	errUnknown = fault.New(fault.Forbidden, "Ihr Konto ist angemeldet, gehört aber zu keiner Organisation im Portal. Bitten Sie Ihre OZG-Landeskoordination um Freischaltung.")
	errEnded   = fault.New(fault.SignedOut, "Der Anmeldedienst hat Ihre Sitzung schon wieder beendet. Melden Sie sich noch einmal an.")
)

// SignIn opens a session and returns its token; Forbidden if the person has no active membership, SignedOut if the
// provider has ended meanwhile what it vouched for.
func (s *Service) SignIn(ctx context.Context, p Person) (string, error) {
	token := NewToken()
	claims := p.Claims
	if claims == nil {
		claims = []byte("{}")
	}
	var result string
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.open_session($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			p.Issuer, p.Subject, p.Name, p.Email, []byte(Hash(token)), p.IDToken, p.Session, p.IssuedAt, claims).Scan(&result)
	})
	if err != nil {
		return "", fmt.Errorf("open a session: %w", err)
	}
	switch result {
	case "open":
		return token, nil
	case "ended":
		return "", errEnded
	}
	return "", errUnknown
}

// SignOut ends a session for good and returns its id token; the provider wants it as a hint. It is "" if the
// session had ended before.
func (s *Service) SignOut(ctx context.Context, token string) (string, error) {
	var hint *string
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.sign_out($1)`, []byte(Hash(token))).Scan(&hint)
	})
	if err != nil || hint == nil {
		return "", err
	}
	return *hint, nil
}

// Logout is what the provider tells of a session that ended there.
type Logout struct {
	Issuer, ID       string
	Session, Subject string // one of them may be ""
	IssuedAt         time.Time
}

// EndSessions ends the sessions that a logout of the provider is about, and those of sign-ins still on their way.
// Conflict if the same logout was told before.
func (s *Service) EndSessions(ctx context.Context, l Logout) error {
	var first bool
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.end_sessions($1, $2, $3, $4, $5)`, l.Issuer, l.ID, l.Session, l.Subject, l.IssuedAt).Scan(&first)
	})
	if err != nil {
		return fmt.Errorf("end sessions for the provider: %w", err)
	}
	if !first {
		return fault.New(fault.Conflict, "Diese Abmeldung ist schon verarbeitet.")
	}
	return nil
}
