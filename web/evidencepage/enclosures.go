package evidencepage

import (
	"io"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Enclosures is what the page of a Stellungnahme shows of its files; nil if there is nothing to show.
func (p Pages) Enclosures(o decision.Asked) templ.Component { return shown(newEnclosuresView(o)) }

// AddEnclosure stores a file with a Stellungnahme. Whether it takes one is asked before anything is read.
func (p Pages) AddEnclosure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "stellungnahme")
	if err != nil {
		return err
	}
	o, err := p.Decisions.ShowAsked(r.Context(), who, id)
	if err != nil {
		return err
	}
	return p.take(w, r, who, enclosureTarget(o), func(f form) (bool, error) {
		return p.Evidence.AddEnclosure(r.Context(), who, id, f.file)
	})
}

// RemoveEnclosure takes a file of a Stellungnahme away.
func (p Pages) RemoveEnclosure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, file, err := enclosureAt(r)
	if err != nil {
		return err
	}
	if err := p.Evidence.RemoveEnclosure(r.Context(), who, id, file); err != nil {
		return err
	}
	return page.Redirect(w, r, link.Opinion(id), page.FileGone)
}

// DownloadEnclosure hands out a file of a Stellungnahme to those who enclosed it.
func (p Pages) DownloadEnclosure(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, file, err := enclosureAt(r)
	if err != nil {
		return err
	}
	found, err := p.Evidence.FindEnclosure(r.Context(), who, id, file)
	if err != nil {
		return err
	}
	return handOut(w, r, found, func(to io.Writer) error { return p.Evidence.CopyEnclosure(r.Context(), who, found, to) })
}

// DownloadGiven hands it out to the ministry that asked.
func (p Pages) DownloadGiven(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, file, err := enclosureAt(r)
	if err != nil {
		return err
	}
	found, err := p.Evidence.FindGiven(r.Context(), who, id, file)
	if err != nil {
		return err
	}
	return handOut(w, r, found, func(to io.Writer) error { return p.Evidence.CopyPaper(r.Context(), who, found, to) })
}

// enclosureAt names a file of a Stellungnahme by its address.
func enclosureAt(r *http.Request) (id, file uuid.UUID, err error) {
	if id, err = page.ID(r, "stellungnahme"); err != nil {
		return id, file, err
	}
	file, err = page.ID(r, "nachweis")
	return id, file, err
}

func enclosureTarget(o decision.Asked) target {
	t := target{Add: link.AddEnclosure(o.ID), Back: ui.Link{Text: "Zur Stellungnahme", URL: link.Opinion(o.ID)}}
	if o.ClosedAt != nil {
		t.Idle = fault.New(fault.Conflict, "Der Vorgang ist abgeschlossen. Die Unterlagen ändern sich nicht mehr.")
	}
	t.Page = ui.Page{Heading: uploadHeading, Meta: "Stellungnahme zu " + o.ServiceName, Narrow: true, Crumbs: []ui.Link{
		{Text: "Stellungnahmen", URL: link.Opinions}, {Text: o.ServiceName, URL: link.Opinion(o.ID)}, {Text: uploadHeading},
	}}
	return t
}

func newEnclosuresView(o decision.Asked) panelView {
	v := panelView{Heading: "Dateien", Note: "für das fragende Ressort sichtbar, sobald Sie die Stellungnahme abgeben"}
	if o.Answered() {
		v.Note = "für das fragende Ressort sichtbar"
	}
	open := o.ClosedAt == nil
	for _, f := range o.Files {
		file := plainView(f, link.Enclosure(o.ID, f.ID))
		if open {
			file.removable(f, link.RemoveEnclosure(o.ID, f.ID))
		}
		v.add(file)
	}
	if open {
		v.Form = uploadForm{URL: link.AddEnclosure(o.ID), File: fileField(form{})}
	}
	return v
}
