package decision

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/jobs"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
)

// What the trail calls the hashes. VerifyRecords looks for them, so they never change.
const (
	fieldWhole  = "SHA-256 des Vermerks"
	fieldPublic = "SHA-256 des öffentlichen Vermerks"
	fieldPrint  = "SHA-256 der PDF-Datei"
)

// sums are the hashes of a record that was just written.
type sums struct{ whole, public string }

// keepRecord writes the record of a case that this transaction has decided, and promises its print.
func keepRecord(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (found sums, err error) {
	d, err := details(ctx, tx, id)
	if err != nil {
		return found, err
	}
	whole, err := wholeRecord(d).Encode()
	if err != nil {
		return found, err
	}
	found.whole = paper.Sum(whole)
	public, err := publicRecord(d, found.whole).Encode()
	if err != nil {
		return found, err
	}
	found.public = paper.Sum(public)
	if err := insertRecord(ctx, tx, id, whole, public); err != nil {
		return found, err
	}
	return found, jobs.Insert(ctx, tx, PrintJob{id})
}

// Record is a Vermerk as it was written on the day of the decision.
type Record struct {
	Decision    uuid.UUID
	ServiceName string
	Part        Part
	Paper       paper.Paper
	Body        []byte // the canonical bytes
	Sum         string // their SHA-256
	MadeAt      time.Time
	Print       string // the SHA-256 of the PDF, "" as long as there is none
}

// ErrDamaged says that stored bytes do not have their hash.
var ErrDamaged = errors.New("a stored record does not have its hash")

// Record returns the Vermerk of a decision: the whole for its ministry, the public part for everybody else who sees the
// decision. NotFound if there is none.
func (s *Service) Record(ctx context.Context, who access.Actor, id uuid.UUID) (found Record, err error) {
	err = s.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) error {
		found, err = readRecord(ctx, tx, id)
		return err
	})
	return found, err
}

func readRecord(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Record, error) {
	r, err := selectRecord(ctx, tx, id, tx.Who.Can(access.DecisionInternalView))
	if err != nil {
		return Record{}, err
	}
	if paper.Sum(r.Body) != r.Sum {
		return Record{}, fmt.Errorf("record of %s: %w", id, ErrDamaged)
	}
	p, err := paper.Decode(r.Body)
	return Record{Decision: id, ServiceName: r.ServiceName, Part: r.Part, Paper: p, Body: r.Body, Sum: r.Sum, MadeAt: r.MadeAt, Print: r.Print}, err
}

// Print returns the PDF of a Vermerk, always the same bytes; NotFound for everybody but its ministry, and until it is
// there.
func (s *Service) Print(ctx context.Context, who access.Actor, id uuid.UUID) (pdf []byte, err error) {
	err = s.db.Read(ctx, who, access.DecisionInternalView, func(tx *postgres.Tx) error {
		pdf, err = readPaper(ctx, tx, id, Whole, "pdf")
		return err
	})
	return pdf, err
}

func readPaper(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part, form string) ([]byte, error) {
	body, sum, err := selectPaper(ctx, tx, id, part, form)
	if err == nil && paper.Sum(body) != sum {
		err = fmt.Errorf("%s of %s: %w", form, id, ErrDamaged)
	}
	return body, err
}

// Bundle is all there is of a Vermerk, for the file of the ministry.
type Bundle struct {
	Record
	Public []byte // the bytes of the public part
	PDF    []byte // nil as long as there is none
}

// Bundle returns the Vermerk with its public part and its PDF, and notes in the trail that it left the portal.
// NotFound for everybody but its ministry.
func (s *Service) Bundle(ctx context.Context, who access.Actor, id uuid.UUID) (found Bundle, err error) {
	err = s.db.Write(ctx, who, access.DecisionFile, func(tx *postgres.Tx) error {
		if found.Record, err = readRecord(ctx, tx, id); err != nil {
			return err
		}
		if found.Public, err = readPaper(ctx, tx, id, Public, "json"); err != nil {
			return err
		}
		if found.Print != "" {
			if found.PDF, err = readPaper(ctx, tx, id, Whole, "pdf"); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "decision.file", Kind: "decision", Record: id, Title: found.ServiceName, Visibility: audit.Private,
			Changes: audit.Diff(fieldWhole, "", found.Sum),
		})
	})
	return found, err
}

// PrintJob has the press make the PDF of a Vermerk.
type PrintJob struct {
	Decision uuid.UUID `json:"decision"`
}

// Kind names the job in the queue.
func (PrintJob) Kind() string { return "decision.print" }

// Printer makes the PDFs of Vermerke, in the workers.
type Printer struct {
	db    *postgres.DB
	press *paper.Press
}

// NewPrinter returns the printer over the workers' database. Without a press it has nothing to do.
func NewPrinter(db *postgres.DB, press *paper.Press) *Printer { return &Printer{db, press} }

// Print makes the PDF and keeps it, once. The press works between two transactions, for it takes its time.
func (p *Printer) Print(ctx context.Context, who access.Actor, job PrintJob) error {
	if p.press == nil {
		return nil
	}
	var u unprinted
	err := p.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) (err error) {
		u, err = toPrint(ctx, tx, job.Decision)
		if postgres.IsNoRow(err) {
			return nil
		}
		return err
	})
	if err != nil || u.Body == nil {
		return err
	}
	pdf, err := p.press.Print(ctx, u.Body, u.MadeAt)
	if err != nil {
		return fmt.Errorf("print the record of %s: %w", job.Decision, err)
	}
	return p.db.Write(ctx, who, access.DecisionView, func(tx *postgres.Tx) error {
		if err := insertPrint(ctx, tx, job.Decision, u, pdf); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: u.Ministry, Action: "decision.print", Kind: "decision", Record: job.Decision, Title: u.Title, Visibility: audit.Private,
			Changes: audit.Diff(fieldPrint, "", paper.Sum(pdf)),
		})
	})
}
