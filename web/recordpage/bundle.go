package recordpage

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"rollinportal/internal/decision"
	"rollinportal/internal/paper"
)

// file is one entry of the ZIP.
type file struct {
	name string
	body []byte
}

// filesOf lists what belongs to a case, by name: its papers, the list of documents they lean on, and all hashes in the
// form that sha256sum -c reads.
func filesOf(ctx context.Context, b decision.Bundle) ([]file, error) {
	page, err := standalone(ctx, b.Body)
	if err != nil {
		return nil, err
	}
	files := []file{{"vermerk.html", page}, {"vermerk.json", b.Body}, {"vermerk-oeffentlich.json", b.Public}, {"unterlagen.txt", documents(b.Paper)}}
	if b.PDF != nil {
		files = append(files, file{"vermerk.pdf", b.PDF})
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	var hashes strings.Builder
	for _, f := range files {
		fmt.Fprintf(&hashes, "%s  %s\n", paper.Sum(f.body), f.name)
	}
	return append(files, file{"sha256sums.txt", []byte(hashes.String())}), nil
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
		if _, err := entry.Write(f.body); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return out.Close()
}
