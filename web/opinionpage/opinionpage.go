// Package opinionpage is where those who are asked about a decision answer: IT providers and committees.
//
// They see the service and the question, and nothing else of the case. An answer may be changed until the case closes.
package opinionpage

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages of the asked.
type Pages struct {
	Shell     page.Shell
	Decisions *decision.Service
	Files     func(decision.Asked) templ.Component // enclosed with an answer; nil for none
}

// List shows what one's organisation is asked and was asked.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Decisions.ListAsked(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{Heading: "Stellungnahmen", Meta: who.Org.Name}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(found)))
}

// Start is the list as a start page, if somebody waits for an answer.
func (p Pages) Start(w http.ResponseWriter, r *http.Request, who access.Actor) (shown bool, err error) {
	found, err := p.Decisions.ListAsked(r.Context(), who)
	if err != nil || !slices.ContainsFunc(found, func(o decision.Asked) bool { return o.Awaited() }) {
		return false, err
	}
	head := ui.Page{Heading: "Wartet auf Ihre Stellungnahme", Title: "Übersicht", Meta: who.Org.Name, Actions: []ui.Action{{Text: "Zum Lagebild", URL: link.Lagebild}}}
	return true, p.Shell.Render(w, r, who, http.StatusOK, head, list(newListView(found)))
}

// Show shows a question and the form to answer it.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.find(r, who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, newShowView(found, formOf(found), nil), found)
}

// Answer takes the answer, or shows the form again with what is wrong or what a colleague answered meanwhile.
func (p Pages) Answer(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "stellungnahme")
	if err != nil {
		return err
	}
	sent, err := page.ReadForm(w, r, "version", "result", "note", "links", stepField)
	if err != nil {
		return err
	}
	version, err := sent.Version()
	if err != nil {
		return err
	}
	f := form{version, sent.Text("result"), sent.Text("note"), sent.Text("links")}
	keep, done := p.Decisions.AnswerOpinion, page.Answered
	if sent.Text(stepField) == toDraft {
		keep, done = p.Decisions.DraftOpinion, page.OpinionDrafted
	}
	cause := keep(r.Context(), who, id, decision.Answer{Version: version, Result: decision.Result(f.Result), Note: f.Note, Links: strings.Split(f.Links, "\n")})
	if cause == nil {
		return page.Redirect(w, r, link.Opinion(id), done)
	}
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	found, err := p.find(r, who)
	switch {
	case err != nil:
		return err
	case status == http.StatusUnprocessableEntity:
		return p.render(w, r, who, status, newShowView(found, f, wrong), found)
	case found.ClosedAt != nil:
		return p.render(w, r, who, status, newLateView(found, f, cause), found)
	}
	theirs := formOf(found)
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: head(found), Form: sent, Version: found.Version, Action: link.Opinion(id), Current: link.Opinion(id),
		Rows: []ui.ConflictRow{
			{Field: "Ergebnis", Mine: decision.Result(f.Result).Word(), Theirs: decision.Result(theirs.Result).Word()},
			{Field: "Stellungnahme", Mine: f.Note, Theirs: theirs.Note},
			{Field: "Unterlagen", Mine: f.Links, Theirs: theirs.Links},
		},
	})
}

func (p Pages) find(r *http.Request, who access.Actor) (decision.Asked, error) {
	id, err := page.ID(r, "stellungnahme")
	if err != nil {
		return decision.Asked{}, err
	}
	return p.Decisions.ShowAsked(r.Context(), who, id)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v showView, o decision.Asked) error {
	v.Files = p.Files(o)
	h := head(o)
	if v.Autosave != "" {
		h.Scripts = []string{"autosave.js"}
	}
	return p.Shell.Render(w, r, who, status, h, show(v))
}

func head(o decision.Asked) ui.Page {
	return ui.Page{
		Heading: "Stellungnahme: " + o.ServiceName, Meta: o.Kind.Word() + " für " + o.MinistryName + " · erbeten bis " + ui.Date(o.DueOn),
		State: page.OpinionState(o), Crumbs: []ui.Link{{Text: "Stellungnahmen", URL: link.Opinions}, {Text: o.ServiceName}},
	}
}

// The button that keeps an answer which is not given yet.
const (
	stepField = "schritt"
	toDraft   = "entwurf"
)

// form is what people typed, as they typed it.
type form struct {
	Version             int64
	Result, Note, Links string
}

func formOf(o decision.Asked) form {
	f := form{o.Version, string(o.Result), o.Note, strings.Join(o.Links, "\n")}
	if !o.Answered() {
		f.Result = ""
	}
	if d := o.Draft; d != nil {
		f.Result, f.Note, f.Links = string(d.Result), d.Note, strings.Join(d.Links, "\n")
	}
	return f
}

func version(v int64) string { return strconv.FormatInt(v, 10) }
