package interchange

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzCellsAreText: whatever people typed, a spreadsheet takes no cell for a formula, and the file keeps its shape.
func FuzzCellsAreText(f *testing.F) {
	for _, seed := range []string{"", "Erfurt", "=1+1", "+49 361", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "a;b", `"=1"`, "'=1", "\ufeff=1", " =1", "\u00a0=1", "\u200b=1", "\u202e+1", "＝1+1", "＠SUM(A1)", "\x00=1", "=cmd|' /C calc'!A0", "a\"\r\nb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		var out strings.Builder
		if err := WriteCSV(&out, []string{typed, "zweite"}, func(yield func([]any) bool) { yield([]any{typed, 1}) }); err != nil {
			t.Fatal(err)
		}
		parser := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff")))
		parser.Comma = ';'
		rows, err := parser.ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != 2 || len(rows[1]) != 2 {
			t.Fatalf("%q becomes %q: %v", typed, rows, err)
		}
		kept := strings.ReplaceAll(typed, "\r", "") // line ends in a cell are the file's
		for _, row := range rows {
			seen := strings.TrimLeftFunc(row[0], func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
			first, _ := utf8.DecodeRuneInString(seen)
			if cell := row[0]; seen != "" && strings.ContainsRune("=+-@＝＋－＠", first) || strings.HasPrefix(cell, "\t") || cell != kept && cell != "'"+kept {
				t.Errorf("%q becomes the cell %q", typed, cell)
			}
		}
	})
}

// FuzzFilesAreReadOrRefused: a file that people upload is rows, or lines with what is wrong with them, or no table at all.
func FuzzFilesAreReadOrRefused(f *testing.F) {
	for _, seed := range []string{"", "key;name\n1;A", "\ufeffkey,name\r\n1,A\r\n", "key;name\n1", "key;name\n1;\"A", "name\nA", "key;key;name\n1;2;3", "\x00\xff;\nkey"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		found, bad, err := read(io.LimitReader(strings.NewReader(file), 1<<20), "key", "name")
		if err != nil && len(found) > 0 {
			t.Errorf("%q is refused and read: %v", file, err)
		}
		last := 1
		for _, r := range found {
			if _, known := r.cells["key"]; !known || r.line <= last {
				t.Errorf("%q: line %d after %d holds %v", file, r.line, last, r.cells)
			}
			last = r.line
		}
		for _, b := range bad {
			if b.Line < 2 || b.Reason == "" {
				t.Errorf("%q: line %d is refused with %q", file, b.Line, b.Reason)
			}
		}
	})
}
