package recordpage

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/evidence"
	"rollinportal/internal/paper"
)

// file is one entry of the ZIP. Papers are small and stand in memory; what people uploaded is copied a piece at a time.
type file struct {
	name string
	sum  string
	copy func(io.Writer) error
}

func inMemory(name string, body []byte) file {
	return file{name, paper.Sum(body), func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}}
}

// enclosed are the files that the reviews lean on, in a folder of their own, each version under a name of its own.
func (p Pages) enclosed(ctx context.Context, who access.Actor, uploads []paper.File) []file {
	files := make([]file, len(uploads))
	for i, u := range uploads {
		sum, _ := hex.DecodeString(u.SHA256)
		d := evidence.Download{ID: u.ID, Name: u.Name, Kind: evidence.Kind(u.Kind), Size: u.Size, SHA256: sum}
		files[i] = file{fmt.Sprintf("dateien/%02d-fassung-%d-%s", i+1, u.Version, u.Name), u.SHA256, func(w io.Writer) error {
			return p.Files.CopyPaper(ctx, who, d, w)
		}}
	}
	return files
}

// filesOf lists what belongs to a case, by name: its papers, the documents they lean on, and all hashes in the form that
// sha256sum -c reads.
func filesOf(ctx context.Context, b decision.Bundle, enclosed []file) ([]file, error) {
	files, err := forms(ctx, "vermerk", b)
	if err != nil {
		return nil, err
	}
	files = append(append(files, inMemory("unterlagen.txt", documents(b.Paper))), enclosed...)
	if b.Ending != nil {
		ending, err := forms(ctx, "vermerk-ende", *b.Ending)
		if err != nil {
			return nil, err
		}
		files = append(files, ending...)
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	var hashes strings.Builder
	for _, f := range files {
		fmt.Fprintf(&hashes, "%s  %s\n", f.sum, f.name)
	}
	return append(files, inMemory("sha256sums.txt", []byte(hashes.String()))), nil
}

// forms are one Vermerk in all its forms.
func forms(ctx context.Context, name string, b decision.Bundle) ([]file, error) {
	page, err := standalone(ctx, b.Body)
	if err != nil {
		return nil, err
	}
	files := []file{inMemory(name+".html", page), inMemory(name+".json", b.Body), inMemory(name+"-oeffentlich.json", b.Public)}
	if b.PDF != nil {
		files = append(files, inMemory(name+".pdf", b.PDF))
	}
	return files, nil
}

// documents is the section about documents as plain text.
func documents(p paper.Paper) []byte {
	var text bytes.Buffer
	for _, s := range p.Sections {
		if s.Heading != decision.DocumentHeading {
			continue
		}
		for _, words := range s.Texts {
			fmt.Fprintf(&text, "%s\n", words)
		}
		for _, t := range s.Tables {
			for _, row := range t.Rows {
				fmt.Fprintf(&text, "%s\n", strings.Join(row, "\t"))
			}
		}
	}
	return text.Bytes()
}

// writeZIP packs without compressing: the bytes depend on the papers alone, not on the version of a packer.
func writeZIP(w io.Writer, files []file, at time.Time) error {
	out := zip.NewWriter(w)
	for _, f := range files {
		entry, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: stamp(at)})
		if err != nil {
			return fmt.Errorf("begin %s: %w", f.name, err)
		}
		if err := f.copy(entry); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return out.Close()
}
