package benchdata

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/identity"
	"rollinportal/internal/organisation"
)

// Load fills the migrated database at ownerURL, whose role is a superuser: row security would refuse COPY. It takes
// foreign keys on trust, as a restored backup does; a test has them checked.
func Load(ctx context.Context, ownerURL string, s Set, now time.Time) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("connect as owner: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SET session_replication_role = replica`); err != nil {
		return fmt.Errorf("leave foreign keys unchecked: %w", err)
	}
	operator := identity.NewOperator(ownerURL)
	for n, l := range s.Lands {
		if err := operator.AddLand(ctx, tenant(n)); err != nil {
			return err
		}
		t := &tables{tx: conn, size: l, n: n, land: identity.ID(LandKey(n)), now: now, today: day(now)}
		if err := t.fill(ctx); err != nil {
			return fmt.Errorf("fill %s: %w", LandKey(n), err)
		}
		if err := operator.AddMembers(ctx, LandKey(n), people(n)); err != nil {
			return err
		}
	}
	if _, err := conn.Exec(ctx, `VACUUM ANALYZE`); err != nil {
		return err
	}
	return noteBlocked(ctx, conn, day(now))
}

// noteBlocked writes down what the triggers would have, had they not been left out.
func noteBlocked(ctx context.Context, conn *pgx.Conn, today time.Time) error {
	_, err := conn.Exec(ctx, `
		INSERT INTO portal.blocked_history (land_id, org_id, onboarding_id, service_id, blocked, known_on)
		SELECT DISTINCT o.land_id, o.org_id, o.onboarding_id, o.service_id, true, $1::date
		FROM portal.blocked_onboarding k
		JOIN portal.onboarding o ON o.land_id = k.land_id AND o.org_id = k.org_id AND o.onboarding_id = k.onboarding_id`, today)
	if err != nil {
		return fmt.Errorf("note what is blocked: %w", err)
	}
	_, err = conn.Exec(ctx, `
		INSERT INTO portal.obstacle_history (land_id, org_id, obstacle_id, open, known_on)
		SELECT o.land_id, o.org_id, o.obstacle_id, portal.obstacle_open(o), o.reported_at::date
		FROM portal.obstacle o`)
	if err != nil {
		return fmt.Errorf("note which obstacles are open: %w", err)
	}
	return nil
}

func tenant(n int) identity.Land {
	return identity.Land{
		Key: LandKey(n), Name: fmt.Sprintf("Land %02d", n), Product: "Roll-in-Portal", Banner: "Messdaten", Demo: true, ContactEmail: "messung@land.example",
		Coordination: identity.Org{Kind: string(organisation.StateCoordination), Key: "LK", Name: "Landeskoordination", Short: "LK"},
	}
}

func people(n int) []identity.Member {
	return []identity.Member{
		{OrgKey: "LK", Issuer: Issuer, Subject: Coordinator(n), Name: "Koordination " + LandKey(n), Role: "LK"},
		{OrgKey: BodyKey(0), Issuer: Issuer, Subject: BodyCoordinator(n), Name: "Einheit " + LandKey(n), Role: "KK"},
	}
}
