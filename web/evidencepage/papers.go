package evidencepage

import (
	"errors"
	"io"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// target is where a file goes besides steps: a review of a case, or an Auflage.
type target struct {
	Page ui.Page // the head of the form when it comes back
	Add  string  // where it is sent
	Back ui.Link
	Idle error // why no file is taken now
}

// Papers is what the page of a review shows of its files; nil if there is nothing to show.
func (p Pages) Papers(d decision.Shown, r decision.Review, who access.Actor) templ.Component {
	return shown(newPapersView(d, r, who))
}

// Proofs is what the page of an Auflage shows of its files; nil if there is nothing to show.
func (p Pages) Proofs(c condition.Shown, who access.Actor) templ.Component {
	return shown(newProofsView(c, who))
}

func shown(v panelView) templ.Component {
	if len(v.Files) == 0 && v.Form.URL == "" {
		return nil
	}
	return panel(v)
}

// AddPaper stores a file that a review leans on. Whether the review takes one is asked before anything is read.
func (p Pages) AddPaper(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, kind, err := review(r)
	if err != nil {
		return err
	}
	d, err := p.Decisions.ShowReviews(r.Context(), who, id, 1)
	if err != nil {
		return err
	}
	return p.take(w, r, who, paperTarget(d, kind, who), func(f form) (bool, error) {
		return p.Evidence.AddPaper(r.Context(), who, id, kind, f.file)
	})
}

// AddProof stores a file that shows that an Auflage is fulfilled.
func (p Pages) AddProof(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "auflage")
	if err != nil {
		return err
	}
	c, err := p.Conditions.Show(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.take(w, r, who, proofTarget(c, who), func(f form) (bool, error) {
		return p.Evidence.AddProof(r.Context(), who, id, f.file)
	})
}

// take receives a file and stores it, or shows the form again with what is wrong.
func (p Pages) take(w http.ResponseWriter, r *http.Request, who access.Actor, t target, add func(form) (bool, error)) error {
	if t.Idle != nil {
		return t.Idle
	}
	f, err := p.receive(w, r, "file")
	if err != nil {
		return err
	}
	defer f.close()
	added := false
	if len(f.wrong) == 0 {
		added, err = add(f)
	}
	if err = f.wrong.Merge(err); err != nil {
		return err
	}
	switch {
	case len(f.wrong) > 0:
		return p.Shell.Render(w, r, who, http.StatusUnprocessableEntity, t.Page, upload(uploadView{
			Errors: f.wrong.Summary(), Back: t.Back, Form: uploadForm{URL: t.Add, File: fileField(f)},
		}))
	case !added:
		return page.Redirect(w, r, t.Back.URL, page.FileKnown)
	}
	return page.Redirect(w, r, t.Back.URL, page.FileAdded)
}

// RemovePaper takes a file of a review away. There is nothing to fill in, so no form is read.
func (p Pages) RemovePaper(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, kind, file, err := paperAt(r)
	if err != nil {
		return err
	}
	if err := p.Evidence.RemovePaper(r.Context(), who, id, kind, file); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Review(id, page.ArtOf(kind)), page.FileGone)
}

// RemoveProof takes a file of an Auflage away.
func (p Pages) RemoveProof(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, file, err := proofAt(r)
	if err != nil {
		return err
	}
	if err := p.Evidence.RemoveProof(r.Context(), who, id, file); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Condition(id), page.FileGone)
}

// DownloadPaper hands out a file of a review.
func (p Pages) DownloadPaper(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, _, file, err := paperAt(r)
	if err != nil {
		return err
	}
	found, err := p.Evidence.FindPaper(r.Context(), who, id, file)
	if err != nil {
		return err
	}
	return handOut(w, r, found, func(to io.Writer) error { return p.Evidence.CopyPaper(r.Context(), who, found, to) })
}

// DownloadProof hands out a file of an Auflage.
func (p Pages) DownloadProof(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, file, err := proofAt(r)
	if err != nil {
		return err
	}
	found, err := p.Evidence.FindProof(r.Context(), who, id, file)
	if err != nil {
		return err
	}
	return handOut(w, r, found, func(to io.Writer) error { return p.Evidence.CopyProof(r.Context(), who, found, to) })
}

