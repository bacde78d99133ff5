package interchange_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollinportal/internal/interchange"
)

func TestNothingTypedBecomesAFormula(t *testing.T) {
	t.Parallel()
	typed := []string{"=1+1", "+49 361", "-5", "@SUMME(A1)", "\t=1", "Erfurt", "4711", "<b>&\"", "ä"}
	rows := make([][]any, len(typed))
	for i, text := range typed {
		rows[i] = []any{text, i}
	}
	var out bytes.Buffer
	if err := interchange.WriteSheet(&out, "Offene Punkte", []string{"Text", "Tage"}, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i, want := range typed {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		got, err := file.GetCellValue("Offene Punkte", cell)
		formula, _ := file.GetCellFormula("Offene Punkte", cell)
		kind, _ := file.GetCellType("Offene Punkte", cell)
		if err != nil || got != want || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: %q as %v with formula %q, want the text %q", cell, got, kind, formula, want)
		}
	}
}
