package decision

import (
	"cmp"
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
	fieldWhole        = "SHA-256 des Vermerks"
	fieldPublic       = "SHA-256 des öffentlichen Vermerks"
	fieldPrint        = "SHA-256 der PDF-Datei"
	fieldEnding       = "SHA-256 des Vermerks über das Ende"
	fieldEndingPublic = "SHA-256 des öffentlichen Vermerks über das Ende"
	fieldEndingPrint  = "SHA-256 der PDF-Datei über das Ende"
)

// sums are the hashes of a record that was just written.
type sums struct{ whole, public string }

// keepRecord writes the record of a case that this transaction has decided, and promises its print.
func keepRecord(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (found sums, err error) {
	d, err := details(ctx, tx, id)
	if err != nil {
		return found, err
	}
	return keep(ctx, tx, d.Decision, Whole, wholeRecord(d), func(sum string) paper.Paper { return publicRecord(d, sum) })
}

// keep writes a Vermerk and its public part, which names the hash of the whole, and promises the print.
func keep(ctx context.Context, tx *postgres.Tx, d Decision, part Part, whole paper.Paper, publicOf func(sum string) paper.Paper) (found sums, err error) {
	body, err := whole.Encode()
	if err != nil {
		return found, err
	}
	found.whole = paper.Sum(body)
	public, err := publicOf(found.whole).Encode()
	if err != nil {
		return found, err
	}
	found.public = paper.Sum(public)
	if err := insertRecord(ctx, tx, d, part, body, public); err != nil {
		return found, err
	}
	return found, jobs.Insert(ctx, tx, PrintJob{d.ID, part})
}

// KeepEnding writes the Vermerk of a decision that this transaction has ended, once package onboarding has halted what ran
// on it and knows the effect.
func KeepEnding(ctx context.Context, tx *postgres.Tx, id uuid.UUID, e Effect) error {
	d, err := details(ctx, tx, id)
	if err != nil {
		return err
	}
	before, err := publicSum(ctx, tx, d.Decision)
	if err != nil {
		return err
	}
	kept, err := keep(ctx, tx, d.Decision, Ending, endingRecord(d, e, before), func(sum string) paper.Paper { return publicEnding(d, e, before, sum) })
	if err != nil {
		return err
	}
	c := locked{Decision: d.Decision, ServiceName: d.ServiceName}
	return audit.RecordAll(ctx, tx, []audit.Entry{
		c.entry("decision.end", audit.Land, audit.Diff(fieldEndingPublic, "", kept.public)),
		c.entry("decision.end-record", audit.Private, audit.Diff(fieldEnding, "", kept.whole)),
	})
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

// OfEnding reports whether the Vermerk is about how the decision ended.
func (r Record) OfEnding() bool { return r.Part == Ending || r.Part == EndingPublic }

// ErrDamaged says that stored bytes do not have their hash.
var ErrDamaged = errors.New("a stored record does not have its hash")

// Record returns the Vermerk of a decision, Whole, or of its Ending: all of it for its ministry, the public part for
// everybody else who sees the decision. NotFound if there is none.
func (s *Service) Record(ctx context.Context, who access.Actor, id uuid.UUID, part Part) (found Record, err error) {
	err = s.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) error {
		found, err = readRecord(ctx, tx, id, part)
		return err
	})
	return found, err
}

func readRecord(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part) (Record, error) {
	r, err := selectRecord(ctx, tx, id, part, tx.Who.Can(access.DecisionInternalView))
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
func (s *Service) Print(ctx context.Context, who access.Actor, id uuid.UUID, part Part) (pdf []byte, err error) {
	err = s.db.Read(ctx, who, access.DecisionInternalView, func(tx *postgres.Tx) error {
		pdf, err = readPaper(ctx, tx, id, part, "pdf")
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
	Public []byte  // the bytes of the public part
	PDF    []byte  // nil as long as there is none
	Ending *Bundle // the Vermerk of its end; nil while the decision holds
}

// Bundle returns the Vermerk with its public part and its PDF, and notes in the trail that it left the portal.
// NotFound for everybody but its ministry.
func (s *Service) Bundle(ctx context.Context, who access.Actor, id uuid.UUID) (found Bundle, err error) {
	err = s.db.Write(ctx, who, access.DecisionFile, func(tx *postgres.Tx) error {
		if found, err = readBundle(ctx, tx, id, Whole); err != nil {
			return err
		}
		ending, err := readBundle(ctx, tx, id, Ending)
		switch {
		case err == nil:
			found.Ending = &ending
		case !postgres.IsNoRow(err):
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "decision.file", Kind: "decision", Record: id, Title: found.ServiceName, Visibility: audit.Private,
			Changes: audit.Diff(fieldWhole, "", found.Sum),
		})
	})
	return found, err
}

func readBundle(ctx context.Context, tx *postgres.Tx, id uuid.UUID, part Part) (found Bundle, err error) {
	if found.Record, err = readRecord(ctx, tx, id, part); err != nil {
		return found, err
	}
	if found.Public, err = readPaper(ctx, tx, id, part.public(), "json"); err != nil || found.Print == "" {
		return found, err
	}
	found.PDF, err = readPaper(ctx, tx, id, part, "pdf")
	return found, err
}

// PrintJob has the press make the PDF of a Vermerk.
type PrintJob struct {
	Decision uuid.UUID `json:"decision"`
	Part     Part      `json:"part"` // Whole or Ending; jobs from before there were endings name none
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
	job.Part = cmp.Or(job.Part, Whole)
	var u unprinted
	err := p.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) (err error) {
		u, err = toPrint(ctx, tx, job.Decision, job.Part)
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
		if err := insertPrint(ctx, tx, job.Decision, job.Part, u, pdf); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: u.Ministry, Action: "decision.print", Kind: "decision", Record: job.Decision, Title: u.Title, Visibility: audit.Private,
			Changes: audit.Diff(fieldOfPrint(job.Part), "", paper.Sum(pdf)),
		})
	})
}

func fieldOfPrint(part Part) string {
	if part == Ending {
		return fieldEndingPrint
	}
	return fieldPrint
}
