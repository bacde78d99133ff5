package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

const (
	format       = 1
	dumpName     = "portal.dump"
	manifestName = "manifest.json"
)

// Manifest says what a backup holds.
type Manifest struct {
	Format   int       `json:"format"`
	MadeAt   time.Time `json:"made_at"` // the database's time: everything committed before is in it
	Program  string    `json:"program"` // the revision that made it
	Schema   int64     `json:"schema"`  // number of the newest migration
	Postgres string    `json:"postgres"`
	Roles    []string  `json:"roles"` // that own something or may something in it
	Tables   []Table   `json:"tables"`
	Files    []File    `json:"files"`
}

// Table is what a table held.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // over the digests of its rows, in order
}

// File is a file beside the manifest.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows counts those of all tables.
func (m Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// differences names the tables that are not as the manifest says.
func (m Manifest) differences(found []Table) (wrong []error) {
	there := map[string]Table{}
	for _, t := range found {
		there[t.Name] = t
	}
	for _, want := range m.Tables {
		got, ok := there[want.Name]
		delete(there, want.Name)
		switch {
		case !ok:
			wrong = append(wrong, fmt.Errorf("table %s is missing", want.Name))
		case got.Rows != want.Rows:
			wrong = append(wrong, fmt.Errorf("table %s has %d rows, the manifest says %d", want.Name, got.Rows, want.Rows))
		case got.SHA256 != want.SHA256:
			wrong = append(wrong, fmt.Errorf("table %s has other contents than the manifest says", want.Name))
		}
	}
	for name := range there {
		wrong = append(wrong, fmt.Errorf("table %s is not in the manifest", name))
	}
	return wrong
}

// Read returns the manifest of a backup and checks that its files are unchanged and that this program understands it.
// schema is the newest migration that this program knows.
func Read(dir string, schema int64) (Manifest, error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return Manifest{}, fmt.Errorf("no backup: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("the manifest is damaged: %w", err)
	}
	switch {
	case m.Format != format:
		return Manifest{}, fmt.Errorf("the backup has format %d; this program reads %d", m.Format, format)
	case m.Schema > schema:
		return Manifest{}, fmt.Errorf("the backup was made by a newer program: its schema is %d, this program knows %d", m.Schema, schema)
	case len(m.Tables) == 0 || len(m.Files) != 1 || m.Files[0].Name != dumpName:
		return Manifest{}, errors.New("the manifest is damaged: it names no tables or no dump")
	}
	for _, want := range m.Files {
		got, err := fileAt(filepath.Join(dir, want.Name))
		if err != nil {
			return Manifest{}, fmt.Errorf("the backup is not whole: %w", err)
		}
		if got != want {
			return Manifest{}, fmt.Errorf("%s is not what the backup wrote: %d bytes with digest %s, the manifest says %d with %s", want.Name, got.Bytes, got.SHA256, want.Bytes, want.SHA256)
		}
	}
	return m, nil
}

func fileAt(path string) (File, error) {
	in, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, in)
	if err != nil {
		return File{}, err
	}
	return File{Name: filepath.Base(path), Bytes: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}
