package interchange

import (
	"io"
	"slices"
	"strings"

	"rollinportal/internal/catalog"
)

// Services reads EfA services (columns as in efa-dienste.csv; auch_gesucht_als may be missing). ministries are the Kürzel
// that exist.
func Services(in io.Reader, source string, ministries []string) ([]catalog.Fields, []Rejection, error) {
	rows, bad, err := read(in, "name", "ozg_id", "leika_schluessel", "themenfeld", "umsetzende_stelle", "betreiber", "fachressort", "transport", "fokusleistung", "vollzugsebene", "hinweis")
	if err != nil {
		return nil, nil, err
	}
	var found []catalog.Fields
	seen := map[string]bool{}
	for _, r := range rows {
		f, reason := r.service(source, ministries)
		if reason == "" {
			reason = f.Check()
		}
		if reason == "" && seen[f.Name] {
			reason = "die Leistung „" + f.Name + "“ steht schon weiter oben"
		}
		if reason != "" {
			bad = append(bad, Rejection{r.line, reason})
			continue
		}
		seen[f.Name] = true
		found = append(found, f)
	}
	return found, bad, nil
}

func (r row) service(source string, ministries []string) (f catalog.Fields, reason string) {
	f = catalog.Fields{
		Name: r.cells["name"], OzgIDs: strings.Fields(r.cells["ozg_id"]), LeikaKeys: strings.Fields(r.cells["leika_schluessel"]), AlsoSought: catalog.SplitSought(r.cells["auch_gesucht_als"]),
		TopicField: r.cells["themenfeld"], Lifecycle: catalog.Reusable, ProvidingState: r.cells["umsetzende_stelle"], Operator: r.cells["betreiber"],
		TransportNote: more(r.cells["transport"]), Focus: r.cells["fokusleistung"] == "ja", Note: r.cells["hinweis"], Source: source,
		ExecutionLevel: catalog.Level(r.cells["vollzugsebene"]), Competence: catalog.AllBodies,
	}
	if f.ExecutionLevel == catalog.Gemeinde {
		f.Competence = catalog.CitiesOnly
	}
	if strings.Contains(r.cells["transport"], "OSCI") {
		f.Transports = append(f.Transports, catalog.OSCI)
	}
	if strings.Contains(r.cells["transport"], "FIT-Connect") {
		f.Transports = append(f.Transports, catalog.FITConnect)
	}
	if key := r.cells["fachressort"]; key != "" {
		if !slices.Contains(ministries, key) {
			return f, "das Fachressort „" + key + "“ gibt es nicht"
		}
		f.MinistryKey = key
	}
	return f, ""
}

// more keeps of a transport what is said in brackets: the rest are the transports themselves.
func more(transport string) string {
	_, rest, _ := strings.Cut(transport, "(")
	note, _, _ := strings.Cut(rest, ")")
	return note
}