// paperAt names a file of a review by its address.
func paperAt(r *http.Request) (uuid.UUID, decision.Kind, uuid.UUID, error) {
	id, kind, err := review(r)
	if err != nil {
		return id, kind, uuid.Nil, err
	}
	file, err := page.ID(r, "nachweis")
	return id, kind, file, err
}

// proofAt names a file of an Auflage by its address.
func proofAt(r *http.Request) (id, file uuid.UUID, err error) {
	if id, err = page.ID(r, "auflage"); err != nil {
		return id, file, err
	}
	file, err = page.ID(r, "nachweis")
	return id, file, err
}

func review(r *http.Request) (uuid.UUID, decision.Kind, error) {
	id, err := page.ID(r, "id")
	kind, unknown := page.Art(r)
	return id, kind, errors.Join(err, unknown)
}

func paperTarget(d decision.Shown, kind decision.Kind, who access.Actor) target {
	back := ui.Link{Text: kind.Word(), URL: link.Review(d.ID, page.ArtOf(kind))}
	t := target{Add: link.AddPaper(d.ID, page.ArtOf(kind)), Back: ui.Link{Text: "Zur Prüfung", URL: back.URL}}
	if !d.May(who, decision.ToReview) {
		t.Idle = fault.New(fault.Conflict, "Der Vorgang ist eingereicht oder abgeschlossen. Seine Unterlagen ändern sich nicht mehr.")
	}
	t.Page = ui.Page{Heading: uploadHeading, Meta: kind.Word() + " · " + d.ServiceName, Narrow: true, Crumbs: []ui.Link{
		{Text: "Entscheidungen", URL: link.Decisions}, {Text: d.ServiceName, URL: link.Decision(d.ID)}, back, {Text: uploadHeading},
	}}
	return t
}

func proofTarget(c condition.Shown, who access.Actor) target {
	t := target{Add: link.AddProof(c.ID), Back: ui.Link{Text: "Zur Auflage", URL: link.Condition(c.ID)}}
	if c.Owner == who.Org.ID && !c.MayReport(who) {
		t.Idle = fault.New(fault.Conflict, "Die Auflage ist: "+c.State.Word()+". Ihre Nachweise ändern sich nicht mehr.")
	}
	t.Page = ui.Page{Heading: uploadHeading, Meta: "Auflage zu " + c.ServiceName, Narrow: true, Crumbs: []ui.Link{
		{Text: "Auflagen", URL: link.Conditions}, {Text: c.ServiceName, URL: link.Condition(c.ID)}, {Text: uploadHeading},
	}}
	return t
}

const uploadHeading = "Datei hochladen"

func newPapersView(d decision.Shown, r decision.Review, who access.Actor) panelView {
	art := page.ArtOf(r.Kind)
	v := panelView{Heading: "Dateien", Note: "nur für Ihr Ressort sichtbar"}
	mayEdit := d.May(who, decision.ToReview)
	for _, f := range r.Files {
		file := plainView(f, link.Paper(d.ID, art, f.ID))
		if mayEdit {
			file.removable(f, link.RemovePaper(d.ID, art, f.ID))
		}
		v.add(file)
	}
	if mayEdit {
		v.Form = uploadForm{URL: link.AddPaper(d.ID, art), File: fileField(form{})}
	}
	return v
}

func newProofsView(c condition.Shown, who access.Actor) panelView {
	v := panelView{Heading: "Dateien als Nachweis"}
	mayReport := c.MayReport(who)
	for _, f := range c.Files {
		file := plainView(f, link.Proof(c.ID, f.ID))
		if mayReport {
			file.removable(f, link.RemoveProof(c.ID, f.ID))
		}
		v.add(file)
	}
	if mayReport {
		v.Form = uploadForm{URL: link.AddProof(c.ID), File: fileField(form{})}
		v.Open = len(c.Files) == 0
	}
	return v
}
