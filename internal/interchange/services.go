package interchange

import (
	"io"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/catalog"
)

// Services reads EfA services (columns as in efa-dienste.csv). ministries finds an organisation by its Kürzel.
func Services(in io.Reader, source string, ministries map[string]uuid.UUID) ([]catalog.Fields, []Rejection, error) {
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

func (r row) service(source string, ministries map[string]uuid.UUID) (f catalog.Fields, reason string) {
	f = catalog.Fields{
		Name: r.cells["name"], OzgIDs: strings.Fields(r.cells["ozg_id"]), LeikaKeys: strings.Fields(r.cells["leika_schluessel"]),
		TopicField: r.cells["themenfeld"], Lifecycle: catalog.Reusable, ProvidingState: r.cells["umsetzende_stelle"], Operator: r.cells["betreiber"],
		TransportNote: r.cells["transport"], Focus: r.cells["fokusleistung"] == "ja", Note: r.cells["hinweis"], Source: source,
		ExecutionLevel: catalog.Level(r.cells["vollzugsebene"]), Competence: catalog.AllBodies,
	}
	if f.ExecutionLevel == catalog.Gemeinde {
		f.Competence = catalog.CitiesOnly
	}
	if strings.Contains(f.TransportNote, "OSCI") {
		f.Transports = append(f.Transports, catalog.OSCI)
	}
	if strings.Contains(f.TransportNote, "FIT-Connect") {
		f.Transports = append(f.Transports, catalog.FITConnect)
	}
	if key := r.cells["fachressort"]; key != "" {
		id, ok := ministries[key]
		if !ok {
			return f, "das Fachressort „" + key + "“ gibt es nicht"
		}
		f.MinistryID = &id
	}
	return f, ""
}
