package surveypage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/survey"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what the Land typed about a round.
type form struct {
	ID, Version, Title, Note, ClosesOn string

	sent page.Form
}

func readForm(w http.ResponseWriter, r *http.Request) (f form, in survey.Input, wrong page.Errors, err error) {
	f.sent, err = page.ReadForm(w, r, "id", "version", "title", "note", "closes_on")
	if err != nil {
		return f, in, nil, err
	}
	f.ID, f.Version, f.Title, f.Note, f.ClosesOn = f.sent.Text("id"), f.sent.Text("version"), f.sent.Text("title"), f.sent.Text("note"), f.sent.Text("closes_on")
	in.Title, in.Note = f.Title, f.Note
	if in.ClosesOn, err = ui.ParseDate(f.ClosesOn); err != nil {
		wrong.Add("closes_on", err.Error())
	}
	return f, in, wrong, nil
}

func (f form) version() (int64, error) { return f.sent.Version() }

// formOf is the form of a round before anything is changed.
func formOf(r survey.Round) form {
	return form{ID: r.ID.String(), Version: strconv.FormatInt(r.Version, 10), Title: r.Title, Note: r.Note, ClosesOn: ui.Date(r.ClosesOn)}
}

func (f form) rows(now survey.Round) []ui.ConflictRow {
	theirs := formOf(now)
	return []ui.ConflictRow{
		{Field: "Name", Mine: f.Title, Theirs: theirs.Title},
		{Field: "Text", Mine: f.Note, Theirs: theirs.Note},
		{Field: "Antwort bis", Mine: f.ClosesOn, Theirs: theirs.ClosesOn},
	}
}
