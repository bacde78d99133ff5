package matrixpage

import (
	"iter"
	"net/http"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/interchange"
	"rollinportal/web/page"
)

// Sheet is the matrix with the same filters as a workbook: always to be saved. That it left the portal stands in the trail.
func (p Pages) Sheet(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.export(w, r, who, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(m *dashboard.Matrix) error {
		return interchange.WriteSheet(w, "Matrix", sheetHead(m), sheetRows(m))
	})
}

// CSV is the same as a text file.
func (p Pages) CSV(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.export(w, r, who, "csv", "text/csv; charset=utf-8", func(m *dashboard.Matrix) error {
		return interchange.WriteCSV(w, sheetHead(m), sheetRows(m))
	})
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, who access.Actor, suffix, kind string, write func(*dashboard.Matrix) error) error {
	found, err := p.Dashboard.ExportMatrix(r.Context(), who, filterOf(queryOf(r)))
	if err != nil {
		return err
	}
	page.Attach(w, kind, "matrix-"+found.At.Format(time.DateOnly)+"."+suffix)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := write(found); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

func sheetHead(m *dashboard.Matrix) []string {
	head := []string{"Themenfeld", "Leistung"}
	for _, b := range m.Bodies {
		head = append(head, b.Name)
	}
	return head
}

// sheetRows are the services, each with the words of its cells: the file says what the page says.
func sheetRows(m *dashboard.Matrix) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, l := range m.Services {
			row := []any{l.Topic, l.Name}
			for _, c := range m.Row(i) {
				row = append(row, cellOf(c, m).Text)
			}
			if !yield(row) {
				return
			}
		}
	}
}
