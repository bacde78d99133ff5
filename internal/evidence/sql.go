package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// chunkSize is how much of a file is in memory at a time, and in one row.
const chunkSize = 256 << 10

// stored is a row of the table while it is made.
type stored struct {
	ID         uuid.UUID
	Of         record
	StepTitle  string
	Name       string
	Version    int
	Kind       Kind
	Size       int64
	SHA256     []byte
	ValidUntil *time.Time
}

// record is what a file belongs to: a step, a review of a decision, or an Auflage.
type record struct {
	Step      *uuid.UUID
	Decision  *uuid.UUID
	Section   *decision.Kind
	Condition *uuid.UUID
	Opinion   *uuid.UUID
}

func (r record) args(more pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{"step": r.Step, "decision": r.Decision, "section": r.Section, "condition": r.Condition, "opinion": r.Opinion}
	maps.Copy(args, more)
	return args
}

// beside are the files e of the same record.
const beside = `e.land_id = @land AND e.org_id = @org AND (e.step_id = @step OR e.decision_id = @decision AND e.section = @section OR e.condition_id = @condition OR e.opinion_id = @opinion)`

// insertChunks writes the bytes of a file. It reads the temporary file from the start, because a transaction may run
// more than once. (COPY would be faster, and row security forbids it.)
func insertChunks(ctx context.Context, tx *postgres.Tx, body, id uuid.UUID, u *Upload) error {
	buffer := make([]byte, chunkSize)
	from := io.NewSectionReader(u.file, 0, u.Size)
	for no := 0; ; no++ {
		n, err := io.ReadFull(from, buffer)
		if n == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("read the temporary file: %w", err)
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO portal.evidence_chunk (land_id, org_id, evidence_id, no, bytes)
			VALUES (@land, @org, @id, @no, @bytes)`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": body, "id": id, "no": no, "bytes": buffer[:n]})
		if err != nil {
			return fmt.Errorf("store piece %d of file %s: %w", no, id, err)
		}
	}
}

// insert adds the row of a file and tells it its version: names are counted on, deleted files included.
func insert(ctx context.Context, tx *postgres.Tx, org uuid.UUID, f *stored) error {
	err := tx.QueryRow(ctx, `
		INSERT INTO portal.evidence (land_id, org_id, evidence_id, step_id, decision_id, section, condition_id, opinion_id, name, version, kind, size, sha256, valid_until, uploaded_by, uploaded_at)
		SELECT @land, @org, @id, @step::uuid, @decision::uuid, @section::text, @condition::uuid, @opinion::uuid, @name, coalesce(max(e.version), 0) + 1, @kind, @size, @sha256, @valid_until, @who, @now
		FROM portal.evidence e
		WHERE `+beside+` AND e.name = @name
		RETURNING version`,
		f.Of.args(pgx.StrictNamedArgs{
			"land": tx.Land(), "org": org, "id": f.ID, "name": f.Name, "kind": f.Kind, "size": f.Size,
			"sha256": f.SHA256, "valid_until": f.ValidUntil, "who": tx.Who.Person, "now": tx.Now,
		})).Scan(&f.Version)
	if err != nil {
		return fmt.Errorf("store file %s: %w", f.ID, err)
	}
	return nil
}

func remove(ctx context.Context, tx *postgres.Tx, body, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		UPDATE portal.evidence SET deleted_at = @now, deleted_by = @who
		WHERE land_id = @land AND org_id = @org AND evidence_id = @id AND deleted_at IS NULL`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": body, "id": id, "now": tx.Now, "who": tx.Who.Person})
	if err != nil {
		return fmt.Errorf("delete file %s: %w", id, err)
	}
	return nil
}

// readable are the files that a person may open; the same as Sees says.
const readable = `portal.evidence e
	JOIN portal.step s ON s.land_id = @land AND s.org_id = e.org_id AND s.step_id = e.step_id
	JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key`

const ofReader = `e.land_id = @land AND e.evidence_id = @id AND e.deleted_at IS NULL
	AND (NOT @provider OR @by_provider IN (t.responsible, t.review) OR e.uploaded_by = @who)
	AND (NOT @ministry OR t.review = @by_ministry)`

func readerArgs(tx *postgres.Tx, id uuid.UUID) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"land": tx.Land(), "id": id, "provider": tx.Who.Role == access.Provider, "by_provider": template.ByProvider, "who": tx.Who.Person,
		"ministry": tx.Who.Role == access.MinistryDecider, "by_ministry": template.ByMinistry,
	}
}

func selectDownload(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Download, error) {
	rows, _ := tx.Query(ctx, `
		SELECT e.evidence_id AS id, e.name, e.kind, e.size::bigint AS size, e.sha256
		FROM `+readable+`
		WHERE `+ofReader, readerArgs(tx, id))
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Download])
	if err != nil {
		return Download{}, fmt.Errorf("read file %s: %w", id, err)
	}
	return d, nil
}

func selectChunk(ctx context.Context, tx *postgres.Tx, id uuid.UUID, no int) ([]byte, error) {
	args := readerArgs(tx, id)
	args["no"] = no
	var piece []byte
	err := tx.QueryRow(ctx, `
		SELECT c.bytes
		FROM `+readable+`
		JOIN portal.evidence_chunk c ON c.land_id = @land AND c.org_id = e.org_id AND c.evidence_id = e.evidence_id AND c.no = @no
		WHERE `+ofReader, args).Scan(&piece)
	return piece, err
}

func selectShared(ctx context.Context, tx *postgres.Tx, experience, id uuid.UUID) (Download, error) {
	rows, _ := tx.Query(ctx, `
		SELECT f.evidence_id AS id, f.name, f.kind, f.size::bigint AS size, f.sha256
		FROM ctx.shared_files(@experience) f
		WHERE f.evidence_id = @id`, pgx.StrictNamedArgs{"experience": experience, "id": id})
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Download])
	if err != nil {
		return Download{}, fmt.Errorf("read shared file %s: %w", id, err)
	}
	return d, nil
}

func selectSharedChunk(ctx context.Context, tx *postgres.Tx, experience, id uuid.UUID, no int) (piece []byte, err error) {
	err = tx.QueryRow(ctx, `
		SELECT s.bytes
		FROM ctx.shared_piece(@experience, @id, @no) AS s (bytes)
		WHERE s.bytes IS NOT NULL`, pgx.StrictNamedArgs{"experience": experience, "id": id, "no": no}).Scan(&piece)
	return piece, err
}
