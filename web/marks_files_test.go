package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	nethtml "golang.org/x/net/html"
)

func (m *marker) readFile(t *testing.T, at, kind string, body []byte) {
	switch kind {
	case "text/csv":
		m.readCSV(t, at, body)
	case "text/calendar":
		m.readCalendar(t, at, string(body))
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		m.readSheet(t, at, body)
	case "application/zip":
		m.readZIP(t, at, body)
	}
}

func (m *marker) readCSV(t *testing.T, at string, body []byte) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		t.Errorf("%s: %v", at, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if m.sees(throughCSV, cell); cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				t.Errorf("%s: the cell %q is a formula", at, cell)
			}
		}
	}
}

func (m *marker) readSheet(t *testing.T, at string, body []byte) {
	book, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: 50 << 20})
	must(t, err)
	defer book.Close()
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		must(t, err)
		for i, row := range rows {
			for k, cell := range row {
				m.sees(throughXLSX, cell)
				where, _ := excelize.CoordinatesToCellName(k+1, i+1)
				formula, err := book.GetCellFormula(name, where)
				linked, _, _ := book.GetCellHyperLink(name, where)
				if err != nil || formula != "" || linked {
					t.Errorf("%s: %s is %q, a link: %v (%v)", at, where, formula, linked, err)
				}
			}
		}
	}
}

var property = regexp.MustCompile(`^[A-Z-]+[:;]`)

func (m *marker) readCalendar(t *testing.T, at, text string) {
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		name := property.FindString(line)
		if m.sees(throughICS, line); name == "" || strings.HasPrefix(name, "X-MK") || strings.ContainsAny(line, "\n\r") {
			t.Errorf("%s: the line %q", at, line)
		}
	}
}

func (m *marker) readZIP(t *testing.T, at string, body []byte) {
	box, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	must(t, err)
	for _, file := range box.File {
		if controls.MatchString(file.Name) || path.Clean(file.Name) != file.Name || strings.HasPrefix(file.Name, "/") || strings.HasPrefix(file.Name, "..") || strings.Contains(file.Name, `\`) {
			t.Errorf("%s: holds the file %q", at, file.Name)
		}
		m.sees(throughZIP, file.Name)
		in, err := file.Open()
		must(t, err)
		text, err := io.ReadAll(in)
		must(t, err)
		m.sees(throughZIP, string(text))
		switch path.Ext(file.Name) {
		case ".html":
			doc, err := nethtml.Parse(bytes.NewReader(text))
			must(t, err)
			m.readHTML(t, at+" "+file.Name, doc, false)
		case ".json":
			if !json.Valid(text) {
				t.Errorf("%s: %s is no JSON", at, file.Name)
			}
		case ".csv":
			m.readCSV(t, at, text)
		}
	}
}
