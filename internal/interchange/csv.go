// Package interchange brings master data in from files and out again.
//
// Reading has two steps: a file becomes rows with their line numbers, and every row either becomes a value of the
// field or a rejection with its line and a reason. Nothing is stored here: the rooms do that, after a dry run.
package interchange

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rejection is a row that cannot be taken over, and why.
type Rejection struct {
	Line   int // as an editor counts, the header is line 1
	Reason string
}

func (r Rejection) String() string { return fmt.Sprintf("Zeile %d: %s", r.Line, r.Reason) }

// row is one line of a file by the names of its columns.
type row struct {
	line  int
	cells map[string]string
}

// read returns the rows of a CSV file. Comma and semicolon are both fine, and so is a byte order mark. A file
// without one of the columns is refused as a whole.
func read(in io.Reader, columns ...string) ([]row, []Rejection, error) {
	text := bufio.NewReader(in)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	head, _ := text.Peek(4096)
	first, _, _ := strings.Cut(string(head), "\n")
	parser := csv.NewReader(text)
	parser.FieldsPerRecord = -1
	if strings.Count(first, ";") > strings.Count(first, ",") {
		parser.Comma = ';'
	}
	header, err := parser.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("die Datei hat keine lesbare Kopfzeile: %w", err)
	}
	for _, c := range columns {
		if !slices.Contains(header, c) {
			return nil, nil, fmt.Errorf("die Spalte „%s“ fehlt in der Kopfzeile", c)
		}
	}
	return readRows(parser, header)
}

func readRows(parser *csv.Reader, header []string) (found []row, bad []Rejection, err error) {
	for {
		cells, err := parser.Read()
		if errors.Is(err, io.EOF) {
			return found, bad, nil
		}
		if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, nil, fmt.Errorf("die Datei lässt sich in Zeile %d nicht lesen: %w", wrong.Line, wrong.Err)
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := parser.FieldPos(0)
		if len(cells) != len(header) {
			bad = append(bad, Rejection{line, fmt.Sprintf("hat %d Spalten statt %d", len(cells), len(header))})
			continue
		}
		r := row{line, map[string]string{}}
		for i, name := range header {
			r.cells[name] = strings.TrimSpace(cells[i])
		}
		found = append(found, r)
	}
}

// WriteCSV writes a table for German spreadsheets: a byte order mark, semicolons, and an apostrophe before every text
// that a spreadsheet would take for a formula.
func WriteCSV(w io.Writer, head []string, rows iter.Seq[[]any]) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("begin a CSV file: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	cells := make([]string, len(head))
	for i, title := range head {
		cells[i] = harmless(title)
	}
	_ = out.Write(cells) // what fails here fails at the end, too
	for row := range rows {
		cells = cells[:0]
		for _, value := range row {
			cells = append(cells, harmless(fmt.Sprint(value)))
		}
		_ = out.Write(cells)
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write a CSV file: %w", err)
	}
	return nil
}

// harmless keeps a text from being read as a formula. Spreadsheets pass over blanks and what cannot be seen before the sign,
// and some take its wide form for it.
func harmless(text string) string {
	seen := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
	if first, _ := utf8.DecodeRuneInString(seen); strings.ContainsRune("=+-@＝＋－＠", first) || strings.HasPrefix(text, "\t") {
		return "'" + text
	}
	return text
}
