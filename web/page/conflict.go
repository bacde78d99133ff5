package page

import (
	"net/http"
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/web/ui"
)

// Clash is two people saving the same record: what the form carried, and what is saved now.
type Clash struct {
	Page    ui.Page // heading and breadcrumbs of the record
	Rows    []ui.ConflictRow
	Action  string // where the form was sent
	Current string // the page of the record
	Form    Form
	Version int64 // the version that is saved now
	Trail   []audit.Event
}

// RenderClash answers 409 with both states side by side. Nothing typed is lost: it may be sent again on top of what
// is saved now.
func (s Shell) RenderClash(w http.ResponseWriter, r *http.Request, who access.Actor, c Clash) error {
	p := ui.ConflictProps{Who: "Jemand", When: "eben", Action: c.Action, Current: c.Current}
	if len(c.Trail) > 0 {
		latest := logEntry(c.Trail[0], who)
		p.Who, p.When = latest.Who, ui.DateTime(latest.At)
	}
	for _, row := range c.Rows {
		if row.Mine != row.Theirs {
			p.Rows = append(p.Rows, row)
		}
	}
	for name, values := range c.Form.values {
		if name == "version" {
			values = []string{strconv.FormatInt(c.Version, 10)}
		}
		for _, v := range values {
			p.Values = append(p.Values, ui.Value{Name: name, Value: v})
		}
	}
	return s.Render(w, r, who, http.StatusConflict, c.Page, ui.Conflict(p))
}

// NotSaved says above a form why an act came too late, or too early.
func NotSaved(cause error) ui.AlertProps {
	return ui.AlertProps{Tone: ui.Warning, Heading: "Das ist nicht gespeichert", Text: fault.Text(cause)}
}
