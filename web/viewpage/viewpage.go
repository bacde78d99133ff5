// Package viewpage keeps views of the matrix: save one under a name, share it with the own organisation, forget it.
package viewpage

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/savedview"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about saved views.
type Pages struct {
	Shell page.Shell
	Views *savedview.Service
}

// List shows the views, and asks for the name of the one that the matrix sent along.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	state, err := url.ParseQuery(r.URL.Query().Get(page.ViewField))
	if err != nil {
		state = url.Values{}
	}
	return p.list(w, r, who, http.StatusOK, form{ID: uuid.NewString(), Query: state.Encode(), New: r.URL.Query().Has(page.ViewField)}, nil)
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f form, wrong page.Errors) error {
	found, names, err := p.Views.List(r.Context(), who, f.keys)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Gespeicherte Ansichten", Meta: "Filter, Spalten und Reihenfolge der Matrix unter einem Namen",
		Crumbs: []ui.Link{{Text: "Lagebild", URL: link.Lagebild}, {Text: "Matrix", URL: link.Matrix}, {Text: "Ansichten"}},
	}
	return p.Shell.Render(w, r, who, status, head, list(newView(found, names, f, wrong)))
}

// Save keeps a new view and leads to it.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readForm(w, r)
	if err != nil {
		return err
	}
	id, err := page.FormID(f.ID)
	if err != nil {
		return err
	}
	f.New = true
	if err := p.Views.Save(r.Context(), who, id, f.input()); err != nil {
		return p.again(w, r, who, f, err)
	}
	return page.Redirect(w, r, link.MatrixAfter(f.Query, 0), page.ViewSaved)
}

// Change renames a view or shares it.
func (p Pages) Change(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	f, err := readForm(w, r)
	if err != nil {
		return err
	}
	id, err := page.ID(r, "ansicht")
	if err != nil {
		return err
	}
	f.ID = id.String()
	if err := p.Views.Change(r.Context(), who, id, f.Version, f.input()); err != nil {
		return p.again(w, r, who, f, err)
	}
	return page.Redirect(w, r, link.Views, page.ViewSaved)
}

// Delete forgets a view.
func (p Pages) Delete(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	version, err := page.ReadVersion(w, r)
	if err != nil {
		return err
	}
	id, err := page.ID(r, "ansicht")
	if err != nil {
		return err
	}
	if err := p.Views.Delete(r.Context(), who, id, version); err != nil {
		return p.again(w, r, who, form{}, err)
	}
	return page.Redirect(w, r, link.Views, page.ViewDeleted)
}

// again shows the form once more with what is wrong about it, or with what came too late.
func (p Pages) again(w http.ResponseWriter, r *http.Request, who access.Actor, f form, cause error) error {
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		f.Late = page.NotSaved(cause)
	}
	return p.list(w, r, who, status, f, wrong)
}
