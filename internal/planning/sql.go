package planning

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// load reads the plan of a service; NotFound if the service is unknown.
func load(ctx context.Context, tx *postgres.Tx, slug string) (*Plan, error) {
	found, more, err := onboarding.Prospect(ctx, tx, slug, besides)
	if err != nil {
		return nil, err
	}
	var b struct {
		Content   json.RawMessage // nil before the first save
		Version   int64
		ChangedBy uuid.UUID
		ChangedAt time.Time
		Changer   string
		Providers map[string]string
		Chosen    []string
		Taken     []struct {
			Provider string
			Week     time.Time
			Count    int
		}
	}
	if err := json.Unmarshal(more, &b); err != nil {
		return nil, fmt.Errorf("decode what is planned of %s: %w", slug, err)
	}
	p := &Plan{Preview: found, Today: tx.Today(), ProviderNames: b.Providers, Chosen: b.Chosen, Taken: Load{}}
	if err := json.Unmarshal(b.Content, &p.Draft); err != nil {
		return nil, fmt.Errorf("decode the plan of %s: %w", slug, err)
	}
	p.Version, p.Changer, p.ChangedBy, p.ChangedAt = b.Version, b.Changer, b.ChangedBy, b.ChangedAt
	for _, t := range b.Taken {
		for range t.Count {
			p.Taken.add(t.Provider, t.Week)
		}
	}
	p.refresh()
	return p, nil
}

// besides is what is planned of service v, and what else to know for it.
const besides = `
	SELECT json_build_object('Content', coalesce(d.content, '{}'), 'Version', coalesce(d.version, 1), 'ChangedBy', d.changed_by, 'ChangedAt', d.changed_at,
		'Changer', coalesce(w.name, ''), 'Providers', (` + providerNames + `), 'Taken', (` + takenWeeks + `), 'Chosen', (` + chosenPilots + `))
	FROM (SELECT 1) AS one
	LEFT JOIN portal.rollin_draft d ON d.land_id = @land AND d.service_id = v.service_id
	LEFT JOIN (SELECT DISTINCT person_id, name FROM ctx.people()) w ON w.person_id = d.changed_by`

const providerNames = `
	SELECT coalesce(json_object_agg(p.key, p.name), '{}')
	FROM portal.organisation p
	WHERE p.land_id = @land AND p.kind = 'it_provider'`

// takenWeeks counts what other roll-ins ask of the IT-Dienstleister from today on.
const takenWeeks = `
	SELECT coalesce(json_agg(json_build_object('Provider', n.key, 'Week', n.week::timestamp AT TIME ZONE 'UTC', 'Count', n.count)), '[]')
	FROM (
		SELECT p.key, date_trunc('week', o.target_on::timestamp)::date AS week, count(*) AS count
		FROM portal.onboarding o
		JOIN portal.assignment a ON a.land_id = @land AND a.org_id = o.org_id
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = a.provider_id
		WHERE o.land_id = @land AND o.service_id <> v.service_id AND o.target_on >= @today AND o.live_on IS NULL
			AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
		GROUP BY p.key, week
		ORDER BY p.key, week
		LIMIT 10000) n`

const chosenPilots = `
	SELECT coalesce(json_agg(o.key ORDER BY o.key), '[]')
	FROM portal.pilot_call c
	JOIN portal.pilot_application x ON x.land_id = @land AND x.call_id = c.call_id AND x.state = 'selected'
	JOIN portal.organisation o ON o.land_id = @land AND o.org_id = x.org_id
	WHERE c.land_id = @land AND c.service_id = v.service_id`

// lockDraft holds the draft of a service, if there is one.
func lockDraft(ctx context.Context, tx *postgres.Tx, slug string) error {
	_, err := tx.Exec(ctx, `
		SELECT d.version
		FROM portal.rollin_draft d
		WHERE d.land_id = @land AND d.service_id = (SELECT v.service_id FROM portal.service v WHERE v.land_id = @land AND v.slug = @slug)
		FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"land": tx.Land(), "slug": slug})
	if err != nil {
		return fmt.Errorf("lock the plan of %s: %w", slug, err)
	}
	return nil
}

// save writes a draft over the version that was read; false if somebody else did first.
func save(ctx context.Context, tx *postgres.Tx, service uuid.UUID, d Draft) (bool, error) {
	content, err := json.Marshal(d)
	if err != nil {
		return false, fmt.Errorf("encode a plan: %w", err)
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.rollin_draft AS d (land_id, org_id, service_id, content, changed_by, changed_at, version)
		VALUES (@land, @org, @service, @content, @who, @now, @version::bigint + 1)
		ON CONFLICT (land_id, service_id) DO UPDATE SET content = excluded.content, changed_by = excluded.changed_by,
			changed_at = excluded.changed_at, version = excluded.version
			WHERE d.version = @version`, pgx.StrictNamedArgs{
		"land": tx.Land(), "org": tx.Org(), "service": service, "content": content, "who": tx.Who.Person, "now": tx.Now, "version": d.Version,
	})
	if err != nil {
		return false, fmt.Errorf("save a plan: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// settle keeps of a plan that has come true the letter: bodies that are taken in later get it too.
func settle(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.rollin_draft SET content = jsonb_build_object('Letter', content -> 'Letter'), version = version + 1
		WHERE land_id = @land AND service_id = @service`, pgx.StrictNamedArgs{"land": tx.Land(), "service": service})
	if err != nil {
		return fmt.Errorf("settle a plan: %w", err)
	}
	return nil
}

// sent is a letter as it is kept for a body.
type sent struct{ Key, Subject, Text string }

func keep(ctx context.Context, tx *postgres.Tx, service uuid.UUID, letters []sent) error {
	rows, err := json.Marshal(letters)
	if err != nil {
		return fmt.Errorf("encode letters: %w", err)
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO portal.rollin_letter (land_id, org_id, service_id, subject, text, sent_by, sent_at)
		SELECT @land, o.org_id, @service, l."Subject", l."Text", @who, @now
		FROM jsonb_to_recordset(@rows) AS l ("Key" text, "Subject" text, "Text" text)
		JOIN portal.organisation o ON o.land_id = @land AND o.key = l."Key"`,
		pgx.StrictNamedArgs{"land": tx.Land(), "service": service, "who": tx.Who.Person, "now": tx.Now, "rows": rows})
	if err != nil {
		return fmt.Errorf("keep the letters: %w", err)
	}
	return nil
}

// Sent is the letter that a body got.
type Sent struct {
	Subject, Text               string
	SentAt                      time.Time
	BodyName, BodyKey           string
	ServiceName, ServiceSlug    string
	SenderName, SenderShortName string
}

func readLetter(ctx context.Context, tx *postgres.Tx, body, slug string) (Sent, error) {
	rows, _ := tx.Query(ctx, `
		SELECT l.subject, l.text, l.sent_at, b.name AS body_name, b.key AS body_key, v.name AS service_name, v.slug AS service_slug,
			s.name AS sender_name, s.short AS sender_short_name
		FROM portal.rollin_letter l
		JOIN portal.organisation b ON b.land_id = @land AND b.org_id = l.org_id
		JOIN portal.service v ON v.land_id = @land AND v.service_id = l.service_id
		JOIN portal.rollin r ON r.land_id = @land AND r.service_id = l.service_id
		JOIN portal.organisation s ON s.land_id = @land AND s.org_id = r.org_id
		WHERE l.land_id = @land AND b.key = @body AND v.slug = @slug`,
		pgx.StrictNamedArgs{"land": tx.Land(), "body": body, "slug": slug})
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Sent])
}
