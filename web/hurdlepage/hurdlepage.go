// Package hurdlepage shows the obstacles: the form with which a body reports one, or joins one that is known already,
// and the page of an obstacle.
package hurdlepage

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about obstacles.
type Pages struct {
	Shell   page.Shell
	Hurdles *hurdle.Service
}

// Show shows one obstacle.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	return p.render(w, r, who, no, http.StatusOK)
}

// Leave says that an obstacle no longer hinders the own body.
func (p Pages) Leave(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := p.Hurdles.Leave(r.Context(), who, no); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Hurdle(no), page.HurdleLeft)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, no, status int) error {
	found, err := p.Hurdles.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	v := newShowView(found, who)
	v.Trail = page.Trail(r, found.Trail)
	return p.Shell.Render(w, r, who, status, head(found.Obstacle, status), show(v))
}

func head(o hurdle.Obstacle, status int) ui.Page {
	name := "Hürde Nr. " + strconv.Itoa(o.No)
	return ui.Page{
		Heading: name, Meta: o.Dimension.Word() + " · " + o.ServiceName + " · " + o.StepTitle, State: standing(o),
		Crumbs: []ui.Link{{Text: "Hürden"}, {Text: name}}, ErrorPrefix: status != http.StatusOK,
	}
}

// number reads the obstacle from the address. What is no number is no page.
func number(r *http.Request) (int, error) {
	no, err := strconv.ParseInt(chi.URLParam(r, "nr"), 10, 32)
	if err != nil || no < 1 {
		return 0, fault.Missing()
	}
	return int(no), nil
}
