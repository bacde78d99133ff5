package surveypage

import (
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

func stateOf(r survey.Round) ui.StatusProps {
	switch {
	case r.Late():
		return ui.StatusProps{Kind: ui.Overdue, Text: "Frist vorbei, noch offen"}
	case r.State == survey.Open:
		return ui.StatusProps{Kind: ui.InProgress, Text: r.State.Word()}
	case r.State == survey.Published:
		return ui.StatusProps{Kind: ui.Done, Text: r.State.Word()}
	case r.State == survey.Draft:
		return ui.StatusProps{Kind: ui.Open, Text: r.State.Word()}
	}
	return ui.StatusProps{Kind: ui.Locked, Text: r.State.Word()}
}

// metaOf is the day that matters now.
func metaOf(r survey.Round) string {
	switch {
	case r.PublishedAt != nil:
		return "Veröffentlicht am " + ui.Date(*r.PublishedAt)
	case r.ClosedAt != nil:
		return "Geschlossen am " + ui.Date(*r.ClosedAt)
	}
	return "Antwort bis " + ui.Date(r.ClosesOn)
}

func progressOf(p survey.Progress) ui.StatusProps {
	kinds := map[survey.Progress]ui.Kind{
		survey.None: ui.Open, survey.Begun: ui.InProgress, survey.Submitted: ui.Waiting, survey.Accepted: ui.Done, survey.Unchanged: ui.Done, survey.Returned: ui.Conditional,
	}
	return ui.StatusProps{Kind: kinds[p], Text: p.Word()}
}

type listView struct {
	Heading string
	Rows    []ui.Row
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
	All     ui.Link
}

func newListView(q page.Query, found []survey.Listed, who access.Actor) listView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := listView{Heading: ui.Count(total, "Runde", "Runden"), Pages: q.Pagination(total, survey.PageSize), Empty: ui.EmptyProps{Text: "Noch gibt es keine Umfrage, die Sie lesen können."}}
	v.All = ui.Link{Text: "Auch abgelegte Runden zeigen", URL: q.With("abgelegt", "ja")}
	if q.Get("abgelegt") == "ja" {
		v.All = ui.Link{Text: "Abgelegte Runden ausblenden", URL: q.With("abgelegt", "")}
	}
	if who.Can(access.SurveyManage) {
		v.Empty = ui.EmptyProps{Text: "Noch keine Runde. Legen Sie die erste an; eröffnet wird sie erst, wenn Sie es sagen.", Action: ui.ButtonProps{Text: "Neue Runde", URL: link.NewSurvey}}
	}
	for _, l := range found {
		row := ui.Row{Title: "Umfrage " + l.Title, URL: link.Survey(l.ID), Meta: metaOf(l.Round), Status: stateOf(l.Round)}
		switch {
		case l.Own != "" && l.State == survey.Open:
			row.Status = progressOf(l.Own)
		case who.Can(access.SurveyViewSingle) && !who.Org.IsBody() && l.OpenedAt != nil:
			row.Meta += " · geantwortet:"
			row.Share = ui.NewFraction(l.Answered, l.Invited, picksOf(l.ID, answerParam, "ja"), picksOf(l.ID), "Kommunen, Umfrage "+l.Title)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

type formView struct {
	Errors                []ui.FieldError
	Late                  ui.AlertProps
	URL, Back, Submit     string
	ID, Version           string
	Title, Note, ClosesOn ui.Field
}

func newFormView(f form, id [16]byte, wrong page.Errors) formView {
	v := formView{
		Errors: wrong.Summary(), ID: f.ID, Version: f.Version, URL: link.Surveys, Back: link.Surveys, Submit: "Anlegen",
		Title:    ui.Field{Name: "title", Label: "Name der Runde", Value: f.Title, Hint: "zum Beispiel 2027/I", MaxLength: 80, Width: ui.Medium, Error: wrong.For("title")},
		ClosesOn: ui.Field{Name: "closes_on", Label: "Antwort bis", Value: f.ClosesOn, Error: wrong.For("closes_on")},
		Note:     ui.Field{Name: "note", Label: "Text an die Kommunen", Value: f.Note, Rows: 4, MaxLength: 2000, Optional: true, Error: wrong.For("note"), Hint: "wozu Sie fragen und was mit den Antworten geschieht"},
	}
	if id != [16]byte{} {
		v.URL, v.Back, v.Submit = link.Survey(id), link.Survey(id), "Speichern"
	}
	return v
}

// facts are what was said to a block.
func facts(b survey.Block, details map[string]string) []ui.Fact {
	var found []ui.Fact
	for _, f := range b.Fields() {
		value := details[f.Name]
		if value == "" {
			continue
		}
		if d, err := time.Parse(time.DateOnly, value); f.Day && err == nil {
			value = ui.Date(d)
		}
		found = append(found, ui.Fact{Term: f.Word, Value: strings.ReplaceAll(value, "\n", ", ")})
	}
	return found
}

func versionText(version int64) string { return strconv.FormatInt(version, 10) }
