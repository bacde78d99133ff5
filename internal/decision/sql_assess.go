package decision

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/economics"
	"rollinportal/internal/postgres"
)

// frameJSON and optionsJSON read the assessment of a case d with it; people names those who saved. Row security lets
// only the ministry see them.
const (
	frameJSON = `(
		SELECT to_jsonb(a) - 'price_until' || jsonb_build_object('price_until', a.price_until::timestamp AT TIME ZONE 'UTC', 'saver',
			coalesce((SELECT p.name FROM people p WHERE p.person_id = a.saved_by), ''))
		FROM portal.assessment a
		WHERE a.land_id = @land AND a.org_id = @org AND a.decision_id = d.decision_id) AS frame`
	optionsJSON = `(
		SELECT jsonb_agg(to_jsonb(a) || jsonb_build_object('saver', coalesce((SELECT p.name FROM people p WHERE p.person_id = a.saved_by), ''),
			'items', (
				SELECT jsonb_agg(to_jsonb(i) || jsonb_build_object('valid_until', i.valid_until::timestamp AT TIME ZONE 'UTC') ORDER BY i.no)
				FROM portal.assessment_item i
				WHERE i.land_id = @land AND i.org_id = @org AND i.decision_id = a.decision_id AND i.alternative = a.alternative))
			ORDER BY a.alternative)
		FROM portal.assessment_option a
		WHERE a.land_id = @land AND a.org_id = @org AND a.decision_id = d.decision_id) AS options`
)

// draftsJSON reads what was begun of it.
const draftsJSON = `(
		SELECT jsonb_agg(to_jsonb(f) || jsonb_build_object('saver', coalesce((SELECT p.name FROM people p WHERE p.person_id = f.saved_by), '')) ORDER BY f.section)
		FROM portal.assessment_draft f
		WHERE f.land_id = @land AND f.org_id = @org AND f.decision_id = d.decision_id) AS drafts`

func assessmentOf(frame *Frame, options []Option, drafts []FigureDraft) Assessment {
	if frame == nil {
		frame = &Frame{Saved: Saved{Version: 1}}
	}
	a := Assessment{Frame: *frame, Drafts: drafts}
	a.Frame.Saved = frame.Saved.with(drafts, FrameSection)
	for _, o := range options {
		o.Saved = o.Saved.with(drafts, string(o.Alternative))
		a.Options = append(a.Options, o)
	}
	return a
}

// saveTyped keeps a draft on top of the version that was read, or drops it if nothing was typed; false if somebody else was
// faster.
func saveTyped(ctx context.Context, tx *postgres.Tx, id uuid.UUID, before FigureDraft, typed map[string][]string) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.assessment_draft AS f (land_id, org_id, decision_id, section, typed, saved_by, saved_at, version)
		VALUES (@land, @org, @id, @section, @typed, @who, @now, @version + 1)
		ON CONFLICT (land_id, org_id, decision_id, section) DO UPDATE SET typed = @typed, saved_by = @who, saved_at = @now, version = f.version + 1
		WHERE f.land_id = @land AND f.version = @version`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": id, "section": before.Section, "typed": typed, "version": before.Version,
			"who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil {
		return false, fmt.Errorf("keep a draft of %s: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}

// clearTyped ends the draft of a section that was saved; its version stays.
func clearTyped(ctx context.Context, tx *postgres.Tx, id uuid.UUID, section string) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.assessment_draft SET typed = NULL, saved_by = @who, saved_at = @now
		WHERE land_id = @land AND org_id = @org AND decision_id = @id AND section = @section AND typed IS NOT NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "section": section, "who": tx.Who.Person, "now": tx.Now})
	return wrapped("clear a draft of "+id.String(), err)
}

// saveFrame writes the frame on top of the version that was read; false if somebody else was faster.
func saveFrame(ctx context.Context, tx *postgres.Tx, id uuid.UUID, version int64, f economics.Frame) (bool, error) {
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.assessment AS a (land_id, org_id, decision_id, first_year, years, rate_bp, rate_source, cases, cases_source,
			hour_cents, hour_source, price_until, payer_after, saved_by, saved_at, version)
		SELECT @land, @org, @id, @first_year, @years, @rate_bp, @rate_source, @cases, @cases_source, @hour_cents, @hour_source,
			@price_until, @payer_after, @who, @now, 2
		ON CONFLICT (land_id, org_id, decision_id) DO UPDATE SET first_year = @first_year, years = @years, rate_bp = @rate_bp,
			rate_source = @rate_source, cases = @cases, cases_source = @cases_source, hour_cents = @hour_cents, hour_source = @hour_source,
			price_until = @price_until, payer_after = @payer_after, saved_by = @who, saved_at = @now, version = a.version + 1
		WHERE a.land_id = @land AND a.version = @version`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": id, "version": version, "who": tx.Who.Person, "now": tx.Now,
			"first_year": f.FirstYear, "years": f.Years, "rate_bp": f.RateBP, "rate_source": f.RateSource, "cases": f.Cases,
			"cases_source": f.CasesSource, "hour_cents": f.HourCents, "hour_source": f.HourSource, "price_until": f.PriceUntil, "payer_after": f.PayerAfter,
		})
	if err != nil {
		return false, fmt.Errorf("save the frame of the assessment of %s: %w", id, err)
	}
	return tag.RowsAffected() == 1, nil
}

// saveOption writes an alternative and all its amounts on top of the version that was read; false if somebody else was
// faster.
func saveOption(ctx context.Context, tx *postgres.Tx, id uuid.UUID, version int64, o economics.Option) (bool, error) {
	args := pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "alternative": o.Alternative}
	tag, err := tx.Exec(ctx, `
		INSERT INTO portal.assessment_option AS a (land_id, org_id, decision_id, alternative, minutes, minutes_source, saved_by, saved_at, version)
		VALUES (@land, @org, @id, @alternative, @minutes, @minutes_source, @who, @now, 2)
		ON CONFLICT (land_id, org_id, decision_id, alternative) DO UPDATE SET minutes = @minutes, minutes_source = @minutes_source,
			saved_by = @who, saved_at = @now, version = a.version + 1
		WHERE a.land_id = @land AND a.version = @version`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "org": tx.Org(), "id": id, "alternative": o.Alternative, "minutes": o.Minutes, "minutes_source": o.MinutesSource,
			"version": version, "who": tx.Who.Person, "now": tx.Now,
		})
	if err != nil || tag.RowsAffected() == 0 {
		return false, wrapped("save an alternative of "+id.String(), err)
	}
	if _, err := tx.Exec(ctx, `
		DELETE FROM portal.assessment_item
		WHERE land_id = @land AND org_id = @org AND decision_id = @id AND alternative = @alternative`, args); err != nil {
		return false, fmt.Errorf("clear the amounts of %s: %w", id, err)
	}
	args["items"] = append([]economics.Item{}, o.Items...)
	_, err = tx.Exec(ctx, `
		INSERT INTO portal.assessment_item (land_id, org_id, decision_id, alternative, no, label, kind, payer, cents, source, valid_until)
		SELECT @land, @org, @id, @alternative, i.no, i.label, i.kind, i.payer, i.cents, i.source, i.valid_until
		FROM ROWS FROM (jsonb_to_recordset(@items) AS (label text, kind text, payer text, cents bigint, source text, valid_until date))
			WITH ORDINALITY AS i (label, kind, payer, cents, source, valid_until, no)`, args)
	return err == nil, wrapped("save the amounts of "+id.String(), err)
}

func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
