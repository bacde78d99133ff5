package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Format is the version of the bytes. A new version needs a new number and a Decode that still reads the old one.
const Format = 1

// Paper is one document.
type Paper struct {
	Format   int       `json:"format"`
	Kind     string    `json:"kind"`   // "Vermerk"
	Title    string    `json:"title"`  // also of the PDF
	Scope    string    `json:"scope"`  // whom it is for, in a sentence
	Record   string    `json:"record"` // id of what it is about
	Date     string    `json:"date"`   // as people read it
	Sections []Section `json:"sections"`
}

// Section is a part with a heading; its parts go one level deeper, not more.
type Section struct {
	Heading string    `json:"heading"`
	Texts   []string  `json:"texts,omitempty"` // paragraphs; line breaks are kept
	Facts   []Fact    `json:"facts,omitempty"`
	Tables  []Table   `json:"tables,omitempty"`
	Parts   []Section `json:"parts,omitempty"`
}

// Fact is a term, its value, and where the value comes from.
type Fact struct {
	Term   string `json:"term"`
	Value  string `json:"value"`
	Source string `json:"source,omitempty"`
}

// Table has a caption and as many cells in each row as in its head. Figures says how many columns at the end are
// figures.
type Table struct {
	Caption string     `json:"caption"`
	Head    []string   `json:"head"`
	Figures int        `json:"figures"`
	Rows    [][]string `json:"rows"`
}

// Encode returns the bytes of a paper: always the same for the same paper.
func (p Paper) Encode() ([]byte, error) {
	p.Format = Format
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return nil, fmt.Errorf("encode paper: %w", err)
	}
	return out.Bytes(), nil
}

// Decode reads what Encode wrote. Bytes that mean anything else are an error, never half a paper.
func Decode(body []byte) (Paper, error) {
	var p Paper
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("decode paper: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return p, errors.New("decode paper: something stands behind it")
	}
	if p.Format != Format {
		return p, fmt.Errorf("decode paper: format %d is unknown", p.Format)
	}
	return p, nil
}

// Sum is the SHA-256 of bytes as people compare it.
func Sum(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
