package privacypage

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/privacy"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

const erasuresHeading = "Löschanträge"

// Erasures lists the requests to erase people, and for a body those who left it.
func (p Pages) Erasures(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, gone, err := p.Privacy.Erasures(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: erasuresHeading, Meta: "Daten von Personen vor Ablauf der Frist löschen", Narrow: true, Crumbs: append(erasureCrumbs(who), ui.Link{Text: erasuresHeading})}
	return p.Shell.Render(w, r, who, http.StatusOK, head, erasures(newErasuresView(found, gone, who)))
}

// erasureCrumbs lead back to the people: a body's own, or the Land's settings.
func erasureCrumbs(who access.Actor) []ui.Link {
	if who.Can(access.LandSettings) {
		return []ui.Link{settingsCrumb}
	}
	return []ui.Link{{Text: "Personen in " + who.Org.Name, URL: link.Members(who.Org.Key)}}
}

// NewErasure says what erasing a person means, and asks why.
func (p Pages) NewErasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	person, err := page.ID(r, "person")
	if err != nil {
		return err
	}
	return p.renderAsk(w, r, who, http.StatusOK, privacy.Request{ID: uuid.New(), Person: person}, nil)
}

// AskErasure asks to erase a person, or shows the form again with what is wrong.
func (p Pages) AskErasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "id", "person", "ground")
	if err != nil {
		return err
	}
	asked := privacy.Request{Ground: privacy.Ground(sent.Text("ground"))}
	if asked.ID, err = page.FormID(sent.Text("id")); err != nil {
		return err
	}
	if asked.Person, err = page.FormID(sent.Text("person")); err != nil {
		return err
	}
	cause := p.Privacy.Ask(r.Context(), who, asked)
	if cause == nil {
		return page.Redirect(w, r, link.Erasure(asked.ID), page.ErasureAsked)
	}
	return p.renderAsk(w, r, who, 0, asked, cause)
}

func (p Pages) renderAsk(w http.ResponseWriter, r *http.Request, who access.Actor, status int, asked privacy.Request, cause error) error {
	var wrong page.Errors
	if cause != nil {
		var err error
		if status, err = wrong.Status(cause); err != nil {
			return err
		}
	}
	c, err := p.Privacy.Candidate(r.Context(), who, asked.Person)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: c.Name + " löschen", Meta: places(c.Places, c.Active), Narrow: true,
		Crumbs: append(erasureCrumbs(who), ui.Link{Text: erasuresHeading, URL: link.Erasures}, ui.Link{Text: c.Name}),
	}
	return p.Shell.Render(w, r, who, status, head, askErasure(newAskView(c, asked, who, cause, wrong)))
}

// Erasure shows a request, with the buttons of those who may settle it.
func (p Pages) Erasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "antrag")
	if err != nil {
		return err
	}
	return p.renderErasure(w, r, who, http.StatusOK, id, nil)
}

// ApproveErasure is the second of the four eyes.
func (p Pages) ApproveErasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.settle(w, r, who, p.Privacy.Approve, page.ErasureApproved)
}

// RefuseErasure keeps the person.
func (p Pages) RefuseErasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.settle(w, r, who, p.Privacy.Refuse, page.ErasureRefused)
}

// WithdrawErasure takes the own request back.
func (p Pages) WithdrawErasure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.settle(w, r, who, p.Privacy.Withdraw, page.ErasureWithdrawn)
}

func (p Pages) settle(w http.ResponseWriter, r *http.Request, who access.Actor, how func(context.Context, access.Actor, uuid.UUID) error, said page.Flash) error {
	id, err := page.ID(r, "antrag")
	if err != nil {
		return err
	}
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	cause := how(r.Context(), who, id)
	if cause == nil {
		return page.Redirect(w, r, link.Erasure(id), said)
	}
	var none page.Errors
	status, err := none.Status(cause)
	if err != nil {
		return err
	}
	return p.renderErasure(w, r, who, status, id, cause)
}

func (p Pages) renderErasure(w http.ResponseWriter, r *http.Request, who access.Actor, status int, id uuid.UUID, cause error) error {
	found, events, err := p.Privacy.Erasure(r.Context(), who, id, page.TrailLimit(r))
	if err != nil {
		return err
	}
	v := newErasureView(found, who, cause)
	v.Trail = page.Trail(r, who, events)
	head := ui.Page{
		Heading: "Löschantrag: " + found.Name, Meta: places(found.Places, true), State: erasureState(found), Narrow: true,
		Crumbs: append(erasureCrumbs(who), ui.Link{Text: erasuresHeading, URL: link.Erasures}, ui.Link{Text: found.Name}),
	}
	return p.Shell.Render(w, r, who, status, head, erasure(v))
}
