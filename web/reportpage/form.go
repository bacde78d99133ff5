package reportpage

import (
	"time"

	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// The parameters of a report.
const (
	dayParam   = "stichtag"
	sinceParam = "vergleich"
	asOfParam  = "stand" // "heute": as known today
)

// form is what the URL asks for.
type form struct {
	Day, Since string
	Corrected  bool
}

func readForm(q page.Query) form {
	return form{q.Get(dayParam), q.Get(sinceParam), q.Get(asOfParam) == "heute"}
}

// question reads the days. What is left out has a default.
func (f form) question() (history.Question, page.Errors) {
	var wrong page.Errors
	read := func(name, value string) time.Time {
		if value == "" {
			return time.Time{}
		}
		day, err := ui.ParseDate(value)
		if err != nil {
			wrong.Add(name, err.Error())
		}
		return day
	}
	return history.Question{Day: read(dayParam, f.Day), Since: read(sinceParam, f.Since), Corrected: f.Corrected}, wrong
}

type formView struct {
	Errors     []ui.FieldError
	URL        string
	Day, Since ui.Field
	Corrected  bool
}

func newFormView(f form, wrong page.Errors) formView {
	return formView{
		Errors: wrong.Summary(), URL: link.Report, Corrected: f.Corrected,
		Day:   ui.Field{Name: dayParam, Label: "Stichtag", Hint: "TT.MM.JJJJ", Value: f.Day, Error: wrong.For(dayParam)},
		Since: ui.Field{Name: sinceParam, Label: "Vergleich mit", Hint: "TT.MM.JJJJ", Value: f.Since, Error: wrong.For(sinceParam)},
	}
}

// url is the address of a report.
func url(day, since time.Time, corrected bool) string {
	return link.With(link.Report, page.ReportLists{Day: day, Since: since, Corrected: corrected}.Asked()...)
}
