package page

import (
	"rollinportal/internal/catalog"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// Said puts what the sources say about a service side by side: a row for each fact, a column for each source.
type Said struct {
	Note    string // how many facts are contradicted
	Sources []string
	Rows    []saidRow
}

type saidRow struct {
	Name   string
	Differ bool
	Cells  []saidCell
}

type saidCell struct {
	Source, Value, Checked string
	URL, URLText           string // where the source says it
	Edit                   string // the form, for those who keep the catalogue
	EditText               string
}

// SaidOf builds the table of what is known; with a slug every cell leads to its form.
func SaidOf(facts []catalog.Fact, slug string) Said {
	v := Said{}
	for _, s := range catalog.Sources {
		v.Sources = append(v.Sources, s.Word())
	}
	differ := 0
	for _, k := range catalog.FactKinds {
		row, known := saidRowOf(facts, k, slug)
		if !known {
			continue
		}
		if row.Differ {
			differ++
		}
		v.Rows = append(v.Rows, row)
	}
	if differ > 0 {
		v.Note = ui.Count(differ, "Widerspruch", "Widersprüche")
	}
	return v
}

func saidRowOf(facts []catalog.Fact, k catalog.FactKind, slug string) (row saidRow, known bool) {
	row = saidRow{Name: k.Word(), Differ: catalog.Contradicted(facts, k)}
	for _, s := range catalog.Sources {
		cell := saidCell{Source: s.Word()}
		for _, f := range facts {
			if f.Kind == k && f.Source == s {
				known = true
				cell.Value, cell.Checked = f.Value, "geprüft am "+ui.Date(f.CheckedOn)
				if f.Address != "" {
					cell.URL, cell.URLText = f.Address, k.Word()+" im Original: "+s.Word()
				}
				if slug != "" {
					cell.Edit, cell.EditText = link.With(link.Facts(slug), "angabe", string(k), "quelle", string(s)), k.Word()+" laut "+s.Word()+" ändern"
				}
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, known
}
