package page

import (
	"net/url"
	"strings"

	"rollinportal/internal/dashboard"
	"rollinportal/web/ui"
)

// MatrixStages are the stages as the address of the matrix names them, in the order of MatrixStageKeys.
var (
	MatrixStageKeys = []string{"nicht-begonnen", "vorbereiten", "anbinden", "testen", "produktiv-gehen", "produktiv", "pausiert", "abgelehnt", "ausser-betrieb"}
	MatrixStages    = map[string]dashboard.Stage{
		"nicht-begonnen": dashboard.NotBegun, "vorbereiten": dashboard.Preparing, "anbinden": dashboard.Connecting, "testen": dashboard.Testing,
		"produktiv-gehen": dashboard.GoingLive, "produktiv": dashboard.Live, "pausiert": dashboard.Resting, "abgelehnt": dashboard.Declined,
		"ausser-betrieb": dashboard.Ended,
	}
)

// MatrixKinds are the kinds of bodies as the address of the matrix names them.
var MatrixKinds = map[string]string{"kreisfrei": "Kreisfreie Städte", "landkreis": "Landkreise"}

// mostNamed is how many bodies are named one by one.
const mostNamed = 5

// MatrixWords says in words what a state of the matrix shows: what it filters by, then which columns it has and how both
// are grouped. Services and bodies are named by names; what is not among them is gone.
func MatrixWords(state url.Values, names map[string]string) []string {
	var found []string
	name := func(key string) string {
		if known := names[key]; known != "" {
			return known
		}
		return "„" + key + "“ (gibt es hier nicht mehr)"
	}
	if topic := state.Get("themenfeld"); topic != "" {
		found = append(found, "Themenfeld: "+topic)
	}
	if service := state.Get("leistung"); service != "" {
		found = append(found, "Leistung: "+name(service))
	}
	if stage, known := MatrixStages[state.Get("stand")]; known {
		found = append(found, "Stand: "+StageLegend(stage).Text)
	}
	if kind := MatrixKinds[state.Get("art")]; kind != "" {
		found = append(found, "Einheiten: "+kind)
	}
	if only := several(state.Get("einheit")); len(only) > 0 {
		var bodies []string
		for _, key := range only[:min(len(only), mostNamed)] {
			bodies = append(bodies, name(key))
		}
		text := "Nur " + strings.Join(bodies, ", ")
		if more := len(only) - mostNamed; more > 0 {
			text += " und " + ui.Count(more, "weitere", "weitere")
		}
		found = append(found, text)
	}
	if len(found) == 0 {
		found = append(found, "Alle Leistungen und Einheiten")
	}
	return append(found, matrixGroups(state)...)
}

// MatrixKeys are the slug and the keys by which a state of the matrix filters, for MatrixWords to name.
func MatrixKeys(state url.Values) []string {
	return append(several(state.Get("einheit")), several(state.Get("leistung"))...)
}

// matrixGroups says how rows and columns are grouped, and what a cell says besides.
func matrixGroups(state url.Values) []string {
	rows, columns := "Zeilen nach Themenfeld", "Spalten nach Art der Einheit"
	if state.Get("zeilen") == "name" {
		rows = "Zeilen von A bis Z"
	}
	switch state.Get("spalten") {
	case "name":
		columns = "Spalten von A bis Z"
	case "welle":
		columns = "Spalten nach Welle"
	}
	if state.Get("dauer") != "" {
		return []string{rows, columns, "Zellen mit Dauer"}
	}
	return []string{rows, columns}
}
