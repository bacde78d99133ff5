// Package registerpage shows the register of Grundsatzentscheidungen: what is to be decided beyond one service. The Land
// writes it; ministries and committees read it.
package registerpage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/register"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the register.
type Pages struct {
	Shell    page.Shell
	Register *register.Service
}

// List shows what the filters in the URL leave, what is open first.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	q := page.QueryOf(r, "suche", "stand")
	f := stateFilters[q.Get("stand")]
	f.Query, f.Sort, f.Page = q.Get("suche"), q.Sort(), q.Page()
	found, err := p.Register.List(r.Context(), who, f)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: heading, Meta: "Was über eine einzelne Leistung hinaus zu entscheiden ist",
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: heading}},
	}
	if who.Can(access.RegisterEdit) {
		head.Actions = []ui.Action{{Text: "Frage eintragen", URL: link.NewMatter}}
	}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(q, found, who)))
}

const heading = "Grundsatzentscheidungen"

// Show shows one entry.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	found, err := p.Register.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	return p.renderShown(w, r, who, http.StatusOK, found, notice{})
}

// notice is what the page of an entry says besides it: that something was not saved, and what was typed.
type notice struct {
	Late  ui.AlertProps
	Typed []ui.Fact
	Turn  turnForm
	Wrong page.Errors
}

func (p Pages) renderShown(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found register.Shown, n notice) error {
	v := newShowView(found, who, n)
	v.Trail = page.Trail(r, who, found.Trail)
	if v.Trail.More.URL != "" {
		v.Trail.More.URL = link.With(link.Matter(found.No), "verlauf", "alle")
	}
	head := headOf(found.Matter)
	if v.MayEdit {
		head.Actions = []ui.Action{{Text: "Bearbeiten", URL: link.EditMatter(found.No)}}
	}
	return p.Shell.Render(w, r, who, status, head, show(v))
}

func headOf(m register.Matter) ui.Page {
	return ui.Page{
		Heading: m.Question, Meta: "Grundsatzentscheidung Nr. " + strconv.Itoa(m.No), State: stateOf(m),
		Crumbs: []ui.Link{{Text: "Entscheidungen", URL: link.Decisions}, {Text: heading, URL: link.Register}, {Text: "Nr. " + strconv.Itoa(m.No)}},
	}
}

// number reads the entry from the address. What is no number is no page.
func number(r *http.Request) (int, error) {
	no, err := strconv.ParseInt(chi.URLParam(r, "grundsatz"), 10, 32)
	if err != nil || no < 1 {
		return 0, fault.Missing()
	}
	return int(no), nil
}
