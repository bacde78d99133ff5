package interchange

import (
	"strings"
	"testing"
)

// TestFilesComeAsSpreadsheetsWriteThem: with commas or semicolons, with a byte order mark or without, and with cells over
// several lines. What has no readable header is refused as a whole, a row of another width alone, by the line it stands in.
func TestFilesComeAsSpreadsheetsWriteThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file string
		rows int
		last string // the name in the last row
		bad  string // the first rejection
		err  string
	}{
		"commas":                 {"key,name\n1,Erfurt\n2,Gera\n", 2, "Gera", "", ""},
		"semicolons":             {"key;name\n1;Erfurt, Stadt\n", 1, "Erfurt, Stadt", "", ""},
		"as many of both":        {"\"a;b;\",key,name\nx,1,Erfurt\n", 1, "Erfurt", "", ""},
		"semicolons in the rows": {"key,name\n1,Erfurt; Gera; Jena\n", 1, "Erfurt; Gera; Jena", "", ""},
		"a byte order mark":      {"\ufeffkey;name\r\n1;Erfurt\r\n", 1, "Erfurt", "", ""},
		"no byte order mark":     {"xxxkey;key;name\n1;1;Erfurt\n", 1, "Erfurt", "", ""},
		"a cell over two lines":  {"key;name\n1;\"Er\nfurt\"\n2\n", 1, "Er\nfurt", "Zeile 4: hat 1 Spalten statt 2", ""},
		"space around":           {"key;name\n1; Erfurt \n", 1, "Erfurt", "", ""},
		"a row too wide":         {"key;name\n1;Erfurt;x\n2;Gera\n", 1, "Gera", "Zeile 2: hat 3 Spalten statt 2", ""},
		"no rows":                {"key;name\n", 0, "", "", ""},
		"nothing":                {"", 0, "", "", "keine lesbare Kopfzeile"},
		"a broken header":        {"key;\"na\"me\n1;Erfurt\n", 0, "", "", "keine lesbare Kopfzeile"},
		"a column missing":       {"key;nam\n1;Erfurt\n", 0, "", "", "„name“ fehlt"},
		"a broken row":           {"key;name\n1;\"Er\"furt\n", 0, "", "", "in Zeile 2 nicht lesen"},
	} {
		rows, bad, err := read(strings.NewReader(c.file), "key", "name")
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %v, want %q", name, err, c.err)
		}
		if len(rows) != c.rows || c.rows > 0 && rows[len(rows)-1].cells["name"] != c.last {
			t.Errorf("%s: %v, want %d rows and %q at the end", name, rows, c.rows, c.last)
		}
		if (len(bad) > 0) != (c.bad != "") || len(bad) > 0 && bad[0].String() != c.bad {
			t.Errorf("%s: %v, want %q", name, bad, c.bad)
		}
	}
}
