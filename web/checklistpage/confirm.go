package checklistpage

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/web/link"
	"rollinportal/web/page"
)

// Confirm notes that one checklist of a body still stands as it is noted, or all of them if the URL names no service.
func (p Pages) Confirm(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	body, slug := chi.URLParam(r, "einheit"), chi.URLParam(r, "leistung")
	if err := p.Onboardings.Confirm(r.Context(), who, body, slug); err != nil {
		return err
	}
	back := link.Tasks
	if slug != "" {
		back = link.Checklist(body, slug)
	}
	return page.Redirect(w, r, back, page.Confirmed)
}
