// Package hurdlepage shows the obstacles: the form with which a body reports one, or joins one that is known already,
// the list of them, and the page on which the Land works one off.
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
	found, err := p.Hurdles.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	return p.renderShown(w, r, who, http.StatusOK, found, again{})
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

// Persist says that an obstacle still hinders the own body.
func (p Pages) Persist(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	no, err := number(r)
	if err != nil {
		return err
	}
	version, reason, err := page.ReadReason(w, r)
	if err != nil {
		return err
	}
	err = p.Hurdles.Persist(r.Context(), who, no, version, reason)
	if err == nil {
		return page.Redirect(w, r, link.Hurdle(no), page.HurdlePersists)
	}
	a, cause := again{reason: reason}, err
	status, err := a.wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		a.late = page.NotSaved(cause)
		a.late.Text += " Sie schrieben: „" + a.reason + "“"
	}
	found, err := p.Hurdles.Show(r.Context(), who, no, page.TrailLimit(r))
	if err != nil {
		return err
	}
	return p.renderShown(w, r, who, status, found, a)
}

func (p Pages) renderShown(w http.ResponseWriter, r *http.Request, who access.Actor, status int, found hurdle.Shown, a again) error {
	v := newShowView(found, who)
	v.Persist.Reason.Value, v.Persist.Reason.Error = a.reason, a.wrong.For("reason")
	v.Trail = page.Trail(r, who, found.Trail)
	v.Errors, v.Late = a.wrong.Summary(), a.late
	if who.Can(access.ObstacleManage) && found.Open() {
		v.Manage = newManageView(found, a)
	}
	return p.Shell.Render(w, r, who, status, head(found.Obstacle), show(v))
}

func head(o hurdle.Obstacle) ui.Page {
	name := "Hürde Nr. " + strconv.Itoa(o.No)
	return ui.Page{
		Heading: name, Meta: o.Dimension.Word() + " · " + o.ServiceName + " · " + o.StepTitle, State: page.ObstacleState(o),
		Crumbs: []ui.Link{{Text: "Hürden", URL: link.Hurdles}, {Text: name}},
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
