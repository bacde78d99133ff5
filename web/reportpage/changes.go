package reportpage

import (
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/history"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// summary is what the chair reads out: "9 produktiv, 3 verschoben (2 × Fachverfahren, 1 × Personal), 1 pausiert".
func summary(c history.Changes, hurdles int, s scope) string {
	var parts []string
	say := func(n int, words, more string) {
		switch {
		case n == 0:
		case s.counts && few(n):
			parts = append(parts, "weniger als drei "+words)
		default:
			parts = append(parts, number(n)+" "+words+more)
		}
	}
	say(len(c.Live), "produktiv", "")
	say(len(c.Moved), "verschoben", causes(c.Moved, s))
	say(len(c.Paused), "pausiert", "")
	say(len(c.Resumed), "wieder aufgenommen", "")
	say(len(c.Declined), "abgelehnt", "")
	say(len(c.Ended), "nicht mehr produktiv", "")
	say(len(c.New), "neu im Roll-in", "")
	if hurdles > 0 {
		parts = append(parts, ui.Count(hurdles, "neue Hürde", "neue Hürden"))
	}
	if len(parts) == 0 {
		return "Nichts hat sich geändert."
	}
	return strings.Join(parts, ", ") + "."
}

// causes counts why dates moved. Whoever sees counts only is told of causes that at least three have in common.
func causes(moved []history.Way, s scope) string {
	var parts []string
	rest := 0
	for _, c := range history.ByCause(moved) {
		switch {
		case c.Cause == "" || s.counts && few(c.Count):
			rest += c.Count
		default:
			parts = append(parts, number(c.Count)+" × "+c.Cause.Word())
		}
	}
	if rest > 0 {
		parts = append(parts, number(rest)+" × andere Gründe")
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// longest is how many rows a list shows.
const longest = 200

func changes(c history.Changes, who access.Actor) []changeView {
	var found []changeView
	add := func(id, heading string, ways []history.Way, meta func(history.Way) string) {
		if len(ways) == 0 {
			return
		}
		v := changeView{ID: id, Heading: heading + " (" + number(len(ways)) + ")"}
		for _, w := range ways[:min(longest, len(ways))] {
			v.Rows = append(v.Rows, ui.Row{Title: w.Body.Name + ": " + w.Rollin.Name, URL: wayURL(w, who), Meta: meta(w)})
		}
		v.More = more(len(ways))
		found = append(found, v)
	}
	add("produktiv", "Produktiv gegangen", c.Live, func(w history.Way) string { return "am " + ui.Date(*w.Then.LiveOn) })
	add("verschoben", "Verschoben", c.Moved, moved)
	add("pausiert", "Pausiert", c.Paused, planned)
	add("wieder", "Wieder aufgenommen", c.Resumed, planned)
	add("abgelehnt", "Abgelehnt", c.Declined, func(history.Way) string { return "" })
	add("beendet", "Nicht mehr produktiv", c.Ended, func(w history.Way) string { return page.OnboardingState(w.Then.State).Text })
	if len(c.New) > 0 {
		found = append(found, changeView{ID: "neu", Heading: "Neu im Roll-in (" + number(len(c.New)) + ")", Rows: begun(c.New)})
	}
	return found
}

// begun has a row for each service: a roll-in begins in all its bodies at once.
func begun(ways []history.Way) []ui.Row {
	var rows []ui.Row
	for i := 0; i < len(ways); {
		n := i
		for n < len(ways) && ways[n].Rollin.ID == ways[i].Rollin.ID {
			n++
		}
		rows = append(rows, ui.Row{Title: ways[i].Rollin.Name, URL: link.Rollin(ways[i].Rollin.Slug), Meta: ui.Count(n-i, "Einheit", "Einheiten")})
		i = n
	}
	return rows
}

func more(n int) string {
	if n <= longest {
		return ""
	}
	return "Weitere " + number(n-longest) + " stehen nicht hier. Wählen Sie einen kürzeren Zeitraum."
}

// moved: "vom 01.09.2026 auf den 01.12.2026 · Fachverfahren: Die Schnittstelle fehlt."
func moved(w history.Way) string {
	text := "vom " + ui.Date(w.From()) + " auf den " + ui.Date(w.Then.TargetOn)
	if w.Then.Cause == "" {
		return text
	}
	return text + " · " + w.Then.Cause.Word() + ": " + w.Then.Reason
}

func planned(w history.Way) string { return "geplant für den " + ui.Date(w.Then.TargetOn) }

// wayURL leads to the checklist, for those who may open it.
func wayURL(w history.Way, who access.Actor) string {
	if who.Can(access.ChecklistView) {
		return link.Checklist(w.Body.Key, w.Rollin.Slug)
	}
	return link.Rollin(w.Rollin.Slug)
}

func newHurdles(found []history.Obstacle) []changeView {
	if len(found) == 0 {
		return nil
	}
	v := changeView{ID: "huerden", Heading: "Neue Hürden (" + number(len(found)) + ")"}
	for _, o := range found {
		meta := o.ServiceName + " · gemeldet am " + ui.Date(o.ReportedAt)
		if o.Bodies > 0 {
			meta += " · betrifft " + ui.Count(o.Bodies, "Einheit", "Einheiten")
		}
		v.Rows = append(v.Rows, ui.Row{Title: o.Text, URL: link.Hurdle(o.No), Meta: meta})
	}
	return []changeView{v}
}
