package decisionpage

import (
	"net/http"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/interchange"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

var sheetHead = []string{"Leistung", "Vorgang", "Ressort", "Stand", "Stand seit", "Tage", "Wartet auf", "Erbeten bis", "Überfällig", "Entschieden am", "Gilt bis"}

// Sheet is the list with the same filters as a table: always to be saved. That it left the portal stands in the trail.
func (p Pages) Sheet(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, at, err := p.Decisions.Export(r.Context(), who, filterOf(listQuery(r)))
	if err != nil {
		return err
	}
	page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "entscheidungen-"+at.Format(time.DateOnly)+".xlsx")
	if r.Method == http.MethodHead {
		return nil
	}
	if err := interchange.WriteSheet(w, "Entscheidungen", sheetHead, sheetRows(found, at)); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

func sheetRows(found []decision.Listed, at time.Time) func(func([]any) bool) {
	return func(yield func([]any) bool) {
		for _, d := range found {
			if !yield(sheetRow(d, at)) {
				return
			}
		}
	}
}

func sheetRow(d decision.Listed, at time.Time) []any {
	row := []any{d.ServiceName, d.No, d.MinistryKey, d.State.Word(), ui.Date(d.StateSince), int(at.Sub(d.StateSince).Hours() / 24), strings.Join(d.WaitsFor, ", "), "", "", "", ""}
	if d.DueOn != nil {
		row[7] = ui.Date(*d.DueOn)
	}
	if d.Overdue {
		row[8] = "ja"
	}
	if d.DecidedAt != nil {
		row[9] = ui.Date(*d.DecidedAt)
	}
	if d.ValidUntil != nil {
		row[10] = ui.Date(*d.ValidUntil)
	}
	return row
}
