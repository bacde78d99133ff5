package waitingpage

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/fault"
	"rollinportal/internal/interchange"
	"rollinportal/internal/template"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

var sheetHead = []string{"Einheit", "Leistung", "Aufgabe", "Ticket", "Seit", "Tage"}

// Sheet is the letter to a party as a table: always to be saved. That it left the portal stands in the trail.
func (p Pages) Sheet(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	party, err := url.PathUnescape(chi.URLParam(r, "partei"))
	if err != nil {
		return fault.Missing()
	}
	found, err := p.Dashboard.ExportLetter(r.Context(), who, party)
	if err != nil {
		return err
	}
	page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "offene-punkte-"+found.At.Format(time.DateOnly)+".xlsx")
	if r.Method == http.MethodHead {
		return nil
	}
	if err := interchange.WriteSheet(w, "Offene Punkte", sheetHead, sheetRows(found)); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

func sheetRows(l *dashboard.Letter) func(func([]any) bool) {
	return func(yield func([]any) bool) {
		for _, t := range l.Tasks {
			service := t.ServiceName
			if t.Scope == template.Basis {
				service = "alle Leistungen"
			}
			if !yield([]any{t.BodyName, service, t.Title, t.Ticket, ui.Date(*t.WaitsSince), t.WaitsDays}) {
				return
			}
		}
	}
}
