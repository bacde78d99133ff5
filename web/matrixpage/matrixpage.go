// Package matrixpage shows the matrix: services in roll-in by bodies, a window at a time, each cell the way into its
// checklist.
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

// columnsParam names the window of bodies; that of services is the page of the list.
const columnsParam = "einheiten"

// Show shows a window of the matrix. Whoever sees aggregates only is sent to the Lagebild.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	if who.Reach(access.RolloutView) == access.Aggregates {
		return page.Redirect(w, r, link.Lagebild, page.NoFlash)
	}
	q := page.QueryOf(r, "themenfeld", "leistung", "art", "stand", columnsParam)
	found, err := p.Dashboard.Matrix(r.Context(), who, filterOf(q))
	if err != nil {
		return err
	}
	v := newView(q, found, who)
	return p.Shell.Render(w, r, who, http.StatusOK, ui.Page{Heading: "Matrix", Meta: v.Meta, Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Matrix"}}}, show(v))
}

func filterOf(q page.Query) dashboard.MatrixFilter {
	return dashboard.MatrixFilter{
		Topic: q.Get("themenfeld"), Service: q.Get("leistung"), Kind: kinds[q.Get("art")].kind, Stage: stages[q.Get("stand")],
		Rows: q.Page(), Columns: columnsOf(q),
	}
}

// columnsOf is the window of bodies, from 1.
func columnsOf(q page.Query) int {
	n, err := strconv.Atoi(q.Get(columnsParam))
	if err != nil || n < 1 || n > 1000 {
		return 1
	}
	return n
}
