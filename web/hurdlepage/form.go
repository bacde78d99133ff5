package hurdlepage

import (
	"strconv"

	"rollinportal/internal/fault"
	"rollinportal/internal/hurdle"
	"rollinportal/web/page"
)

// reportForm is what was typed about an obstacle, and at which step.
type reportForm struct {
	ID        string
	At        hurdle.Where
	Dimension string
	Text      string
	Blocking  string // "ja", "nein", or nothing yet
}

var reportFields = []string{"id", "einheit", "leistung", "aufgabe", "dimension", "text", "blocking", "neu", "betrifft"}

func readReport(sent page.Form) reportForm {
	return reportForm{
		sent.Text("id"),
		hurdle.Where{Body: sent.Text("einheit"), Service: sent.Text("leistung"), Step: sent.Text("aufgabe")},
		sent.Text("dimension"), sent.Text("text"), sent.Text("blocking"),
	}
}

func (f reportForm) report() (hurdle.Report, error) {
	id, err := page.FormID(f.ID)
	if err != nil {
		return hurdle.Report{}, err
	}
	r := hurdle.Report{ID: id, Text: f.Text, Dimension: hurdle.Dimension(f.Dimension)}
	if f.Blocking == "ja" || f.Blocking == "nein" {
		blocking := f.Blocking == "ja"
		r.Blocking = &blocking
	}
	return r, nil
}

// joined is the number of the obstacle that somebody chose to join, 0 if none.
func joined(sent page.Form) (int, error) {
	if !sent.Has("betrifft") {
		return 0, nil
	}
	no, err := strconv.ParseInt(sent.Text("betrifft"), 10, 32)
	if err != nil || no < 1 {
		return 0, fault.Missing()
	}
	return int(no), nil
}
