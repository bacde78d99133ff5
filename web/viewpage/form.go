package viewpage

import (
	"net/http"

	"rollinportal/internal/savedview"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what was typed about a view.
type form struct {
	ID, Name, Query string
	Shared          bool
	Version         int64
	New             bool // it is not saved yet
	Late            ui.AlertProps
}

func readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	sent, err := page.ReadForm(w, r, "id", "version", "name", "shared", page.ViewField)
	if err != nil {
		return form{}, err
	}
	f := form{ID: sent.Text("id"), Name: sent.Text("name"), Query: sent.Text(page.ViewField), Shared: sent.Has("shared")}
	if sent.Has("version") {
		f.Version, err = sent.Version()
	}
	return f, err
}

func (f form) input() savedview.Input {
	return savedview.Input{Name: f.Name, Query: f.Query, Shared: f.Shared}
}
