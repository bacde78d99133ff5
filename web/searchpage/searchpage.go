// Package searchpage is the one box that finds services, bodies, steps, obstacles and files by their names.
package searchpage

import (
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the search.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
}

// Show shows the box, and what its words found.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	words := page.QueryOf(r, queryParam).Get(queryParam)
	found, err := p.Dashboard.Search(r.Context(), who, words)
	if err != nil {
		return err
	}
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Suche", Crumbs: []ui.Link{{Text: "Suche"}}}, show(newView(words, found, who)))
}

// queryParam carries the words.
const queryParam = "q"
