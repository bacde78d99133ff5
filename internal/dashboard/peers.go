package dashboard

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// Peers are the bodies that use the reader's Fachverfahren for a service and are further with it.
type Peers struct {
	Product string // what the reader's profile calls its Fachverfahren; "" if it names none
	Found   []Peer // those that are furthest first
}

// Peer is how far another body is. Its steps stay its own.
type Peer struct {
	BodyKey, BodyName string
	State             onboarding.State
	LiveOn            *time.Time
	Contacts          []PeerContact // that the body released
	Released          int           // experiences of this service
	Taken             int           // of them, hints of the reader's body already
}

// PeerContact is a person of another body who may be asked.
type PeerContact struct{ Name, Function, Email, Phone string }

// BodyService returns a service as a body sees it, with its peers; NotFound if it is unknown or not published.
func (s *Service) BodyService(ctx context.Context, who access.Actor, slug string) (found catalog.Listed, p Peers, err error) {
	err = s.db.Read(ctx, who, access.ServiceView, func(tx *postgres.Tx) error {
		if found, err = catalog.Find(ctx, tx, slug); err != nil {
			return err
		}
		p, err = readPeers(ctx, tx, found)
		return err
	})
	return found, p, err
}

// readPeers asks functions that know what a body may learn of others: who has the same Fachverfahren, and where they
// stand. Contacts and experiences are read as their policies show them.
func readPeers(ctx context.Context, tx *postgres.Tx, v catalog.Listed) (p Peers, err error) {
	err = tx.QueryRow(ctx, `
		SELECT coalesce((SELECT string_agg(f.details ->> 'product', ', ' ORDER BY f.product_key)
				FROM portal.profile_fact f
				WHERE f.land_id = @land AND f.org_id = @org AND f.kind = 'backend' AND f.service_id = @service), ''),
			coalesce(jsonb_agg(jsonb_build_object('BodyKey', n.key, 'BodyName', n.name, 'State', n.state, 'LiveOn', to_char(n.live_on, 'YYYY-MM-DD"T"00:00:00"Z"'),
				'Contacts', n.contacts, 'Released', n.released, 'Taken', n.taken) ORDER BY n.rank DESC, n.live_on, n.name COLLATE "de-x-icu"), '[]')
		FROM (
			SELECT b.key, b.name, p.state, p.live_on, array_position(@states::text[], p.state) AS rank, x.released, x.taken, (
				SELECT coalesce(jsonb_agg(jsonb_build_object('Name', f.details ->> 'name', 'Function', f.details ->> 'function',
					'Email', f.details ->> 'email', 'Phone', f.details ->> 'phone') ORDER BY f.details ->> 'role', f.fact_id), '[]')
				FROM portal.profile_fact f
				WHERE f.land_id = @land AND f.org_id = p.org_id AND f.kind = 'contact' AND f.released) AS contacts
			FROM ctx.peers(@service) p
			JOIN ctx.same_backend(@service) s ON s.org_id = p.org_id
			JOIN portal.organisation b ON b.land_id = @land AND b.org_id = p.org_id
			CROSS JOIN LATERAL (
				SELECT count(*)::int AS released, count(h.experience_id)::int AS taken
				FROM portal.experience x
				LEFT JOIN portal.hint h ON h.land_id = @land AND h.org_id = @org AND h.experience_id = x.experience_id
				WHERE x.land_id = @land AND x.org_id = p.org_id AND x.service_id = @service AND x.withdrawn_at IS NULL) x
			WHERE array_position(@states::text[], p.state) > coalesce((
				SELECT array_position(@states::text[], o.state)
				FROM portal.onboarding o
				WHERE o.land_id = @land AND o.org_id = @org AND o.service_id = @service), 0)
		) n`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "service": v.ID, "states": onTheWay()}).Scan(&p.Product, &p.Found)
	if err != nil {
		return p, fmt.Errorf("find peers of %s: %w", v.Slug, err)
	}
	return p, nil
}

// onTheWay are the states in their order, up to the last of the way.
func onTheWay() []string {
	var found []string
	for _, s := range onboarding.States {
		if !s.Aside() {
			found = append(found, string(s))
		}
	}
	return found
}
