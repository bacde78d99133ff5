// Package matrixpage shows the matrix: services in roll-in by bodies, a window at a time, each cell the way into its
// checklist, or a box to tick.
package matrixpage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the matrix.
type Pages struct {
	Shell     page.Shell
	Dashboard *dashboard.Service
}

// Show shows a window of the matrix. Whoever sees aggregates only is sent to the Lagebild.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.RolloutView) == access.Aggregates {
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	q := queryOf(r)
	f := filterOf(q)
	f.Batch, _ = strconv.Atoi(r.URL.Query().Get(batchParam))
	ticking := who.Can(access.ChecklistItemMany) && r.URL.Query().Get(tickParam) != ""
	if ticking {
		q = q.Keeping(tickParam, "ja")
	}
	found, err := p.Dashboard.Matrix(r.Context(), who, f)
	if err != nil {
		return err
	}
	v := newView(q, found, who, ticking)
	head := ui.Page{Heading: "Matrix", Meta: v.Meta, Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Matrix"}}, Scripts: []string{"grid.js"}}
	return p.Shell.Render(w, r, who, http.StatusOK, head, show(v))
}
