package pilot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// load reads the newest call for a service and what the reader may see of its applications; NotFound if the service is
// unknown.
func load(ctx context.Context, tx *postgres.Tx, slug string) (*Page, error) {
	p := &Page{Today: tx.Today()}
	var call []Call
	err := tx.QueryRow(ctx, `
		SELECT v.service_id, v.name, v.slug, v.piloting, r.service_id IS NOT NULL, EXISTS (
				SELECT FROM portal.service_body c WHERE c.land_id = @land AND c.service_id = v.service_id AND c.org_id = @own),
			CASE WHEN p.call_id IS NULL THEN '[]' ELSE json_build_array(json_build_object('ID', p.call_id, 'Text', p.text,
				'ClosesOn', p.closes_on::timestamp AT TIME ZONE 'UTC', 'Places', p.places, 'PublishedAt', p.published_at,
				'PublishedBy', p.published_by, 'DecidedAt', p.decided_at)) END, (
			SELECT coalesce(json_agg(json_build_object('Body', a.org_id, 'Key', o.key, 'Name', o.name, 'Sentence', a.sentence, 'State', a.state,
				'Reason', a.reason, 'AppliedAt', a.applied_at, 'Version', a.version) ORDER BY o.kind DESC, o.name COLLATE "de-x-icu", o.org_id), '[]')
			FROM portal.pilot_application a
			JOIN portal.organisation o ON o.land_id = @land AND o.org_id = a.org_id
			WHERE a.land_id = @land AND a.call_id = p.call_id)
		FROM portal.service v
		LEFT JOIN portal.rollin r ON r.land_id = @land AND r.service_id = v.service_id
		LEFT JOIN LATERAL (
			SELECT c.call_id, c.text, c.closes_on, c.places, c.published_at, c.published_by, c.decided_at
			FROM portal.pilot_call c
			WHERE c.land_id = @land AND c.service_id = v.service_id
			ORDER BY c.published_at DESC, c.call_id
			LIMIT 1) p ON true
		WHERE v.land_id = @land AND v.slug = @slug`,
		pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug, "own": tx.Org()}).
		Scan(&p.ServiceID, &p.ServiceName, &p.ServiceSlug, &p.Piloting, &p.Started, &p.Competent, &call, &p.Applications)
	if err != nil {
		return nil, err
	}
	if len(call) > 0 {
		p.Call = &call[0]
	}
	return p, nil
}

// lockCall makes those who change the call for a service or its choice come one after the other.
func lockCall(ctx context.Context, tx *postgres.Tx, slug string) error {
	_, err := tx.Exec(ctx, `
		SELECT c.call_id
		FROM portal.pilot_call c
		WHERE c.land_id = @land AND c.service_id = (SELECT v.service_id FROM portal.service v WHERE v.land_id = @land AND v.slug = @slug)
		ORDER BY c.call_id
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug})
	if err != nil {
		return fmt.Errorf("lock the call for %s: %w", slug, err)
	}
	return nil
}

func insertCall(ctx context.Context, tx *postgres.Tx, service uuid.UUID, d Draft) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.pilot_call (land_id, org_id, call_id, service_id, text, closes_on, places, published_by, published_at)
		VALUES (@land, @org, @id, @service, @text, @closes, @places, @who, @now)
		ON CONFLICT DO NOTHING`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "id": d.ID, "service": service, "text": d.Text, "closes": d.ClosesOn, "places": d.Places,
		"who": tx.Who.Person, "now": tx.Now,
	})
	if err != nil {
		return false, fmt.Errorf("insert a call: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// saveApplication writes what the body says. It writes nothing if the call was decided meanwhile.
func saveApplication(ctx context.Context, tx *postgres.Tx, call uuid.UUID, sentence string, state State) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.pilot_application AS a (land_id, org_id, call_id, sentence, state, applied_by, applied_at)
		SELECT @land, @org, c.call_id, @sentence, 'applied', @who, @now
		FROM portal.pilot_call c
		WHERE c.land_id = @land AND c.call_id = @call AND c.decided_at IS NULL
		ON CONFLICT (land_id, org_id, call_id) DO UPDATE SET sentence = excluded.sentence, state = @state, applied_by = excluded.applied_by,
			applied_at = excluded.applied_at, version = a.version + 1
			WHERE a.state IN ('applied', 'withdrawn')`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "call": call, "sentence": sentence, "state": state, "who": tx.Who.Person, "now": tx.Now,
	})
	if err != nil {
		return false, fmt.Errorf("save an application: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func saveChoice(ctx context.Context, tx *postgres.Tx, call uuid.UUID, chosen []Application) error {
	rows, err := json.Marshal(chosen)
	if err != nil {
		return fmt.Errorf("encode a choice: %w", err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`
		UPDATE portal.pilot_application a SET state = n."State", reason = n."Reason", version = a.version + 1
		FROM jsonb_to_recordset(@rows) AS n ("Body" uuid, "State" text, "Reason" text)
		WHERE a.land_id = @land AND a.call_id = @call AND a.org_id = n."Body"`,
		pgx.StrictNamedArgs{"land": tx.Land(), "call": call, "rows": rows})
	batch.Queue(`
		UPDATE portal.pilot_call SET decided_by = @who, decided_at = @now, closes_on = least(closes_on, @today)
		WHERE land_id = @land AND call_id = @call`,
		pgx.StrictNamedArgs{"land": tx.Land(), "call": call, "who": tx.Who.Person, "now": tx.Now, "today": tx.Today()})
	return tx.SendBatch(ctx, batch).Close()
}

// Offer is an open call that concerns the reader's body.
type Offer struct {
	ServiceSlug, ServiceName string
	ClosesOn                 time.Time
	State                    string // of the body's application; "" if there is none
}

// OpenAsJSON are the calls that body @own may answer on day @today, the next to close first, for the start page.
const OpenAsJSON = `
	SELECT coalesce(json_agg(json_build_object('ServiceSlug', v.slug, 'ServiceName', v.name,
		'ClosesOn', c.closes_on::timestamp AT TIME ZONE 'UTC', 'State', coalesce(a.state, '')) ORDER BY c.closes_on, c.call_id), '[]')
	FROM portal.pilot_call c
	JOIN portal.service v ON v.land_id = @land AND v.service_id = c.service_id
	JOIN portal.service_body b ON b.land_id = @land AND b.service_id = c.service_id AND b.org_id = @own
	LEFT JOIN portal.pilot_application a ON a.land_id = @land AND a.call_id = c.call_id AND a.org_id = @own
	WHERE c.land_id = @land AND c.decided_at IS NULL AND c.closes_on >= @today`

// competentBodies are those who hear of a call.
func competentBodies(ctx context.Context, tx *postgres.Tx, service uuid.UUID) ([]uuid.UUID, error) {
	rows, _ := tx.Query(ctx, `
		SELECT c.org_id
		FROM portal.service_body c
		WHERE c.land_id = @land AND c.service_id = @service
		ORDER BY c.org_id
		LIMIT 2000`, pgx.StrictNamedArgs{"land": tx.Land(), "service": service})
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("list the competent bodies: %w", err)
	}
	return found, nil
}
