package matrixpage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/organisation"
	"rollinportal/web/page"
)

// The parameters of the matrix that are no filters of every list.
const (
	columnsParam = "einheiten"       // the window of bodies; that of services is the page of the list
	onlyParam    = "einheit"         // the bodies that stand as columns, by key
	rowsParam    = "zeilen"          // the order of the services
	acrossParam  = "spalten"         // the order of the bodies
	tickParam    = "ankreuzen"       // cells are boxes
	ageParam     = "dauer"           // cells say for how long
	batchParam   = "sammelaenderung" // whose cells are marked
)

// mostColumns is how many bodies the URL may choose.
const mostColumns = 100

var (
	kinds      = map[string]organisation.Kind{"kreisfrei": organisation.IndependentCity, "landkreis": organisation.District}
	lineOrders = map[string]dashboard.LineOrder{"name": dashboard.ByServiceName}
	bodyOrders = map[string]dashboard.BodyOrder{"name": dashboard.ByBodyName, "welle": dashboard.ByWave}
)

func queryOf(r *http.Request) page.Query {
	return page.QueryOf(r, "themenfeld", "leistung", "art", "stand", rowsParam, acrossParam, ageParam, columnsParam).Joining(r, onlyParam, mostColumns)
}

func filterOf(q page.Query) dashboard.MatrixFilter {
	f := dashboard.MatrixFilter{
		Topic: q.Get("themenfeld"), Service: q.Get("leistung"), Kind: kinds[q.Get("art")], Stage: page.MatrixStages[q.Get("stand")],
		Bodies: q.All(onlyParam), Lines: lineOrders[q.Get(rowsParam)], Across: bodyOrders[q.Get(acrossParam)],
		Rows: q.Page(), Columns: columnsOf(q),
	}
	if f.Across == dashboard.ByWave && f.Service == "" { // a body has a wave for a service, not for all
		f.Across = dashboard.ByKind
	}
	return f
}

// columnsOf is the window of bodies, from 1.
func columnsOf(q page.Query) int {
	n, err := strconv.Atoi(q.Get(columnsParam))
	if err != nil || n < 1 || n > 1000 {
		return 1
	}
	return n
}
