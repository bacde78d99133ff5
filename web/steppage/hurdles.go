package steppage

import (
	"strconv"

	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// hurdles shows the open obstacles of a step, and apart from them how others were resolved.
func hurdles(s onboarding.Step) ([]ui.Row, []ui.AlertProps) {
	var open []ui.Row
	var solved []ui.AlertProps
	for _, o := range s.Obstacles {
		name := "Hürde Nr. " + strconv.Itoa(o.No)
		switch {
		case o.Open:
			row := ui.Row{Title: name, URL: link.Hurdle(o.No), Meta: o.Text, Status: ui.StatusProps{Kind: ui.Conditional, Text: "erschwert"}}
			if o.Blocking {
				row.Status = ui.StatusProps{Kind: ui.Blocked, Text: "blockiert"}
			}
			open = append(open, row)
		case o.Solution != "":
			solved = append(solved, ui.AlertProps{Tone: ui.Success, Heading: name + " ist gelöst", Text: o.Solution, Links: []ui.Link{{Text: "Zur Hürde, falls sie noch besteht", URL: link.Hurdle(o.No)}}})
		}
	}
	return open, solved
}
