package interchange

import (
	"io"
	"strconv"
	"time"

	"rollinportal/internal/organisation"
)

var orgKinds = map[string]organisation.Kind{
	"landeskoordination": organisation.StateCoordination,
	"fachressort":        organisation.Ministry,
	"it_dienstleister":   organisation.ITProvider,
	"spitzenverband":     organisation.Association,
	"efa_anbieter":       organisation.EfAProvider,
	"gremium":            organisation.Committee,
	"landkreis":          organisation.District,
	"kreisfreie_stadt":   organisation.IndependentCity,
}

// Organisations reads ministries, providers and associations (columns as in organisationen.csv).
func Organisations(in io.Reader) ([]organisation.Organisation, []Rejection, error) {
	rows, bad, err := read(in, "kuerzel", "name", "art", "gueltig_ab", "gueltig_bis", "nachfolge", "aufgabe")
	if err != nil {
		return nil, nil, err
	}
	var found []organisation.Organisation
	seen := map[string]bool{}
	for _, r := range rows {
		o := organisation.Organisation{
			Kind: orgKinds[r.cells["art"]], Key: r.cells["kuerzel"], Name: r.cells["name"], Short: r.cells["kuerzel"], Task: r.cells["aufgabe"],
		}
		var reason string
		o.ValidFrom, reason = r.day("gueltig_ab", reason)
		o.ValidTo, reason = r.day("gueltig_bis", reason)
		if next := r.cells["nachfolge"]; next != "" {
			o.SuccessorKey = &next
		}
		switch {
		case o.Key == "" || o.Name == "":
			reason = "braucht Kürzel und Namen"
		case o.Kind == "":
			reason = "unbekannte Art „" + r.cells["art"] + "“"
		case seen[o.Key]:
			reason = "das Kürzel „" + o.Key + "“ steht schon weiter oben"
		}
		if reason != "" {
			bad = append(bad, Rejection{r.line, reason})
			continue
		}
		seen[o.Key] = true
		found = append(found, o)
	}
	return found, bad, nil
}

// Bodies reads Landkreise and kreisfreie Städte (columns as in thueringen-kommunen.csv).
func Bodies(in io.Reader) ([]organisation.Organisation, []Rejection, error) {
	rows, bad, err := read(in, "kreisschluessel", "name", "typ", "kfz", "sitz", "einwohner", "einwohner_stand", "kachel_spalte", "kachel_zeile")
	if err != nil {
		return nil, nil, err
	}
	var found []organisation.Organisation
	seen := map[string]bool{}
	for _, r := range rows {
		o, reason := r.body()
		if reason == "" && seen[o.Key] {
			reason = "der Kreisschlüssel „" + o.Key + "“ steht schon weiter oben"
		}
		if reason != "" {
			bad = append(bad, Rejection{r.line, reason})
			continue
		}
		seen[o.Key] = true
		found = append(found, o)
	}
	return found, bad, nil
}

func (r row) body() (o organisation.Organisation, reason string) {
	o = organisation.Organisation{
		Kind: orgKinds[r.cells["typ"]], Key: r.cells["kreisschluessel"], Name: r.cells["name"], Short: r.cells["kfz"], Seat: r.cells["sitz"],
	}
	o.Population, reason = r.number("einwohner", reason)
	o.TileColumn, reason = r.number("kachel_spalte", reason)
	o.TileRow, reason = r.number("kachel_zeile", reason)
	o.PopulationOn, reason = r.day("einwohner_stand", reason)
	switch {
	case len(o.Key) != 5 || !isDigits(o.Key):
		reason = "ein Kreisschlüssel hat 5 Ziffern, nicht „" + o.Key + "“"
	case o.Name == "":
		reason = "braucht einen Namen"
	case !o.Kind.IsBody():
		reason = "der Typ ist landkreis oder kreisfreie_stadt, nicht „" + r.cells["typ"] + "“"
	}
	return o, reason
}

// day reads a date; an earlier reason wins.
func (r row) day(column, reason string) (*time.Time, string) {
	cell := r.cells[column]
	if cell == "" || reason != "" {
		return nil, reason
	}
	t, err := time.Parse(time.DateOnly, cell)
	if err != nil {
		return nil, column + ": ein Datum hat die Form 2026-12-31, nicht „" + cell + "“"
	}
	return &t, ""
}

func (r row) number(column, reason string) (*int, string) {
	cell := r.cells[column]
	if cell == "" || reason != "" {
		return nil, reason
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 0 {
		return nil, column + ": „" + cell + "“ ist keine Zahl"
	}
	return &n, ""
}

func isDigits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}
