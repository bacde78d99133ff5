package viewpage

import (
	"net/url"
	"strconv"
	"strings"

	"rollinportal/internal/savedview"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type view struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	New    *formView // asks for the name of a new view
	Rows   []rowView
	Empty  ui.EmptyProps
}

// formView asks for the name of a view, and whether it is shared.
type formView struct {
	URL, ID, Query, Version string
	Keeps                   string // what the view shows, in words
	Name, Shared            ui.Field
	Button                  string
}

type rowView struct {
	Name, URL, Keeps, Meta string
	Edit                   *formView // of one's own
	Delete                 string
}

func newView(found []savedview.View, names map[string]string, f form, wrong page.Errors) view {
	v := view{Errors: wrong.Summary(), Late: f.Late, Empty: ui.EmptyProps{
		Text: "Noch keine Ansicht gespeichert. Stellen Sie in der Matrix Filter ein und wählen Sie dort „Ansicht merken“.", Action: ui.ButtonProps{Text: "Zur Matrix", URL: link.Matrix},
	}}
	if f.New {
		v.New = newForm(f, "", wrong)
		v.New.Keeps = keeps(f.Query, names)
		v.New.URL, v.New.Button = link.Views, "Ansicht speichern"
		v.Empty = ui.EmptyProps{Text: "Dies ist Ihre erste Ansicht."}
	}
	for i, s := range found {
		row := newRow(s, f, wrong, "-"+strconv.Itoa(i+1))
		row.Keeps = keeps(s.Query, names)
		v.Rows = append(v.Rows, row)
	}
	return v
}

// keys are those by which the views and the form filter.
func (f form) keys(found []savedview.View) (keys []string) {
	queries := []string{f.Query}
	for _, s := range found {
		queries = append(queries, s.Query)
	}
	for _, q := range queries {
		if state, err := url.ParseQuery(q); err == nil { // else nobody can open it, either
			keys = append(keys, page.MatrixKeys(state)...)
		}
	}
	return keys
}

// keeps says what a view shows.
func keeps(query string, names map[string]string) string {
	state, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	return strings.Join(page.MatrixWords(state, names), " · ")
}

func newRow(s savedview.View, f form, wrong page.Errors, no string) rowView {
	row := rowView{Name: s.Name, URL: link.MatrixAfter(s.Query, 0), Meta: "nur für Sie"}
	switch {
	case s.Shared && s.Own:
		row.Meta = "mit Ihrer Organisation geteilt"
	case s.Shared:
		row.Meta = strings.TrimSpace("geteilt von " + s.Owner)
		if s.Owner == "" {
			row.Meta = "von Ihrer Organisation"
		}
	}
	if !s.Own {
		return row
	}
	kept, bad := form{ID: s.ID.String(), Name: s.Name, Shared: s.Shared}, page.Errors(nil)
	if !f.New && f.ID == kept.ID && f.Version > 0 { // what was typed stays
		kept.Name, kept.Shared, bad = f.Name, f.Shared, wrong
	}
	row.Edit = newForm(kept, no, bad)
	row.Edit.URL, row.Edit.Version, row.Edit.Button = link.View(s.ID), strconv.FormatInt(s.Version, 10), "Speichern"
	row.Edit.Name.Context, row.Edit.Shared.Context = "für "+s.Name, "für "+s.Name
	row.Delete = link.DeleteView(s.ID)
	return row
}

func newForm(f form, no string, wrong page.Errors) *formView {
	v := &formView{
		ID: f.ID, Query: f.Query,
		Name:   ui.Field{Name: "name", ID: "name" + no, Label: "Name", Value: f.Name, MaxLength: 80, Width: ui.Medium, Error: wrong.For("name")},
		Shared: ui.Field{Name: "shared", ID: "shared" + no, Label: "Mit meiner Organisation teilen"},
	}
	if f.Shared {
		v.Shared.Value = "1"
	}
	return v
}
