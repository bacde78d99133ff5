package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Download is a file on its way out.
type Download struct {
	ID     uuid.UUID
	Name   string
	Kind   Kind
	Size   int64
	SHA256 []byte
}

// Find returns what is known of a file; NotFound if there is none for this reader.
func (s *Service) Find(ctx context.Context, who access.Actor, id uuid.UUID) (Download, error) {
	var d Download
	err := s.db.Read(ctx, who, access.EvidenceDownload, func(tx *postgres.Tx) (err error) {
		d, err = selectDownload(ctx, tx, id)
		return err
	})
	return d, err
}

// ErrDamaged says that the stored bytes are not those that were uploaded.
var ErrDamaged = errors.New("a stored file does not have its hash")

// Copy writes a file to w, a piece at a time. No transaction stays open while w is slow, and each piece asks anew
// whether the reader may have it. The last piece is held back until the hash is right: a damaged file never looks
// complete.
func (s *Service) Copy(ctx context.Context, who access.Actor, d Download, w io.Writer) error {
	return pass(d, w, func(no int) (piece []byte, err error) {
		err = s.db.Read(ctx, who, access.EvidenceDownload, func(tx *postgres.Tx) error {
			piece, err = selectChunk(ctx, tx, d.ID, no)
			return err
		})
		return piece, err
	})
}

// FindShared returns what is known of a file that a body released with an experience; NotFound if it is not, or no more.
func (s *Service) FindShared(ctx context.Context, who access.Actor, experience, id uuid.UUID) (d Download, err error) {
	err = s.db.Read(ctx, who, access.PeerView, func(tx *postgres.Tx) error {
		d, err = selectShared(ctx, tx, experience, id)
		return err
	})
	return d, err
}

// CopyShared writes such a file to w as Copy does: a release that is taken back ends it at the next piece.
func (s *Service) CopyShared(ctx context.Context, who access.Actor, experience uuid.UUID, d Download, w io.Writer) error {
	return pass(d, w, func(no int) (piece []byte, err error) {
		err = s.db.Read(ctx, who, access.PeerView, func(tx *postgres.Tx) error {
			piece, err = selectSharedChunk(ctx, tx, experience, d.ID, no)
			return err
		})
		return piece, err
	})
}

// pass hands pieces on and holds the last one back until the hash is right.
func pass(d Download, w io.Writer, next func(no int) ([]byte, error)) error {
	sum := sha256.New()
	for no, left := 0, d.Size; left > 0; no++ {
		piece, err := next(no)
		if err != nil {
			return fmt.Errorf("piece %d of file %s: %w", no, d.ID, err)
		}
		sum.Write(piece)
		left -= int64(len(piece))
		if left < 0 || left == 0 && !bytes.Equal(sum.Sum(nil), d.SHA256) {
			return fmt.Errorf("file %s: %w", d.ID, ErrDamaged)
		}
		if _, err := w.Write(piece); err != nil {
			return fmt.Errorf("send file %s: %w", d.ID, err)
		}
	}
	return nil
}
