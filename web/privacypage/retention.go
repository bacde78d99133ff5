package privacypage

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/privacy"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Retention shows how long the Land keeps which data, and what the daily round has deleted.
func (p Pages) Retention(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderRetention(w, r, who, http.StatusOK, nil, nil)
}

// Retain sets the periods, or shows the form again with what is wrong.
func (p Pages) Retain(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	var fields []string
	for _, rule := range settable() {
		fields = append(fields, string(rule.Kind), wasOf(rule.Kind))
	}
	sent, err := page.ReadForm(w, r, fields...)
	if err != nil {
		return err
	}
	typed := map[privacy.Kind]string{}
	var choices []privacy.Choice
	for _, rule := range settable() {
		c := privacy.Choice{Kind: rule.Kind}
		typed[rule.Kind] = sent.Text(string(rule.Kind))
		c.Days, _ = strconv.Atoi(typed[rule.Kind]) // what is no number is none of the allowed ones
		c.Was, _ = strconv.Atoi(sent.Text(wasOf(rule.Kind)))
		choices = append(choices, c)
	}
	cause := p.Privacy.Retain(r.Context(), who, choices)
	if cause == nil {
		return page.Redirect(w, r, link.Retention, page.Saved)
	}
	var wrong page.Errors
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	return p.renderRetention(w, r, who, status, typed, cause)
}

func (p Pages) renderRetention(w http.ResponseWriter, r *http.Request, who access.Actor, status int, typed map[privacy.Kind]string, cause error) error {
	found, events, err := p.Privacy.Periods(r.Context(), who, page.TrailLimit(r))
	if err != nil {
		return err
	}
	v, err := newRetentionView(found, typed, cause)
	if err != nil {
		return err
	}
	v.Trail = page.Trail(r, who, events)
	head := ui.Page{
		Heading: "Löschfristen", Meta: "Jeden Morgen löscht das Portal, was älter ist", Narrow: true,
		Crumbs: []ui.Link{settingsCrumb, {Text: "Löschfristen"}},
	}
	return p.Shell.Render(w, r, who, status, head, retention(v))
}

// settable are the kinds whose period a Land sets.
func settable() (found []privacy.Rule) {
	for _, rule := range privacy.Rules {
		if !rule.Fixed() {
			found = append(found, rule)
		}
	}
	return found
}

func wasOf(kind privacy.Kind) string { return "was_" + string(kind) }

type retentionView struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	Rows   []periodView
	Fixed  []ui.Row
	Trail  ui.LogProps
}

type periodView struct {
	Field    ui.Field
	Was      string // the name and value of the hidden field
	WasValue string
}

// newRetentionView shows the periods; cause says why what was typed is not saved. Any other error is handed back.
func newRetentionView(found []privacy.Period, typed map[privacy.Kind]string, cause error) (v retentionView, err error) {
	var wrong page.Errors
	if cause != nil {
		status, err := wrong.Status(cause)
		if err != nil {
			return v, err
		}
		if status == http.StatusConflict {
			v.Late = ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: fault.Text(cause) + " Prüfen Sie Ihre Zahlen und speichern Sie noch einmal."}
		}
	}
	v.Errors = wrong.Summary()
	for _, p := range found {
		days := strconv.Itoa(p.Days)
		if p.Fixed() {
			v.Fixed = append(v.Fixed, ui.Row{Title: p.Title, Meta: p.Starts + ", " + p.Way + " am nächsten Morgen"})
			continue
		}
		value := days
		if t, again := typed[p.Kind]; again {
			value = t
		}
		name := string(p.Kind)
		v.Rows = append(v.Rows, periodView{Was: wasOf(p.Kind), WasValue: days, Field: ui.Field{
			Name: name, Label: p.Title + " (Tage)", Value: value, Error: wrong.For(name), InputMode: "numeric", Width: ui.Small,
			Hint: "Ab: " + p.Starts + ". Danach: " + p.Way + ". Zwischen " + strconv.Itoa(p.Least) + " und " + ui.Number(int64(p.Most)) + ", Vorschlag " + strconv.Itoa(p.Proposal) + ".",
		}})
	}
	return v, nil
}
