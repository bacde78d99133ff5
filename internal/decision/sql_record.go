package decision

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/postgres"
)

// insertRecord keeps a Vermerk and its public part.
func insertRecord(ctx context.Context, tx *postgres.Tx, d Decision, part Part, whole, public []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.decision_record (land_id, org_id, decision_id, part, form, made_at, body, sha256)
		SELECT @land, @ministry, @id, r.part, 'json', @now, r.body, sha256(r.body)
		FROM (VALUES (@part, @whole::bytea), (@public_part, @public::bytea)) AS r (part, body)`,
		pgx.StrictNamedArgs{
			"land": tx.Land(), "ministry": d.Ministry, "id": d.ID, "now": tx.Now, "part": part, "whole": whole, "public_part": part.public(), "public": public,
		})
	return wrapped("keep the record of "+d.ID.String(), err)
}

// publicSum is the hash of what everybody may read of a decision; "" for one from before there were Vermerke.
func publicSum(ctx context.Context, tx *postgres.Tx, d Decision) (sum string, err error) {
	err = tx.QueryRow(ctx, `
		SELECT encode(r.sha256, 'hex')
		FROM portal.decision_record r
		WHERE r.land_id = @land AND r.org_id = @ministry AND r.decision_id = @id AND r.part = 'public' AND r.form = 'json'`,
		pgx.StrictNamedArgs{"land": tx.Land(), "ministry": d.Ministry, "id": d.ID}).Scan(&sum)
	if postgres.IsNoRow(err) {
		return "", nil
	}
	return sum, wrapped("read the hash of "+d.ID.String(), err)
}

// recordRow is a kept record; Print is the hash of its PDF, if there is one.
type recordRow struct {
	ServiceName string
	Part        Part
	Body        []byte
	Sum         string
	MadeAt      time.Time
	Print       string
}

// selectRecord reads a record: the whole for its ministry if internal says that the reader may, else its public part.
func selectRecord(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part, internal bool) (recordRow, error) {
	rows, _ := tx.Query(ctx, `
		SELECT s.name AS service_name, r.part, r.body, encode(r.sha256, 'hex') AS sum, r.made_at,
			coalesce(encode(p.sha256, 'hex'), '') AS print
		FROM portal.decision d
		JOIN portal.service s ON s.land_id = d.land_id AND s.service_id = d.service_id
		JOIN portal.decision_record r ON r.land_id = d.land_id AND r.org_id = d.org_id AND r.decision_id = d.decision_id AND r.form = 'json'
			AND r.part = CASE WHEN d.org_id = @org AND @internal THEN @part ELSE @public_part END
		LEFT JOIN portal.decision_record p ON p.land_id = r.land_id AND p.org_id = r.org_id AND p.decision_id = r.decision_id AND p.part = r.part AND p.form = 'pdf'
		WHERE d.land_id = @land AND d.decision_id = @id AND `+visible,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "id": id, "internal": internal, "part": part, "public_part": part.public()})
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[recordRow])
	return r, wrapped("read the record of "+id.String(), err)
}

// selectPaper reads the bytes of one part in one form.
func selectPaper(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part, form string) (body []byte, sum string, err error) {
	err = tx.QueryRow(ctx, `
		SELECT r.body, encode(r.sha256, 'hex')
		FROM portal.decision_record r
		WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = @id AND r.part = @part AND r.form = @form`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "id": id, "part": part, "form": form}).Scan(&body, &sum)
	return body, sum, wrapped("read a paper of "+id.String(), err)
}

// unprinted is a record on its way to the press.
type unprinted struct {
	Ministry uuid.UUID `db:"org_id"`
	Title    string
	Body     []byte
	MadeAt   time.Time
}

func toPrint(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part) (unprinted, error) {
	rows, _ := tx.Query(ctx, `SELECT org_id, title, body, made_at FROM ctx.to_print($1, $2)`, id, part)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[unprinted])
}

func insertPrint(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part, u unprinted, pdf []byte) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO portal.decision_record (land_id, org_id, decision_id, part, form, made_at, body, sha256)
		SELECT @land, @ministry, @id, @part, 'pdf', @now, @pdf, sha256(@pdf)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "ministry": u.Ministry, "id": id, "part": part, "now": tx.Now, "pdf": pdf})
	return wrapped("keep the print of "+id.String(), err)
}

// badRecord finds the first record that is not what the trail says. It needs a role that sees past row security.
const badRecord = `
	WITH wanted (part, form, action, field) AS (VALUES
		('whole', 'json', 'decision.record', '` + fieldWhole + `'), ('public', 'json', 'decision.decide', '` + fieldPublic + `'), ('whole', 'pdf', 'decision.print', '` + fieldPrint + `'),
		('ending', 'json', 'decision.end-record', '` + fieldEnding + `'), ('ending_public', 'json', 'decision.end', '` + fieldEndingPublic + `'),
		('ending', 'pdf', 'decision.print', '` + fieldEndingPrint + `')
	), noted AS (
		SELECT e.land_id, e.record AS decision_id, w.part, w.form, c.change ->> 'new' AS sum
		FROM portal.audit_event e
		JOIN wanted w ON w.action = e.action
		CROSS JOIN LATERAL jsonb_array_elements(e.changes) AS c (change)
		WHERE e.kind = 'decision' AND c.change ->> 'field' = w.field
	)
	SELECT format('Entscheidung %s, %s (%s): %s', coalesce(r.decision_id, n.decision_id), coalesce(r.part, n.part), coalesce(r.form, n.form),
		CASE WHEN r.decision_id IS NULL THEN 'fehlt' WHEN n.sum IS NULL THEN 'steht nicht im Prüfpfad' ELSE 'hat eine andere Prüfsumme als im Prüfpfad' END)
	FROM portal.decision_record r
	FULL JOIN noted n USING (land_id, decision_id, part, form)
	WHERE r.decision_id IS NULL OR n.sum IS NULL OR n.sum <> encode(sha256(r.body), 'hex') OR r.sha256 <> sha256(r.body)
	ORDER BY 1
	LIMIT 1`

// VerifyRecords compares every kept record with the hash that the trail has of it, and returns how many there are. The
// error names the first that was changed, taken away or put in. The trail itself is proved by audit.Verify.
func VerifyRecords(ctx context.Context, url string) (n int, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, fmt.Errorf("connect to verify: %w", err)
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, `SELECT count(*) FROM portal.decision_record`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the records: %w", err)
	}
	var bad string
	switch err := conn.QueryRow(ctx, badRecord).Scan(&bad); {
	case postgres.IsNoRow(err):
		return n, nil
	case err != nil:
		return n, fmt.Errorf("compare the records with the trail: %w", err)
	}
	return n, fmt.Errorf("ein Vermerk ist verändert: %s", bad)
}
