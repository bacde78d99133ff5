package legal

import (
	"context"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service keeps the pages and the reports of each Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Read returns what everybody reads on a page, signed in or not. The key of a Land may be "", if there is only one.
func (s *Service) Read(ctx context.Context, land string, p Page) (found Public, err error) {
	err = s.db.Anonymous(ctx, func(q postgres.Querier) error {
		found, err = readPublic(ctx, q, land, p)
		return err
	})
	return found, err
}

// Versions returns all versions of a page, the newest first; none while the portal's own wording stands there.
func (s *Service) Versions(ctx context.Context, who access.Actor, p Page) (found []Text, err error) {
	err = s.db.Read(ctx, who, access.LegalEdit, func(tx *postgres.Tx) error {
		found, err = versions(ctx, tx, p)
		return err
	})
	return found, err
}

// Version returns one version of a page; NotFound if there is none.
func (s *Service) Version(ctx context.Context, who access.Actor, p Page, no int) (found Text, err error) {
	err = s.db.Read(ctx, who, access.LegalEdit, func(tx *postgres.Tx) error {
		found, err = version(ctx, tx, p, no)
		return err
	})
	return found, err
}

// Publish makes a draft the version that everybody reads; Conflict if somebody published another one since it was begun.
func (s *Service) Publish(ctx context.Context, who access.Actor, p Page, d Draft) error {
	if err := d.wrong(); err != nil {
		return err
	}
	return s.db.Write(ctx, who, access.LegalEdit, func(tx *postgres.Tx) error {
		if err := advance(ctx, tx, p, d); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "legal.publish", Kind: "legal_text", Record: tx.Land(), Title: p.Title(), Visibility: audit.Land,
			Changes: audit.Diff("Fassung", strconv.Itoa(d.Seen), strconv.Itoa(d.Seen+1)),
		})
	})
}

var errSuperseded = fault.New(fault.Conflict, "Jemand hat inzwischen eine neue Fassung veröffentlicht.")

// advance stores the version after the one that was seen. The same text sent twice is one version.
func advance(ctx context.Context, tx *postgres.Tx, p Page, d Draft) error {
	added, err := insertVersion(ctx, tx, p, d)
	if err != nil || added {
		return err
	}
	next, err := version(ctx, tx, p, d.Seen+1)
	if err != nil {
		return err
	}
	if next.Body == d.Body {
		return postgres.ErrRepeated
	}
	return errSuperseded
}
