// Package settingspage is where the coordination of a Land sets how the portal works there.
package settingspage

import (
	"errors"
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the pages about settings.
type Pages struct {
	Shell         page.Shell
	Organisations *organisation.Service
}

type view struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	Days   ui.Field
	Was    string
}

// Show shows the form.
func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Organisations.Settings(r.Context(), who)
	if err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusOK, newView(strconv.Itoa(found.FreshDays), found.Was, nil))
}

// Save saves the form, or shows it again with what is wrong.
func (p Pages) Save(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "fresh_days", "was")
	if err != nil {
		return err
	}
	days, _ := strconv.Atoi(sent.Text("fresh_days")) // what is no number is none of the allowed ones
	was, _ := strconv.Atoi(sent.Text("was"))
	err = p.Organisations.Set(r.Context(), who, organisation.Settings{FreshDays: days, Was: was})
	if err == nil {
		return page.Redirect(w, r, link.Settings, page.Saved)
	}
	if late, known := errors.AsType[*fault.Fault](err); known && late.Kind == fault.Conflict {
		now, err := p.Organisations.Settings(r.Context(), who)
		if err != nil {
			return err
		}
		v := newView(sent.Text("fresh_days"), now.Was, nil)
		v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: late.Text + " Jetzt gilt: " + ui.Count(now.FreshDays, "Tag", "Tage") + "."}
		return p.render(w, r, who, http.StatusConflict, v)
	}
	var wrong page.Errors
	if err := wrong.Merge(err); err != nil {
		return err
	}
	return p.render(w, r, who, http.StatusUnprocessableEntity, newView(sent.Text("fresh_days"), was, wrong))
}

func newView(days string, was int, wrong page.Errors) view {
	return view{Errors: wrong.Summary(), Was: strconv.Itoa(was), Days: ui.Field{
		Name: "fresh_days", Label: "Ein Stand gilt als bestätigt für (Tage)", Value: days, Error: wrong.For("fresh_days"),
		Hint: "Danach zeigt das Portal dem Land „nicht bestätigt“. Zwischen 7 und 365.",
	}}
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, who access.Actor, status int, v view) error {
	head := ui.Page{Heading: "Einstellungen", Meta: "Gilt für alle Einheiten des Landes", Narrow: true}
	return p.Shell.Render(w, r, who, status, head, form(v))
}
