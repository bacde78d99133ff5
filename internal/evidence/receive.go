package evidence

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"rollinportal/internal/fault"
)

// Upload is a file that was received and found acceptable. It has to be closed.
type Upload struct {
	Name   string
	Kind   Kind
	Size   int64
	SHA256 [sha256.Size]byte

	file *os.File
}

// Receive reads a file to its end and judges its content. What does not hold is an Invalid fault about field "file";
// any other error comes from the reader or the disk.
//
// The bytes go to a temporary file first, which has no name any more when the first of them arrives: a line may take
// minutes, a transaction seconds, and whatever breaks off leaves nothing behind.
func Receive(body io.Reader, name string) (*Upload, error) {
	file, err := os.CreateTemp("", "nachweis-*")
	if err != nil {
		return nil, noRoom(err)
	}
	u := &Upload{file: file}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(noRoom(err), u.Close())
	}
	if err := u.fill(body, name); err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

// Close gives the disk space back.
func (u *Upload) Close() error { return u.file.Close() }

func noRoom(cause error) error {
	return fault.Wrap(fault.Unavailable, "Das Portal kann gerade keine Dateien annehmen. Versuchen Sie es in einigen Minuten noch einmal.", cause)
}

func (u *Upload) fill(body io.Reader, name string) error {
	head, err := io.ReadAll(io.LimitReader(body, headSize))
	switch {
	case err != nil:
		return fmt.Errorf("receive a file: %w", err)
	case len(head) == 0 && name == "":
		return errMissing
	case len(head) == 0:
		return errEmpty
	}
	if u.Kind = kindOf(head); isKeyStore(head) {
		return errKey
	}
	in := &inspector{sum: sha256.New(), out: u.file}
	u.Size, err = io.CopyBuffer(in, io.LimitReader(io.MultiReader(bytes.NewReader(head), body), MaxSize+1), make([]byte, headSize))
	switch {
	case in.key:
		return errKey
	case in.full != nil:
		return noRoom(in.full)
	case err != nil:
		return fmt.Errorf("receive a file: %w", err)
	case u.Kind == "":
		return errKind
	case u.Size > MaxSize:
		return errSize
	}
	u.Name = cleanName(name, u.Kind)
	copy(u.SHA256[:], in.sum.Sum(nil))
	return nil
}

// inspector writes on what passes, sums it up and looks for keys in it.
type inspector struct {
	sum  hash.Hash
	out  io.Writer
	seam []byte // the end of what passed before
	key  bool   // a private key passed
	full error  // the disk did not take it
}

var errStop = errors.New("a private key")

func (in *inspector) Write(piece []byte) (int, error) {
	in.seam = append(in.seam, piece[:min(len(piece), longestMark)]...)
	if in.key = carriesPEMKey(piece) || carriesPEMKey(in.seam); in.key {
		return 0, errStop
	}
	in.seam = append(in.seam, piece[max(min(len(piece), longestMark), len(piece)-longestMark):]...)
	in.seam = append(in.seam[:0], in.seam[max(0, len(in.seam)-longestMark):]...)
	in.sum.Write(piece)
	n, err := in.out.Write(piece)
	in.full = err
	return n, err
}
